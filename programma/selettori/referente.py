"""What a referent finds at home: what is asked of them, what they gave, what is missing, what came back."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page, WorkflowState
from wagtail.query import PageQuerySet

from base.percorsi import sotto
from organizzazioni.models import Organizzazione, Utente
from organizzazioni.sezioni import tipi

from .. import flusso
from ..che_cosa import di_chiunque
from ..models import Criterio, Evidenza, Passaggio, ProgrammaPage
from .punteggio import quadro_punteggio, voci
from .quadri import ImpegnoMisurato, RigaPunteggio

QUANTE = 5
"""How many items a list at home shows."""


@dataclass(frozen=True)
class RigaAzione:
    """A criterion of one's action: its score, and how many evidences one's own organisations gave for it."""

    riga: RigaPunteggio
    approvate: int
    in_attesa: int

    @property
    def completo(self) -> bool:
        """Whether nothing is missing any more."""
        return self.riga.punteggio.punteggio is not None and self.riga.punteggio.punteggio >= 100


@dataclass(frozen=True)
class MiaAzione:
    """An action that one's organisation leads or takes part in."""

    voce: ImpegnoMisurato
    righe: tuple[RigaAzione, ...]


@dataclass(frozen=True)
class AnnoDiLavoro:
    """One open programme as a referent sees it."""

    programma: ProgrammaPage
    azioni: tuple[MiaAzione, ...]
    oggi: date
    di_chiunque: tuple[Criterio, ...] = ()
    """What a body that leads no action may bring about all the same."""

    @property
    def giorni(self) -> int:
        """Days left until the deadline; negative when it has passed."""
        return (self.programma.scadenza - self.oggi).days


def le_mie_azioni(utente: Utente) -> list[AnnoDiLavoro]:
    """Open programmes that have begun, newest first, each with the actions of `utente`'s organisations.

    Of a draft there is no score to read: only that evidence may be given for it.
    """
    oggi, anni = timezone.localdate(), []
    criteri = Criterio.objects.con_punteggio_visibile_a(utente)
    for programma in ProgrammaPage.objects.aperti():
        if programma.in_attesa_dell_atto:
            if programma.dal <= oggi:
                anni.append(AnnoDiLavoro(programma, (), oggi))
            continue
        quadro = quadro_punteggio(programma, oggi, scelte=voci(programma, criteri.filter(azione__isnull=False)))
        date_proprie = _contate(utente, programma)
        azioni = tuple(
            MiaAzione(
                voce,
                tuple(
                    RigaAzione(
                        riga,
                        date_proprie.get((riga.criterio.pk, flusso.APPROVATA), 0),
                        date_proprie.get((riga.criterio.pk, flusso.INVIATA), 0),
                    )
                    for riga in voce.righe
                ),
            )
            for voce in quadro.voci
        )
        tutti = [] if azioni else Criterio.objects.del_programma(programma).in_vigore().in_ordine()
        anni.append(AnnoDiLavoro(programma, azioni, oggi, tuple(c for c in tutti if di_chiunque(c))))
    return anni


def _contate(utente: Utente, programma: ProgrammaPage) -> dict:
    """(criterion, state) -> evidences of one's own organisations."""
    proprie = Evidenza.objects.filter(organizzazione__in=Organizzazione.objects.di(utente), programma=programma)
    conteggi = proprie.order_by().values_list("criteri", "stato").annotate(quante=Count("pk"))
    return {(criterio, stato): quante for criterio, stato, quante in conteggi}


def evidenze_da_fare(utente: Utente) -> list[Evidenza]:
    """Returned evidence first, with its reason, then the drafts; the last touched on top."""
    proprie = (
        Evidenza.objects.filter(organizzazione__in=Organizzazione.objects.di(utente), stato__in=flusso.MODIFICABILI)
        .exclude(stato=flusso.BOZZA, origine=Evidenza.Origine.CONTENUTO)
        .exclude(programma__stato=ProgrammaPage.Stato.CHIUSO)
        .select_related("organizzazione")
        .prefetch_related("criteri", Prefetch("passaggi", Passaggio.objects.select_related("chi")))
        .order_by("-modificata_il")
    )
    return sorted(proprie, key=lambda evidenza: evidenza.stato != flusso.DA_INTEGRARE)


def _pagine_proprie(utente: Utente) -> PageQuerySet:
    """The pages that one's organisations may edit, whatever else a role lets `utente` edit."""
    radici = GroupPagePermission.objects.filter(group__organizzazione__in=Organizzazione.objects.di(utente))
    return Page.objects.filter(sotto(radici.values_list("page__path", flat=True).distinct()))


def pagine_da_fare(utente: Utente) -> list[Page]:
    """One's organisations' pages that were returned (`motivo` says why) or are still drafts, returned first."""
    pagine = list(
        _pagine_proprie(utente).filter(has_unpublished_changes=True).order_by("-latest_revision_created_at").specific()
    )
    stati = {
        int(stato.object_id): stato
        for stato in WorkflowState.objects.active()
        .filter(object_id__in=[str(pagina.pk) for pagina in pagine])
        .select_related("current_task_state__finished_by")
    }
    da_fare = []
    for pagina in pagine:
        stato = stati.get(pagina.pk)
        if stato is None or stato.status == WorkflowState.STATUS_NEEDS_CHANGES:
            pagina.restituita = stato.current_task_state if stato else None
            da_fare.append(pagina)
    return sorted(da_fare, key=lambda pagina: pagina.restituita is None)


def in_attesa_di_decisione(utente: Utente) -> tuple[list[Evidenza], list[WorkflowState]]:
    """What one's organisations sent and nobody decided yet, oldest first."""
    evidenze = (
        Evidenza.objects.filter(organizzazione__in=Organizzazione.objects.di(utente))
        .in_attesa()
        .prefetch_related("criteri")
        .order_by("inviata_il")
    )
    pagine = _pagine_proprie(utente).values_list("pk", flat=True)
    stati = (
        WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS, object_id__in=[str(pk) for pk in pagine])
        .select_related("current_task_state")
        .prefetch_related("content_object")
        .order_by("created_at")
    )
    return list(evidenze), list(stati)


def ultime_decisioni(utente: Utente) -> list[Passaggio]:
    """What was decided on the evidence of one's organisations, newest first, with the comments."""
    return list(
        Passaggio.objects.filter(
            evidenza__organizzazione__in=Organizzazione.objects.di(utente),
            a__in=(flusso.APPROVATA, flusso.DA_INTEGRARE, flusso.REVOCATA),
        ).select_related("evidenza", "chi")[:QUANTE]
    )


def da_scrivere(utente: Utente) -> list[tuple[type[Page], Page]]:
    """What one may write and where: (page model, one's section), for each of one's organisations."""
    enti = list(Organizzazione.objects.di(utente).values_list("pk", flat=True))
    sezioni = []
    for tipo in tipi():
        for sezione in tipo.modello_sezione.objects.filter(organizzazione__in=enti).select_related("organizzazione"):
            for modello in sezione.creatable_subpage_models():
                sezioni.append((modello, sezione))
    return sezioni
