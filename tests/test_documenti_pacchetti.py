"""Packages asked for in the admin: whole or with the reason, once, who takes one is written down, what changed."""

import hashlib
import io
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from base.allegati import esamina
from documenti.cambiamenti import differenze
from documenti.models import Pacchetto
from documenti.operazioni import DISCO, chiedi_pacchetto, prepara
from documenti.selettori import file_di
from programma import operazioni
from programma.models import Evidenza

from .scene.congelati import definitivo

pytestmark = pytest.mark.django_db
LISTA = "documenti:documenti"


@pytest.fixture
def riconosciuta(organizzazione_a, referente_a, manager, programma):
    def fai(titolo="Tavolo con il Comune", contenuto=b"verbale", **campi):
        campi = {"argomento": "Orari", "persone_coinvolte": "Il gruppo", **campi}
        evidenza = Evidenza(organizzazione=organizzazione_a, titolo=titolo, **{"data": date(2025, 3, 5), **campi})
        operazioni.salva_bozza(evidenza, referente_a, programma.criteri.filter(codice="P1.1"), [organizzazione_a])
        file = SimpleUploadedFile("verbale.txt", contenuto)
        operazioni.allega(evidenza, referente_a, file, esamina(file))
        return operazioni.approva(operazioni.invia(evidenza, referente_a), manager)

    return fai


@pytest.fixture
def chiedi(django_capture_on_commit_callbacks):
    """Ask for a package; it, and the page that one reads after the worker did its part."""

    def fai(cliente):
        with django_capture_on_commit_callbacks(execute=True):
            cliente.post(reverse("documenti:prepara_pacchetto", args=[2025]))
        return Pacchetto.objects.first(), " ".join(cliente.get(reverse(LISTA)).content.decode().split())

    return fai


def test_package__is_made_taken_and_written_down(riconosciuta, acs, client_di, pango, programma, chiedi):
    riconosciuta()
    pacchetto, html = chiedi(client_di(acs))
    assert pacchetto.pronto and (pacchetto.chiesto_da, pacchetto.fatte, pacchetto.tutte) == (acs, 0, 1)
    assert "Pacchetto 2025 al" in html and "File che possono nominare persone: 7" in html
    risposta = client_di(acs).get(reverse("documenti:pacchetto", args=[pacchetto.pk]))
    contenuto = b"".join(risposta.streaming_content)
    assert hashlib.sha256(contenuto).hexdigest() == pacchetto.sha256 and len(contenuto) == pacchetto.dimensione
    resto = {"Range": "bytes=100-", "If-Range": risposta["ETag"]}
    for intestazioni, stato, da in (
        (resto, 206, 100),
        ({**resto, "If-Range": '"un altro"'}, 200, 0),
        *(
            ({"Range": detto}, 200, 0)
            for detto in ("bytes=-5", "bytes=0-", "bytes=9-3,4-", f"bytes={'9' * 15}-", "bytes=x")
        ),
    ):
        ripresa = client_di(acs).get(reverse("documenti:pacchetto", args=[pacchetto.pk]), headers=intestazioni)
        assert (ripresa.status_code, b"".join(ripresa.streaming_content)) == (stato, contenuto[da:])
        assert int(ripresa["Content-Length"]) == len(contenuto) - da
        assert ripresa.get("Content-Range") == (f"bytes 100-{len(contenuto) - 1}/{len(contenuto)}" if da else None)
    assert "no-store" in risposta["Cache-Control"] and pacchetto.nome_del_file in risposta["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(contenuto)) as archivio:
        assert archivio.testzip() is None
        assert {riga["percorso"] for riga in pacchetto.indice} < {*archivio.namelist()}
    scaricato = PageLogEntry.objects.filter(page=programma.pk, action="documenti.scarica").first()
    assert scaricato.user == acs and scaricato.data["nome"] == pacchetto.nome_del_file


def test_package__without_a_file_says_which(riconosciuta, manager, client_di, pango, chiedi):
    allegato = riconosciuta().allegati.get()
    allegato.file.storage.delete(allegato.file.name)
    pacchetto, html = chiedi(client_di(manager))
    assert pacchetto.stato == "non_riuscito" and not pacchetto.file
    assert "manca il file «verbale.txt»" in html
    assert client_di(manager).get(reverse("documenti:pacchetto", args=[pacchetto.pk])).status_code == 404


def test_package__that_is_being_made_is_not_asked_for_twice(programma, manager, acs):
    primo = chiedi_pacchetto(programma, manager)
    assert chiedi_pacchetto(programma, acs) == primo and Pacchetto.objects.count() == 1
    Pacchetto.objects.update(stato="non_riuscito")
    assert chiedi_pacchetto(programma, acs) != primo


def test_package__that_is_ready_is_not_made_again(programma, manager):
    pacchetto = chiedi_pacchetto(programma, manager)
    Pacchetto.objects.update(stato="pronto", sha256="a" * 64)
    prepara(pacchetto.pk)
    pacchetto.refresh_from_db()
    assert pacchetto.sha256 == "a" * 64 and not pacchetto.file


def test_package__that_was_not_made_is_tried_again_and_holds_up_nobody(
    programma, manager, monkeypatch, pango, riconosciuta
):
    pacchetto = chiedi_pacchetto(programma, manager)
    with monkeypatch.context() as rotto:
        rotto.setattr("documenti.pacchetto.render_to_string", lambda *a: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            prepara(pacchetto.pk)
    pacchetto.refresh_from_db()
    assert pacchetto.stato == "non_riuscito" and pacchetto.errore
    prepara(pacchetto.pk)  # as the manager does from the home
    pacchetto.refresh_from_db()
    assert pacchetto.pronto and not pacchetto.errore
    fermo = chiedi_pacchetto(programma, manager)
    Pacchetto.objects.filter(pk=fermo.pk).update(chiesto_il=timezone.now() - timedelta(hours=3))
    assert chiedi_pacchetto(programma, manager) != fermo
    fermo.refresh_from_db()
    assert fermo.stato == "non_riuscito"


def test_full_disk__is_told_and_the_worker_fails(programma, manager, monkeypatch, pango):
    def pieno(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("documenti.ripresa.zipfile.ZipFile", pieno)
    pacchetto = chiedi_pacchetto(programma, manager)
    with pytest.raises(OSError, match="No space"):
        prepara(pacchetto.pk)
    pacchetto.refresh_from_db()
    assert (pacchetto.stato, pacchetto.errore) == ("non_riuscito", DISCO)
    assert not [*Path(pacchetto.file.storage.path("pacchetti")).glob(f".*{pacchetto.pk}-*")]


def test_progress__is_shown_while_it_is_made(programma, manager, client_di):
    chiedi_pacchetto(programma, manager)
    Pacchetto.objects.update(fatte=3, tutte=45)
    html = client_di(manager).get(reverse(LISTA)).content.decode()
    assert "3 evidenze su 45" in html and "Prepara il pacchetto" not in html


def test_who_does_not_read_everything__asks_and_takes_nothing(programma, manager, referente_a, client_di):
    with pytest.raises(PermissionDenied):
        chiedi_pacchetto(programma, referente_a)
    pacchetto = chiedi_pacchetto(programma, manager)
    for indirizzo in (reverse(LISTA), reverse("documenti:pacchetto", args=[pacchetto.pk])):
        assert client_di(referente_a).get(indirizzo).status_code in (302, 403)
    assert client_di(referente_a).post(reverse("documenti:prepara_pacchetto", args=[2025])).status_code in (302, 403)
    assert Pacchetto.objects.count() == 1


def riga(percorso, sha256="x", **altro):
    base = {"criterio": "", "data": "", "titolo": "", "argomento": "", "persone_coinvolte": "", "organizzazioni": ""}
    return {"percorso": percorso, "sha256": sha256, **base, **altro}


def test_changes__name_what_is_new_gone_or_other_and_not_what_only_moved():
    tavolo = {"criterio": "P1.1", "data": "2025-03-05", "titolo": "Tavolo"}
    link = {**tavolo, "percorso": "https://example.org", "sha256": ""}
    prima = [riga("a"), riga("b"), riga("evidenze/P1.1/2025-03-05-001-v.txt", **tavolo), riga(**link)]
    spostata = riga("evidenze/P1.1/2025-03-05-002-v.txt", **tavolo)
    dopo = [riga("b", "y"), spostata, riga(**link), riga(**link), riga("d")]
    assert [(uno.chiave, uno.che_cosa) for uno in differenze(file_di(prima), file_di(dopo))] == [
        ("P1.1, 05/03/2025, «Tavolo», https://example.org (2)", "è nuovo"),
        ("a", "non c'è più"),
        ("b", "è cambiato"),
        ("d", "è nuovo"),
    ]
    (cambiata,) = differenze(file_di([spostata]), file_di([{**spostata, "organizzazioni": "Comune"}]))
    assert cambiata.che_cosa == "è cambiato"


def test_list__says_what_changed_since_the_package_before(riconosciuta, manager, client_di, pango, chiedi):
    chiedi(client_di(manager))
    riconosciuta()
    _, html = chiedi(client_di(manager))
    assert "P1.1, 05/03/2025, «Tavolo con il Comune», verbale.txt: è nuovo" in html


def test_list__costs_the_same_however_many(programma, manager, client_di, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    cliente = client_di(manager)
    cliente.get(reverse(LISTA))
    with CaptureQueriesContext(connection) as vuota:
        cliente.get(reverse(LISTA))
    for _ in range(4):
        Pacchetto.objects.create(programma=programma, al=date(2025, 12, 31), chiesto_da=manager, stato="pronto")
    definitivo(manager, programma, "Finale")
    with django_assert_num_queries(len(vuota)):
        cliente.get(reverse(LISTA))
