"""The measures of a year as tables: what each body answered, and what all of them say together."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from base.formati import tabelle
from base.formati.tabelle import Valore as Cella

from ..models import MisureDellEnte
from .quesiti import QuesitoFermo, Valore, in_parole
from .selettori import SintesiDellAnno

STATI = {"inviata": "ha risposto", "iniziata": "a metà", "in silenzio": "da cominciare"}
FORMATI: dict[str, tuple[str, Callable[..., bytes]]] = {
    "csv": (tabelle.TIPO_CSV, lambda titolo, intestazione, righe: tabelle.csv_per_excel(intestazione, righe)),
    "xlsx": (tabelle.TIPO_XLSX, tabelle.xlsx),
}
"""Each format with its media type and who writes it."""


def tabella_delle_risposte(quesiti: Sequence[QuesitoFermo], misure: Sequence[MisureDellEnte]):
    """Header and rows: a body each, a question for each column; what was sent, and what is still being written."""
    intestazione = ["Organizzazione", "Stato", "Inviata il", "Per conto", *map(_titolo, quesiti)]
    righe: list[list[Cella]] = [
        [
            una.organizzazione.denominazione,
            STATI[una.stato],
            una.giorno_di_invio,
            "sì" if una.per_conto else "no",
            *(_cella(quesito, una.valore(quesito)) for quesito in quesiti),
        ]
        for una in misure
    ]
    return intestazione, righe


def _titolo(quesito: QuesitoFermo) -> str:
    return f"{quesito.testo} ({quesito.unita})" if quesito.unita else quesito.testo


def _cella(quesito: QuesitoFermo, valore: Valore) -> Cella:
    return valore if isinstance(valore, Decimal) else in_parole(quesito, valore) or None


def tabella_della_sintesi(sintesi: SintesiDellAnno):
    """Header and rows: a question each, with the year before."""
    anno = sintesi.rilevazione.anno
    intestazione = ["Sezione", "Domanda", "Unità", "Risposte", f"Nel {anno}", "Somma", "Mediana"]
    intestazione += [f"Nel {sintesi.prima.anno}" if sintesi.prima else "Nell'anno prima", "Differenza"]
    righe: list[list[Cella]] = [
        [
            nome,
            riga.ora.quesito.testo,
            riga.ora.quesito.unita,
            riga.ora.risposte,
            riga.ora.in_parole,
            riga.ora.somma,
            riga.ora.mediana,
            riga.prima.in_parole if riga.prima else None,
            riga.variazione,
        ]
        for nome, righe_della_sezione in sintesi.sezioni
        for riga in righe_della_sezione
    ]
    return intestazione, righe
