"""Demonstration data: people, pages and a year of evidence, told in the files of `home/dati/demo/`.

Everything passes through the same operations and the same workflow that people use; nothing is written behind
their back but the clock (`orologio`). No mail is sent.
"""

from .caricamento import SitoNonVuoto, carica_demo
from .persone import PASSWORD, leggi_persone

__all__ = ["PASSWORD", "SitoNonVuoto", "carica_demo", "leggi_persone"]
