"""What a programme still lacks before it is approved, what its approval freezes, and whether that may be undone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.urls import reverse
from wagtail.models import PageLogEntry

from ..models import AzionePage, Criterio, ProgrammaPage, Riconoscimento
from .cambiati import da_rivedere, nome_del_campo

CAMPI_DELL_AZIONE = ("area", "obiettivo_generale", "obiettivo_specifico", "azioni")
"""What an action of the act says of itself, its title, number and bodies aside."""


@dataclass(frozen=True)
class Lacuna:
    """Something that keeps a programme from being approved: of what, which parts are missing, where to write them."""

    di: str
    manca: str
    indirizzo: str

    def __str__(self) -> str:
        return f"{self.di}: {self.manca}"


@dataclass(frozen=True)
class CheSiCongela:
    """The figures and the doubts that who approves reads before."""

    azioni: int
    fuori_programma: int
    compiti: int
    criteri: int
    evidenze: int
    avvisi: tuple[str, ...]


def che_cosa_manca(vuoti: list[str]) -> str:
    """ "manca numero", "mancano numero, organizzazioni referenti"."""
    return f"{'manca' if len(vuoti) == 1 else 'mancano'} {', '.join(vuoti)}"


def lacune(programma: ProgrammaPage) -> list[Lacuna]:
    """Everything that is missing, in the order of the act; empty when it may be approved."""
    return [*_delle_azioni(programma), *_dei_criteri(programma)]


def ultime_parole(programma: ProgrammaPage) -> list[AzionePage]:
    """The actions as the approval would publish them: the latest wording of each."""
    pagine = (
        AzionePage.objects.child_of(programma)
        .select_related("latest_revision")
        .order_by("fuori_programma", "numero", "path")
    )
    pagine = pagine.select_related("latest_revision")
    pagine = pagine.prefetch_related("referenti__organizzazione", "altre", "classificazioni")
    return [p.get_latest_revision_as_object() if p.live and p.has_unpublished_changes else p for p in pagine]


def _delle_azioni(programma: ProgrammaPage) -> Iterator[Lacuna]:
    azioni = [azione for azione in ultime_parole(programma) if not azione.fuori_programma]
    if not azioni:
        nuova = reverse("wagtailadmin_pages:add", args=["programma", "azionepage", programma.pk])
        yield Lacuna(f"Programma {programma.anno}", "non c'è nessuna azione", nuova)
    for azione in azioni:
        vuoti = [nome_del_campo(AzionePage, nome) for nome in CAMPI_DELL_AZIONE if not _detto(azione, nome)]
        if not azione.numero:
            vuoti.insert(0, "numero")
        if not azione.referenti.all():
            vuoti.append("organizzazioni referenti")
        if vuoti:
            dove = reverse("wagtailadmin_pages:edit", args=[azione.pk])
            yield Lacuna(f"Azione {azione}", che_cosa_manca(vuoti), dove)


def _detto(oggetto: Any, nome: str) -> bool:
    return bool(str(getattr(oggetto, nome) or "").strip())


def _dei_criteri(programma: ProgrammaPage) -> Iterator[Lacuna]:
    criteri = list(Criterio.objects.del_programma(programma).in_vigore().in_ordine())
    if not criteri:
        nuovo = reverse("programma:nuovo_criterio", args=[programma.pk])
        yield Lacuna(f"Programma {programma.anno}", "non c'è nessun criterio", nuovo)
    for criterio in criteri:
        if vuoti := _vuoti_del_criterio(criterio):
            dove = reverse("programma:criterio", args=[criterio.pk])
            yield Lacuna(f"Criterio {criterio.codice}", che_cosa_manca(vuoti), dove)


def _vuoti_del_criterio(criterio: Criterio) -> list[str]:
    vuoti = [
        nome_del_campo(Criterio, nome)
        for nome in ("area", "titolo", "indicatore", "regola")
        if not _detto(criterio, nome)
    ]
    if criterio.regola != Criterio.Regola.MONITORAGGIO and not criterio.percentuale:
        vuoti.append("percentuale")
    if criterio.codice.startswith("P") and criterio.azione_id is None:
        vuoti.append("azione del programma")
    return vuoti


def che_si_congela(programma: ProgrammaPage) -> CheSiCongela:
    """What the approval fixes, counted, and what one would expect and is not there."""
    azioni = ultime_parole(programma)
    criteri = list(Criterio.objects.del_programma(programma).in_vigore())
    misurate = {criterio.azione_id for criterio in criteri}
    avvisi = []
    if not (programma.atto_numero and programma.atto_data):
        avvisi.append("Il numero e la data dell'atto di approvazione non sono scritti.")
    for azione in azioni:
        if not azione.fuori_programma and azione.pk not in misurate:
            avvisi.append(f"L'azione {azione} non ha nessun criterio: non entra nel punteggio.")
    if quante := len(da_rivedere(programma)):
        avvisi.append(f"Evidenze da rivedere perché il loro criterio è cambiato: {quante}.")
    return CheSiCongela(
        azioni=sum(not azione.fuori_programma for azione in azioni),
        fuori_programma=sum(azione.fuori_programma for azione in azioni),
        compiti=len({criterio.gruppo for criterio in criteri if criterio.del_manager}),
        criteri=len(criteri),
        evidenze=programma.evidenze.count(),
        avvisi=tuple(avvisi),
    )


def riconosciute(programma: ProgrammaPage) -> int:
    """How many recognitions it has, revoked ones included: a number that only grows."""
    return Riconoscimento.objects.del_programma(programma).count()


def ultima_approvazione(programma: ProgrammaPage) -> PageLogEntry | None:
    """The last approval in the log: its data say how many recognitions there were, which pages it made public."""
    approvazioni = PageLogEntry.objects.filter(page=programma.pk, action="programma.approva")
    return approvazioni.order_by("-timestamp", "-pk").first()


def approvazioni_annullabili(programmi: Iterable[ProgrammaPage]) -> set[int]:
    """Keys of the approved programmes where nothing has been recognised since the last approval, however dated.

    Two queries, however many they are.
    """
    approvati = [programma.pk for programma in programmi if programma.stato == ProgrammaPage.Stato.APPROVATO]
    if not approvati:
        return set()
    voci = PageLogEntry.objects.filter(page__in=approvati, action="programma.approva").order_by("timestamp", "pk")
    allora = {pagina: dati.get("riconosciute", 0) for pagina, dati in voci.values_list("page", "data")}
    tutti = Riconoscimento.objects.filter(criterio__programma__in=approvati).values_list("criterio__programma")
    adesso = dict(tutti.order_by().annotate(n=Count("pk")))
    return {pk for pk in approvati if adesso.get(pk, 0) == allora.get(pk, 0)}
