"""Asking about a serial: what anyone gets to know, and how many wrong ones may be tried.

A number has 75 bits of chance: trying them is hopeless, and the count of wrong answers says so early. It is kept by
where they come from, for whatever asks about a serial, and once it is full nothing is looked up any more, not even a
good number. An unknown number and one written wrong cost the same query and get the same answer.
"""

import logging
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from base.limiti import Limite
from base.seriali import leggi
from organizzazioni.models import Organizzazione

from ..models import Card
from .stati import StatoCard

SBAGLIATE = Limite("convenzioni.card", quante=20, secondi=3600)
"""Wrong serials that may come from one address in an hour: a whole office behind one address mistypes less."""

diario = logging.getLogger("convenzioni.card")


class TroppeProve(Exception):
    """Too many wrong serials came from there."""


@dataclass(frozen=True)
class CardLetta:
    """What is said of a card: nothing else. Of an unknown one, nothing at all."""

    stato: StatoCard
    organizzazione: Organizzazione | None = None
    fino_al: date | None = None
    card: Card | None = None

    @property
    def valida(self):
        return self.stato == StatoCard.VALIDA


IGNOTA = CardLetta(StatoCard.SCONOSCIUTA)


def chiedi(testo, request) -> CardLetta:
    """What the serial written as `testo` is worth today. Raises `TroppeProve`."""
    if not SBAGLIATE.ammette(request):
        raise TroppeProve
    card = Card.objects.per_lettura().filter(seriale=leggi(testo) or "").first()
    if card is None:
        if not SBAGLIATE.conta(request):
            diario.warning("Troppi numeri di card sbagliati da %s", SBAGLIATE.impronta(request))
        return IGNOTA
    return esito_di(card)


def esito_di(card) -> CardLetta:
    return CardLetta(card.stato_il(timezone.localdate()), card.lotto.organizzazione, card.lotto.ultimo_giorno, card)
