"""How a kind of published entry is looked after, declared once by its app as a ViewSet is.

    class CuraDeiServizi(Cura):
        ambito = "guide"
        modello, indice, sezione, scheda = ServizioPage, GuidaIndexPage, SezioneGuidaPage, Scheda
        faccette = {"comune": "Comune", …}

        def crea_scheda(self, pagina, organizzazione): …

Registered in `AppConfig.ready` (`registro.registra`), it gives its pages an index and a search, a list with filters,
map and feeds, and whatever else this app holds.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet, prefetch_related_objects
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.models import Page
from wagtail.query import PageQuerySet

from base.elenchi import senza_riservate
from base.mappa import Etichetta
from base.parole import parole
from base.percorsi import madre, sotto
from organizzazioni.models import Organizzazione
from organizzazioni.permissions import e_manager

from .filtri import Opzione
from .models import VoceIndice
from .nomi import Nomi
from .scheda import Scheda

TITOLO, NOMI, ETICHETTE, SOMMARIO, ARGOMENTI, CONTESTO, TESTO = 12, 9, 7, 6, 5, 3, 2
"""What a word weighs by where it is."""
UN_ANNO = 365


@dataclass(frozen=True)
class Freschezza:
    """What the report of who keeps entries reads of one: where it stands (its path), whether someone verified it within
    its interval, whether it is due to be confirmed, whether the public reads that it is in doubt."""

    percorso: str
    verificata: bool
    da_confermare: bool
    da_verificare: bool


class Cura(ABC):
    """The common life of one kind of entry. What has no default must be declared: `cura.controlli` checks it."""

    ambito = ""
    """The key of the kind in the index: letters only, never changed."""
    nome = ""
    """What the public calls the place where they are: "Family Guide"."""
    modello: type[Page]
    indice: Any = None
    """The page that lists them, and each organisation's own: None for what is found and has no list of its own."""
    sezione: Any = None
    scheda: type[Scheda]
    correlate: tuple[str, ...] = ()
    """What `crea_scheda` reads, one for each entry."""
    relazioni: tuple[str, ...] = ()
    """What `crea_scheda` reads, more than one for each entry."""
    faccette: dict[str, str] = {}
    """The filters of the list: name in addresses, and what a visitor calls it."""
    in_vista: tuple[str, ...] | None = None
    """The facets that are shown at once; the others open on request. None: all."""
    per_la_lista: tuple[str, ...] = ()
    """What the rows of a list read of the page."""
    uno, molti, nessuno = "", "", ""
    """Of what: "servizio", "servizi", "Nessun servizio"."""
    urls_pubblici = ""
    """The namespace of its public addresses, with those that every kind has: `cura.urls_pubblici.indirizzi`."""
    tutti, le_nuove, novita = "", "", ""
    """All of them ("Tutti i servizi"), the new ones ("i nuovi"), and what the feed of these says of itself."""

    rilievo = 1.0
    """What the points of its entries are multiplied by, in the search of the whole site."""

    detta, in_dove, scritto_da = "voce", "qui", "da qui"
    """In messages: "Crea la bozza della scheda", "una sezione nella guida", "ci hai scritto dalla Family Guide"."""
    tolta_da, resta_in = "da qui", "qui"
    """In messages about a withdrawal: "Togli dalla guida", "Resta nella guida"."""

    urls_admin = ""
    """The namespace of its screens in the admin, for the kind that is asked about and withdrawn."""

    schede, verificate, tutte_insieme = "schede", "verificate", "Tutte"
    """In the report of how fresh they are kept: "3 schede verificate", and the row of the total, "Tutta la guida"."""

    bozza_form: type[forms.Form] | None = None
    """What is asked to begin a draft: where it is born, and what it may not be without. None: no draft is begun."""

    # -- what an app says

    @abstractmethod
    def crea_scheda(self, pagina: Any, organizzazione: Organizzazione | None) -> Scheda:
        """The public sheet of `pagina`, in the section of `organizzazione`: nothing reserved, nothing hidden."""

    @abstractmethod
    def valori(self, pagina: Any, scheda: Any, cornice: Any) -> set[tuple[str, str]]:
        """Every (facet, value) under which the entry is found."""

    @abstractmethod
    def testi(self, pagina: Any, scheda: Any) -> dict[int, list[str]]:
        """The texts of the sheet that are searched, by weight."""

    @abstractmethod
    def scelte(self, nomi: Nomi, trovabili: Any) -> dict[str, list[Opzione]]:
        """What the list offers, by facet. `trovabili(faccetta, valore)` tells whether some entry is found there."""

    @abstractmethod
    def riga(self, voce: VoceIndice, oggi: date) -> Any:
        """What the template of a list reads of each entry."""

    def argomenti(self, scheda: Any) -> list[str]:
        """The categories of the entry in a feed."""
        return []

    def cornice(self) -> Any:  # noqa: B027  (nothing, unless an app says more)
        """What is the same for every entry while they are indexed."""

    def in_pubblico(self, voci: QuerySet[VoceIndice], oggi: date) -> QuerySet[VoceIndice]:
        """Those of `voci` that the public finds on `oggi`: all of them, unless a state outside of pages says less."""
        return voci

    @property
    def tipo(self) -> str:
        """What the kind is called in the search of the whole site: "Servizi"."""
        return self.molti[:1].upper() + self.molti[1:]

    def tabelle_dei_nomi(self) -> list[QuerySet]:
        """The tables (`nomi.tabella`) whose names its list offers, or the words of a search may say."""
        return []

    def conosce(self, nomi: Nomi) -> dict[str, Any]:
        """For the kind that keeps what all the site names, the fields of `Nomi`, from the rows of `nomi`."""
        return {}

    def merito(self, scheda: Any, oggi: date) -> float:
        """What the points of an entry are multiplied by: less than 1 out of its season, or in doubt."""
        return 1.0

    def comuni(self, nomi: Nomi) -> Mapping[str, Etichetta]:
        """The municipalities that the map knows, by key: an entry without a point of its own goes there."""
        return {}

    def novita_di(self, voci: QuerySet[VoceIndice], oggi: date) -> list[tuple[date, VoceIndice]]:
        """The new ones among `voci`, with their day; in any order."""
        righe = [(timezone.localdate(v.pagina.first_published_at), v) for v in voci if v.pagina.first_published_at]
        return [(giorno, voce) for giorno, voce in righe if (oggi - giorno).days <= UN_ANNO]

    def oggetto(self, segnalazione: Any) -> str:
        """The subject of the mail about what someone wrote."""
        return str(segnalazione)

    def bozza(self, proposta: Any, organizzazione: Organizzazione, **campi: Any) -> Any:
        """The page, not yet saved, that a proposal begins: `nome` and `ente` are what it says of who offers."""
        return self.modello(**campi)

    def pubblicata(self, pagina: Any, revisione: Any) -> None:  # noqa: B027  (nothing, unless an app says more)
        """`pagina` was published, before it is indexed. `revisione` is None when what goes out was only scheduled."""

    def cambiata(self) -> None:  # noqa: B027  (nothing, unless an app says more)
        """What the public reads of some entry changed."""

    def freschezza(self, oggi: date) -> Iterable[Freschezza]:
        """How fresh each published entry is on `oggi`, for the kind that somebody confirms."""
        return ()

    def dovute(self, oggi: date, organizzazione: Organizzazione | None = None) -> Sequence[Any]:
        """What is due to be confirmed on `oggi`, longest first; of `organizzazione` only, where given."""
        return ()

    def che_nominano(self, oggetto: Any) -> QuerySet:
        """The pages whose sheet, or whose place in the search, comes from `oggetto`, a category or an organisation."""
        return self.modello.objects.none()

    # -- what it gets

    @property
    def nome_modello(self) -> str:
        return self.modello._meta.model_name

    def conto(self, quante: int) -> str:
        """ "3 servizi", "Nessun servizio"."""
        return f"{quante} {self.uno if quante == 1 else self.molti}" if quante else self.nessuno

    @property
    def modelli_di_posta(self) -> str:
        """Where the templates of its mails are."""
        return f"{self.modello._meta.app_label}/email/"

    @property
    def vana(self) -> str:
        """The name of the address at which a list reports that it found nothing."""
        return f"{self.urls_pubblici}:cercato_invano"

    @property
    def url(self) -> str:
        """Where the public reads the list; empty while it is not there."""
        pagina = self.indice.objects.live().first() if self.indice else None
        return (pagina.get_url() or "") if pagina else ""

    @property
    def voci(self) -> QuerySet[VoceIndice]:
        """The index of these entries."""
        return VoceIndice.objects.filter(ambito=self.ambito)

    def con_contenuto(self, voci: QuerySet[VoceIndice], *altro: str) -> QuerySet[VoceIndice]:
        """`voci` with the page in its own type, and `altro` of it."""
        pagina = f"pagina__{self.nome_modello}"
        return voci.select_related(pagina, *(f"{pagina}__{campo}" for campo in altro))

    def pubblicati(self) -> QuerySet:
        """The live entries that everyone may read, with what `crea_scheda` reads; an alias is not one of its own."""
        return senza_riservate(self.modello.objects.live().filter(alias_of=None)).select_related(*self.correlate)

    def raccogli(self, pagine: list[Any]) -> None:
        """Bring in few queries what `pagine` have more than one of."""
        if self.relazioni:
            prefetch_related_objects(pagine, *self.relazioni)

    def pesi(self, pagina: Any, scheda: Any) -> dict[str, int]:
        """What each word of the public sheet weighs in it: as much as in the heaviest place where it is met."""
        per_parola: dict[str, int] = {}
        for peso, testi in sorted(self.testi(pagina, scheda).items(), reverse=True):
            for parola in parole(" ".join(testi)):
                per_parola.setdefault(parola, peso)
        return per_parola

    def leggi_scheda(self, pagina: Any, **altro: Any) -> Any:
        """The sheet of `pagina` as it is written now, drafts included."""
        return self.crea_scheda(pagina, self.organizzazione_di(pagina), **altro)

    # -- whose it is

    def sezioni(self, percorsi: Iterable[str] | None = None) -> dict[str, Organizzazione]:
        """The organisation of every section, by path; of those in `percorsi`, when they are told."""
        if self.sezione is None:
            return {}
        sezioni = self.sezione.objects.select_related("organizzazione")
        sezioni = sezioni if percorsi is None else sezioni.filter(path__in={*percorsi})
        return {s.path: s.organizzazione for s in sezioni}

    def organizzazione_di(self, pagina: Any) -> Organizzazione | None:
        """The organisation in whose section the entry stands: who answers for it."""
        return self.sezioni([madre(pagina.path)]).get(madre(pagina.path))

    def sezioni_di(self, utente: Any) -> QuerySet:
        """The sections in which `utente` writes for an organisation."""
        return self.sezione.objects.filter(organizzazione__in=Organizzazione.objects.di(utente))

    def di(self, utente: Any, campo: str = "path") -> Q:
        """The condition of the entries of the organisations of `utente`; `campo` is where their path is."""
        return sotto(self.sezioni_di(utente).values_list("path", flat=True), campo)

    def tenute_da(self, utente: Any) -> PageQuerySet:
        """The entries that `utente` keeps: all for the managers, those of their organisations for anyone else."""
        pagine = self.modello.objects.filter(alias_of=None)
        return pagine if e_manager(utente) else pagine.filter(self.di(utente))


def senza_tag(testo: str) -> str:
    """The words of a rich text."""
    return strip_tags(testo.replace("<", " <"))


def in_ordine_di_nome(opzioni: Iterable[Opzione]) -> list[Opzione]:
    return sorted(opzioni, key=lambda opzione: opzione.nome.casefold())
