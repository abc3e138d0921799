"""Words that were written in a survey, read over one by one before anybody else reads them."""

from django.core.exceptions import ValidationError
from django.db import transaction

from organizzazioni.models import Utente

from ...models import ParoleDaRivedere, Sondaggio
from ..blocco import bloccato, scritto


@transaction.atomic
def rivedi_testo(testo: ParoleDaRivedere, utente: Utente, stato: str, pubblico: str = "") -> ParoleDaRivedere:
    """Let the public read a text, as it is or as `pubblico` says it, or not at all."""
    attuale = bloccato(testo.sondaggio, utente, Sondaggio.Stato.CHIUSO)
    if stato not in (ParoleDaRivedere.Stato.APPROVATO, ParoleDaRivedere.Stato.TOLTO):
        raise ValidationError("Scegli se si pubblica")
    testo.stato = stato
    testo.pubblico = (pubblico.strip() or testo.testo) if stato == ParoleDaRivedere.Stato.APPROVATO else ""
    testo.save()
    scritto(attuale, utente)
    return testo
