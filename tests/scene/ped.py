"""The scene of the tests of the editorial plan: a piece planned, its sending recorded, the plan written."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file

from notizie.models import PezzoProgrammato, PianoEditoriale
from notizie.ped import operazioni

GIORNO = datetime.date(2025, 10, 10)
FACEBOOK = "https://www.facebook.com/distretto/posts/1"


def immagine(nome="post.png"):
    return SimpleUploadedFile(nome, get_test_image_file().file.getvalue(), "image/png")


@pytest.fixture
def criterio(programma):
    return lambda codice: programma.criteri.select_related("programma").get(codice=codice)


@pytest.fixture
def pianifica(organizzazione_a, referente_a):
    def pezzo(titolo="Post sulla mostra", organizzazione=organizzazione_a, utente=referente_a, **campi):
        comuni = {"canale": "facebook", "data": GIORNO}
        nuovo = PezzoProgrammato(titolo=titolo, organizzazione=organizzazione, **{**comuni, **campi})
        return operazioni.salva_pezzo(nuovo, utente)

    return pezzo


@pytest.fixture
def registra(referente_a):
    def invio(pezzo, utente=referente_a, **prova):
        comuni = {"inviato_il": GIORNO, "testo": "Vieni alla mostra", "url": FACEBOOK, "immagine": immagine()}
        return operazioni.registra(pezzo, utente, {**comuni, **prova})

    return invio


@pytest.fixture
def scrivi_piano(programma, manager):
    def piano(presente=True, **campi):
        trovato = PianoEditoriale.objects.filter(programma=programma).first() or PianoEditoriale(programma=programma)
        for nome in PianoEditoriale.PARTI:
            setattr(trovato, nome, campi.get(nome, f"Le parole di {nome}"))
        return operazioni.salva_piano(trovato, manager, presente)

    return piano


@pytest.fixture
def nel_2025(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime.datetime(2025, 10, 12, 10, tzinfo=datetime.UTC))
