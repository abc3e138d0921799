"""Subscriptions: asked, confirmed, left. Whoever leaves is forgotten."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from base.collegamenti import Aperto
from base.posta.operazioni import dimentica_esterno
from organizzazioni.models import Utente

from ...models import Consegna, Iscritto
from .. import notifiche
from ..collegamenti import CONFERMA
from ..consenso import VERSIONE
from ..permissions import puo_gestire_newsletter

PAUSA = timedelta(hours=1)
"""An address is written to about its subscription no more often, whoever asks and however many times."""


@transaction.atomic
def chiedi(email: str) -> None:
    """Write to `email`: to confirm, or that it is subscribed already. Nothing tells the caller which of the two."""
    adesso = timezone.now()
    dimentica_non_confermati()
    iscritto, _ = Iscritto.objects.select_for_update().get_or_create(
        email=email.strip().lower(), defaults={"consenso": VERSIONE}
    )
    if iscritto.scritto_il is not None and adesso - iscritto.scritto_il < PAUSA:
        return
    iscritto.scritto_il = adesso
    if iscritto.attivo:
        notifiche.gia_iscritto(iscritto)
    else:
        iscritto.chiesta_il, iscritto.consenso = adesso, VERSIONE
        notifiche.da_confermare(iscritto)
    iscritto.save()


@transaction.atomic
def conferma(aperto: Aperto) -> bool:
    """Whoever reads that mailbox wants the newsletter. False when the request is no longer there; twice is as once."""
    iscritto = Iscritto.objects.select_for_update().filter(pk=aperto.chiavi[0]).first()
    if iscritto is None:
        return False
    if aperto.vale_per(iscritto.stato_del_collegamento):
        iscritto.confermata_il = timezone.now()
        iscritto.rifiuti, iscritto.ultimo_rifiuto, iscritto.respinto_il = 0, "", None
        iscritto.save()
    return iscritto.attivo


@transaction.atomic
def disiscrivi(aperto: Aperto) -> None:
    """Forget who leaves by the link of a message; who left already is not there."""
    iscritto = Iscritto.objects.filter(pk=aperto.chiavi[0]).first()
    if iscritto is not None and aperto.vale_per(iscritto.email):
        cancella(iscritto)


@transaction.atomic
def cancella(iscritto: Iscritto) -> None:
    """Leave no address: what was not sent yet will not be, what was is a number in a count."""
    iscritto.consegne.filter(stato=Consegna.Stato.ATTESA).delete()
    dimentica_esterno(iscritto.email)
    iscritto.delete()


@transaction.atomic
def cancella_indirizzo(email: str, utente: Utente) -> bool:
    """Forget who asked the manager for it; False when the address is not there. No register names it."""
    if not puo_gestire_newsletter(utente):
        raise PermissionDenied
    iscritto = Iscritto.objects.filter(email=email.strip().lower()).first()
    if iscritto is None:
        return False
    cancella(iscritto)
    return True


def dimentica_non_confermati() -> int:
    """Delete the addresses that nobody confirmed while the link was good; how many."""
    scadute = Iscritto.objects.da_confermare().filter(chiesta_il__lt=timezone.now() - CONFERMA.durata)
    return scadute.delete()[0]
