"""What many answers to a survey say together, so that nothing of one person can be read out of it. Pure.

A cell of fewer than `soglia` answers is not shown, nor is enough of the others for it not to be found by difference
from the total. All cells of a question sum to those who were asked, who did not answer being a cell too; a question
that not everybody was asked is told only where that number stands in cells that are shown already. So no two tables,
and no table and a total, give what one of them does not.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from statistics import median
from typing import Any

from .questionario import BREVE, GRIGLIA, LUNGO, NUMERO, PIU, SCALA, UNA, DomandaPosta, Valore

SENZA_RISPOSTA = "Senza risposta"
DETTI = {BREVE: "Risposte scritte", LUNGO: "Risposte scritte", NUMERO: "Risposte"}


@dataclass(frozen=True)
class CasellaLetta:
    """How many gave one answer; `quanti` is None where it is not shown."""

    nome: str
    quanti: int | None


@dataclass(frozen=True)
class Tavola:
    """A question, or a row of a grid, as it is read: `chieste` are those who were asked, None where that is not shown.

    `coperta` is why nothing of it is shown, `perche` why some of it is not.
    """

    chiave: str
    domanda: str
    titolo: str
    genere: str
    chieste: int | None = None
    celle: tuple[CasellaLetta, ...] = ()
    media: Decimal | None = None
    mediana: Decimal | None = None
    coperta: str = ""
    perche: str = ""

    @property
    def intera(self) -> bool:
        """Whether every cell is shown."""
        return not self.coperta and all(cella.quanti is not None for cella in self.celle)


def minimo_di(soglia: int) -> int:
    """From how many answers on a survey has any result at all."""
    return soglia * 2


def leggi_insieme(
    domande: Sequence[DomandaPosta], risposte: Sequence[Mapping[str, Valore]], soglia: int
) -> tuple[Tavola, ...]:
    """A table for each question, a grid being one a row; `soglia` is the smallest cell that is shown."""
    tavole: list[Tavola] = []
    per_chiave = {domanda.chiave: domanda for domanda in domande}
    lette: dict[str, Tavola] = {}
    for domanda in domande:
        if len(risposte) < minimo_di(soglia):
            detto = f"Meno di {minimo_di(soglia)} risposte: non si mostra nessun risultato"
            sue = tuple(replace(vuota, coperta=detto) for vuota in _vuote(domanda))
        elif domanda.se and (perche := _perche_coperta(domanda, per_chiave[domanda.se], lette[domanda.se])):
            sue = tuple(replace(vuota, coperta=perche) for vuota in _vuote(domanda))
        else:
            chieste = [una for una in risposte if domanda.se == "" or domanda.chiave in una]
            valori = [una.get(domanda.chiave) for una in chieste]
            sue = tuple(_tavola(vuota, domanda, valori, soglia, n) for n, vuota in enumerate(_vuote(domanda)))
        lette[domanda.chiave] = sue[0]
        tavole += sue
    return tuple(tavole)


def _vuote(domanda: DomandaPosta) -> list[Tavola]:
    if domanda.genere != GRIGLIA:
        return [Tavola(domanda.chiave, domanda.chiave, domanda.testo, domanda.genere)]
    return [
        Tavola(f"{domanda.chiave}.{n}", domanda.chiave, _di_riga(domanda.testo, riga), domanda.genere)
        for n, riga in enumerate(domanda.righe)
    ]


def _di_riga(testo: str, riga: str) -> str:
    return f"{testo} {riga}" if testo.endswith(("?", "!", ":", "…")) else f"{testo}: {riga}"


def _perche_coperta(domanda: DomandaPosta, madre: DomandaPosta, letta: Tavola) -> str:
    """Why a question that depends on another is not told: how many were asked would say a cell that is not shown."""
    if letta.coperta:
        return "Dipende da una domanda che non si mostra"
    nascoste = [letta.celle[posto].quanti is None for posto in domanda.se_scelte]
    if any(nascoste):
        return f"Quante persone l'hanno avuta si ricaverebbe da «{madre.testo}», dove non si mostra"
    if not sum(letta.celle[posto].quanti or 0 for posto in domanda.se_scelte):
        return "Nessuno l'ha avuta"
    return ""


def _tavola(vuota: Tavola, domanda: DomandaPosta, valori: Sequence[Valore], soglia: int, riga: int) -> Tavola:
    chieste = len(valori)
    if domanda.genere == PIU:
        conti = [sum(isinstance(v, tuple) and n in v for v in valori) for n in range(len(domanda.scelte))]
        nomi, senza = domanda.scelte, sum(not v for v in valori)
        celle = _copri_ognuna([*conti, senza], chieste, soglia)
        return _finita(vuota, chieste, [*nomi, SENZA_RISPOSTA], celle, soglia)
    if domanda.genere in (UNA, SCALA, GRIGLIA):
        dati = [v[riga] if isinstance(v, tuple) else v for v in valori]
        da = 1 if domanda.genere == SCALA else 0
        conti = [sum(v == n + da for v in dati) for n in range(len(domanda.risposte_possibili))]
        celle = _copri([*conti, dati.count(None)], soglia)
        tavola = _finita(vuota, chieste, [*domanda.risposte_possibili, SENZA_RISPOSTA], celle, soglia)
        numeri = [Decimal(v) for v in dati if isinstance(v, int)] if domanda.genere == SCALA else []
        return _con_media(tavola, numeri, soglia, median) if tavola.intera else tavola
    return _senza_scelte(vuota, domanda, [v for v in valori if v is not None], chieste, soglia)


def _senza_scelte(
    vuota: Tavola, domanda: DomandaPosta, presenti: Sequence[Valore], chieste: int, soglia: int
) -> Tavola:
    """Of numbers and words: how many there are, where that says nothing, and of numbers of enough people their mean."""
    celle = _copri([len(presenti), chieste - len(presenti)], soglia, tutte_uguali=False)
    nomi = (DETTI[domanda.genere], SENZA_RISPOSTA)
    viste = tuple(CasellaLetta(nome, quanti) for nome, quanti in zip(nomi, celle, strict=True) if quanti)
    tavola = replace(vuota, chieste=chieste, celle=viste)
    if domanda.genere != NUMERO:
        return tavola
    if len(presenti) < soglia:
        return replace(vuota, coperta=f"Meno di {soglia} risposte")
    numeri = [v for v in presenti if isinstance(v, Decimal)]
    if max(numeri) * 2 > sum(numeri):
        return replace(tavola, perche="La media non si mostra: direbbe quasi la risposta più grande")
    return _con_media(tavola, numeri, soglia, _di_mezzo)


def _con_media(
    tavola: Tavola, numeri: Sequence[Decimal], soglia: int, in_mezzo: Callable[[Sequence[Decimal]], Any]
) -> Tavola:
    """With mean and median (`in_mezzo` finds it), where they are of enough people who did not all say the same."""
    if len(numeri) < soglia or max(numeri) == min(numeri):
        return tavola
    media = (sum(numeri, Decimal()) / len(numeri)).quantize(Decimal("0.1"))
    return replace(tavola, media=media, mediana=Decimal(in_mezzo(numeri)))


def _di_mezzo(numeri: Sequence[Decimal]) -> Decimal:
    """The median of numbers that are not shown one by one: of an odd many, the mean of the three in the middle, as the
    one in the middle is what somebody answered."""
    in_fila, meta = sorted(numeri), len(numeri) // 2
    in_mezzo = in_fila[meta - 1 : meta + 1 + len(numeri) % 2]
    return (sum(in_mezzo, Decimal()) / len(in_mezzo)).quantize(Decimal("0.1"))


def _copri(conti: Sequence[int], soglia: int, tutte_uguali: bool = True) -> list[int | None]:
    """`conti`, which sum to a known total, without the small ones and without as many more, the smallest, as it takes
    for those that are missing to be two at least, together not few, and not to be reckoned from their sum by who knows
    this rule. Where everybody said the same, none: `tutte_uguali` False where that says nothing of anybody."""
    nascosti = {n for n, conto in enumerate(conti) if 0 < conto < soglia}
    altri = sorted({conto for conto in conti if conto >= soglia}, reverse=True)
    while nascosti and altri and _si_ricavano([conti[n] for n in nascosti], soglia):
        minore = altri.pop()  # all that are as many go: which of them went would say that it is not more
        nascosti |= {n for n, conto in enumerate(conti) if conto == minore}
    visti = [conto for n, conto in enumerate(conti) if conto and n not in nascosti]
    if (nascosti and not visti) or (tutte_uguali and len(visti) == 1 and not nascosti):
        return [None] * len(conti)
    return [None if n in nascosti else conto for n, conto in enumerate(conti)]


def _si_ricavano(nascosti: Sequence[int], soglia: int) -> bool:
    """Whether cells that are not shown may be known: alone, few together, or all as small, or all as great, as a small
    one can be."""
    somma, quanti = sum(nascosti), len(nascosti)
    tutti_piccoli = max(nascosti) < soglia
    return quanti < 2 or somma < soglia or (tutti_piccoli and somma in (quanti, quanti * (soglia - 1)))


def _copri_ognuna(conti: Sequence[int], chieste: int, soglia: int) -> list[int | None]:
    """`conti` of answers that may be given together: without those of few, those that few did not give, and those that
    everybody gave."""
    return [None if 0 < conto < soglia or chieste - soglia < conto else conto for conto in conti]


def _finita(vuota: Tavola, chieste: int, nomi: Sequence[str], conti: Sequence[int | None], soglia: int) -> Tavola:
    celle = tuple(CasellaLetta(nome, quanti) for nome, quanti in zip(nomi, conti, strict=True))
    if celle[-1].quanti == 0:  # everybody answered: nothing to say
        celle = celle[:-1]
    if all(cella.quanti is None for cella in celle):
        return replace(vuota, coperta=f"Le risposte sono meno di {soglia} per casella, o quasi tutte uguali")
    nascoste = any(cella.quanti is None for cella in celle)
    perche = f"Non si mostrano le caselle con meno di {soglia} persone, né quelle da cui si ricaverebbero"
    return replace(vuota, chieste=chieste, celle=celle, perche=perche if nascoste else "")


def in_dati(tavola: Tavola) -> dict[str, Any]:
    """As it is kept with its survey, and as programs read it: what is not shown is null."""
    dati = asdict(tavola)
    return {**dati, **{nome: None if dati[nome] is None else str(dati[nome]) for nome in ("media", "mediana")}}


def da_dati(dati: Mapping[str, Any]) -> Tavola:
    """The same that `in_dati` kept."""
    numeri = {nome: None if dati[nome] is None else Decimal(dati[nome]) for nome in ("media", "mediana")}
    return Tavola(**{**dati, **numeri, "celle": tuple(CasellaLetta(**cella) for cella in dati["celle"])})
