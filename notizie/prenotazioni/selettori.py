"""The read side of the bookings of events."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from base.durata import vale_un_minuto
from base.percorsi import sotto
from base.tempo import giorno_in_parole
from organizzazioni.models import Organizzazione, Utente
from organizzazioni.permissions import e_manager
from programma import alimentazione

from ..models import EventoPage, PostiDellEvento, Prenotazione, SezioneNotiziePage
from ..models.eventi import EventoQuerySet
from ..models.prenotazioni import PostiQuerySet

APPENA_PASSATI = timedelta(days=30)


@dataclass(frozen=True)
class Disponibilita:
    """How the bookings of an event stand. `restano` is None where there is no limit; `perche_chiuse` is empty while
    one may book."""

    quanti: int | None
    prenotati: int
    tenuti: int
    in_attesa: int
    perche_chiuse: str

    @property
    def restano(self) -> int | None:
        """Places for who books now: none while somebody waits for one."""
        if self.quanti is None:
            return None
        return 0 if self.in_attesa else max(0, self.quanti - self.prenotati - self.tenuti)

    @property
    def liberi(self) -> int:
        """Places for who waits; of those without limit, as many as wait."""
        return self.in_attesa if self.quanti is None else max(0, self.quanti - self.prenotati - self.tenuti)

    @property
    def a_vista(self) -> int | None:
        """As `restano`, but for the places that are only kept: who asks for another would see whether they are in."""
        return self.restano if self.quanti is None or self.in_attesa else max(0, self.quanti - self.prenotati)

    @property
    def pieno(self) -> bool:
        return self.a_vista == 0

    @property
    def in_parole(self) -> str:
        """How many are left, for who thinks of coming; empty without a limit."""
        if self.a_vista is None:
            return ""
        if self.pieno:
            return f"I posti sono finiti{self._chi_aspetta}."
        restano = "Resta 1 posto" if self.a_vista == 1 else f"Restano {self.a_vista} posti"
        return f"{restano} su {self.quanti}."

    @property
    def _chi_aspetta(self) -> str:
        if not self.in_attesa:
            return ""
        quanti = "c'è 1 persona" if self.in_attesa == 1 else f"sono in {self.in_attesa}"
        return f"; in lista d'attesa {quanti}"


def cominciato(evento: EventoPage, adesso: datetime) -> bool:
    """Whether it is too late to come; what lasts whole days may be gone to until it is over."""
    inizio = evento.quando.inizio
    return adesso >= inizio if isinstance(inizio, datetime) else evento.quando.finito(adesso)


def perche_fermo(evento: EventoPage, adesso: datetime) -> str:
    """Why nobody gets a place any more, whatever the organiser wants; empty while it is to come."""
    if not evento.live:
        return "Questo evento non è più in programma."
    if evento.annullato:
        return "Questo evento è annullato."
    if evento.quando.finito(adesso):
        return "Questo evento è passato."
    if cominciato(evento, adesso):
        return "Questo evento è già cominciato."
    return ""


def perche_chiuse(posti: PostiDellEvento, evento: EventoPage, adesso: datetime) -> str:
    """Why one cannot book now, in words; empty while one can."""
    if fermo := perche_fermo(evento, adesso):
        return fermo
    if posti.chiuse:
        return "Chi organizza ha chiuso le prenotazioni."
    if posti.fino_al and timezone.localtime(adesso).date() > posti.fino_al:
        return f"Ci si poteva prenotare fino {giorno_in_parole(posti.fino_al, dopo='al')}."
    return ""


def disponibilita(posti: PostiDellEvento, evento: EventoPage) -> Disponibilita:
    """How they stand now; one query, none where `posti` has its counts (`con_conti`)."""
    adesso = timezone.now()
    contati: Any = posti if hasattr(posti, "tenuti") else PostiDellEvento.objects.con_conti(adesso).get(pk=posti.pk)
    return Disponibilita(
        posti.quanti, contati.prenotati, contati.tenuti, contati.in_attesa, perche_chiuse(posti, evento, adesso)
    )


def posti_da_mostrare(evento: EventoPage) -> Disponibilita | None:
    """What the public page of `evento` says of its places; None where nobody books."""
    if not evento.pk or not getattr(evento, "ha_posti", True):
        return None
    posti = PostiDellEvento.objects.con_conti(timezone.now()).filter(evento=evento.pk).first()
    if posti is None:
        return None
    vale_un_minuto()  # places that were kept for somebody are free again, an event begins
    return disponibilita(posti, evento)


def evento_pubblico(chiave: int) -> EventoPage | None:
    """An event with places to book that anyone may read, or that was taken off: who has its address is told so."""
    eventi = EventoPage.objects.con_organizzazione().select_related("posti").filter(pk=chiave).exclude(posti=None)
    evento = eventi.pubblici().first()
    return evento or eventi.filter(live=False).exclude(first_published_at=None).first()


def eventi_gestiti(utente: Utente) -> EventoQuerySet:
    """The events whose bookings are for `utente`, drafts included."""
    if not utente.is_active:
        return EventoPage.objects.none()
    if e_manager(utente):
        return EventoPage.objects.all()
    sezioni = SezioneNotiziePage.objects.filter(organizzazione__in=Organizzazione.objects.di(utente))
    return EventoPage.objects.filter(sotto(sezioni.values_list("path", flat=True)))


def registri(utente: Utente) -> PostiQuerySet:
    """The events of `utente` that are booked, the last first, with their counts."""
    posti = PostiDellEvento.objects.filter(evento__in=eventi_gestiti(utente).order_by().values("pk"))
    return posti.con_conti(timezone.now()).select_related("evento").order_by("-evento__data", "-pk")


def da_aprire(utente: Utente) -> EventoQuerySet:
    """The events of `utente` that nobody books: those to come, and those of the last days, of which one may say how
    many came."""
    da_poco = timezone.localdate() - APPENA_PASSATI
    return eventi_gestiti(utente).tra(da_poco, date.max).filter(posti=None)


def prenotati(posti: PostiDellEvento) -> QuerySet[Prenotazione]:
    """Who has a place, then who waits for one, each as they came; who did not confirm is nobody yet."""
    return posti.prenotazioni.exclude(stato=Prenotazione.Stato.DA_CONFERMARE).order_by("stato", "confermata_il", "pk")


def criteri_dei_presenti(evento: EventoPage) -> QuerySet:
    """The criteria that may take how many came: those that only collect values, of the actions that the event realises,
    unless its page is their proof already."""
    azioni = evento.azioni_realizzate.values("pk")
    criteri = alimentazione.criteri_di_monitoraggio(evento.data.year).filter(azione__in=azioni)
    return criteri.exclude(pk__in=evento.criteri_serviti.values("pk"))


def in_fila(prenotazione: Prenotazione) -> int:
    """Which place in the list is theirs, from 1."""
    quando = prenotazione.confermata_il
    prima = Q(confermata_il__lt=quando) | Q(confermata_il=quando, pk__lt=prenotazione.pk)
    return prenotazione.posti.prenotazioni.filter(prima, stato=Prenotazione.Stato.IN_ATTESA).count() + 1


def di_collegamento(aperto: Any) -> Prenotazione | None:
    """Whose link it is, if it is still there."""
    return Prenotazione.objects.select_related("posti__evento").filter(pk=aperto.chiavi[0]).first()


def contesto_propria(una: Prenotazione) -> dict[str, object]:
    """What who has a place, or waits, reads of it."""
    evento = una.posti.evento
    ha_un_posto = una.stato == Prenotazione.Stato.CONFERMATA
    return {
        "evento": evento,
        "ha_un_posto": ha_un_posto,
        "in_fila": 0 if ha_un_posto else in_fila(una),
        "fermo": perche_fermo(evento, timezone.now()),
    }
