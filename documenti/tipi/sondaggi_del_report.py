"""The surveys of a year in the annual report: what everybody reads of them, with the same cells hidden."""

from collections.abc import Iterator, Sequence
from typing import Any

from ascolto.models import Sondaggio
from ascolto.sondaggi.figure import disegna
from ascolto.sondaggi.tavole import Tavola
from ascolto.sondaggi.tavole import in_dati as tavola_in_dati

from ..corpo import INTERNO, Blocco, Capitolo, Paragrafo, Prospetto
from ..figure import in_figura, in_numeri

COLONNE = ("Risposta", "Persone", "Quota")


def capitoli(sondaggi: Sequence[Sondaggio]) -> Iterator[Capitolo]:
    """One for each survey; of a year without, who works here reads so."""
    if not sondaggi:
        detto = Paragrafo("Nessun sondaggio di quest'anno è pubblicato.", solo=INTERNO)
        yield Capitolo("Sondaggi", 1, (detto,))
        return
    yield Capitolo("Sondaggi", 1)
    for sondaggio in sondaggi:
        yield Capitolo(sondaggio.titolo, 2, tuple(_blocchi(sondaggio)))


def _blocchi(sondaggio: Sondaggio) -> Iterator[Blocco]:
    yield Paragrafo(f"Persone che hanno risposto: {sondaggio.risposte_contate}.", True)
    yield Paragrafo(f"Non si mostra nulla di meno di {sondaggio.soglia} persone, né ciò da cui si ricaverebbe.")
    if sondaggio.sintesi:
        yield Paragrafo(sondaggio.sintesi)
    for tavola in sondaggio.tavole:
        yield from _tavola(tavola)


def _tavola(tavola: Tavola) -> Iterator[Blocco]:
    disegnata = disegna(tavola)
    if tavola.coperta:
        yield Paragrafo(f"«{tavola.titolo}» non si mostra. {tavola.coperta}.")
        return
    if len(disegnata.segni) > 1:
        yield from in_figura(tavola.titolo, COLONNE, disegnata.segni, tavola.chieste, disegnata.righe)
    elif disegnata.segni:
        yield Prospetto(in_numeri(tavola.titolo), COLONNE, disegnata.righe, True)
    if disegnata.in_breve:
        di_che = "" if disegnata.segni else f"«{tavola.titolo}»: "  # nothing above says which question it was
        yield Paragrafo(f"{di_che}{disegnata.in_breve}.")


def spunti(sondaggi: Sequence[Sondaggio]) -> Iterator[str]:
    """The facts that whoever writes begins from."""
    for sondaggio in sondaggi:
        yield f"Al sondaggio «{sondaggio.titolo}» hanno risposto {sondaggio.risposte_contate} persone."


def in_dati(sondaggi: Sequence[Sondaggio]) -> list[dict[str, Any]]:
    """For programs: what is not shown is null."""
    return [
        {
            "titolo": sondaggio.titolo,
            "a_chi": sondaggio.pubblico,
            "risposte": sondaggio.risposte_contate,
            "soglia": sondaggio.soglia,
            "tavole": [tavola_in_dati(tavola) for tavola in sondaggio.tavole],
        }
        for sondaggio in sondaggi
    ]
