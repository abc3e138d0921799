"""Meetings as files: the act's three columns for any period and kind, and the sheet for signatures."""

from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string

from base.formati import tabelle
from base.stampa import documento_pdf
from organizzazioni.models import Distretto

from ..models import Riunione
from .selettori import presenti_per

INTESTAZIONE = ("Data", "Argomento trattato", "Persone coinvolte")
"""As the act names them."""
RIGHE_VUOTE = 5
"""Of the sheet for signatures, for who comes without being invited."""
STILE_FIRME = "td.firma { border: 0.3mm solid #9fb0ad; height: 11mm; width: 62mm; }"


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
    contesto = {
        "riunione": riunione,
        "invitati": [uno for uno in riunione.partecipanti.all() if uno.invitato],
        "vuote": range(RIGHE_VUOTE),
        "distretto": Distretto.objects.first(),
    }
    return documento_pdf(render_to_string("registri/stampa_firme.html", contesto), STILE_FIRME)
