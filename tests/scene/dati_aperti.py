"""The open data of the guide as a program asks for them."""

import pytest

from guide.models import Bisogno, Comune, FaseVita, Luogo, ServizioPage, SezioneGuidaPage
from organizzazioni.operazioni import pubblica_nuova


@pytest.fixture
def nuovo_servizio(db):
    def nuovo(titolo, di="asif-chimelli", bisogni=(), fasi=(), luoghi=(), contatti=(), **campi):
        servizio = ServizioPage(title=titolo, **{"sommario": "In breve", "natura": "pubblico", **campi})
        sezione = SezioneGuidaPage.objects.get(organizzazione__chiave=di)
        servizio.erogatore = None if campi.get("erogatore_esterno") else sezione.organizzazione
        servizio.bisogni = Bisogno.objects.filter(chiave__in=bisogni)
        servizio.fasi = FaseVita.objects.filter(chiave__in=fasi)
        servizio.luoghi, servizio.contatti = list(luoghi), list(contatti)
        return pubblica_nuova(sezione, servizio)

    return nuovo


def tenna(**campi):
    return Luogo(comune=Comune.objects.get(chiave="tenna"), **campi)
