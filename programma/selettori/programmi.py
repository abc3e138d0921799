"""Programmes as who manages them reads them."""

from ..models import ProgrammaPage


def programma_in_corso() -> ProgrammaPage | None:
    """The newest programme that is no draft, else the newest."""
    programmi = ProgrammaPage.objects.order_by("-anno")
    return programmi.exclude(stato=ProgrammaPage.Stato.BOZZA).first() or programmi.first()
