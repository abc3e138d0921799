"""The guide as it was: frozen once a year, never changed, offered as evidence."""

import hashlib
import json
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from guide import operazioni
from guide.fascicoli.contenuto import leggi_contenuti
from guide.fascicoli.dati import dati_json
from guide.models import (
    Istantanea,
    NonSiCambia,
)
from guide.operazioni.istantanee import MAPPA, STRUMENTI
from programma import operazioni as programma_operazioni
from programma.models import Evidenza

from .scene.fascicoli import ATTESI, GIORNO, SEGRETI, pubblica

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nel_2025")]


@pytest.fixture
def istantanea(tipografia, nido, manager, monkeypatch):
    operazioni.rifai()
    return operazioni.congela(manager)


def test_snapshot__data_are_the_kept_ones_and_say_nothing_hidden(nido):
    dati = dati_json(leggi_contenuti(GIORNO)[0], 2025, GIORNO)
    assert dati == dati_json(leggi_contenuti(GIORNO)[0], 2025, GIORNO)
    for vietato in (*SEGRETI, "Riservato"):
        assert vietato not in dati.decode()
    lette = json.loads(dati)
    assert (lette["schema"], lette["anno"], lette["data"]) == ("family-guide/1", 2025, "2025-10-08")
    for servizio in lette["servizi"]:
        servizio["aggiornata"] = servizio["da_verificare_dal"] = "GIORNO"
        servizio["scadenze"] = [{**scadenza, "chiave": "CHIAVE"} for scadenza in servizio["scadenze"]]
    assert lette["servizi"] == json.loads((ATTESI / "istantanea-servizi.json").read_text())


def test_snapshot__is_the_booklet_and_the_data_with_their_hash(istantanea, manager):
    assert istantanea.anno == 2025 and istantanea.fatta_da == manager
    for formato in ("pdf", "json"):
        with getattr(istantanea, formato).open() as file:
            assert hashlib.sha256(file.read()).hexdigest() == getattr(istantanea, f"{formato}_sha256")
    assert not default_storage.exists(istantanea.pdf.name), "it is on private storage"


def test_snapshot__twice_in_a_day_is_one(istantanea, manager):
    assert operazioni.congela(manager) == istantanea


def test_snapshot__of_a_guide_that_changed_prints_it_first(istantanea, manager, tipografia):
    tipografia.clear()
    pubblica("Nuovo")
    altra = operazioni.congela(manager)
    assert altra != istantanea and altra.servizi == 2 and tipografia == ["Family Guide"]


def test_snapshot__never_changes(istantanea):
    with pytest.raises(NonSiCambia):
        istantanea.save()
    with pytest.raises(NonSiCambia):
        istantanea.delete()
    with pytest.raises(NonSiCambia):
        Istantanea.objects.update(anno=2000)
    with pytest.raises(NonSiCambia):
        Istantanea.objects.all().delete()


def test_snapshot__tampering_is_found(istantanea, capsys):
    call_command("verifica_istantanee")
    assert f"intatta. json {istantanea.json_sha256}" in capsys.readouterr().out
    Path(istantanea.json.path).chmod(0o600)
    Path(istantanea.json.path).write_bytes(b"{}")
    with pytest.raises(CommandError, match="1"):
        call_command("verifica_istantanee")
    assert "NON È QUELLO CONGELATO: json" in capsys.readouterr().out


@pytest.mark.parametrize("formato", ["pdf", "json"])
def test_snapshot__a_missing_file_is_not_intact(istantanea, capsys, formato):
    Path(getattr(istantanea, formato).path).unlink()
    with pytest.raises(CommandError, match="1"):
        call_command("verifica_istantanee")
    assert f"NON È QUELLO CONGELATO: {formato}" in capsys.readouterr().out


@pytest.mark.parametrize("ruolo", ["referente_a", "coordinamento", "acs"])
def test_snapshot__is_made_by_the_managers_only(request, ruolo, istantanea):
    utente = request.getfixturevalue(ruolo)
    with pytest.raises(PermissionDenied):
        operazioni.congela(utente)
    with pytest.raises(PermissionDenied):
        operazioni.proponi(istantanea, MAPPA, utente, [])


@pytest.mark.parametrize(("che_cosa", "codice", "file"), [(MAPPA, "P5.1", 2), (STRUMENTI, "P5.2", 1)])
def test_snapshot__is_offered_as_evidence_that_another_approves(
    istantanea, client_di, manager, coordinamento, che_cosa, codice, file
):
    client = client_di(manager)
    indirizzo = f"/admin/guida-stampata/istantanee/{istantanea.pk}/proponi/{che_cosa}/"
    modulo = client.post(indirizzo, follow=True)
    evidenza = Evidenza.objects.get()
    assert modulo.redirect_chain[-1][0] == f"/admin/evidenze/{evidenza.pk}/modifica/" and modulo.status_code == 200
    assert [criterio.codice for criterio in evidenza.criteri.all()] == [codice]
    assert evidenza.stato == "bozza" and istantanea.pdf_sha256 in evidenza.descrizione
    assert evidenza.allegati.count() == file and evidenza.link[0].endswith("/family-guide/")
    client.post(indirizzo)
    assert Evidenza.objects.count() == 1
    giorno = evidenza.programma.scadenza
    Evidenza.objects.update(data=min(giorno, timezone.localdate()))
    evidenza = programma_operazioni.invia(Evidenza.objects.get(), manager)
    with pytest.raises(PermissionDenied):
        programma_operazioni.approva(evidenza, manager)
    assert programma_operazioni.approva(evidenza, coordinamento).stato == "approvata"
    assert client.get(evidenza.get_absolute_url()).status_code == 200
    assert client.post(indirizzo)["Location"] == evidenza.get_absolute_url()


def test_manager__freezes_in_one_click_and_downloads_what_was_frozen(tipografia, nido, client_di, manager):
    client = client_di(manager)
    assert "Non ce n" in client.get("/admin/guida-stampata/").content.decode()
    client.post("/admin/guida-stampata/rifai/")
    assert tipografia[0] == "Family Guide"
    html = client.post("/admin/guida-stampata/congela/", follow=True).content.decode()
    istantanea = Istantanea.objects.get()
    assert istantanea.json_sha256 in html and "Proponi come evidenza di P5.1" in html
    risposta = client.get(f"/admin/guida-stampata/istantanee/{istantanea.pk}/file/json/")
    assert hashlib.sha256(b"".join(risposta.streaming_content)).hexdigest() == istantanea.json_sha256
    assert client.get(f"/admin/guida-stampata/istantanee/{istantanea.pk}/file/exe/").status_code == 404
    pubblica("Cambiata")
    client.post("/admin/guida-stampata/congela/")
    assert Istantanea.objects.count() == 2
