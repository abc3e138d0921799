"""A summer service, its weeks, its draft."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from guide.estate.settimane import lunedi, settimane_tra
from guide.models import Comune, Luogo, ServizioPage, SettimanaEstiva, SezioneGuidaPage
from organizzazioni.operazioni import pubblica_nuova

DAL, AL = date(2025, 6, 16), date(2025, 7, 4)
CONFRONTO = "/family-guide/estate/"


def settimane(dal=DAL, al=AL, **campi):
    dati = {"prezzo": Decimal(100), "posti": 20, **campi}
    return [SettimanaEstiva(dal=primo, al=ultimo, **dati) for primo, ultimo in settimane_tra(dal, al)]


@pytest.fixture
def nuovo_centro():
    """Publish a summer service of a body; it is for 6 to 11 years, in Tenna."""

    def nuovo(titolo="Centro", di="asif-chimelli", righe=None, comuni=("tenna",), protetto=False, **campi):
        centro = ServizioPage(
            title=titolo, **{"sommario": "x", "natura": "privato", "eta_minima": 72, "eta_massima": 132, **campi}
        )
        centro.settimane_estive = settimane() if righe is None else righe
        centro.luoghi = [Luogo(comune=Comune.objects.get(chiave=c), protetto=protetto) for c in comuni]
        return pubblica_nuova(SezioneGuidaPage.objects.get(organizzazione__chiave=di), centro)

    return nuovo


@pytest.fixture
def centro(nuovo_centro):
    return nuovo_centro()


def prossima_estate():
    """Three weeks that are not over, whatever the day."""
    dal = lunedi(timezone.localdate()) + timedelta(days=7)
    return settimane(dal, dal + timedelta(days=18))


def turni(centro):
    return sorted(s.turno for s in centro.settimane_estive.all())


def bozza(centro):
    return ServizioPage.objects.get(pk=centro.pk).get_latest_revision_as_object()


def pubblica(centro):
    centro.get_latest_revision().publish()
    return ServizioPage.objects.get(pk=centro.pk)
