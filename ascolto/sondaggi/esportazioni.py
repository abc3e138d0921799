"""What a survey says, as open data: a cell a row, nothing where it is not shown; and codes as a list, once."""

from collections.abc import Iterable

from base import seriali
from base.formati import tabelle

from ..models import Sondaggio

TIPO = tabelle.TIPO_CSV
COLONNE = ("sondaggio", "anno", "domanda", "testo", "risposta", "persone", "chieste", "media", "mediana", "nota")


def in_csv(sondaggio: Sondaggio) -> str:
    """For programs. A question of which nothing is shown has one row, with why."""
    righe: list[tuple[tabelle.Valore, ...]] = []
    for tavola in sondaggio.tavole:
        capo = (sondaggio.titolo, sondaggio.anno, tavola.chiave, tavola.titolo)
        nota = tavola.coperta or tavola.perche
        coda = (tavola.chieste, tavola.media, tavola.mediana, nota)
        righe += [(*capo, cella.nome, cella.quanti, *coda) for cella in tavola.celle] or [(*capo, "", None, *coda)]
    return tabelle.csv_per_programmi(COLONNE, righe)


def nome_del_file(sondaggio: Sondaggio) -> str:
    return f"sondaggio-{sondaggio.anno}-{sondaggio.chiave}.csv"


def codici_in_csv(sondaggio: Sondaggio, codici: Iterable[str], radice: str) -> bytes:
    """Codes with the address that each opens, for who mails them: one to each person, in whatever order."""
    righe = [(seriali.a_gruppi(codice), f"{radice}{sondaggio.indirizzo}c/{codice}/") for codice in codici]
    return tabelle.csv_per_excel(("Codice", "Indirizzo"), righe)
