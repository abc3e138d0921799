"""The four rules of the act, one function each (DESIGN, the score)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from . import in_parole
from .tipi import (
    CENTESIMO,
    ENTI,
    MONITORAGGIO,
    PER_UNITA,
    REALIZZAZIONE,
    SOGLIA,
    ULTIMO,
    CriterioPunteggio,
    Punteggio,
    Raccolta,
)

VERSIONE_REGOLE = "1"
"""Changes with the rules: a score that is kept says by which ones it was reckoned."""

PUNTEGGIO_MASSIMO = Decimal(100)


def valuta(criterio: CriterioPunteggio, raccolta: Raccolta, al: date | None = None) -> Punteggio:
    """The score of `criterio` for what was collected, in the words of the end of `al` (None: before the deadline)."""
    punteggio = REGOLE_DI_CALCOLO[criterio.regola](criterio, raccolta)
    return replace(punteggio, mancanza=in_parole.mancanza(criterio, punteggio.mancano, al))


def media_indicativa(punteggi: Iterable[Decimal | None]) -> Decimal | None:
    """Mean of the scores that exist, to one decimal; None when none does. The act defines no mean."""
    esistenti = [punteggio for punteggio in punteggi if punteggio is not None]
    if not esistenti:
        return None
    return (sum(esistenti, Decimal(0)) / len(esistenti)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _per_unita(criterio: CriterioPunteggio, raccolta: Raccolta) -> Punteggio:
    unita = Decimal(len(raccolta.enti)) if criterio.distinte else raccolta.quantita
    # a body is in or out, a quantity may be a fraction of a unit
    passo = Decimal(1) if criterio.distinte else CENTESIMO
    if criterio.parti:
        intero = Decimal(criterio.parti)
        grezzo = _in_centesimi(PUNTEGGIO_MASSIMO * unita / intero, unita >= intero)
        mancano = _per_eccesso(max(Decimal(0), intero - unita), passo)
    else:
        grezzo = unita * criterio.quota
        mancano = _per_eccesso(max(Decimal(0), PUNTEGGIO_MASSIMO - grezzo) / criterio.quota, passo)
    return _punteggio(raccolta, unita, grezzo, mancano, in_parole.per_unita(criterio, unita, grezzo))


def _realizzazione(criterio: CriterioPunteggio, raccolta: Raccolta) -> Punteggio:
    grezzo = PUNTEGGIO_MASSIMO if raccolta.evidenze else Decimal(0)
    mancano = Decimal(0) if raccolta.evidenze else Decimal(1)
    spiegazione = in_parole.realizzazione(raccolta.evidenze, grezzo)
    return _punteggio(raccolta, Decimal(raccolta.evidenze), grezzo, mancano, spiegazione)


def _soglia(criterio: CriterioPunteggio, raccolta: Raccolta) -> Punteggio:
    frequentato = raccolta.quantita
    if not criterio.offerto:
        spiegazione = in_parole.soglia_non_calcolabile(criterio, frequentato)
        return _punteggio(raccolta, frequentato, None, None, spiegazione)
    richiesto = criterio.offerto * criterio.quota / PUNTEGGIO_MASSIMO
    grezzo = _in_centesimi(PUNTEGGIO_MASSIMO * frequentato / richiesto, frequentato >= richiesto)
    mancano = _per_eccesso(max(Decimal(0), richiesto - frequentato), CENTESIMO)
    spiegazione = in_parole.soglia(criterio, criterio.offerto, frequentato, richiesto, grezzo)
    return _punteggio(raccolta, frequentato, grezzo, mancano, spiegazione)


def _monitoraggio(criterio: CriterioPunteggio, raccolta: Raccolta) -> Punteggio:
    valore = _valore(criterio, raccolta) if criterio.unita and raccolta.evidenze else None
    spiegazione = in_parole.monitoraggio(criterio, valore, raccolta.evidenze)
    return _punteggio(raccolta, valore, None, None, spiegazione)


def _valore(criterio: CriterioPunteggio, raccolta: Raccolta) -> Decimal:
    if criterio.somma == ENTI:
        return Decimal(len(raccolta.enti))
    if criterio.somma == ULTIMO and raccolta.ultimo is not None:
        return raccolta.ultimo.quantita
    return raccolta.quantita


REGOLE_DI_CALCOLO = {
    PER_UNITA: _per_unita,
    REALIZZAZIONE: _realizzazione,
    SOGLIA: _soglia,
    MONITORAGGIO: _monitoraggio,
}


def _punteggio(
    raccolta: Raccolta,
    unita: Decimal | None,
    grezzo: Decimal | None,
    mancano: Decimal | None,
    spiegazione: str,
) -> Punteggio:
    return Punteggio(
        unita=unita,
        grezzo=grezzo,
        punteggio=None if grezzo is None else min(PUNTEGGIO_MASSIMO, grezzo),
        eccedenza=None if grezzo is None else max(Decimal(0), grezzo - PUNTEGGIO_MASSIMO),
        in_attesa=raccolta.in_attesa,
        mancano=mancano,
        spiegazione=spiegazione,
    )


def _in_centesimi(grezzo: Decimal, raggiunto: bool) -> Decimal:
    """Rounded to two decimals; 100 is reached, never rounded to."""
    arrotondato = grezzo.quantize(CENTESIMO, ROUND_HALF_UP)
    return arrotondato if raggiunto else min(arrotondato, PUNTEGGIO_MASSIMO - CENTESIMO)


def _per_eccesso(valore: Decimal, passo: Decimal) -> Decimal:
    """`valore` rounded up to a multiple of `passo`, so that adding it always reaches 100."""
    return valore.quantize(passo, ROUND_CEILING)
