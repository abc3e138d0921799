"""The moments of the demonstration, and the clock by which its year is lived again."""

import re
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from django.utils import timezone

FA = re.compile(r"(\d+) giorni fa")


def momento(testo: str) -> datetime:
    """`2025-06-27 10:20` (local time), or `3 giorni fa`: what waits must look as if it came in these days."""
    if relativo := FA.fullmatch(testo):
        return timezone.now() - timedelta(days=int(relativo[1]))
    return timezone.make_aware(datetime.fromisoformat(testo))


def giorno_detto(detto: int | str | date, oggi: date) -> date:
    """A day as the files tell it: written, or so many days from `oggi`, the day of who loads."""
    if isinstance(detto, int):
        return oggi + timedelta(days=detto)
    return date.fromisoformat(detto) if isinstance(detto, str) else detto


@contextmanager
def orologio(quando: datetime):
    """Let every date that Django and Wagtail write by themselves be `quando`.

    Revisions, workflow states and log entries take no date as an argument, and a year that happened in one
    second is no demonstration. Only for a command: the clock is the whole process's.
    """
    vero = timezone.now
    timezone.now = lambda: quando
    try:
        yield
    finally:
        timezone.now = vero
