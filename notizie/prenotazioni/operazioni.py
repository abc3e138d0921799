"""The only functions that change places and bookings. The row of the event's places is held by each of them first, so
that of two at once one waits: nobody is given a place that is not there."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.log_actions import log

from base.collegamenti import Aperto
from base.posta.operazioni import dimentica_esterno
from organizzazioni.models import Utente
from programma import alimentazione
from programma.alimentazione import Fatto, Provenienza

from ..models import EventoPage, PostiDellEvento, Prenotazione
from . import notifiche, selettori
from .collegamenti import CONFERMA
from .consenso import VERSIONE
from .permissions import organizzazione_di, puo_gestire_prenotazioni

TENUTA = timedelta(hours=1)
"""How long a place is kept for who asked, until they confirm from their mailbox."""
PAUSA = timedelta(hours=1)
"""An address is written to about its request no more often, whoever asks and however many times."""
EVENTI_IN_UNA_PAUSA = 5
"""Nor about more events than these in that time: whoever wants to fill a mailbox has all of those to come."""
SVEGLIA = time(8)
"""No reminder leaves earlier in the day."""

APERTE = "notizie.prenotazioni_aperte"
PRESENTI = "notizie.presenti_scritti"
TOLTA = "notizie.prenotazione_tolta"

CAMBIATI = "Un'altra persona ha salvato mentre scrivevi: ciò che hai scritto è qui, salva di nuovo"

Stato = Prenotazione.Stato


class PrenotazioniChiuse(ValidationError):
    """One cannot book now: the message is for who tries."""


# -- who organises ----------------------------------------------------------------------------------------


def _esigi(utente: Utente, evento: EventoPage) -> None:
    if not puo_gestire_prenotazioni(utente, evento):
        raise PermissionDenied("Le prenotazioni sono di chi organizza l'evento")


@transaction.atomic
def salva_posti(posti: PostiDellEvento, utente: Utente, versione: int | None = None) -> PostiDellEvento:
    """Open the bookings of an event, or change how many, until when, for how long; who waits takes what was added.

    `versione` is the one that was read, None for what is opened now. `ValidationError` when somebody saved meanwhile,
    for fewer places than are booked, and for names kept longer than who booked has read.
    """
    evento = EventoPage.objects.select_for_update(of=("self",)).get(pk=posti.evento_id)
    _esigi(utente, evento)
    attuali = PostiDellEvento.objects.select_for_update(of=("self",)).filter(evento=evento.pk).first()
    if versione != (attuali.versione if attuali else None):
        raise ValidationError(CAMBIATI, code="cambiata")
    if attuali is None:
        posti.detto = notifiche.da_dire(evento)
        posti.save()
    else:
        _esigi_che_bastino(posti, attuali)
        posti.pk, posti.versione = attuali.pk, attuali.versione + 1
        posti.save(update_fields=["quanti", "fino_al", "conserva", "chiuse", "versione"])
    log(instance=evento, action=APERTE, user=utente)
    _fai_entrare(posti, evento)
    return posti


def _esigi_che_bastino(posti, attuali):
    prenotati = attuali.prenotazioni.filter(stato=Stato.CONFERMATA).count()
    if posti.quanti is not None and posti.quanti < prenotati:
        raise ValidationError({"quanti": f"Hanno già un posto in {prenotati}: non possono essere meno"})
    if posti.conserva > attuali.conserva and attuali.prenotazioni.exists():
        detto = f"Chi si è prenotato ha letto {attuali.conserva} giorni: si può solo abbreviare"
        raise ValidationError({"conserva": detto})


@transaction.atomic
def scrivi_presenti(posti: PostiDellEvento, utente: Utente, dipendenti: int | None, comunita: int | None) -> None:
    """Write how many came: numbers, which stay when the names go. `ValidationError` before the day of the event."""
    posti = _tieni(posti.pk)
    _esigi(utente, posti.evento)
    if posti.evento.data > timezone.localdate():
        raise ValidationError("L'evento deve ancora venire: quanti c'erano si scrive dopo")
    posti.presenti_dipendenti, posti.presenti_comunita = dipendenti, comunita
    posti.save(update_fields=["presenti_dipendenti", "presenti_comunita"])
    log(instance=posti.evento, action=PRESENTI, user=utente)
    for evidenza in alimentazione.evidenze_nate_da(posti):  # what changed goes back to who decides
        _offri(posti, evidenza.fonte_criterio, utente)


@transaction.atomic
def offri_presenti(posti: PostiDellEvento, utente: Utente, chiave: int) -> Any:
    """Give how many came to a criterion of the event's actions that collects values (its key): an evidence, which waits
    for who did not write it. The same twice changes nothing. `ValidationError` when it cannot be."""
    posti = _tieni(posti.pk)
    _esigi(utente, posti.evento)
    criterio = selettori.criteri_dei_presenti(posti.evento).filter(pk=chiave).first()
    if criterio is None:
        raise ValidationError("Questo criterio non prende i presenti di un evento, o il suo programma è chiuso")
    if posti.presenti is None:
        raise ValidationError("Scrivi prima quante persone c'erano")
    return _offri(posti, criterio, utente)


def _offri(posti, criterio, utente):
    evento, ente = posti.evento, organizzazione_di(posti.evento)
    titolo, quanti = f"Presenti a «{evento.title}»", Decimal(posti.presenti or 0)
    detto = f"Dipendenti: {posti.presenti_dipendenti or 0}; comunità: {posti.presenti_comunita or 0}."
    mancano = alimentazione.ostacoli(criterio, evento.data, titolo, detto, (), (ente,), quanti)
    if mancano:
        raise ValidationError("; ".join(frase for frasi in mancano.values() for frase in frasi))
    dove = (evento.get_full_url(),) if evento.live else ()
    fatto = Fatto(criterio, evento.data, quanti, (ente,), dove=dove, a_parte=True, scritto_da=utente)
    evidenza = alimentazione.offri(posti, fatto, Provenienza(ente, titolo, detto, frozenset({utente.pk}), utente))
    if evidenza is None:
        raise ValidationError(alimentazione.perche_senza_criteri(evento.data) or "Il programma non accetta evidenze")
    return evidenza


@transaction.atomic
def togli(posti: PostiDellEvento, utente: Utente, chiave: int) -> bool:
    """Give back the place of who asked the organiser for it; False when it is not there. No register names them."""
    posti = _tieni(posti.pk)
    _esigi(utente, posti.evento)
    tolte = _dimentica(posti.prenotazioni.filter(pk=chiave).exclude(stato=Stato.DA_CONFERMARE))
    if tolte:
        log(instance=posti.evento, action=TOLTA, user=utente)
        _fai_entrare(posti, posti.evento)
    return bool(tolte)


# -- who books --------------------------------------------------------------------------------------------


@transaction.atomic
def chiedi(posti: PostiDellEvento, nome: str, email: str, ente: str = "") -> None:
    """Keep a place if there is one, and write to `email` to have it confirmed. Nothing tells the caller who is there
    already: their mailbox does. `PrenotazioniChiuse` with the reason."""
    posti, adesso = _tieni(posti.pk), timezone.now()
    if perche := selettori.perche_chiuse(posti, posti.evento, adesso):
        raise PrenotazioniChiuse(perche)
    email = email.strip().lower()
    una = posti.prenotazioni.filter(email=email).first() or Prenotazione(posti=posti, email=email)
    if una.scritto_il is not None and adesso - una.scritto_il < PAUSA:
        return
    if Prenotazione.objects.filter(email=email, scritto_il__gt=adesso - PAUSA).count() >= EVENTI_IN_UNA_PAUSA:
        return
    una.scritto_il = adesso
    if una.stato == Stato.DA_CONFERMARE:
        una.nome, una.ente, una.consenso, una.chiesta_il = nome, ente, VERSIONE, adesso
        una.tenuta_fino_a = None
        una.save()
        if selettori.disponibilita(posti, posti.evento).restano != 0:
            una.tenuta_fino_a = adesso + TENUTA
            una.save(update_fields=["tenuta_fino_a"])
        notifiche.da_confermare(una)
    else:
        una.save(update_fields=["scritto_il"])
        notifiche.gia_prenotata(una)


@transaction.atomic
def conferma(aperto: Aperto) -> Prenotazione | None:
    """Whoever reads that mailbox wants the place: it is theirs, or they wait for one. None when the request is no
    longer there; twice is as once. `PrenotazioniChiuse` when there is nothing to go to."""
    una = selettori.di_collegamento(aperto)
    if una is None:
        return None
    posti, adesso = _tieni(una.posti_id), timezone.now()
    una = posti.prenotazioni.filter(pk=una.pk).first()
    if una is None or not aperto.vale_per(una.stato_del_collegamento):
        return una
    if fermo := selettori.perche_fermo(posti.evento, adesso):
        raise PrenotazioniChiuse(fermo)
    tenuta = una.tenuta_fino_a is not None and una.tenuta_fino_a > adesso
    una.confermata_il, una.tenuta_fino_a = adesso, None
    una.save(update_fields=["confermata_il", "tenuta_fino_a"])  # its own place is counted among the free ones
    ora = selettori.disponibilita(posti, posti.evento)
    c_e = ora.restano != 0 or (tenuta and ora.liberi > 0)
    una.stato = Stato.CONFERMATA if c_e else Stato.IN_ATTESA
    una.ricordata_il = adesso if c_e and _domani_o_prima(posti.evento, adesso) else None
    una.save(update_fields=["stato", "ricordata_il"])
    notifiche.confermata(una)
    return una


@transaction.atomic
def disdici(aperto: Aperto) -> EventoPage | None:
    """Forget who gives their place back; the first of the list has it, in the same transaction. The event, None when
    it was given back already."""
    una = selettori.di_collegamento(aperto)
    if una is None or not aperto.vale_per(una.email):
        return None
    posti = _tieni(una.posti_id)
    _dimentica(posti.prenotazioni.filter(pk=una.pk))
    _fai_entrare(posti, posti.evento)
    return posti.evento


def _dimentica(quali: QuerySet[Prenotazione]) -> int:
    """Delete these, and what was still to be sent to them of their event; how many."""
    for email, titolo in quali.values_list("email", "posti__evento__title"):
        dimentica_esterno(email, titolo)
    return quali.delete()[0]


def _tieni(chiave: int) -> PostiDellEvento:
    """The places of an event, held until the end of the transaction. The event is read after, not joined: who waited
    for somebody that called it off would still find it on."""
    return PostiDellEvento.objects.select_for_update().get(pk=chiave)


def _fai_entrare(posti: PostiDellEvento, evento: EventoPage, adesso: datetime | None = None) -> int:
    """Give the free places to who waits, as they came, and tell them; how many."""
    adesso = adesso or timezone.now()
    if selettori.perche_fermo(evento, adesso):
        return 0
    liberi = selettori.disponibilita(posti, evento).liberi
    entrati = list(posti.prenotazioni.filter(stato=Stato.IN_ATTESA).order_by("confermata_il", "pk")[:liberi])
    for una in entrati:
        una.stato, una.ricordata_il = Stato.CONFERMATA, adesso if _domani_o_prima(evento, adesso) else None
        una.save(update_fields=["stato", "ricordata_il"])
        notifiche.entrata(una)
    return len(entrati)


def _domani_o_prima(evento: EventoPage, adesso: datetime) -> bool:
    """Whether it is so near that what is written now is the reminder."""
    return evento.data <= timezone.localtime(adesso).date() + timedelta(days=1)


# -- what changes by itself -------------------------------------------------------------------------------


@transaction.atomic
def avvisa_dei_cambiamenti(evento: EventoPage, c_e: bool = True) -> int:
    """Tell who booked that the event is on another day, elsewhere, called off, taken off the site or back; how many.

    `c_e`: False when its page is about to be deleted. What is over is told to nobody.
    """
    posti = PostiDellEvento.objects.select_for_update(of=("self",)).filter(evento=evento.pk).first()
    if posti is None:
        return 0
    prima, ora = posti.detto, notifiche.da_dire(evento, c_e)
    if prima == ora:
        return 0
    posti.detto = ora
    posti.save(update_fields=["detto"])
    if prima.get("quando") != ora["quando"]:
        posti.prenotazioni.update(ricordata_il=None)
    if evento.quando.finito(timezone.now()):
        return 0
    avvisati = notifiche.cambiato(evento, list(selettori.prenotati(posti)), prima, ora)
    _fai_entrare(posti, evento)
    return avvisati


@transaction.atomic
def segui(adesso: datetime | None = None) -> dict[str, int]:
    """What time brings: a place that nobody confirmed goes to who waits, the day before is told to who comes. It may
    be called at any time, and writes nothing twice."""
    adesso = adesso or timezone.now()
    oggi = timezone.localtime(adesso).date()
    fatti = {"entrati": 0, "promemoria": 0}
    vivi = PostiDellEvento.objects.filter(evento__in=EventoPage.objects.prossimi(adesso).order_by().values("pk"))
    for posti in vivi.select_for_update(of=("self",)).order_by("pk"):  # each with its event as it is then: see `_tieni`
        fatti["entrati"] += _fai_entrare(posti, posti.evento, adesso)
        vicino = oggi <= posti.evento.data <= oggi + timedelta(days=1)
        if vicino and timezone.localtime(adesso).time() >= SVEGLIA and not selettori.perche_fermo(posti.evento, adesso):
            fatti["promemoria"] += _ricorda(posti, adesso)
    return fatti


def _ricorda(posti: PostiDellEvento, adesso: datetime) -> int:
    da_ricordare = list(posti.prenotazioni.filter(stato=Stato.CONFERMATA, ricordata_il=None))
    notifiche.promemoria(posti.evento, da_ricordare)
    return posti.prenotazioni.filter(pk__in=[una.pk for una in da_ricordare]).update(ricordata_il=adesso)


@transaction.atomic
def dimentica_prenotazioni(adesso: datetime | None = None) -> int:
    """Delete who booked an event that is over since as long as its organiser said, and requests that nobody confirmed;
    how many. Of an event it stays how many had a place, and how many came."""
    adesso = adesso or timezone.now()
    oggi = timezone.localtime(adesso).date()
    non_confermate = Prenotazione.objects.filter(stato=Stato.DA_CONFERMARE, chiesta_il__lt=adesso - CONFERMA.durata)
    quante = _dimentica(non_confermate)
    con_nomi = PostiDellEvento.objects.filter(prenotazioni__isnull=False).values("pk")
    for posti in PostiDellEvento.objects.filter(pk__in=con_nomi).select_related("evento").order_by("pk"):
        if posti.evento.quando.fine + timedelta(days=posti.conserva) < oggi:
            posti = _tieni(posti.pk)
            posti.prenotati_alla_fine = posti.prenotazioni.filter(stato=Stato.CONFERMATA).count()
            posti.save(update_fields=["prenotati_alla_fine"])
            quante += _dimentica(posti.prenotazioni.all())
    return quante
