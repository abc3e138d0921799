"""Until when what a page says is true, if nobody writes anything: said by who asks what time it is."""

from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Protocol

from django.utils import timezone


class Tiene(Protocol):
    fino_a: datetime


in_corso: ContextVar[Tiene | None] = ContextVar("durata", default=None)
"""What is being drawn and may be kept; `base.pronte.interrogazioni` sets it."""


def mezzanotte(adesso: datetime) -> datetime:
    """When the day of `adesso` (aware) is over: until then every page says the same of today."""
    domani = timezone.localtime(adesso).date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(domani, datetime.min.time()))


def vale_fino(istante: datetime | None) -> None:
    """What is being drawn says something that is otherwise from `istante` (aware) on. Midnight counts by itself."""
    tiene = in_corso.get()
    if tiene is not None and istante is not None:
        tiene.fino_a = min(tiene.fino_a, istante)


def vale_un_minuto() -> None:
    """What is being drawn depends on the hour, and nobody reckoned until when it is so."""
    vale_fino(timezone.now().replace(second=0, microsecond=0) + timedelta(minutes=1))
