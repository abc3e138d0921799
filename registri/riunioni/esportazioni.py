"""Meetings as files: the act's three columns for any period and kind, and the sheet for signatures."""

from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string

from base import firme
from base.formati import tabelle
from base.stampa import documento_pdf
from base.tempo import giorno_in_parole
from organizzazioni.models import Distretto

from ..models import Riunione
from .selettori import presenti_per

INTESTAZIONE = ("Data", "Argomento trattato", "Persone coinvolte")
"""As the act names them."""


def righe(utente, riunioni: Iterable[Riunione]) -> list[tuple]:
    """A row for each meeting; the third column as `utente` may read it (see docs/decisioni/0047)."""
    return [(riunione.giorno, riunione.titolo, str(presenti_per(utente, riunione))) for riunione in riunioni]


def elenco_csv(righe: list[tuple], scelte: dict[str, Any]) -> bytes:
    return tabelle.csv_per_excel(INTESTAZIONE, righe)


def elenco_xlsx(righe: list[tuple], scelte: dict[str, Any]) -> bytes:
    return tabelle.xlsx("Riunioni", INTESTAZIONE, righe)


def elenco_pdf(righe: list[tuple], scelte: dict[str, Any]) -> bytes:
    """PDF/UA-1, with what was asked for on top. Raises `base.stampa.StampaNonDisponibile`."""
    contesto = {"righe": righe, "intestazione": INTESTAZIONE, "scelte": scelte, "distretto": Distretto.objects.first()}
    return documento_pdf(render_to_string("registri/stampa_riunioni.html", contesto))


FORMATI = {"csv": elenco_csv, "xlsx": elenco_xlsx, "pdf": elenco_pdf}


def foglio_firme(riunione: Riunione) -> bytes:
    """The sheet that people sign, as PDF/UA-1. Raises `base.stampa.StampaNonDisponibile`."""
    ore = [f"{nome} {ora:%H:%M}" for nome, ora in (("dalle", riunione.dalle), ("alle", riunione.alle)) if ora]
    quando = f"{riunione.tipo}, {' '.join([giorno_in_parole(riunione.giorno), *ore])}"
    invitati = [uno for uno in riunione.partecipanti.all() if uno.invitato]
    attesi = [(uno.nome, str(uno.ente), uno.get_ruolo_display()) for uno in invitati]
    rete = str(Distretto.objects.first() or "")
    return firme.foglio_firme(riunione.titolo, quando, riunione.dove, attesi, rete)
