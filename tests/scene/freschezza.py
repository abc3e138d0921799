"""An entry that is verified or not, and the reminders run."""

import re
from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from cura.operazioni import indicizza
from cura.registro import cura_di
from guide import freschezza, operazioni
from guide.models import Bisogno, ServizioPage, SezioneGuidaPage, Verifica
from organizzazioni.operazioni import pubblica_nuova


@pytest.fixture
def nuova_scheda():
    """Publish an entry that nobody of its body verified; `verificata` is how many days ago somebody did."""

    def nuova(titolo="Nido", di="asif-chimelli", verificata=None, bisogni=()):
        servizio = ServizioPage(title=titolo, sommario="In breve", natura="pubblico")
        servizio.bisogni = Bisogno.objects.filter(chiave__in=bisogni)
        pubblica_nuova(SezioneGuidaPage.objects.get(organizzazione__chiave=di), servizio)
        if verificata is not None:
            giorno = timezone.localdate() - timedelta(days=verificata)
            quando = timezone.make_aware(datetime.combine(giorno, time(12)))
            giorni = freschezza.intervallo([(b.giorni_verifica, None) for b in servizio.bisogni.all()])
            Verifica.objects.filter(servizio=servizio).update(
                verificata_il=quando, scade_il=timezone.localdate(quando) + timedelta(days=giorni)
            )
            indicizza(cura_di(ServizioPage), ServizioPage.objects.get(pk=servizio.pk))
        return ServizioPage.objects.get(pk=servizio.pk)

    return nuova


@pytest.fixture
def sollecita(django_capture_on_commit_callbacks):
    """Run the reminders as of `giorni` from today."""

    def esegui(giorni=0):
        with django_capture_on_commit_callbacks(execute=True):
            return operazioni.sollecita(timezone.localdate() + timedelta(days=giorni))

    return esegui


def collegamento(messaggio):
    return re.search(r"http\S+(/guida/conferma/\S+/)", messaggio.body).group(1)
