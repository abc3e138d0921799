"""What the words of a search look for: each, or each phrase, with the ways in which an entry has it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher, get_close_matches
from itertools import pairwise

from django.db.models import Q
from django.db.models.functions import Length

from base.parole import LUNGHEZZA_MASSIMA, MINIMA_PER_ERRORE, parole, radice, senza_accenti, simili, stesso_inizio

from .detti import PRIMA_DI_UNA_LINGUA, Detto
from .dizionario import esiste, lemma
from .insiemi import da_byte
from .models import InsiemeParola, Parola
from .parlato import Lessico, Segno, segni, si_legge

PAROLE_CERCATE = 12
"""Words beyond these are not looked for."""

ESATTA, RADICE, SIMILE, PARENTE, SINONIMO = 10, 8, 5, 4, 4
"""What a weight is multiplied by: the word itself, another form, a word at one letter, one with the same stem, what
stands for it."""
DOPO_IL_PRIMO = 0.85
"""What is left of the points of what a word stands for after the first: the vocabulary says the best first."""

DA_SOLA = 0.3
"""What is left of the points of a word that says little where it is there alone, and stands for something."""
DENTRO = 0.35
"""What is left of the points of what a word stands for by itself, in a phrase that stands for another thing."""
CORTA, LUNGA = 6, 8
"""A word of fewer letters is never corrected; from so many, more than one letter is forgiven."""
SOMIGLIANZA, QUASI_UGUALI = 0.8, 0.04
"""How alike they are then, from 0 to 1, and how much less than the most alike."""
META, DI_PIU = 3, 2
"""How many letters of a stem stay right beside a wrong one, at most; how many more or fewer another may have."""

DOPPIA = re.compile(r"(.)\1")

CONTA, POCO = 0.5, 0.3
"""From this weight on, a word must be there for an entry to answer; what a word weighs that says little."""


@dataclass(frozen=True)
class Via:
    """One way in which an entry has a word: all of `gruppi` (for each word, the factor of those that stand for it), or
    it is under `chiave`, or it is of the kind `ambito`. `propria`: it is the word that was written."""

    gruppi: tuple[Mapping[str, int], ...] = ()
    chiave: str = ""
    ambito: str = ""
    fattore: float = 1
    propria: bool = False


@dataclass(frozen=True)
class ParolaCercata:
    """A word, or words that are said together, and the ways in which an entry has it. `peso`, from 0 to 1, is how much
    it says; `del_detto`: it was read as a fact, and may be a word too: `pieno`, as much as any other where some entry
    has it."""

    scritto: str
    peso: float
    vie: tuple[Via, ...]
    del_detto: bool = False
    pieno: bool = False
    corretto: tuple[str, ...] = ()
    forse: tuple[str, ...] = ()
    parola: str = ""
    """As the index would have it, when it is one word."""


@dataclass(frozen=True)
class Vocabolario:
    """The words of the entries that a search needs. `insiemi`: of each, (kind, weight, entries). `per_radice`: the
    words of each stem. `accanto`: by stem, those that a wrong letter may have been meant for."""

    insiemi: Mapping[str, Sequence[tuple[str, int, int]]]
    per_radice: Mapping[str, Sequence[str]]
    accanto: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @classmethod
    def leggi(cls, radici: Iterable[str], accanto_a: Iterable[str] = ()) -> "Vocabolario":
        """The words with these stems, and those that may be at a letter from the words `accanto_a`, in one query: of
        their stems, the first half or the second (three letters at most) is the same."""
        radici = {*radici}
        quali = Q(radice__in=radici)
        for la_radice in map(radice, accanto_a):
            quante = min(META, max(len(la_radice) // 2, 1))
            lunghe = Q(lunga__range=(len(la_radice) - DI_PIU, len(la_radice) + DI_PIU))
            inizia, finisce = la_radice[:quante], la_radice[::-1][:quante]
            quali |= (lunghe & _comincia("radice", inizia)) | (lunghe & _comincia("rovescia", finisce))
        insiemi, per_radice, accanto = defaultdict(list), defaultdict(list), defaultdict(list)
        quelle = Parola.objects.annotate(lunga=Length("radice")).filter(quali).values("pk")
        righe = InsiemeParola.objects.filter(parola__in=quelle)
        for parola, la_radice, ambito, peso, posizioni in righe.values_list(
            "parola__parola", "parola__radice", "parola__ambito", "peso", "posizioni"
        ):
            if parola not in insiemi:
                per_radice[la_radice].append(parola)
                if accanto_a:
                    accanto[la_radice].append(parola)
            insiemi[parola].append((ambito, peso, da_byte(posizioni)))
        return cls(dict(insiemi), dict(per_radice), dict(accanto))

    def con(self, altro: "Vocabolario") -> "Vocabolario":
        """With the words of `altro` too."""
        return Vocabolario(
            {**self.insiemi, **altro.insiemi},
            {**self.per_radice, **altro.per_radice},
            {**self.accanto, **altro.accanto},
        )

    def forme(self, forme: Iterable[str], parola: str = "") -> dict[str, int]:
        """The words with one of these stems, with their factor; the word itself counts most."""
        return {sua: ESATTA if sua == parola else RADICE for forma in forme for sua in self.per_radice.get(forma, ())}

    def di(self, segno: Segno) -> dict[str, int]:
        trovate = self.forme(segno.forme, segno.parola)
        return {sua: PARENTE if f == RADICE and _altra(segno, sua) else f for sua, f in trovate.items()}

    def affini(self, parola: str) -> list[str]:
        """The forms of a word of ours, and not what only shares its stem: of `dipendenze`, not `dipendenti`."""
        segno = next(iter(segni(parola)))
        return [sua for sua in self.forme([radice(parola)]) if not _altra(segno, sua)]

    def divisa(self, parola: str) -> tuple[Mapping[str, int], ...]:
        """The two words of which `parola` is made, when both are known: `centroestivo`."""
        for pezzi in _divisioni(parola):
            if all(pezzo in self.insiemi for pezzo in pezzi):
                return tuple(self.forme([radice(pezzo)], pezzo) for pezzo in pezzi)
        return ()

    def vicine(self, parola: str, altre: Iterable[str] = ()) -> list[str]:
        """The words at one letter from `parola`, or whose stem is at one letter from its own; failing those, for a long
        word, the most alike. `altre` are known as well."""
        tra = {*altre, *(sua for sue in self.accanto.values() for sua in sue)}
        radici = simili(radice(parola), self.accanto)
        trovate = simili(parola, tra) or sorted(sua for vicina in radici for sua in self.accanto[vicina])
        if trovate or len(parola) < LUNGA:
            doppie = [sua for sua in trovate if _senza_doppie(sua) == _senza_doppie(parola)]
            return doppie or sorted(trovate, key=lambda sua: sua[0] != parola[0])  # the first letter is seldom wrong
        alte = get_close_matches(parola, sorted(tra), n=2, cutoff=SOMIGLIANZA)
        uguali = [SequenceMatcher(None, parola, sua).ratio() for sua in alte]
        return [sua for sua, quanto in zip(alte, uguali, strict=True) if quanto >= uguali[0] - QUASI_UGUALI]


def _altra(segno: Segno, sua: str) -> bool:
    """Whether a word of the entries only shares its stem with the one that was written: `licenza` with `licenziata`."""
    return segno.esiste and esiste(sua) and not segno.nomi & {sua, senza_accenti(lemma(sua))}


def _senza_doppie(parola: str) -> str:
    """What the commonest of mistakes does not change: `affito`, `affitto`."""
    return DOPPIA.sub(r"\1", parola)


def _comincia(campo: str, inizio: str) -> Q:
    """The rows where `campo` begins so: of a-z and 0-9 between two values, which an index finds on any database."""
    if not inizio.isascii():
        return Q(**{f"{campo}__startswith": inizio})
    return Q(**{f"{campo}__gte": inizio, f"{campo}__lte": inizio.ljust(LUNGHEZZA_MASSIMA, "z")})


def _divisioni(parola: str) -> list[tuple[str, str]]:
    return [(parola[:n], parola[n:]) for n in range(3, len(parola) - 2)]


def leggi_vocabolario(testi: Iterable[tuple[str, Sequence[Detto]]], lessico: Lessico) -> Vocabolario:
    """What is needed to look for these texts, each with its facts, as they are written: in one query."""
    radici: set[str] = set()
    for testo, detti in testi:
        lette = _lette(testo, detti)
        parole_ = [segno.parola for segno in lette]
        pezzi = [pezzo for parola in parole_ for coppia in _divisioni(parola) for pezzo in coppia]
        unite = ["".join(coppia) for coppia in pairwise(parole_)]
        radici |= {forma for segno in lette for forma in segno.forme} | {*map(radice, [*pezzi, *unite])}
        valgono = [lessico.frase(lette, n)[1] for n in range(len(lette))]
        valgono += [lessico.frase([segno], 0)[1] for segno in lette]
        valgono += [lessico.concetti.get((radice(unita),), ()) for unita in unite]
        radici |= _radici_di(valgono)
    return Vocabolario.leggi(radici)


def allarga(vocabolario: Vocabolario, testo: str, detti: Sequence[Detto], lessico: Lessico) -> Vocabolario:
    """`vocabolario` with what is needed to know which words the unknown ones of `testo` might have been, and to look
    for these: in one query, none when all are known."""
    cercati = leggi_parole(testo, detti, lessico, vocabolario)
    ignote = {t.parola for t in cercati if t.parola and (t.corretto or not t.vie)}
    ignote = {parola for parola in ignote if len(parola) >= MINIMA_PER_ERRORE and not parola.isdigit()}
    if not ignote:
        return vocabolario
    vicine = {vicina for parola in ignote for vicina in vocabolario.vicine(parola, lessico.parole)}
    radici = {*map(radice, vicine)} | _radici_di(lessico.concetti.get((radice(vicina),), ()) for vicina in vicine)
    lette = _lette(al_posto(testo, cercati), detti)
    radici |= _radici_di(lessico.frase(lette, n)[1] for n in range(len(lette)))
    return vocabolario.con(Vocabolario.leggi(radici, ignote))


def al_posto(testo: str, cercati: Iterable[ParolaCercata]) -> str:
    """`testo` with the words that those left as they are might have been; empty when there are none."""
    vicine = {cercata.scritto: cercata.forse[0] for cercata in cercati if cercata.forse}
    for scritta, vicina in vicine.items():
        testo = testo.replace(scritta, vicina)
    return testo if vicine else ""


def _radici_di(valgono: Iterable[Iterable[str]]) -> set[str]:
    """The stems of all the words that some words stand for."""
    frasi = {frase for sue in valgono for frase in sue if frase[0] not in "@#"}
    return {radice(parola) for frase in frasi for parola in parole(frase)}


def _lette(testo: str, detti: Sequence[Detto]) -> list[Segno]:
    """The words of `testo` that are looked for: not those that say nothing, nor those that say a fact alone."""
    del_detto = {
        s for f in detti for s in f.segni if not f.anche_parole or s.parola in PRIMA_DI_UNA_LINGUA
    }  # a figure, "gratis", the "parla" of "parla arabo"
    return [segno for segno in segni(testo) if si_legge(segno) and segno not in del_detto]


def leggi_parole(testo: str, detti: Sequence[Detto], lessico: Lessico, vocabolario: Vocabolario) -> list[ParolaCercata]:
    """What `testo` looks for, word by word, phrases together."""
    dei_detti = {segno: detto.piene for detto in detti for segno in detto.segni}
    lette = _lette(testo, detti)
    trovati: list[ParolaCercata] = []
    sfoghi: set[str] = set()
    pericoli: set[str] = set()
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
            suoi = [segno for segno in lette[n : n + quante] if segno in dei_detti]
            if len(suoi) == quante:  # a phrase with other words says more than the fact
                piena = all(dei_detti[segno] for segno in suoi)
                trovato = replace(trovato, del_detto=True, pieno=piena, corretto=(), forse=())
            trovati.append(trovato)
            sfoghi |= {trovato.scritto} if lessico.e_sfogo(lette[n : n + quante]) else set()
            pericoli |= {trovato.scritto} if vale and lessico.e_pericolo(lette[n : n + quante]) else set()
        n += quante
    trovati = list({cercata.scritto: cercata for cercata in trovati}.values())
    return _pesati(trovati, {t.scritto for t in trovati} - pericoli if pericoli else sfoghi)


def _pesati(trovati, sfoghi):
    """How someone feels says little beside what they ask for, and anything else beside a danger; a word that says
    little, alone, is first what it stands for, then what has it in its name."""
    if len(trovati) == 1 and trovati[0].peso <= CONTA:
        vale = any(not via.propria for via in trovati[0].vie)
        vie = tuple(
            replace(via, fattore=via.fattore * DA_SOLA) if vale and via.propria else via for via in trovati[0].vie
        )
        return [replace(trovati[0], vie=vie)]
    if all(t.scritto in sfoghi or t.peso < CONTA for t in trovati):
        return trovati
    return [replace(t, peso=min(t.peso, POCO)) if t.scritto in sfoghi else t for t in trovati]


def _parola(segno, vale, lessico, vocabolario):
    peso = lessico.peso(segno)
    if segno.vuota or (not peso and not vale):
        return None
    peso = peso or CONTA
    propria = vocabolario.di(segno)
    vie = [Via((propria,), propria=True)] if propria else []
    vie += _vie(vale, vocabolario)
    peso = min(peso, POCO) if segno.verbo and not vale else peso
    if vie:
        return ParolaCercata(segno.scritta, peso, tuple(vie))
    if divisa := vocabolario.divisa(segno.parola):
        return ParolaCercata(segno.scritta, peso, (Via(divisa),))
    if segno.parola.isdigit():
        return ParolaCercata(segno.scritta, CONTA, ())
    vicine = tuple(vocabolario.vicine(segno.parola, lessico.parole)) if segno.parola.isascii() else ()
    if not vicine and (altre := () if segno.esiste else _vie_altrove(segno.parola, lessico, vocabolario)):
        return ParolaCercata(segno.scritta, peso, altre, parola=segno.parola)
    if not vicine or segno.esiste or len(segno.parola) < CORTA:
        return ParolaCercata(segno.scritta, peso, (), forse=vicine, parola=segno.parola)
    for vicina in vicine:
        if vicina in vocabolario.insiemi:
            vie.append(Via(({vicina: SIMILE},)))
        vie += _vie(lessico.concetti.get((radice(vicina),), ()), vocabolario)
    return ParolaCercata(segno.scritta, peso, tuple(vie), corretto=vicine, parola=segno.parola)


def _vie_altrove(parola, lessico, vocabolario):
    """The ways of a word of another language that is written with another ending: `перекладач`, `перекладача`."""
    bisogni = dict.fromkeys(cercato for nome, cercato in lessico.altrove.items() if stesso_inizio(parola, nome))
    vie = _vie(tuple(bisogni), vocabolario)
    tra = () if parola.isascii() else sorted(sua for sue in vocabolario.accanto.values() for sua in sue)
    forme = {sua: RADICE for sua in tra if stesso_inizio(parola, sua)}
    return (*vie, Via((forme,))) if forme else tuple(vie)


def _frase(tratto, vale, lessico, vocabolario):
    gruppi = tuple(vocabolario.di(segno) for segno in tratto if not segno.vuota)
    nega = any(segno.parola == "non" for segno in tratto)  # "non ho casa" is not what has "casa" in its title
    proprie = [Via(gruppi)] if len(gruppi) > 1 and all(gruppi) and not nega else []
    dentro = () if nega or lessico.e_pericolo(tratto) else _vie(_dentro(tratto, vale, lessico), vocabolario)
    vie = (*proprie, *_vie(vale, vocabolario), *(replace(via, fattore=via.fattore * DENTRO) for via in dentro))
    return ParolaCercata(" ".join(s.scritta for s in tratto), 1, vie)


def _dentro(tratto: Sequence[Segno], vale: Sequence[str], lessico: Lessico) -> list[str]:
    """What the one word of a phrase that says much stands for by itself: `mensa` in "pagare la mensa"."""
    dicono = [segno for segno in tratto if lessico.peso(segno) == 1]
    sola = lessico.frase(dicono, 0)[1] if len(dicono) == 1 and not dicono[0].verbo else ()
    return [frase for frase in sola if frase not in vale]


def _unita(coppia, lessico, vocabolario):
    """The two words as one: `tages mutter`."""
    if len(coppia) < 2 or any(len(segno.parola) < 3 for segno in coppia):
        return None
    unita = "".join(segno.parola for segno in coppia)
    if len(unita) >= CORTA and not all(segno.esiste for segno in coppia):
        unita = next(iter(simili(unita, lessico.parole)), unita)
    vale = lessico.concetti.get((radice(unita),), ()) if unita in lessico.parole else ()
    if unita not in vocabolario.insiemi and not vale:
        return None
    parti = tuple(vocabolario.di(segno) for segno in coppia)
    vie = [Via((vocabolario.forme([radice(unita)], unita),))] if unita in vocabolario.insiemi else []
    vie += [Via(parti)] if all(parti) else []
    return ParolaCercata(" ".join(s.scritta for s in coppia), 1, (*vie, *_vie(vale, vocabolario)))


def _vie(vale, vocabolario):
    """The ways of what a word stands for: under a key, of a kind, or with all the words of a phrase."""
    vie = []
    for n, frase in enumerate(vale):
        fattore = DOPO_IL_PRIMO if n else 1
        if frase[0] in "@#":
            sotto, genere = (frase[1:], "") if frase[0] == "@" else ("", frase[1:])
            vie.append(Via(chiave=sotto, ambito=genere, fattore=fattore))
            continue
        gruppi = [dict.fromkeys(vocabolario.affini(parola), SINONIMO) for parola in parole(frase)]
        if gruppi and all(gruppi):
            vie.append(Via(tuple(gruppi), fattore=fattore))
    return vie
