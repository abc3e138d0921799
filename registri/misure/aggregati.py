"""The answers of many bodies to one question, read together. Pure: no Django here.

Who is not to know what each body answered reads no figure of fewer than `POCHI`, and no cell of one body alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from base.formati.cifre import in_cifre

from .quesiti import CON_PAROLE, NUMERO, PIU, SI_NO, QuesitoFermo, Valore

POCHI = 3
"""From how many answers on a sum and a median say nothing of one body."""


@dataclass(frozen=True)
class Conteggio:
    """How many bodies gave one answer; `quanti` is None where it is not shown."""

    scelta: str
    quanti: int | None


@dataclass(frozen=True)
class SintesiDelQuesito:
    """What the answers to a question say: `risposte` bodies answered; `coperta` when they are too few to be told."""

    quesito: QuesitoFermo
    risposte: int
    conti: tuple[Conteggio, ...] = ()
    somma: Decimal | None = None
    mediana: Decimal | None = None
    coperta: bool = False

    @property
    def in_parole(self) -> str:
        """In one line; the words that were written are never in it."""
        if not self.risposte:
            return "nessuna risposta"
        if self.coperta:
            return f"meno di {POCHI} risposte: non si mostrano"
        if self.mediana is not None:
            somma = "" if self.somma is None else f"in tutto {in_cifre(self.somma)}, "
            unita = f" {self.quesito.unita}" if self.quesito.unita else ""
            return f"{somma}mediana {in_cifre(self.mediana)}{unita}"
        if self.quesito.genere in CON_PAROLE:
            return "risposte scritte: le legge il manager"
        return "; ".join(f"{uno.scelta}: {_quanti(uno.quanti)}" for uno in self.conti)


def _quanti(numero: int | None) -> str:
    return "non si mostra" if numero is None else str(numero)


@dataclass(frozen=True)
class RigaDiSintesi:
    """A question with what was answered now and, where the same was asked, the year before."""

    ora: SintesiDelQuesito
    prima: SintesiDelQuesito | None

    @property
    def variazione(self) -> Decimal | None:
        """By how much the sum changed, or the median of what is not summed; None where there is nothing to compare."""
        if self.prima is None:
            return None
        nome = "somma" if self.ora.quesito.si_somma else "mediana"
        ora, prima = getattr(self.ora, nome), getattr(self.prima, nome)
        return None if ora is None or prima is None else ora - prima

    @property
    def differenza(self) -> str:
        """The same in words, with its sign."""
        di_quanto = self.variazione
        if not di_quanto:
            return "uguale" if di_quanto is not None else ""
        return f"{'+' if di_quanto > 0 else '−'}{in_cifre(abs(di_quanto))}"


def sintetizza(quesito: QuesitoFermo, valori: Sequence[Valore], riservata: bool) -> SintesiDelQuesito:
    """What these answers say together; with `riservata` nothing of one body can be read out of it."""
    dati = [valore for valore in valori if valore is not None]
    if not dati or (riservata and len(dati) < POCHI):
        return SintesiDelQuesito(quesito, len(dati), coperta=bool(dati))
    if quesito.genere == NUMERO:
        numeri = [valore for valore in dati if isinstance(valore, Decimal)]
        somma = sum(numeri, Decimal()) if quesito.si_somma else None
        return SintesiDelQuesito(quesito, len(dati), somma=somma, mediana=Decimal(median(numeri)))
    if quesito.genere in CON_PAROLE:
        return SintesiDelQuesito(quesito, len(dati))
    conti = _conta(quesito, dati)
    if riservata:
        conti = _copri(conti, len(dati), insieme=quesito.genere == PIU)
    return SintesiDelQuesito(quesito, len(dati), tuple(Conteggio(*uno) for uno in conti.items()))


def _conta(quesito: QuesitoFermo, dati: Sequence[Valore]) -> dict[str, int | None]:
    if quesito.genere == SI_NO:
        return {"sì": sum(valore is True for valore in dati), "no": sum(valore is False for valore in dati)}
    insiemi = [valore if isinstance(valore, tuple) else (valore,) for valore in dati]
    return {scelta: sum(scelta in insieme for insieme in insiemi) for scelta in quesito.scelte}


def _copri(conti: dict[str, int | None], risposte: int, insieme: bool) -> dict[str, int | None]:
    """`conti` without the cells of one body. Where answers exclude each other one more is covered, or what is missing
    to the total would say that each of them is of one; where many may be given together, so would who did not give one.
    """
    if insieme:
        return {nome: None if n in (1, risposte - 1) else n for nome, n in conti.items()}
    sole = {nome for nome, n in conti.items() if n == 1}
    if sole:
        altre = sorted((n, nome) for nome, n in conti.items() if n and nome not in sole)
        sole |= {nome for _, nome in altre[:1]} or set(conti)
    return {nome: None if nome in sole else n for nome, n in conti.items()}
