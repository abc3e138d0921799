"""Packages for the agency; the life of a document; the page where the public finds all of them."""

from .definitivi import Definitivo, Narrazione, Pubblicazione
from .pacchetti import Pacchetto
from .pagine import DocumentiPage, GenereDiDocumento, Licenza, RigaDeiDocumenti

__all__ = [
    "Definitivo",
    "DocumentiPage",
    "GenereDiDocumento",
    "Licenza",
    "Narrazione",
    "Pacchetto",
    "Pubblicazione",
    "RigaDeiDocumenti",
]
