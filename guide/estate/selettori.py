"""The read side of the summer: what the public compares, what the manager reports, what a referent has to do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import ExtractIsoYear
from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.query import PageQuerySet

from base.percorsi import madre
from cura.filtri import Faccetta, Opzione
from cura.registro import cura_di
from organizzazioni.models import Organizzazione, Utente

from ..models import Comune, FasciaEta, ServizioPage, SettimanaEstiva
from ..scheda import GruppoDiSettimane, Scheda
from . import copertura
from .settimane import anno_da_preparare, anno_di, in_breve, lunedi, settimane_tra

MAGGIORE_ETA = 18 * 12
FILTRI = {"eta": "Età", "settimana": "Settimana", "comune": "Comune"}
"""Names of the filters in addresses, and what a visitor calls them."""


# What is published


def anni_pubblicati() -> list:
    """The summers of which the guide tells some week, the latest first."""
    righe = SettimanaEstiva.objects.filter(servizio__voce__isnull=False).order_by()
    return sorted(set(righe.annotate(anno=ExtractIsoYear("dal")).values_list("anno", flat=True)), reverse=True)


def anno_da_mostrare(anni: Sequence[int], oggi: date) -> int | None:
    """The summer that matters on `oggi`: this year's, or the next that is told, or else the last one."""
    return min((anno for anno in anni if anno >= anno_di(oggi)), default=max(anni, default=None))


def voci_dell_anno(anno: int) -> list:
    """The published entries with weeks in the summer `anno`, by name."""
    settimane = SettimanaEstiva.objects.filter(servizio=OuterRef("pagina"), dal__iso_year=anno)
    cura = cura_di(ServizioPage)
    return list(cura.con_contenuto(cura.voci.filter(Exists(settimane)), "erogatore").order_by("ordine"))


def fasce() -> list:
    """The bands of who is under age."""
    minori = FasciaEta.objects.filter(dal_mesi__lt=MAGGIORE_ETA)
    return [copertura.FasciaDelRapporto(f.chiave, f.nome, f.dal_mesi, f.al_mesi) for f in minori]


def comuni_di(scheda: Scheda, tutti: Iterable[str] = ()) -> frozenset:
    """Keys of the municipalities where it is; of `tutti` when it is for the whole territory."""
    if scheda.tutto_il_territorio:
        return frozenset(tutti)
    return frozenset(luogo.comune.chiave for luogo in scheda.luoghi if luogo.comune)


@dataclass(frozen=True)
class RigaDelConfronto(GruppoDiSettimane):
    """A row of the comparison."""

    servizio: ServizioPage
    scheda: Scheda

    @property
    def con_posti(self) -> list:
        """The weeks of which the places left are known."""
        return [settimana for settimana in self.settimane if settimana.liberi is not None]

    @property
    def con_posto(self) -> list:
        return [settimana for settimana in self.con_posti if settimana.liberi]

    @property
    def liberi_al(self) -> date:
        """The oldest of the days on which they were known: nothing here is newer than it says."""
        return min(settimana.liberi_al for settimana in self.con_posti)


@dataclass(frozen=True)
class Stagione:
    """One summer, as it is published: entries, bands, municipalities."""

    anno: int
    coppie: list[tuple[ServizioPage, Scheda]]
    fasce: list[copertura.FasciaDelRapporto]
    comuni: dict[str, str]

    @classmethod
    def leggi(cls, anno: int) -> Self:
        coppie = [(voce.contenuto, voce.scheda) for voce in voci_dell_anno(anno)]
        return cls(anno, coppie, fasce(), dict(Comune.objects.values_list("chiave", "nome")))

    @cached_property
    def righe(self) -> list:
        """Each week of each entry, with the `copertura.Posto` by which it is counted and filtered."""
        return [
            (
                copertura.Posto(
                    servizio.pk,
                    lunedi(s.dal),
                    s.eta_minima,
                    s.eta_massima,
                    comuni_di(scheda, self.comuni),
                    s.importo,
                    s.posti,
                ),
                servizio,
                scheda,
                s,
            )
            for servizio, scheda in self.coppie
            for s in scheda.estate.dell_anno(self.anno)
        ]

    @cached_property
    def posti(self) -> list:
        return [posto for posto, *_ in self.righe]

    @cached_property
    def settimane(self) -> list:
        return copertura.settimane_della_stagione(self.posti)

    @property
    def comuni_serviti(self) -> list:
        """Keys of the municipalities with some service, in the order of the territory."""
        serviti = {comune for posto in self.posti for comune in posto.comuni}
        return [chiave for chiave in self.comuni if chiave in serviti]

    def passa(self, posto: Any, scelte: Mapping[str, Any]) -> bool:
        """Whether a row answers to `scelte`, values by the names of `FILTRI`."""
        fascia = next((f for f in self.fasce if f.chiave == scelte.get("eta")), None)
        return (
            (fascia is None or posto.per_fascia(fascia.dal, fascia.al))
            and scelte.get("settimana", "") in ("", posto.lunedi.isoformat())
            and (not scelte.get("comune") or scelte["comune"] in posto.comuni)
        )

    def quanti(self, scelte: Mapping[str, Any]) -> int:
        """How many entries answer to `scelte`."""
        return len({posto.servizio for posto in self.posti if self.passa(posto, scelte)})

    def offerte(self, scelte: Mapping[str, Any]) -> list:
        """The rows of the comparison that answer to `scelte`, by name of the entry."""
        gruppi: dict[tuple, RigaDelConfronto] = {}
        for posto, servizio, scheda, settimana in self.righe:
            if self.passa(posto, scelte):
                offerta = gruppi.setdefault((servizio.pk, settimana.gruppo), RigaDelConfronto([], servizio, scheda))
                offerta.settimane.append(settimana)
        return list(gruppi.values())


def nome_settimana(giorno: date) -> str:
    """ "15–19 giugno", of a Monday."""
    return in_breve(*settimane_tra(giorno, date.fromordinal(giorno.toordinal() + 4))[0])


def contesto_confronto(dati: Any, anno: int | None = None) -> dict:
    """The summer `anno` (the one that matters today when left out) as the GET parameters `dati` ask for it.

    `Http404` for a year of which nothing is told.
    """
    anni = anni_pubblicati()
    if anno is not None and anno not in anni:
        raise Http404
    anno = anno or anno_da_mostrare(anni, timezone.localdate())
    if anno is None:
        return {"anno": None, "anni": []}
    stagione = Stagione.leggi(anno)
    voci = {
        "eta": {f.chiave: f.nome for f in stagione.fasce},
        "settimana": {giorno.isoformat(): nome_settimana(giorno) for giorno in stagione.settimane},
        "comune": {chiave: stagione.comuni[chiave] for chiave in stagione.comuni_serviti},
    }
    chiesti = {nome: str(dati[nome]) for nome in FILTRI if dati.get(nome)}
    scelte = {nome: valore for nome, valore in chiesti.items() if valore in voci[nome]}
    righe = copertura.caselle(stagione.posti, stagione.fasce, stagione.settimane, scelte.get("comune", ""))
    return {
        "anno": anno,
        "anni": anni,
        "scelte": scelte,
        "scelto": " · ".join(voci[nome][scelte[nome]] for nome in FILTRI if nome in scelte),
        "faccette": [_faccetta(stagione, nome, voci[nome], chiesti, scelte) for nome in FILTRI],
        "settimane": list(voci["settimana"].items()),
        "matrice": [(riga[0].fascia, riga) for riga in righe if any(casella.servizi for casella in riga)],
        "offerte": stagione.offerte(scelte),
    }


def _faccetta(
    stagione: Stagione, nome: str, voci: Mapping[str, str], chiesti: Any, scelte: Mapping[str, Any]
) -> Faccetta:
    """A filter with how many services each value would give in place of the one chosen now."""
    opzioni = [
        Opzione(valore, etichetta, stagione.quanti({**scelte, nome: valore}), scelte.get(nome) == valore)
        for valore, etichetta in voci.items()
    ]
    return Faccetta(nome, FILTRI[nome], opzioni, nome in chiesti and nome not in scelte)


# The manager's report


@dataclass(frozen=True)
class Gestori:
    """Providers that are ready for conventions in a summer: their names, and those that are of the network."""

    anno: int
    nomi: list[str]
    della_rete: list[Organizzazione]
    data: date

    @property
    def quanti(self) -> Decimal:
        return Decimal(len(self.nomi))


def gestori_disponibili(stagione: Stagione) -> Gestori:
    """Each counted once, whatever the number of its services; the day is the last of the summer, or today before it."""
    disponibili = [(servizio, scheda) for servizio, scheda in stagione.coppie if scheda.estate.disponibile]
    nomi = {scheda.erogatore.casefold(): scheda.erogatore for _, scheda in disponibili if scheda.erogatore}
    enti = {servizio.erogatore.pk: servizio.erogatore for servizio, _ in disponibili if servizio.erogatore}
    fine = max((s.al for _, scheda in stagione.coppie for s in scheda.estate.dell_anno(stagione.anno)), default=None)
    oggi = timezone.localdate()
    return Gestori(stagione.anno, sorted(nomi.values(), key=str.casefold), list(enti.values()), min(fine or oggi, oggi))


# What a referent has to do


@dataclass(frozen=True)
class CentroEstivo:
    """An entry as its organisation keeps it: weeks by year in the latest revision, the year that may be prepared."""

    servizio: ServizioPage
    organizzazione: Organizzazione
    anni: dict[int, int]
    da_verificare: int
    prossimo: int | None

    @property
    def stato(self) -> str:
        """Where it is on its way to the public, in words."""
        if self.servizio.workflow_in_progress:
            return "Aspetta l'approvazione"
        if not self.servizio.live:
            return "Bozza"
        return "Pubblicata, con modifiche in bozza" if self.servizio.has_unpublished_changes else "Pubblicata"


def servizi_di(utente: Utente) -> PageQuerySet:
    """The entries that `utente` writes: all for the managers, those of their organisations for anyone else."""
    return cura_di(ServizioPage).tenute_da(utente)


def centri_estivi(utente: Utente) -> list:
    """The entries of `utente` that have weeks, published or in a draft, by name."""
    servizi = (
        servizi_di(utente)
        .filter(
            Q(latest_revision__content__settimane_estive__0__has_key="dal")
            | Exists(SettimanaEstiva.objects.filter(servizio=OuterRef("pk")))
        )
        .select_related("latest_revision")
        .prefetch_related("settimane_estive")
        .order_by("draft_title", "pk")
    )
    sezioni = cura_di(ServizioPage).sezioni()
    servizi = servizi.prefetch_workflow_states()
    return [_centro(servizio, sezioni[madre(servizio.path)]) for servizio in servizi]


def _centro(servizio: ServizioPage, organizzazione: Organizzazione) -> CentroEstivo:
    if servizio.latest_revision is not None:
        righe = [
            (date.fromisoformat(riga["dal"]), riga["prezzo_da_verificare"])
            for riga in servizio.latest_revision.content.get("settimane_estive", [])
        ]
    else:
        righe = [(riga.dal, riga.prezzo_da_verificare) for riga in servizio.settimane_estive.all()]
    anni: dict[int, int] = {}
    for dal, _ in sorted(righe, reverse=True):
        anni[anno_di(dal)] = anni.get(anno_di(dal), 0) + 1
    return CentroEstivo(
        servizio,
        organizzazione,
        anni,
        sum(verificare for _, verificare in righe),
        anno_da_preparare(anni, timezone.localdate()),
    )
