"""The duties of the manager: areas, and in each what to do with its percentage. Pure."""

import re
from dataclasses import dataclass, field

from .blocchi import maiuscolo
from .brani import Brano
from .coppie import PERCENTUALE, CoppiaLetta, percentuali
from .due_colonne import seconda_colonna_da
from .righe_dell_atto import PostoNellAtto, RigaDellAtto
from .schede import Rilievo

INTESTAZIONE = re.compile(r"(azion[ei]|attività)?\s*%?\s*(di)?\s*(realizzazione|valutazione)?", re.IGNORECASE)
AVVERTENZA = re.compile(
    r"^(realizzazione delle azioni|.*\bobbligatori[ea] in|.*richiesta di contributo)", re.IGNORECASE
)

CONTINUA = re.compile(r"[a-zà-ú]|Evidenz[ae]\b")
"""How words begin that go on with a percentage, where there are no columns."""


@dataclass
class ObbligoLetto:
    """A duty as the act has it: its area, its title, the words of its percentages."""

    area: str
    posto: PostoNellAtto
    titolo: Brano = field(default_factory=Brano)
    valutazione: Brano = field(default_factory=Brano)


def leggi_obblighi(righe: list[RigaDellAtto]) -> tuple[list[ObbligoLetto], list[Rilievo]]:
    """The duties in the order of the act, and the lines that are of none."""
    colonna = seconda_colonna_da(righe, lambda testo: bool(PERCENTUALE.match(testo)))
    obblighi: list[ObbligoLetto] = []
    rilievi: list[Rilievo] = []
    area = ""
    gruppi = _gruppi(righe)
    for gruppo in gruppi:
        testo = " ".join(riga.testo for riga in gruppo)
        if AVVERTENZA.match(testo) or INTESTAZIONE.fullmatch(testo):
            continue
        if maiuscolo(testo) and not PERCENTUALE.search(testo):
            continua = obblighi == [] or obblighi[-1].valutazione
            area = testo if continua or not area else f"{area} {testo}"
            continue
        sinistra, destra = Brano(), Brano()
        for riga in gruppo:
            for cella in riga.celle:
                if colonna is not None and cella.x0 >= colonna:
                    destra = destra.con(cella.testo, riga.posto)
                else:
                    sinistra = sinistra.con(cella.testo, riga.posto)
        if colonna is None or (not destra and PERCENTUALE.search(sinistra.testo)):
            sinistra, destra = _divisa(sinistra)
        _aggiungi(obblighi, area, gruppo, colonna, sinistra, destra, rilievi)
    for obbligo in obblighi:
        if not PERCENTUALE.search(obbligo.valutazione.testo):
            rilievi.append(Rilievo(obbligo.posto, f"il compito «{obbligo.titolo.testo[:80]}» non ha percentuale"))
    return obblighi, rilievi


def _gruppi(righe: list[RigaDellAtto]) -> list[list[RigaDellAtto]]:
    gruppi: list[list[RigaDellAtto]] = []
    for riga in righe:
        if gruppi and riga.riquadro is not None and gruppi[-1][-1].riquadro == riga.riquadro:
            gruppi[-1].append(riga)
        else:
            gruppi.append([riga])
    return gruppi


def _aggiungi(
    obblighi: list[ObbligoLetto],
    area: str,
    gruppo: list[RigaDellAtto],
    colonna: float | None,
    sinistra: Brano,
    destra: Brano,
    rilievi: list[Rilievo],
) -> None:
    """A new duty where words of the left begin one; else those words and the others go on with the last."""
    posto = gruppo[0].posto
    ultimo = obblighi[-1] if obblighi and obblighi[-1].area == area else None
    if ultimo and ultimo.valutazione and not destra and CONTINUA.match(sinistra.testo):
        sinistra, destra = Brano(), sinistra
    con_percentuale = ultimo is not None and bool(PERCENTUALE.search(ultimo.valutazione.testo))
    riga_intera = gruppo[0].riquadro is not None or (not gruppo[0].y and bool(destra) and sinistra.testo[:1].isupper())
    comincia = bool(PERCENTUALE.search(destra.testo)) or riga_intera or (colonna is None and not destra)
    if sinistra and (ultimo is None or (con_percentuale and comincia)):
        ultimo = ObbligoLetto(area, posto)
        obblighi.append(ultimo)
    if ultimo is None:
        rilievi.append(Rilievo(posto, f"non si capisce di quale compito del manager è «{destra.testo[:80]}»"))
        return
    ultimo.titolo = Brano((*ultimo.titolo.parti, *sinistra.parti))
    ultimo.valutazione = Brano((*ultimo.valutazione.parti, *destra.parti))


def _divisa(intera: Brano) -> tuple[Brano, Brano]:
    """A line that is not in two cells: the title is before the percentage."""
    titolo, valutazione = Brano(), Brano()
    for testo, posto in intera.parti:
        trovata = PERCENTUALE.search(testo)
        if valutazione or trovata is None:
            valutazione, titolo = (
                (valutazione.con(testo, posto), titolo) if valutazione else (valutazione, titolo.con(testo, posto))
            )
        else:
            titolo = titolo.con(testo[: trovata.start()].strip(), posto)
            valutazione = valutazione.con(testo[trovata.start() :], posto)
    return titolo, valutazione


def coppie_di(obbligo: ObbligoLetto) -> tuple[list[CoppiaLetta], list[Rilievo]]:
    """The criteria of a duty, one for each of its percentages; the words before the first are of no other."""
    lette, rilievi = percentuali(obbligo.valutazione)
    if not lette:
        return [CoppiaLetta("", None, obbligo.posto)], rilievi
    return [CoppiaLetta("", letta, letta.posto) for letta in lette], rilievi
