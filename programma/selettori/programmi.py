"""Programmes as who manages them reads them."""

from datetime import date

from django.db.models import Count, Q
from django.utils import timezone

from ..flusso import INVIATA
from ..models import ProgrammaPage


def programma_in_corso() -> ProgrammaPage | None:
    """The programme of today, draft or not; else the newest that is no draft, else the newest."""
    if programma := ProgrammaPage.objects.del_giorno(timezone.localdate()):
        return programma
    programmi = ProgrammaPage.objects.order_by("-anno")
    return programmi.exclude(stato=ProgrammaPage.Stato.BOZZA).first() or programmi.first()


def giorno_proposto(oggi: date) -> date | None:
    """From which day one begins to write a fact: today, or the last of the newest open programme that has begun."""
    aperti = [programma for programma in ProgrammaPage.objects.aperti() if programma.dal <= oggi]
    if not aperti or any(programma.comprende(oggi) for programma in aperti):
        return oggi if aperti else None
    return min(aperti[0].scadenza, oggi)


def programmi_con_conteggi() -> list[ProgrammaPage]:
    """All programmes, newest first, each with how many `numero_criteri` and `numero_evidenze` it has."""
    return list(
        ProgrammaPage.objects.annotate(
            numero_criteri=Count("criteri", distinct=True),
            numero_evidenze=Count("evidenze", distinct=True),
            in_attesa=Count("evidenze", filter=Q(evidenze__stato=INVIATA), distinct=True),
        ).order_by("-anno")
    )
