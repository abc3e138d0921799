"""What one person has to do this week, and their deadlines: empty for who has nothing."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from base.formati.calendario import Evento
from organizzazioni.models import Organizzazione, Utente
from organizzazioni.permissions import e_manager

from .. import flusso
from ..models import AvvisiPersonali, DomandaDiContributo, Evidenza, ProgrammaPage, TermineInterno
from ..permissions import puo_gestire_programma, puo_leggere_punteggio
from .coda import quante_aspettano
from .dovuti import AnnoDaFare, Dovuto, prossimi_termini
from .referente import evidenze_da_fare

VICINO = timedelta(days=14)
"""How near an internal deadline is told of."""
IN_CHIUSURA = timedelta(days=30)
"""How near the last day of a programme is told of, with what is missing."""


@dataclass(frozen=True)
class Riassunto:
    """What goes into the digest of one person."""

    oggi: date
    manager: bool
    in_coda: int = 0
    restituite: list[Evidenza] = field(default_factory=list)
    termini: list[TermineInterno] = field(default_factory=list)
    anni: list[tuple[AnnoDaFare, list[Dovuto]]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.in_coda or self.restituite or self.termini or self.anni)


def da_avvisare() -> QuerySet:
    """Managers and people of active bodies, with an address: superusers only where they are one of them."""
    manager = Q(groups__permissions__codename="approva", groups__permissions__content_type__app_label="organizzazioni")
    referenti = Q(groups__organizzazione__attiva=True)
    return Utente.objects.filter(manager | referenti, is_active=True).exclude(email="").distinct().order_by("pk")


def riassunto_di(utente: Utente, oggi: date, aperti: list[AnnoDaFare]) -> Riassunto:
    """What waits, what came back, what is due within two weeks, what is missing in the last month of a programme.

    `aperti` are the open years (`dovuti.anni_da_fare`), the same for everybody.
    """
    manager, enti = e_manager(utente), set(Organizzazione.objects.di(utente))
    restituite = [e for e in evidenze_da_fare(utente) if e.stato == flusso.DA_INTEGRARE]
    anni = []
    for anno in aperti:
        suoi = [d for d in anno.dovuti if manager or enti & set(d.chi)]
        if suoi and not anno.programma.in_attesa_dell_atto and 0 <= anno.giorni <= IN_CHIUSURA.days:
            anni.append((anno, suoi))
    return Riassunto(
        oggi,
        manager,
        in_coda=quante_aspettano(utente) if manager else 0,
        restituite=restituite,
        termini=[t for t in prossimi_termini(utente, oggi) if t.giorno <= oggi + VICINO],
        anni=anni,
    )


@dataclass(frozen=True)
class Scadenza:
    """One day of somebody's calendar. `uid` names it for ever."""

    uid: str
    titolo: str
    giorno: date
    cambiato: datetime
    termine: TermineInterno | None = None


def del_termine(termine: TermineInterno) -> Scadenza:
    return Scadenza(f"termine-{termine.pk}", str(termine), termine.giorno, termine.cambiato_il, termine)


def del_programma(programma: ProgrammaPage) -> Scadenza:
    """Its last day."""
    titolo = f"Programma {programma.anno}: ultimo giorno dei fatti che contano"
    cambiato = programma.latest_revision_created_at or programma.first_published_at
    cambiato = cambiato or timezone.make_aware(datetime.combine(programma.dal, time()))
    return Scadenza(f"programma-{programma.anno}", titolo, programma.scadenza, cambiato)


def in_evento(scadenza: Scadenza) -> Evento:
    """As calendars read it: the same in every file that has it."""
    sito = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    return Evento(
        uid=f"{scadenza.uid}@{sito.rpartition('/')[2].partition(':')[0]}",
        titolo=scadenza.titolo,
        inizio=scadenza.giorno,
        cambiato=scadenza.cambiato,
        url=sito + reverse("wagtailadmin_home"),
        impegna=False,
    )


def persona_dell_indirizzo(chiave: str) -> Utente | None:
    """Whose the secret address of a calendar is; None of one that is not there, or of who reads nothing any more."""
    avvisi = AvvisiPersonali.objects.filter(chiave=chiave.replace("\0", ""), persona__is_active=True)
    trovati = avvisi.select_related("persona").first()
    return trovati.persona if trovati is not None and puo_leggere_punteggio(trovati.persona) else None


def chiave_dell_indirizzo(persona: Utente) -> str:
    """The secret part of the address of one's calendars; empty while there is none."""
    return AvvisiPersonali.objects.filter(persona=persona).values_list("chiave", flat=True).first() or ""


@dataclass(frozen=True)
class CalendarioPersonale:
    """The deadlines of one person: the internal ones that they read, and the last day of every open programme."""

    utente: Utente
    oggi: date

    @cached_property
    def scadenze(self) -> list[Scadenza]:
        trovate = [del_termine(termine) for termine in prossimi_termini(self.utente, self.oggi)]
        trovate += map(del_programma, ProgrammaPage.objects.aperti())
        if puo_gestire_programma(self.utente):
            domande = DomandaDiContributo.objects.filter(si_chiede=True, chiude__gte=self.oggi).select_related(
                "programma"
            )
            trovate += [
                Scadenza(
                    f"domanda-{d.programma.anno}",
                    f"Domanda di contributo {d.programma.anno}: ultimo giorno",
                    d.chiude,
                    d.cambiata_il,
                )
                for d in domande
                if d.chiude
            ]
        return sorted(trovate, key=lambda scadenza: (scadenza.giorno, scadenza.uid))
