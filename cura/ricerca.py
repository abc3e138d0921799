"""Finding entries by words, the same on every database: our own vocabulary, no full-text engine.

One search for every kind of entry: a word is known if any kind uses it, and what answers best comes first whatever its
kind. A list of one kind shows its own part of the same answer.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import islice
from operator import or_
from typing import NamedTuple

from base.parole import parole, radice

from .detti import ANNI, MESI, Detto
from .graduatoria import Graduatoria, Spazio
from .insiemi import Indice, posizioni_di
from .parlato import segni
from .parole_cercate import CONTA, ParolaCercata

PAROLE_ANNOTATE, PAROLA_ANNOTATA, ANNOTATA_MASSIMO = 4, 22, 60
"""Of a search in vain: how many words, and how many letters in a word and in all."""

SOTTO = 45
"""The points of an entry that is under the need, the moment of life or the category that a word stands for."""
FACCETTE_DEI_CONCETTI = ("bisogno", "categoria", "fase")
GENERE = 20
"""The points of an entry of the kind that a word names: "convenzione"."""
ANCHE = 0.25
"""What is left of the points of what a word stands for, beyond the best."""

QUASI_TUTTE, MINIMA, RISPETTO_AL_MEGLIO = 0.6, 0.3, 0.5
"""The share of what the words say: for an answer where none has them all; for what is offered beside it; and this share
of the best points."""
VERO = 4
"""The points of a fact that is so: what has few of the words and all of the facts comes near."""
COME_CHIESTO, NON_SI_SA, NON_COSI = 1.15, 0.9, 0.6
"""What the points are multiplied by when a fact is so, when nobody said, when it is not."""
DI_CHI, NON_DI_CHI = 1.1, 0.7
"""What they are multiplied by when an entry is for those that the words speak of, and when it is for others."""
DI_CHI_CURA = (30, 45)
"""What is for these ages may be for who writes, whomever the words speak of."""
PER_TUTTI = {range(0, 19): "40", range(19, 100): "10"}
"""What is for these ages and for that one too is for everyone: it does not answer better to an age."""
VICINISSIMO, LONTANO = 0.85, 20
"""What they are multiplied by in a municipality beside the one that was asked for, less and less up to so many
kilometres."""

DA_VALUTARE = 200
"""How many of the best are looked at one by one."""


def da_annotare(testo: str) -> str:
    """The words of a search that may be kept to know what is missing; empty when they might tell of a person.

    Figures, addresses, long words and long sentences are not words of a directory.
    """
    cercate = parole(testo)
    sospetta = any(c.isdigit() or c in "@/\\" for c in testo) or any(len(p) > PAROLA_ANNOTATA for p in cercate)
    if sospetta or not 1 <= len(cercate) <= PAROLE_ANNOTATE:
        return ""
    annotate = " ".join(cercate)
    return annotate if 3 <= len(annotate) <= ANNOTATA_MASSIMO else ""


@dataclass(frozen=True)
class Esito:
    """What answers, best first, and what comes near to it, which is never said to be an answer.

    `corrette`: for a word that is not Italian and that no entry has, those that were looked for in its place.
    `forse`: for a word that was left as it is, those that it might have been. `ignote`: what no entry knows.
    """

    risposte: Graduatoria = field(default_factory=Graduatoria)
    quasi: Graduatoria = field(default_factory=Graduatoria)
    corrette: dict[str, list[str]] = field(default_factory=dict)
    forse: dict[str, list[str]] = field(default_factory=dict)
    ignote: list[str] = field(default_factory=list)


class Uguali(NamedTuple):
    """What the entries of a set have alike: how much of the words that count they have (`coperto`, 0 to the weight of
    all), the points of these and of the others, whether they have them all, what the facts multiply by, how many of
    these are so and how many are not."""

    coperto: float = 0
    parziale: float = 0
    aggiunti: float = 0
    intero: bool = True
    fattore: float = 1
    veri: int = 0
    negati: int = 0


Livelli = list[tuple[float, int]]
"""Sets that share no entry, each with its points, the best first."""


def valuta(
    cercati: Sequence[ParolaCercata],
    detti: Sequence[Detto],
    letti: Mapping[str, Sequence[tuple[str, int, int]]],
    indici: Mapping[str, Indice],
    tra: Mapping[str, int],
    distanze: Mapping[str, float] | None = None,
    anni: Sequence[int] = (),
) -> Esito:
    """What answers `cercati` and `detti` among the entries of `tra`, by kind. `letti`: the sets of their words;
    `distanze`: kilometres of each municipality from the one that was asked for; `anni`: the years of those that the
    words speak of, which put in order and leave nothing out.

    Entries are never looked at one by one, but for the best: those that have the same words in the same places, and
    the same facts, are one set. How many they are changes nothing.
    """
    spazio = Spazio.di(tra)
    vie = [[_della_via(via, letti, spazio, indici, tra) for via in cercata.vie] for cercata in cercati]
    stati_dei_detti = [_dei_detti(detto, spazio, indici, tra, distanze or {}) for detto in detti]
    voluti = [not t.del_detto or (t.pieno and any(sue)) for t, sue in zip(cercati, vie, strict=True)]
    scelti = vie if not any(voluti) else [sue for sue, voluto in zip(vie, voluti, strict=True) if voluto]
    candidate = _unione(livello for sue in scelti for livelli in sue for livello in livelli)
    if all(t.peso < CONTA for t, voluto in zip(cercati, voluti, strict=True) if voluto):
        candidate |= _unione((0, quali) for stati in stati_dei_detti for quali, _, vero, _ in stati if vero)
    classi = {Uguali(): candidate} if candidate else {}
    for cercata, sue, voluto in zip(cercati, vie, voluti, strict=True):
        livelli = _livelli(livello for livelli in sue for livello in livelli)
        classi = _divise(classi, livelli, lambda stato, punti, t=cercata, v=voluto: _con_la_parola(stato, t, punti, v))
    for stati in stati_dei_detti:
        classi = _per_detto(classi, stati)
    if anni:
        classi = _per_chi(classi, anni, spazio, indici, tra)
    totale = sum(t.peso for t, voluto in zip(cercati, voluti, strict=True) if voluto)
    return _ordina(cercati, vie, voluti, classi, totale, len(detti), spazio)


def _unione(livelli: Iterable[tuple[float, int]]) -> int:
    return reduce(or_, (insieme for _, insieme in livelli), 0)


def _livelli(insiemi: Iterable[tuple[float, int]]) -> Livelli:
    """These sets, an entry only in the best of those where it is."""
    per_punti: dict[float, int] = defaultdict(int)
    for punti, insieme in insiemi:
        per_punti[punti] |= insieme
    visti, livelli = 0, []
    for punti in sorted(per_punti, reverse=True):
        if nuovi := per_punti[punti] & ~visti:
            livelli.append((punti, nuovi))
            visti |= nuovi
    return livelli


def _della_via(via, letti, spazio, indici, tra) -> Livelli:
    """The entries that have a term in this way, by their points."""
    if via.ambito:
        livelli = _livelli([(GENERE, spazio.posto(via.ambito, tra.get(via.ambito, 0)))])
    elif via.chiave:
        livelli = _livelli(
            (SOTTO, spazio.posto(ambito, indice.tra(faccetta, via.chiave) & tra.get(ambito, 0)))
            for ambito, indice in indici.items()
            for faccetta in FACCETTE_DEI_CONCETTI
        )
    else:
        gruppi = [
            _livelli(
                (peso * fattore, spazio.posto(ambito, insieme & tra.get(ambito, 0)))
                for parola, fattore in gruppo.items()
                for ambito, peso, insieme in letti.get(parola, ())
            )
            for gruppo in via.gruppi
        ]
        insieme_di_due = min if via.propria else _media
        livelli = reduce(
            lambda a, b: _livelli((insieme_di_due(p, q), i & j) for p, i in a for q, j in b if i & j), gruppi
        )
    return [(punti * via.fattore, insieme) for punti, insieme in livelli]


def _media(uni: float, altri: float) -> float:
    """Of words that stand for a sheet together: one may be in its title, the other in its text."""
    return (uni + altri) / 2


def _dei_detti(detto, spazio, indici, tra, distanze):
    """The sets of what is known of a fact: the entries, what it multiplies their points by, whether it is so and
    whether it is not. Of a municipality that was asked for, those beside it come nearer than those that are far."""
    faccette = {ANNI, MESI} if detto.faccetta == ANNI else {detto.faccetta}
    si, no = 0, 0
    for ambito, indice in indici.items():
        noti = reduce(or_, (quali for (f, _), quali in indice.insiemi.items() if f in faccette), 0)
        suo = reduce(or_, (indice.tra(*voce) for voce in detto.insiemi), 0) & tra.get(ambito, 0)
        si |= spazio.posto(ambito, suo)
        no |= spazio.posto(ambito, (noti or indice.tutti) & ~suo)  # a kind that never says it does not answer
    per_tutti = _per_tutti(detto, spazio, indici, tra) if detto.faccetta == ANNI else 0
    stati = [(si & ~per_tutti, COME_CHIESTO, True, False), (si & per_tutti, 1, True, False)]
    for km, chiave in (
        sorted((km, c) for c, km in distanze.items() if km < LONTANO) if detto.faccetta == "comune" else ()
    ):
        vicini = no & _unione((0, spazio.posto(ambito, i.tra("comune", chiave))) for ambito, i in indici.items())
        stati.append((vicini, VICINISSIMO - (VICINISSIMO - NON_COSI) * km / LONTANO, False, True))
        no &= ~vicini
    return [*stati, (no, NON_COSI, False, True)]


def _per_tutti(detto, spazio, indici, tra):
    """The entries that are for any age, and so not better for that of `detto`."""
    anni = [int(valore) for faccetta, valore in detto.insiemi if faccetta == ANNI] or [0]
    altra = next((altra for quali, altra in PER_TUTTI.items() if anni[0] in quali), "")
    return reduce(or_, (spazio.posto(a, i.tra(ANNI, altra) & tra.get(a, 0)) for a, i in indici.items()), 0)


def _per_chi(classi, anni, spazio, indici, tra):
    """Each class by whether its entries are for one of these ages."""
    si, no = 0, 0
    for ambito, indice in indici.items():
        noti = reduce(or_, (quali for (f, _), quali in indice.insiemi.items() if f in (ANNI, MESI)), 0)
        suoi = reduce(or_, (indice.tra(ANNI, str(anno)) for anno in anni), 0)
        di_chi_cura = reduce(or_, (indice.tra(ANNI, str(anno)) for anno in DI_CHI_CURA), 0)
        si |= spazio.posto(ambito, suoi & tra.get(ambito, 0))
        no |= spazio.posto(ambito, noti & ~suoi & ~di_chi_cura & tra.get(ambito, 0))
    divise: dict[Uguali, int] = defaultdict(int)
    for stato, insieme in classi.items():
        for quali, fattore in ((insieme & si, DI_CHI), (insieme & no, NON_DI_CHI), (insieme & ~si & ~no, 1)):
            if quali:
                divise[stato._replace(fattore=stato.fattore * fattore)] |= quali
    return divise


def _divise(classi, livelli, con):
    """Each class as the sets of `livelli` divide it: `con(state, points)` is the new state; without points, 0."""
    nuove: dict[Uguali, int] = defaultdict(int)
    for stato, insieme in classi.items():
        for punti, livello in livelli:
            if quali := insieme & livello:
                nuove[con(stato, punti)] |= quali
                insieme ^= quali
        if insieme:
            nuove[con(stato, 0)] |= insieme
    return nuove


def _con_la_parola(stato, cercata, punti, voluto):
    if not voluto:
        return stato._replace(aggiunti=stato.aggiunti + punti)
    return stato._replace(
        coperto=stato.coperto + (cercata.peso if punti else 0),
        parziale=stato.parziale + cercata.peso * punti,
        intero=stato.intero and bool(punti or cercata.peso < CONTA),
    )


def _per_detto(classi, stati):
    nuove: dict[Uguali, int] = defaultdict(int)
    for stato, insieme in classi.items():
        for quali, fattore, vero, negato in stati:
            if comuni := insieme & quali:
                insieme ^= comuni
                veri, negati = stato.veri + vero, stato.negati + negato
                nuove[stato._replace(fattore=stato.fattore * fattore, veri=veri, negati=negati)] |= comuni
        if insieme:
            nuove[stato._replace(fattore=stato.fattore * NON_SI_SA)] |= insieme
    return nuove


def _ordina(cercati, vie, voluti, classi, totale, quanti_detti, spazio):
    piene, quasi_piene, altre = [], [], []
    for stato, insieme in classi.items():
        copertura = stato.coperto / totale if totale else 1
        if totale and (stato.coperto + CONTA * stato.veri) / (totale + CONTA * quanti_detti) < MINIMA:
            continue
        if not totale and stato.negati == quanti_detti:
            continue
        quale = piene if not stato.negati and stato.intero else altre
        if quale is altre and not stato.negati and copertura >= QUASI_TUTTE:
            quale = quasi_piene
        quale.append((stato, insieme))
    risposte, resto = (piene, quasi_piene + altre) if piene else (quasi_piene, altre)
    pesate = [(cercata.peso if voluto else 0, sue) for cercata, sue, voluto in zip(cercati, vie, voluti, strict=True)]
    prime = _valutate(risposte, pesate, totale, spazio, DA_VALUTARE)
    seconde = _valutate(resto, pesate, totale, spazio, DA_VALUTARE // 2)
    meglio = max((punti for g in (prime, seconde) for punti, _ in g.gruppi[:1]), default=0)
    return Esito(
        prime.da(MINIMA * MINIMA * meglio),
        seconde.da(RISPETTO_AL_MEGLIO * MINIMA * meglio),
        {t.scritto.casefold(): [*t.corretto] for t in cercati if t.corretto},
        {t.scritto: [*t.forse] for t in cercati if t.forse},
        [t.scritto for t in cercati if not t.vie],
    )


def _valore(stato, totale):
    copertura = stato.coperto / totale if totale else 1
    base = copertura**2 * stato.parziale / (totale or 1) + ANCHE * stato.aggiunti + 1 + VERO * stato.veri
    return base * stato.fattore


def _valutate(classi, pesate, totale, spazio, quante):
    """The entries of `classi` in order: of the best, every way in which they have a term counts; of the others the
    best way alone."""
    valutate = [(_valore(stato, totale), insieme, stato) for stato, insieme in classi]
    gruppi: Livelli = []
    for valore, insieme, stato in sorted(valutate, key=lambda v: (-round(v[0], 6), v[1] & -v[1])):
        prime = _primi(insieme, quante)
        quante -= prime.bit_count()
        gruppi += [(_valore(nuovo, totale), bit) for nuovo, bit in _una_per_una(stato, prime, pesate)]
        gruppi.append((valore, insieme ^ prime))
    return Graduatoria.fatta(spazio, ((punti, insieme) for punti, insieme in gruppi if insieme))


def _primi(insieme, quanti):
    """So many of the first of a set; all of them when they are fewer."""
    if insieme.bit_count() <= quanti:
        return insieme
    return reduce(or_, (1 << bit for bit in islice(posizioni_di(insieme), quanti)), 0)


def _una_per_una(stato, prime, pesate):
    """The states of the entries of `prime`, each a set of one: the points of a term are those of its best way, and
    something of the others."""
    parziali, aggiunti = defaultdict(float), defaultdict(float)
    for peso, vie in pesate if prime else ():
        migliori, altre = {}, defaultdict(float)
        for livelli in vie:
            for punti, insieme in livelli:
                for bit in posizioni_di(insieme & prime):
                    prima = migliori.get(bit, 0)
                    migliori[bit] = max(prima, punti)
                    altre[bit] += min(prima, punti)
        for bit, punti in migliori.items():
            (parziali if peso else aggiunti)[bit] += (peso or 1) * (punti + ANCHE * altre[bit])
    return [(stato._replace(parziale=parziali[bit], aggiunti=aggiunti[bit]), 1 << bit) for bit in posizioni_di(prime)]


def adatto_al_titolo(testo: str, titolo: str) -> float:
    """How much of `titolo` is in the words of `testo`, from 0 to 1."""
    del_titolo = [radice(parola) for parola in parole(titolo)]
    cercate = {forma for segno in segni(testo) if not segno.vuota for forma in segno.forme}
    return sum(la_radice in cercate for la_radice in del_titolo) / len(del_titolo) if del_titolo else 0
