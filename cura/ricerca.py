"""Finding entries by words, the same on every database: our own vocabulary, no full-text engine.

One search for every kind of entry: a word is known if any kind uses it, and what answers best comes first whatever its
kind. A list of one kind shows its own part of the same answer.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import reduce
from operator import or_

from base.parole import parole, radice, simili

from .detti import ANNI, MESI, PRIMA_DI_UNA_LINGUA, STAGIONE, Detto
from .insiemi import Indice, da_byte, posizioni_di
from .models import InsiemeParola, Parola
from .parlato import Lessico, Segno, segni, si_legge

PAROLE_CERCATE = 12
"""Words beyond these are not looked for."""

PAROLE_ANNOTATE, PAROLA_ANNOTATA, ANNOTATA_MASSIMO = 4, 22, 60
"""Of a search in vain: how many words, and how many letters in a word and in all."""

ESATTA, RADICE, SIMILE, SINONIMO = 10, 8, 5, 4
"""What a weight is multiplied by: the word itself, its stem, a word at one letter, what stands for it."""
SOTTO = 45
"""The points of an entry that is under the need, the moment of life or the category that a word stands for."""
FACCETTE_DEI_CONCETTI = ("bisogno", "categoria", "fase")
GENERE = 20
"""The points of an entry of the kind that a word names: "convenzione"."""
DOPO_IL_PRIMO = 0.85
"""What is left of the points of what a word stands for after the first: the vocabulary says the best first."""
ANCHE = 0.25
"""What is left of the points of what a word stands for, beyond the best."""

CORTA, LUNGA = 6, 8
"""A word of fewer letters is never corrected; from so many, more than one letter is forgiven."""
SOMIGLIANZA = 0.8

CONTA = 0.5
"""From this weight on, a word must be there for an entry to answer."""
QUASI_TUTTE, MINIMA, RISPETTO_AL_MEGLIO = 0.6, 0.3, 0.5
"""The share of what the words say: for an answer where none has them all; for what is offered beside it; and this share
of the best points."""
COME_CHIESTO, NON_SI_SA, NON_COSI = 1.15, 0.9, 0.6
"""What the points are multiplied by when a fact is so, when nobody said, when it is not."""
VICINISSIMO, LONTANO = 0.85, 20
"""What they are multiplied by in a municipality beside the one that was asked for, less and less up to so many
kilometres."""

Voce = tuple[str, int]
"""An entry: the key of its kind and its position there."""


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
class Via:
    """One way in which an entry has a word: all of `gruppi` (for each word, the factor of those that stand for it), or
    it is under `chiave`, or it is of the kind `ambito`."""

    gruppi: tuple[Mapping[str, int], ...] = ()
    chiave: str = ""
    ambito: str = ""
    fattore: float = 1


@dataclass(frozen=True)
class TermineCercato:
    """A word, or words that are said together, and the ways in which an entry has it. `peso`, from 0 to 1, is how much
    it says; `del_fatto`: it was read as a fact, and may be a word too."""

    scritto: str
    peso: float
    vie: tuple[Via, ...]
    del_fatto: bool = False
    corretto: tuple[str, ...] = ()
    forse: tuple[str, ...] = ()


@dataclass(frozen=True)
class Esito:
    """What answers, best first, and what comes near to it, which is never said to be an answer.

    `corrette`: for a word that is not Italian and that no entry has, those that were looked for in its place.
    `forse`: for a word that was left as it is, those that it might have been. `ignote`: what no entry knows.
    """

    risposte: list[Voce] = field(default_factory=list)
    quasi: list[Voce] = field(default_factory=list)
    punti: Mapping[Voce, float] = field(default_factory=dict)
    corrette: dict[str, list[str]] = field(default_factory=dict)
    forse: dict[str, list[str]] = field(default_factory=dict)
    ignote: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Vocabolario:
    """Every word of the entries: the primary keys of each, one for every kind, and the words of each stem."""

    chiavi: dict[str, list[int]]
    ambiti: dict[int, str]
    per_radice: dict[str, list[str]]

    @classmethod
    def leggi(cls):
        chiavi, ambiti, per_radice = defaultdict(list), {}, defaultdict(list)
        for pk, ambito, parola, la_radice in Parola.objects.values_list("pk", "ambito", "parola", "radice"):
            if parola not in chiavi:
                per_radice[la_radice].append(parola)
            chiavi[parola].append(pk)
            ambiti[pk] = ambito
        return cls(dict(chiavi), ambiti, dict(per_radice))

    def forme(self, forme: Iterable[str], parola: str = "") -> dict[str, int]:
        """The words with one of these stems, with their factor; the word itself counts most."""
        return {sua: ESATTA if sua == parola else RADICE for forma in forme for sua in self.per_radice.get(forma, ())}

    def di(self, segno: Segno) -> dict[str, int]:
        return self.forme(segno.forme, segno.parola)

    def divisa(self, parola: str) -> tuple[Mapping[str, int], ...]:
        """The two words of which `parola` is made, when both are known: `centroestivo`."""
        for n in range(3, len(parola) - 2):
            pezzi = [self.forme([radice(pezzo)], pezzo) for pezzo in (parola[:n], parola[n:])]
            if all(pezzi) and all(pezzo in self.chiavi for pezzo in (parola[:n], parola[n:])):
                return tuple(pezzi)
        return ()

    def vicine(self, parola: str, altre: Iterable[str] = ()) -> list[str]:
        """The words at one letter from `parola`, or whose stem is at one letter from its own; failing those, for a long
        word, the most alike. `altre` are known as well."""
        tra = {*self.chiavi, *altre}
        radici = simili(radice(parola), self.per_radice)
        trovate = simili(parola, tra) or [sua for vicina in radici for sua in self.per_radice[vicina]]
        if trovate or len(parola) < LUNGA:
            return trovate
        return get_close_matches(parola, sorted(tra), n=2, cutoff=SOMIGLIANZA)


def termini(testo: str, fatti: Sequence[Detto], lessico: Lessico, vocabolario: Vocabolario) -> list[TermineCercato]:
    """What `testo` looks for, word by word, phrases together."""
    dei_fatti = {segno for fatto in fatti if fatto.faccetta != STAGIONE for segno in fatto.segni}
    lette = [segno for segno in segni(testo) if si_legge(segno) and segno not in _non_parole(fatti)]
    trovati: list[TermineCercato] = []
    n = 0
    while n < len(lette) and len(trovati) < PAROLE_CERCATE:
        quante, vale = lessico.frase(lette, n)
        unita = _unita(lette[n : n + 2], lessico, vocabolario)
        if unita and quante < 2:
            quante, trovato = 2, unita
        elif quante > 1:
            trovato = _frase(lette[n : n + quante], vale, lessico, vocabolario)
        else:
            quante, trovato = 1, _parola(lette[n], vale, lessico, vocabolario)
        if trovato is not None:
            if dei_fatti & {*lette[n : n + quante]}:
                trovato = TermineCercato(trovato.scritto, trovato.peso, trovato.vie, del_fatto=True)
            trovati.append(trovato)
        n += quante
    return list({termine.scritto: termine for termine in trovati}.values())


def _non_parole(fatti):
    """The words that say a fact and nothing else: a figure, "gratis", the "parla" of "parla arabo"."""
    return {s for f in fatti for s in f.segni if not f.anche_parole or s.parola in PRIMA_DI_UNA_LINGUA}


def _parola(segno, vale, lessico, vocabolario):
    peso = lessico.peso(segno)
    if segno.vuota or (not peso and not vale):
        return None
    peso = peso or CONTA
    propria = vocabolario.di(segno)
    vie = [Via((propria,))] if propria else []
    vie += _vie(vale, vocabolario)
    if vie:
        return TermineCercato(segno.scritta, peso, tuple(vie))
    if divisa := vocabolario.divisa(segno.parola):
        return TermineCercato(segno.scritta, peso, (Via(divisa),))
    if segno.parola.isdigit():
        return TermineCercato(segno.scritta, CONTA, ())
    vicine = tuple(vocabolario.vicine(segno.parola, lessico.parole))
    if not vicine or segno.esiste or len(segno.parola) < CORTA:
        return TermineCercato(segno.scritta, peso, (), forse=vicine)
    for vicina in vicine:
        if vicina in vocabolario.chiavi:
            vie.append(Via(({vicina: SIMILE},)))
        vie += _vie(lessico.concetti.get((radice(vicina),), ()), vocabolario)
    return TermineCercato(segno.scritta, peso, tuple(vie), corretto=vicine)


def _frase(tratto, vale, lessico, vocabolario):
    gruppi = tuple(vocabolario.di(segno) for segno in tratto if not segno.vuota)
    proprie = [Via(gruppi)] if gruppi and all(gruppi) else []
    return TermineCercato(" ".join(s.scritta for s in tratto), 1, (*proprie, *_vie(vale, vocabolario)))


def _unita(coppia, lessico, vocabolario):
    """The two words as one: `tages mutter`."""
    if len(coppia) < 2 or any(len(segno.parola) < 3 for segno in coppia):
        return None
    unita = "".join(segno.parola for segno in coppia)
    vale = lessico.concetti.get((radice(unita),), ()) if unita in lessico.parole else ()
    if unita not in vocabolario.chiavi and not vale:
        return None
    parti = tuple(vocabolario.di(segno) for segno in coppia)
    vie = [Via((vocabolario.forme([radice(unita)], unita),))] if unita in vocabolario.chiavi else []
    vie += [Via(parti)] if all(parti) else []
    return TermineCercato(" ".join(s.scritta for s in coppia), 1, (*vie, *_vie(vale, vocabolario)))


def _vie(vale, vocabolario):
    """The ways of what a word stands for: under a key, of a kind, or with all the words of a phrase."""
    vie = []
    for n, frase in enumerate(vale):
        fattore = DOPO_IL_PRIMO if n else 1
        if frase[0] in "@#":
            sotto, genere = (frase[1:], "") if frase[0] == "@" else ("", frase[1:])
            vie.append(Via(chiave=sotto, ambito=genere, fattore=fattore))
            continue
        gruppi = [dict.fromkeys(vocabolario.forme([radice(parola)]), SINONIMO) for parola in parole(frase)]
        if gruppi and all(gruppi):
            vie.append(Via(tuple(gruppi), fattore=fattore))
    return vie


def valuta(
    cercati: Sequence[TermineCercato],
    fatti: Sequence[Detto],
    letti: Mapping[str, Sequence[tuple[str, int, int]]],
    indici: Mapping[str, Indice],
    tra: Mapping[str, int],
    distanze: Mapping[str, float] | None = None,
) -> Esito:
    """What answers `cercati` and `fatti` among the entries of `tra`, by kind. `letti`: the sets of their words;
    `distanze`: kilometres of each municipality from the one that was asked for."""
    punti = [_punti(termine, letti, indici, tra) for termine in cercati]
    return _ordina(cercati, punti, _dei_fatti(fatti, indici, tra), _nei_dintorni(distanze or {}, indici))


def _nei_dintorni(distanze, indici):
    """By kind, the entries of each municipality with what their points are multiplied by, the nearest first."""
    vicini = sorted((km, chiave) for chiave, km in distanze.items() if km < LONTANO)
    return {
        ambito: [
            (indice.tra("comune", chiave), VICINISSIMO - (VICINISSIMO - NON_COSI) * km / LONTANO)
            for km, chiave in vicini
        ]
        for ambito, indice in indici.items()
    }


def leggi_insiemi(cercati: Iterable[TermineCercato], vocabolario: Vocabolario) -> dict[str, list[tuple[str, int, int]]]:
    """The entries of every word that is looked for: (kind, weight, set), by word; in one query."""
    parole_ = {p for termine in cercati for via in termine.vie for gruppo in via.gruppi for p in gruppo}
    di_chi = {pk: parola for parola in parole_ for pk in vocabolario.chiavi[parola]}
    letti = defaultdict(list)
    righe = InsiemeParola.objects.filter(parola__in=di_chi).values_list("parola_id", "peso", "posizioni")
    for pk, peso, posizioni in righe if di_chi else ():
        letti[di_chi[pk]].append((vocabolario.ambiti[pk], peso, da_byte(posizioni)))
    return letti


def _punti(termine, letti, indici, tra):
    """The points of every entry that has the term: those of its best way, and something of the others."""
    migliori, altre = {}, defaultdict(float)
    for via in termine.vie:
        for voce, intero in _della_via(via, letti, indici, tra).items():
            prima, valore = migliori.get(voce, 0), intero * via.fattore
            migliori[voce] = max(prima, valore)
            altre[voce] += min(prima, valore)
    return {voce: valore + ANCHE * altre[voce] for voce, valore in migliori.items()}


def _della_via(via, letti, indici, tra):
    if via.ambito:
        return {(via.ambito, posizione): GENERE for posizione in posizioni_di(tra.get(via.ambito, 0))}
    if via.chiave:
        return {
            (ambito, posizione): SOTTO
            for ambito, indice in indici.items()
            for faccetta in FACCETTE_DEI_CONCETTI
            for posizione in posizioni_di(indice.tra(faccetta, via.chiave) & tra.get(ambito, 0))
        }
    trovate = None
    for gruppo in via.gruppi:
        sue: dict[Voce, int] = {}
        for parola, fattore in gruppo.items():
            for ambito, peso, insieme in letti[parola]:
                for posizione in posizioni_di(insieme & tra.get(ambito, 0)):
                    voce = (ambito, posizione)
                    sue[voce] = max(sue.get(voce, 0), peso * fattore)
        trovate = sue if trovate is None else {v: min(trovate[v], sue[v]) for v in trovate.keys() & sue.keys()}
    return trovate or {}


def _dei_fatti(fatti, indici, tra):
    """For each fact the entries of which it is so, and those of which it is known that it is not."""
    esiti = []
    for fatto in fatti:
        si, no = {}, {}
        for ambito, indice in indici.items():
            faccette = {ANNI, MESI} if fatto.faccetta == ANNI else {fatto.faccetta}
            noti = reduce(or_, (quali for (f, _), quali in indice.insiemi.items() if f in faccette), 0)
            si[ambito] = reduce(or_, (indice.tra(*voce) for voce in fatto.insiemi), 0) & tra.get(ambito, 0)
            no[ambito] = (noti or indice.tutti) & ~si[ambito]  # a kind that never says it does not answer
        esiti.append((fatto.faccetta, si, no))
    return esiti


def _ordina(cercati, punti, dei_fatti, dintorni):
    parole_ = [(t, p) for t, p in zip(cercati, punti, strict=True) if not t.del_fatto]
    totale = sum(termine.peso for termine, _ in parole_)
    candidate = {voce for _, sue in parole_ for voce in sue}
    if not parole_:
        candidate = {voce for sue in punti for voce in sue}
        for _, si, _ in dei_fatti:
            candidate |= {(ambito, p) for ambito, quali in si.items() for p in posizioni_di(quali)}
    valori, piene, quasi_piene = {}, set(), set()
    for voce in candidate:
        copertura = sum(t.peso for t, sue in parole_ if voce in sue) / totale if totale else 1
        parziale = sum(t.peso * sue.get(voce, 0) for t, sue in parole_) / (totale or 1)
        aggiunti = sum(sue.get(voce, 0) for t, sue in zip(cercati, punti, strict=True) if t.del_fatto)
        fattore, negati = _fattore(voce, dei_fatti, dintorni)
        if not parole_ and negati == len(dei_fatti):
            continue
        valori[voce] = (copertura**2 * parziale + ANCHE * aggiunti + 1) * fattore
        if copertura < MINIMA:
            valori.pop(voce)
        elif not negati and all(voce in sue for t, sue in parole_ if t.peso >= CONTA):
            piene.add(voce)
        elif not negati and copertura >= QUASI_TUTTE:
            quasi_piene.add(voce)
    risposte = piene or quasi_piene
    meglio = max(valori.values(), default=0)
    deboli = {v for v in risposte if valori[v] < MINIMA * MINIMA * meglio}
    risposte = risposte - deboli
    quasi = {v for v, valore in valori.items() if v not in risposte and valore >= RISPETTO_AL_MEGLIO * MINIMA * meglio}
    return Esito(
        in_ordine(risposte, valori),
        in_ordine(quasi, valori),
        valori,
        {t.scritto.casefold(): [*t.corretto] for t in cercati if t.corretto},
        {t.scritto: [*t.forse] for t in cercati if t.forse},
        [t.scritto for t in cercati if not t.vie],
    )


def _fattore(voce, dei_fatti, dintorni):
    """What the facts make of the points of an entry, and how many are not so."""
    (ambito, posizione), fattore, negati = voce, 1.0, 0
    for faccetta, si, no in dei_fatti:
        if si[ambito] >> posizione & 1:
            fattore *= COME_CHIESTO
        elif no[ambito] >> posizione & 1:
            vicini = dintorni[ambito] if faccetta == "comune" else ()
            fattore *= next((quanto for quali, quanto in vicini if quali >> posizione & 1), NON_COSI)
            negati += 1
        else:
            fattore *= NON_SI_SA
    return fattore, negati


def in_ordine(voci: Iterable[Voce], punti: Mapping[Voce, float]) -> list[Voce]:
    """Best first; then by kind and position, so that the order is always the same."""
    return sorted(voci, key=lambda voce: (-round(punti.get(voce, 0), 6), voce))


def adatto_al_titolo(testo: str, titolo: str) -> float:
    """How much of `titolo` is in the words of `testo`, from 0 to 1."""
    del_titolo = [radice(parola) for parola in parole(titolo)]
    cercate = {forma for segno in segni(testo) if not segno.vuota for forma in segno.forme}
    return sum(la_radice in cercate for la_radice in del_titolo) / len(del_titolo) if del_titolo else 0
