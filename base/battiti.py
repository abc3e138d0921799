"""Who is at work now, on however many machines: each says so every few seconds, and whoever falls silent is dead."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import DatabaseError, connection
from django.utils import timezone

from .models import Battito

OGNI = timedelta(seconds=15)
ASSENTE = timedelta(seconds=90)
"""After so long without a sign, whoever it was is taken for dead."""
DIMENTICATO = timedelta(days=1)

logger = logging.getLogger(__name__)


@contextmanager
def al_lavoro(chiave: str) -> Iterator[None]:
    """Be at work as `chiave` until the end of the block, or of the process. The last sign stays, for who asks when."""
    Battito.objects.filter(visto_il__lt=timezone.now() - DIMENTICATO).delete()
    segna(chiave)
    finito = threading.Event()
    filo = threading.Thread(target=_batti, args=(chiave, finito), daemon=True)
    filo.start()
    try:
        yield
    finally:
        finito.set()
        filo.join(timeout=5)


def segna(chiave: str) -> None:
    """One sign of life, now."""
    Battito.objects.update_or_create(chiave=chiave, defaults={"visto_il": timezone.now()})


def vivi(quali: str, entro: timedelta = ASSENTE) -> set[str]:
    """The keys that begin with `quali` of whom there was a sign within `entro`."""
    limite = timezone.now() - entro
    return set(Battito.objects.filter(chiave__startswith=quali, visto_il__gte=limite).values_list("chiave", flat=True))


def _batti(chiave, finito):
    try:
        while not finito.wait(OGNI.total_seconds()):
            try:
                segna(chiave)
            except DatabaseError:  # it comes back, or whoever looks takes us for dead
                logger.warning("Il segno di «%s» non si è potuto scrivere", chiave)
                connection.close()
    finally:
        connection.close()
