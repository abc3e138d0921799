"""Conventions under care: the partner is asked, and answers."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import TestCase
from django.utils import timezone

from convenzioni.cura.collegamenti import indirizzo_di_conferma
from convenzioni.models import Accordo, Categoria, ConvenzionePage, SezioneConvenzioniPage
from organizzazioni.operazioni import pubblica_nuova

OGGI = timezone.localdate


CHI, PARTNER = "una.persona@example.org", "studio@example.org"


@pytest.fixture(autouse=True)
def moduli_liberi(monkeypatch):
    cache.clear()


@pytest.fixture
def nuova(organizzazione_a):
    """Publish a convention of organisation A, signed and in force for `giorni` days; its partner has an address."""

    def scrivi(titolo="Dentista", giorni=400, email=PARTNER, **campi):
        convenzione = ConvenzionePage(
            title=titolo,
            **{
                "partner": "Studio",
                "categoria": Categoria.objects.first(),
                "valida_dal": tra(-giorni),
                "valida_fino_al": tra(-giorni + 364),
                "rinnovo_tacito": True,
                "riservata": True,
                "testo": "<p>Riservatissimo</p>",
                **campi,
            },
        )
        pubblica_nuova(SezioneConvenzioniPage.objects.get(organizzazione=organizzazione_a), convenzione)
        Accordo.objects.create(convenzione=convenzione, firmata_il=tra(-giorni), email_partner=email)
        return ConvenzionePage.objects.get(pk=convenzione.pk)

    return scrivi


def tra(giorni):
    return OGGI() + timedelta(days=giorni)


def dopo(funzione, *argomenti, **campi):
    """Do it, and send its mails."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        return funzione(*argomenti, **campi)


def collegamento(convenzione):
    indirizzo = indirizzo_di_conferma(Accordo.objects.select_related("convenzione").get(convenzione=convenzione))
    return "/" + indirizzo.split("/", 3)[3]


def letta(convenzione):
    return ConvenzionePage.objects.get(pk=convenzione.pk).versione_pubblica
