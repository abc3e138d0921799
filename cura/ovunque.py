"""The search of the whole site: every kind of entry in one answer. A list of one kind is its own part of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Q

from base.elenchi import senza_riservate
from base.posizione import distanza

from . import insiemi
from .detti import ANNI, Detto
from .detti import leggi as leggi_detti
from .di_chi import anni_di_chi
from .dichiarazione import Cura
from .filtri import Opzione
from .graduatoria import Voce
from .insiemi import Indice
from .models import InsiemeFaccetta, VoceIndice
from .nomi import Nomi, leggi_nomi
from .parlato import lessico
from .parole_cercate import al_posto, allarga, leggi_parole, leggi_vocabolario
from .registro import cura_di_ambito, tutte
from .ricerca import Esito, adatto_al_titolo, valuta

DA_RIVEDERE = 60
"""How many of the best are put in order by what their sheet says: season, day of the last check."""
ALTROVE = 3
"""How many answers of other kinds a list shows."""
TITOLO_INTERO, TITOLO_IN_PARTE = 0.8, 0.5
"""What the points grow by when the words are the whole title, and as they are a part of it."""
SITO = "sito"
"""The `ambito` of what was looked for in vain in the whole site."""


@dataclass(frozen=True)
class Risultato:
    """An answer as any page shows it."""

    voce: VoceIndice
    cura: Cura
    nome: str
    sommario: str

    @property
    def url(self) -> str:
        return self.voce.pagina.get_url() or ""

    @property
    def tipo(self) -> str:
        return self.cura.uno[:1].upper() + self.cura.uno[1:]


@dataclass(frozen=True)
class Trovato:
    """What the site answers to some words. `forse`: nothing answers as it was written, and these are the words for
    which `quasi` was found. `porta`: where to ask when nothing answers. `voci`: the best, read."""

    testo: str = ""
    esito: Esito = field(default_factory=Esito)
    detti: tuple[Detto, ...] = ()
    pericolo: bool = False
    forse: str = ""
    nomi: Nomi = field(default_factory=Nomi)
    porta: Voce | None = None
    voci: dict[Voce, VoceIndice] = field(default_factory=dict)

    def chip(self) -> list[tuple[str, str, str]]:
        """What was read among the words: what it is, how it is said, and the words without it."""
        return [(detto.etichetta, detto.nome, detto.senza(self.testo)) for detto in self.detti]

    def risultati(self, voci: Iterable[Voce]) -> list[Risultato]:
        lette = [(voce, self.voci[voce]) for voce in voci if voce in self.voci]
        return [
            Risultato(v, cura_di_ambito(ambito), v.dati.get("nome", ""), v.dati.get("sommario", ""))
            for (ambito, _), v in lette
        ]

    def e_vana(self, ambito: str) -> bool:
        """Whether nothing of `ambito` (`SITO`: nothing at all) answers, as it was written."""
        risposte = self.esito.risposte if ambito == SITO else self.esito.risposte.parte(ambito)
        return not risposte or bool(self.esito.corrette)

    @property
    def prima_porta(self) -> Risultato | None:
        """Where to ask, when nothing answers."""
        return next(iter(self.risultati([self.porta] if self.porta else [])), None)

    @property
    def bisogni(self) -> list[Opzione]:
        """Where to begin again from, when nothing answers."""
        return self.nomi.bisogni_vicini(self.testo)

    def altrove(self, ambito: str) -> tuple[list[Risultato], bool]:
        """What answers outside the list of `ambito`, and whether better than what is there."""
        risposte, quasi = self.esito.risposte, self.esito.quasi
        qui = risposte.degli_ambiti(ambito).prime(1) or quasi.degli_ambiti(ambito).prime(1)
        altri = [altro for altro in risposte.spazio.ambiti if altro != ambito]
        fuori = risposte.degli_ambiti(*altri).prime(ALTROVE)
        if not risposte.parte(ambito):
            fuori |= quasi.degli_ambiti(*altri).prime(ALTROVE - len(fuori))
        meglio = bool(fuori) and next(iter(fuori.values())) > next(iter(qui.values()), -1)
        return self.risultati(fuori), meglio


def leggi_indici() -> dict[str, Indice]:
    """The sets of every kind, in one query."""
    per_ambito: dict[str, dict[tuple[str, str], bytes]] = {cura.ambito: {} for cura in tutte()}
    for ambito, faccetta, valore, posizioni in InsiemeFaccetta.objects.values_list(
        "ambito", "faccetta", "valore", "posizioni"
    ):
        if ambito in per_ambito:
            per_ambito[ambito][faccetta, valore] = posizioni
    return {ambito: insiemi.indice_da(byte) for ambito, byte in per_ambito.items()}


def trovabili(cura: Cura, indice: Indice, oggi: date) -> int:
    """The set of the entries that the public finds on `oggi`; in one query where it is not all of them."""
    voci = cura.voci
    quali = cura.in_pubblico(voci, oggi)
    return indice.tutti if quali is voci else insiemi.insieme(quali.values_list("posizione", flat=True))


def cerca_nel_sito(
    testo: str,
    oggi: date,
    nomi: Nomi | None = None,
    indici: dict[str, Indice] | None = None,
    solo: tuple[Cura, int] | None = None,
) -> Trovato | None:
    """What the whole site answers to `testo` on `oggi`, in queries that do not grow. None when it says nothing.

    `nomi` and `indici` where they were already read. `solo`: for a list, its kind and the set of what is found today:
    of the other kinds only the best are shown, and only of these it is asked whether they are found today.
    """
    nomi = leggi_nomi(tutte()) if nomi is None else nomi
    indici = leggi_indici() if indici is None else indici
    if solo:
        tra = {ambito: indice.tutti for ambito, indice in indici.items()} | {solo[0].ambito: solo[1]}
    else:
        tra = {cura.ambito: trovabili(cura, indici[cura.ambito], oggi) for cura in tutte()}
    parlato = lessico().con(nomi.sinonimi, nomi.altrove)
    detti = leggi_detti(testo, _con_quelli_dell_indice(nomi.comuni, indici), nomi.lingue)
    vocabolario = leggi_vocabolario([(testo, detti), (parlato.prima_porta, ())], parlato)
    vocabolario = allarga(vocabolario, testo, detti, parlato)
    cercati = leggi_parole(testo, detti, parlato, vocabolario)
    if not cercati and not detti:
        return None
    letti, distanze = vocabolario.insiemi, _distanze(detti, nomi.punti)
    anni = () if any(detto.faccetta == ANNI for detto in detti) else anni_di_chi(testo)
    esito = valuta(cercati, detti, letti, indici, tra, distanze, anni)
    forse, porta, al_loro_posto = "", None, al_posto(testo, cercati)
    if al_loro_posto and not esito.risposte and not esito.quasi:
        altri = leggi_parole(al_loro_posto, detti, parlato, vocabolario)
        forse, prova = al_loro_posto, valuta(altri, detti, letti, indici, tra, distanze, anni)
        esito = replace(esito, quasi=prova.risposte or prova.quasi)
    if not (esito.risposte.parte(solo[0].ambito) if solo else esito.risposte):
        della_porta = leggi_parole(parlato.prima_porta, (), parlato, vocabolario)
        porta = next(iter(valuta(della_porta, (), letti, indici, tra).risposte), None)
    trovato = Trovato(testo, esito, tuple(detti), parlato.chiede_aiuto(testo), forse, nomi, porta)
    return _riviste(trovato, forse or testo, oggi, solo[0] if solo else None)


def _distanze(detti, punti):
    """Kilometres from the municipality that was asked for; empty where none was, or nobody knows where it is."""
    chiesto = next((valore for detto in detti for faccetta, valore in detto.insiemi if faccetta == "comune"), None)
    if chiesto not in punti:
        return {}
    da = punti[chiesto]
    return {c: distanza((da.latitudine, da.longitudine), (a.latitudine, a.longitudine)) for c, a in punti.items()}


def _con_quelli_dell_indice(comuni, indici):
    """With the municipalities that only the index knows, named after their key."""
    chiavi = {valore for indice in indici.values() for faccetta, valore in indice.insiemi if faccetta == "comune"}
    altri = {chiave: chiave.replace("-", " ").title() for chiave in sorted(chiavi - {*comuni, "on-line"})}
    return {**comuni, **altri}


def _riviste(trovato, testo, oggi, sola):
    """The best, in the order that their titles and their sheets suggest, without what not everyone may read."""
    esito = trovato.esito
    prime = [*esito.risposte[:DA_RIVEDERE], *esito.quasi[: DA_RIVEDERE // 2]]
    voci = _leggi_voci([*prime, *([trovato.porta] if trovato.porta else [])], oggi, sola)
    chiuse = {voce for voce in prime if voce not in voci}

    def riviste(gia, quante):
        punti = gia.prime(quante)
        for voce in punti.keys() - chiuse:
            cura, dati = cura_di_ambito(voce[0]), voci[voce].dati
            parte = adatto_al_titolo(testo, dati.get("nome", ""))
            punti[voce] *= 1 + (TITOLO_INTERO if parte == 1 else TITOLO_IN_PARTE * parte)
            punti[voce] *= cura.rilievo * cura.merito(voci[voce].scheda, oggi)
        return gia.riviste(punti, chiuse)

    risposte, quasi = riviste(esito.risposte, DA_RIVEDERE), riviste(esito.quasi, DA_RIVEDERE // 2)
    return replace(trovato, esito=replace(esito, risposte=risposte, quasi=quasi), voci=voci)


def _leggi_voci(voci, oggi=None, sola=None):
    """The entries in these places with their page, in one query: those that everyone may read and, with `oggi`,
    that the public finds then. `sola`: the kind of which the page in its own type is read as well."""
    per_ambito: dict[str, list[int]] = {}
    for ambito, posizione in voci:
        per_ambito.setdefault(ambito, []).append(posizione)
    quali = Q()
    for ambito, posizioni in per_ambito.items():
        cura = cura_di_ambito(ambito)
        sue = cura.voci.filter(posizione__in=posizioni)
        valide = sue if oggi is None else cura.in_pubblico(sue, oggi)
        quali |= Q(ambito=ambito, posizione__in=posizioni) if valide is sue else Q(pk__in=valide.values("pk"))
    lette = senza_riservate(VoceIndice.objects.filter(quali), "pagina__path").select_related("pagina").defer("parole")
    if sola is not None:
        lette = sola.con_contenuto(lette, *sola.per_la_lista)
    return {(voce.ambito, voce.posizione): voce for voce in lette} if per_ambito else {}


def leggi_risultati(trovato: Trovato, voci: list[Voce]) -> list[Risultato]:
    """The results in `voci`, reading those that were not among the best."""
    mancano = [voce for voce in voci if voce not in trovato.voci]
    return replace(trovato, voci={**trovato.voci, **_leggi_voci(mancano)}).risultati(voci)
