"""The screens of surveys in the admin: written, asked, on paper, in other languages; lists that cost the same."""

import re
from datetime import timedelta

import pypdfium2
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from ascolto.models import Codice, ParoleDaRivedere, Sondaggio
from ascolto.sondaggi import operazioni, views_gesti
from base.stampa import StampaNonDisponibile

from .scene.costo import quante_query
from .scene.sondaggi import aperto, chiuso, nuovo_sondaggio
from .test_sondaggi import MOLTI, pagina

pytestmark = pytest.mark.django_db


def test_manager__writes_a_survey_from_the_screens(manager, client_di):
    client = client_di(manager)
    dati = {
        "titolo": "Estate",
        "anno": "2025",
        "pubblico": "aziende",
        "accesso": "libero",
        "anonimato": "anonimo",
        "introduzione": "Poche domande",
        "fino_al": (timezone.localdate() + timedelta(days=9)).isoformat(),
    }
    html = client.post(reverse("sondaggi:nuovo"), {**dati, "anno": "99", "titolo": ""})
    assert html.status_code == 422 and "Poche domande" in html.content.decode()
    assert client.post(reverse("sondaggi:nuovo"), dati).status_code == 302
    sondaggio = Sondaggio.objects.get()
    nuova = reverse("sondaggi:nuova_domanda", args=[sondaggio.pk])
    domanda = {"testo": "Vi serve?", "genere": "una", "scelte": "Sì\nNo\nNo", "gradini": "5", "versione": "1"}
    poche = client.post(nuova, {**domanda, "scelte": "Sì"})
    assert poche.status_code == 422 and list(poche.context["modulo"].errors) == ["scelte"]  # beside its field
    assert client.post(nuova, domanda).status_code == 302
    altra = {"testo": "Quanti posti?", "genere": "numero", "gradini": "5", "se": ["d1:0"], "versione": "2"}
    assert client.post(nuova, {**altra, "versione": "1"}).status_code == 422  # somebody saved meanwhile
    assert client.post(nuova, altra).status_code == 302
    sondaggio = Sondaggio.objects.get()
    assert [una.scelte for una in sondaggio.poste] == [("Sì", "No"), ()] and sondaggio.poste[1].se == "d1"
    client.post(reverse("sondaggi:sposta_domanda", args=[sondaggio.pk, "d2"]), {"verso": "su"})
    client.post(reverse("sondaggi:togli_domanda", args=[sondaggio.pk, "d1"]))
    assert [una.chiave for una in Sondaggio.objects.get().poste] == ["d1", "d2"]  # the other depends on it
    modifica = client.get(reverse("sondaggi:domanda", args=[sondaggio.pk, "d2"])).content.decode()
    assert 'value="d1:0" ' in modifica and "checked" in modifica
    assert "Solo se alla domanda 1" in pagina(client, "prova", sondaggio).content.decode()
    apri = reverse("sondaggi:apri", args=[sondaggio.pk])
    assert "<title>Apri il sondaggio" in re.sub(r"\s*\n\s*", "", client.get(apri).content.decode())
    assert client.post(apri).status_code == 302
    assert Sondaggio.objects.get().aperto


def test_translation__goes_beside_the_italian_line_by_line(manager, client_di):
    sondaggio, client = nuovo_sondaggio(manager), client_di(manager)
    url = reverse("sondaggi:traduci", args=[sondaggio.pk, "de"])
    dati = {"versione": str(sondaggio.versione), "titolo": "Die Familie", "d1-testo": "Kinder?", "d1-scelte": "Ja"}
    risposta = client.post(url, dati)
    assert risposta.status_code == 422 and "Servono 2 righe" in risposta.content.decode()
    assert client.post(url, {**dati, "d1-scelte": "Ja\nNein"}).status_code == 302
    salvato = Sondaggio.objects.get()
    assert salvato.altre == {"de": {"titolo": "Die Familie"}}
    assert salvato.poste[0].in_lingua("de").scelte == ("Ja", "Nein")
    assert client.get(reverse("sondaggi:traduci", args=[sondaggio.pk, "it"])).status_code == 404
    senza = client.post(url, {**dati, "versione": str(salvato.versione), "titolo": "", "d1-scelte": ""})
    assert senza.status_code == 422 and "Scrivi anche il titolo" in senza.content.decode()  # "Kinder?" stays typed
    client.post(url, {"versione": str(salvato.versione), "titolo": ""})
    assert Sondaggio.objects.get().altre == {} and Sondaggio.objects.get().poste[0].altre == {}


def test_codes__are_read_once_in_a_file(manager, client_di):
    sondaggio, client = aperto(manager), client_di(manager)
    risposta = client.post(reverse("sondaggi:codici", args=[sondaggio.pk]), {"quanti": "3", "formato": "csv"})
    righe = risposta.content.decode("utf-8-sig").splitlines()
    assert len(righe) == 4 and f"/sondaggi/{sondaggio.chiave}/c/" in righe[1]
    assert "no-store" in risposta["Cache-Control"] and Codice.objects.count() == 3
    assert client.post(reverse("sondaggi:codici", args=[sondaggio.pk]), {"quanti": "0"}).status_code == 422
    with pytest.raises(ValidationError):
        operazioni.dai_codici(aperto(manager, accesso="libero"), manager, 1)


def test_slips__are_a_document_that_is_read_aloud(manager, client_di, pango):
    sondaggio, client = aperto(manager, titolo="Un titolo lungo " * 8), client_di(manager)
    risposta = client.post(reverse("sondaggi:codici", args=[sondaggio.pk]), {"quanti": "11", "formato": "pdf"})
    pdf = pypdfium2.PdfDocument(risposta.content)
    scritto = " ".join(pagina.get_textpage().get_text_bounded() for pagina in pdf)
    assert len(pdf) == 2 and pdf.get_metadata_dict()["Title"].startswith("Codici per il sondaggio")
    trovati = {codice.replace("-", "") for codice in re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", scritto)}
    assert len(trovati) == 11 == Codice.objects.count()
    operazioni.consegna(sondaggio, {"d1": 1}, trovati.pop())


def test_codes_that_cannot_be_printed__are_not_made(manager, client_di, monkeypatch):
    def manca(*dati):
        raise StampaNonDisponibile("manca la stampa")

    monkeypatch.setitem(views_gesti.FORMATI, "pdf", ("application/pdf", manca))
    sondaggio = aperto(manager)
    risposta = client_di(manager).post(reverse("sondaggi:codici", args=[sondaggio.pk]), {"quanti": "3"})
    assert risposta.status_code == 422 and "manca la stampa" in risposta.content.decode()
    assert not Codice.objects.exists() and Sondaggio.objects.get().codici_dati == 0


def test_drafts__are_the_managers_alone(manager, client_di, acs, referente_a, client):
    sondaggio = nuovo_sondaggio(manager)
    for chi in (acs, referente_a):
        assert pagina(client_di(chi), "sondaggio", sondaggio).status_code == 404
    assert client.get(sondaggio.indirizzo).status_code == 404
    assert "La famiglia oggi" not in client_di(acs).get(reverse("sondaggi:elenco")).content.decode()


def test_lists__cost_the_same_with_many(manager, client_di):
    client = client_di(manager)
    primo = chiuso(manager, MOLTI)
    elenco, testi = reverse("sondaggi:elenco"), reverse("sondaggi:testi", args=[primo.pk])
    prima = quante_query(elenco, client)[0], quante_query(testi, client)[0]
    for _ in range(4):
        aperto(manager)
    ParoleDaRivedere.objects.bulk_create(ParoleDaRivedere(sondaggio=primo, domanda="d6", testo="x") for _ in range(5))
    assert (quante_query(elenco, client)[0], quante_query(testi, client)[0]) == prima
