"""Programmes as who manages them reads them."""

from django.db.models import Count, Q

from ..flusso import INVIATA
from ..models import ProgrammaPage


def programma_in_corso() -> ProgrammaPage | None:
    """The newest programme that is no draft, else the newest."""
    programmi = ProgrammaPage.objects.order_by("-anno")
    return programmi.exclude(stato=ProgrammaPage.Stato.BOZZA).first() or programmi.first()


def programmi_con_conteggi() -> list[ProgrammaPage]:
    """All programmes, newest first, each with how many `numero_criteri` and `numero_evidenze` it has."""
    return list(
        ProgrammaPage.objects.annotate(
            numero_criteri=Count("criteri", distinct=True),
            numero_evidenze=Count("evidenze", distinct=True),
            in_attesa=Count("evidenze", filter=Q(evidenze__stato=INVIATA), distinct=True),
        ).order_by("-anno")
    )
