"""The list of members as a file: for programs, for a spreadsheet, on paper. For the same rows the CSV is the same."""

from datetime import date

from django.template.loader import render_to_string

from base.formati import tabelle
from base.stampa import documento_pdf
from organizzazioni.models import Distretto

from .selettori import Aderente

COLONNE = ("n", "denominazione", "data_adesione", "family_in_trentino", "family_audit", "dal", "al")
"""What programs read: names and order are stable. `dal` and `al` are the first and the last day of the adhesion."""
INTESTAZIONE = ("N.", "Denominazione", "Data adesione", "Family in Trentino", "Family Audit", "Dal", "Al")
TIPI = {"csv": tabelle.TIPO_CSV, "xlsx": tabelle.TIPO_XLSX, "pdf": "application/pdf"}


def _righe(elenco: list[Aderente]) -> list[tuple]:
    return [tuple(getattr(uno, colonna) for colonna in COLONNE) for uno in elenco]


def elenco_csv(elenco: list[Aderente], giorno: date) -> bytes:
    """For programs: `,`, ISO dates, `sì` and `no`."""
    righe = [["sì" if v is True else "no" if v is False else v for v in riga] for riga in _righe(elenco)]
    return tabelle.csv_per_programmi(COLONNE, righe).encode()


def elenco_xlsx(elenco: list[Aderente], giorno: date) -> bytes:
    return tabelle.xlsx(f"Aderenti al {giorno:%d-%m-%Y}", INTESTAZIONE, _righe(elenco))


def elenco_pdf(elenco: list[Aderente], giorno: date) -> bytes:
    """PDF/UA-1. Raises `base.stampa.StampaNonDisponibile`."""
    contesto = {"elenco": elenco, "giorno": giorno, "distretto": Distretto.objects.first()}
    html = render_to_string("registri/stampa_elenco.html", contesto)
    return documento_pdf(html)


FORMATI = {"csv": elenco_csv, "xlsx": elenco_xlsx, "pdf": elenco_pdf}


def nome_del_file(giorno: date, formato: str) -> str:
    return f"aderenti-al-{giorno.isoformat()}.{formato}"
