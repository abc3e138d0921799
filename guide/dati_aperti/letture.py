"""The read side of the open data: what `hsds` turns into answers. The number of queries never follows the rows."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Max, Q
from django.db.models.fields.json import KT
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from wagtail.models import Page, Site

from cura.dichiarazione import Cura
from cura.nomi import Nomi, leggi_nomi
from cura.ovunque import cerca_nel_sito, leggi_indici
from cura.registro import cura_di, tutte
from organizzazioni.models import Organizzazione, OrganizzazionePage

from ..models import GuidaIndexPage, ServizioPage
from ..scheda import Scheda
from . import identita
from .identita import BISOGNI, COMUNI, FASCE, MOMENTI, Ente, Guida, Pubblicata, TermineDiTassonomia
from .parametri import Richiesta

FACCETTE = {BISOGNI: "bisogno", MOMENTI: "fase", FASCE: "eta", COMUNI: "comune"}
"""The facet whose sets hold the entries of each taxonomy."""
LOTTO = 500


class Introvabile(LookupError):
    """What is asked for by its identifier does not exist."""


def versione() -> str:
    """What tells what can be read today from what could before, without reading any of it: two counts.

    Entries are written again when their words, their state or their provider's name change; what bodies say of
    themselves, and the address of the guide, are on pages.
    """
    voci = cura_di(ServizioPage).voci.aggregate(ultima=Max("cambiata"), quante=Count("pk"))
    pagine = Page.objects.type(OrganizzazionePage, GuidaIndexPage).aggregate(
        ultima=Max("last_published_at"), quante=Count("pk", filter=Q(live=True))
    )
    fatti = [timezone.localdate(), *voci.values(), *pagine.values()]
    return hashlib.sha256(" ".join(map(str, fatti)).encode()).hexdigest()[:32]


@dataclass
class Letture:
    """One request's view of the guide."""

    sito: Site
    guida: Guida = field(init=False)
    cura: Cura = field(init=False)
    nomi: Nomi = field(init=False)

    def __post_init__(self):
        id_guida = GuidaIndexPage.objects.values_list("translation_key", flat=True).first()
        if id_guida is None:
            raise Introvabile("La guida non c'è ancora")
        self.nomi = leggi_nomi(tutte())
        termini = {(t.tassonomia, t.chiave): t for t in _termini(self.nomi)}
        self.cura = cura_di(ServizioPage)
        self.guida = Guida(id_guida, termini, _enti(id_guida), timezone.localdate())

    @cached_property
    def erogatori(self) -> dict[UUID, list[tuple[str, str]]]:
        """Key (empty outside the network) and name of every provider of a published entry, by identifier."""
        righe = self.cura.voci.annotate(chiave=KT("dati__erogatore_chiave"), ente=KT("dati__erogatore"))
        enti: dict[UUID, list[tuple[str, str]]] = {}
        for chiave, nome in righe.order_by().values_list("chiave", "ente").distinct():
            if nome:
                id_suo = identita.id_ente(self.guida.id_guida, chiave or "", nome)
                enti.setdefault(id_suo, []).append((chiave or "", nome))
        return enti

    # -- services

    def voci(self, richiesta: Richiesta):
        """The entries that are asked for, in order of name (a queryset)."""
        voci = self.cura.voci.order_by("ordine", "posizione")
        if richiesta.dal is not None:
            voci = voci.filter(pagina__last_published_at__gte=richiesta.dal)
        if richiesta.organizzazione is not None:
            voci = self._di(voci, [richiesta.organizzazione])
        if (posizioni := self._posizioni(richiesta)) is not None:
            voci = voci.filter(posizione__in=posizioni)
        return voci

    def _di(self, voci, enti: list[UUID]):
        """Those of `voci` that these organisations provide."""
        coppie = [coppia for ente in enti for coppia in self.erogatori.get(ente, ())]
        return voci.filter(
            Q(dati__erogatore_chiave__in=[chiave for chiave, _ in coppie if chiave])
            | Q(dati__erogatore_chiave="", dati__erogatore__in=[nome for chiave, nome in coppie if not chiave])
        )

    def _posizioni(self, richiesta: Richiesta) -> list[int] | None:
        """Positions of the entries with these words and categories; None when neither is asked for."""
        if not richiesta.testo and richiesta.termine is None and richiesta.tassonomia is None:
            return None
        indici = leggi_indici()
        indice = indici[self.cura.ambito]
        trovati = indice.tutti
        if richiesta.termine is not None:
            trovati &= self._con_termini(indice, lambda t: self._id(t) == richiesta.termine)
        if richiesta.tassonomia is not None:
            id_guida = self.guida.id_guida
            trovati &= self._con_termini(
                indice, lambda t: identita.id_tassonomia(id_guida, t.tassonomia) == richiesta.tassonomia
            )
        if richiesta.testo:
            sola = self.cura, indice.tutti
            trovato = cerca_nel_sito(richiesta.testo, self.guida.oggi, self.nomi, indici, sola)
            trovati &= trovato.esito.risposte.parte(self.cura.ambito) if trovato else 0
        return [p for p in range(trovati.bit_length()) if trovati >> p & 1]

    def _id(self, termine: TermineDiTassonomia) -> UUID:
        return identita.id_termine(self.guida.id_guida, termine.tassonomia, termine.chiave)

    def _con_termini(self, indice, scelto) -> int:
        insieme = 0
        for termine in self.guida.termini.values():
            if scelto(termine):
                insieme |= indice.tra(FACCETTE[termine.tassonomia], termine.chiave)
        return insieme

    def lette(self, voci) -> Iterator[Pubblicata]:
        """The rows of the queryset `voci` as entries, each with the address of its page."""
        righe = voci.select_related("pagina")
        for riga in righe.iterator(chunk_size=LOTTO) if not voci.query.is_sliced else righe:
            servizio = riga.pagina
            yield Pubblicata(servizio.translation_key, riga.scheda, self._url(servizio), servizio.last_published_at)

    def _url(self, servizio) -> str:
        percorso = servizio.url_path.removeprefix(self.sito.root_page.url_path.rstrip("/"))
        return f"{self.sito.root_url}{percorso}"

    def voce(self, chiave: UUID) -> Pubblicata:
        """The entry with this identifier."""
        voce = next(self.lette(self.cura.voci.filter(pagina__translation_key=chiave)), None)
        if voce is None:
            raise Introvabile("Nessun servizio ha questo identificativo")
        return voce

    def sedi(self, voci) -> list[tuple[int, int, UUID]]:
        """Position of the entry, place in it and identifier of every service in a place: no sheet is read whole."""
        righe = voci.values_list("posizione", "pagina__translation_key", "dati__luoghi", "dati__on_line")
        return [
            (posizione, posto, sede)
            for posizione, chiave, luoghi, on_line in righe
            for posto, sede in enumerate(
                identita.id_delle_sedi(
                    Pubblicata(chiave, Scheda.da_dati({"nome": "", "luoghi": luoghi or [], "on_line": on_line}), "")
                )
            )
        ]

    # -- organisations

    def enti(self, testo: str = "") -> list[Ente]:
        """Who provides a published service, in order of name; `testo` is in the name."""
        enti = [
            self.guida.enti.get(id_suo) or Ente(id_suo, nomi[0][1], descrizione=identita.ESTERNO)
            for id_suo, nomi in self.erogatori.items()
        ]
        trovati = [ente for ente in enti if _contiene(testo, ente.nome, ente.nome_breve)]
        return sorted(trovati, key=lambda ente: (ente.nome.casefold(), ente.id))

    def voci_per_ente(self, enti: list[Ente]) -> dict[UUID, list[Pubblicata]]:
        """The entries of each of these organisations, in one query."""
        per_ente: dict[UUID, list[Pubblicata]] = {ente.id: [] for ente in enti}
        for voce in self.lette(self._di(self.cura.voci.order_by("ordine", "posizione"), list(per_ente))):
            per_ente[identita.id_ente_di(self.guida.id_guida, voce.scheda)].append(voce)
        return per_ente

    # -- categories

    def termini(self, richiesta: Richiesta) -> list[TermineDiTassonomia]:
        """The categories asked for, in the order of the guide."""
        id_guida = self.guida.id_guida
        return [
            t
            for t in self.guida.termini.values()
            if (richiesta.tassonomia is None or identita.id_tassonomia(id_guida, t.tassonomia) == richiesta.tassonomia)
            and (
                richiesta.padre is None
                or (t.padre and identita.id_termine(id_guida, t.tassonomia, t.padre) == richiesta.padre)
            )
            and not (richiesta.primo_livello and t.padre)
            and _contiene(richiesta.testo, t.nome)
        ]


def _contiene(testo: str, *nomi: str) -> bool:
    return any(testo.casefold() in nome.casefold() for nome in nomi)


def _termini(nomi: Nomi) -> Iterator[TermineDiTassonomia]:
    for riga in nomi.di("bisogno"):
        yield TermineDiTassonomia(BISOGNI, riga.chiave, riga.nome, riga.altro)
    for tassonomia in (MOMENTI, COMUNI):
        for riga in nomi.di(FACCETTE[tassonomia]):
            yield TermineDiTassonomia(tassonomia, riga.chiave, riga.nome)
    for riga in nomi.di("eta"):
        dal, al = riga.altro.split(" ")
        yield TermineDiTassonomia(FASCE, riga.chiave, riga.nome, dal=int(dal), al=int(al) if al else None)


def _enti(id_guida: UUID) -> dict[UUID, Ente]:
    """The bodies of the network by their identifiers; what they say of themselves is on their public pages."""
    enti = {}
    nature = dict(Organizzazione.Natura.choices)
    for organizzazione in Organizzazione.objects.select_related("pagina"):
        pagina = getattr(organizzazione, "pagina", None)
        pubblica = pagina if pagina is not None and pagina.live else None
        chiave = identita.id_ente(id_guida, organizzazione.chiave, "")
        detto = pubblica and (pubblica.sommario or strip_tags(pubblica.presentazione))
        enti[chiave] = Ente(
            chiave,
            organizzazione.denominazione,
            organizzazione.nome_breve,
            detto or nature.get(organizzazione.natura, ""),
            *((pubblica.sito, pubblica.email, pubblica.telefono) if pubblica else ()),
        )
    return enti
