"""The pages on which evidence is written, read and decided, as a browser uses them."""

import errno
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programma import operazioni
from programma.models import Allegato, Criterio, Evidenza

pytestmark = pytest.mark.django_db


@pytest.fixture
def criterio(programma):
    return Criterio.objects.get(programma=programma, codice="M2")


@pytest.fixture
def compilato(criterio, organizzazione_a):
    """What a browser sends for a complete M2."""
    return {
        "organizzazione": organizzazione_a.pk,
        "criteri": [criterio.pk],
        "titolo": "Incontro di marzo",
        "data": "2025-03-05",
        "argomento": "Bilancio",
        "persone_coinvolte": "Le due persone",
        "azione": "invia",
        "chiave": "8b2d9f0e-0000-4000-8000-000000000001",
    }


@pytest.fixture
def client(client_di, referente_a):
    return client_di(referente_a)


def nuova(client, dati, **file):
    return client.post(reverse("programma:nuova"), {**dati, **file}, follow=True)


def test_in_one_go__is_sent(client, compilato, referente_a):
    verbale = SimpleUploadedFile("verbale.txt", b"presenti")
    foto = SimpleUploadedFile("nota.txt", b"altro")
    risposta = nuova(client, compilato, allegati=[verbale, foto])
    evidenza = Evidenza.objects.get()
    assert risposta.redirect_chain[-1][0] == reverse("programma:evidenza", args=[evidenza.pk])
    assert (evidenza.stato, evidenza.allegati.count(), evidenza.inviata_da) == ("inviata", 2, referente_a)


def test_full_disk__the_draft_stays_and_it_is_said_in_words(client, compilato, monkeypatch):
    def pieno(*argomenti):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("base.archivio.ArchivioIntegro._save", pieno)
    risposta = nuova(client, compilato, allegati=[SimpleUploadedFile("verbale.txt", b"presenti")])
    evidenza = Evidenza.objects.get()
    assert (evidenza.stato, evidenza.titolo, evidenza.allegati.count()) == ("bozza", "Incontro di marzo", 0)
    assert "«verbale.txt» non è stato aggiunto: sul server non c&#x27;è più spazio" in risposta.content.decode()


def test_an_error__loses_nothing(client, compilato):
    verbale = SimpleUploadedFile("verbale.txt", b"presenti")
    finto = SimpleUploadedFile("foto.png", b"<html>")
    risposta = nuova(client, {**compilato, "data": "31/02/2025", "argomento": ""}, allegati=[verbale, finto])
    testo = risposta.content.decode()
    evidenza = Evidenza.objects.get()
    assert evidenza.stato == "bozza" and [a.nome for a in evidenza.allegati.all()] == ["verbale.txt"]
    for frase in ("Questa data non esiste", "foto.png", "argomento trattato", "Incontro di marzo", "31/02/2025"):
        assert frase in testo
    risposta = client.post(
        reverse("programma:modifica", args=[evidenza.pk]),
        {**compilato, "versione": risposta.context["form"].data["versione"]},
        follow=True,
    )
    evidenza.refresh_from_db()
    assert evidenza.stato == "inviata"


def test_after_an_error__the_files_just_sent_are_seen(client, compilato):
    nuova(client, {**compilato, "azione": "salva"})
    evidenza = Evidenza.objects.get()
    risposta = client.post(
        reverse("programma:modifica", args=[evidenza.pk]),
        {**compilato, "data": "", "versione": evidenza.versione, "allegati": SimpleUploadedFile("v.txt", b"presenti")},
    )
    assert [allegato.nome for allegato in risposta.context["allegati"]] == ["v.txt"]
    assert risposta.context["form"].data["versione"] == str(Evidenza.objects.get().versione)


def test_ten_files__one_is_replaced_in_one_go(client, compilato):
    dieci = [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(operazioni.MASSIMO_ALLEGATI)]
    nuova(client, {**compilato, "azione": "salva"}, allegati=dieci)
    evidenza = Evidenza.objects.get()
    client.post(
        reverse("programma:modifica", args=[evidenza.pk]),
        {
            **compilato,
            "versione": evidenza.versione,
            "togli": evidenza.allegati.first().chiave,
            "allegati": SimpleUploadedFile("nuovo.txt", b"x"),
        },
    )
    evidenza.refresh_from_db()
    assert (evidenza.stato, evidenza.allegati.filter(nome="nuovo.txt").count()) == ("inviata", 1)


def test_fields_needed_to_send__are_marked(client, criterio):
    testo = client.get(reverse("programma:nuova"), {"criterio": criterio.pk}).content.decode()
    segno = '<span class="w-required-mark" aria-hidden="true">*</span>'
    assert all(nome + segno in testo for nome in ("Titolo", "Data del fatto", "Argomento", "Persone coinvolte"))
    assert testo.count('aria-required="true"') == 4
    assert "Descrizione" in testo and f"Descrizione{segno}" not in testo


def test_same_page_sent_twice__is_one_draft(client, compilato):
    nuova(client, {**compilato, "azione": "salva"})
    nuova(client, {**compilato, "azione": "salva"})
    nuova(client, compilato)
    nuova(client, compilato)
    assert Evidenza.objects.get().stato == "inviata"


def test_two_people_together__the_text_of_who_comes_later_stays(client, compilato, referente_a):
    nuova(client, {**compilato, "azione": "salva"})
    evidenza = Evidenza.objects.get()
    vecchia = evidenza.versione
    evidenza.argomento = "Scritto dalla collega"
    operazioni.salva_bozza(evidenza, referente_a, evidenza.criteri.all())
    dati = {**compilato, "argomento": "Il mio testo", "versione": vecchia}
    risposta = client.post(reverse("programma:modifica", args=[evidenza.pk]), dati)
    assert risposta.status_code == 409
    assert "Scritto dalla collega" in risposta.content.decode() and "Il mio testo" in risposta.content.decode()
    dati["versione"] = risposta.context["form"].data["versione"]
    client.post(reverse("programma:modifica", args=[evidenza.pk]), dati)
    evidenza.refresh_from_db()
    assert (evidenza.argomento, evidenza.stato) == ("Il mio testo", "inviata")


@pytest.mark.parametrize(
    "dati",
    [
        {"criteri": ["9999999"]},
        {"criteri": ["x"]},
        {"organizzazione": "9999999"},
        {"versione": "x", "quantita": "-3"},
        {"quantita": "1e400"},
        {"chiave": "x"},
        {"organizzazioni": ["x"]},
        {"titolo": "x" * 5000},
        {"data": "0000-00-00"},
        {"link": "javascript:alert(1)"},
    ],
)
def test_forged_data__never_an_error_of_the_server(client, compilato, dati):
    risposta = nuova(client, {**compilato, **dati})
    assert risposta.status_code == 200
    assert not any("javascript" in str(evidenza.link) for evidenza in Evidenza.objects.in_attesa())


def test_in_the_name_of_another_organisation__is_refused(client, compilato, organizzazione_b):
    nuova(client, {**compilato, "organizzazione": organizzazione_b.pk})
    assert not Evidenza.objects.exists()


def test_date__is_never_proposed_out_of_the_period(client, criterio):
    risposta = client.get(reverse("programma:nuova"), {"criterio": criterio.pk})
    assert risposta.context["form"]["data"].value() is None
    assert "1º gennaio 2025" in risposta.content.decode()


def test_form__asks_only_what_is_needed(client, criterio):
    form = client.get(reverse("programma:nuova"), {"criterio": criterio.pk}).context["form"]
    assert "persone_coinvolte" in form.nomi_in_vista and "organizzazioni" in form.nomi_facoltativi


def test_choice_of_criterion__has_their_own_actions_first(client):
    contesto = client.get(reverse("programma:nuova"), {"criterio": "x'"}).context
    assert {criterio.gruppo for criterio in contesto["propri"]} == {"P1", "P4", "P5", "P7", "P8", "P9", "P10"}
    assert len(contesto["propri"]) + len(contesto["altri"]) == 31


def test_another_organisation__neither_sees_nor_writes_nor_downloads(client, client_di, compilato, referente_b, acs):
    nuova(client, compilato, allegati=[SimpleUploadedFile("v.txt", b"segreto")])
    evidenza, altro = Evidenza.objects.get(), client_di(referente_b)
    allegato = Allegato.objects.get()
    for nome in ("evidenza", "modifica", "elimina"):
        for metodo in (altro.get, altro.post):
            assert metodo(reverse(f"programma:{nome}", args=[evidenza.pk])).status_code == 404
    assert altro.get(allegato.get_absolute_url()).status_code == 404
    assert client_di(acs).get(allegato.get_absolute_url()).status_code == 200
    for azione in ("approva", "revoca", "restituisci", "richiama"):
        client_di(acs).post(evidenza.get_absolute_url(), {"azione": azione, "restituisci-motivo": "x"})
    evidenza.refresh_from_db()
    assert evidenza.stato == "inviata"


def test_attachment__is_downloaded_and_not_opened_in_the_site(client, compilato):
    nuova(client, compilato, allegati=[SimpleUploadedFile("verbale.txt", b"contenuto")])
    risposta = client.get(Allegato.objects.get().get_absolute_url())
    assert risposta["Content-Disposition"].startswith("attachment")
    assert b"".join(risposta.streaming_content) == b"contenuto"
    assert "verbale" not in Allegato.objects.get().file.name


def test_a_draft_is_deleted__with_its_files(client, compilato, django_capture_on_commit_callbacks):
    nuova(client, {**compilato, "azione": "salva"}, allegati=[SimpleUploadedFile("v.txt", b"x")])
    allegato = Allegato.objects.get()
    archivio, nome = allegato.file.storage, allegato.file.name
    assert archivio.exists(nome)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("programma:elimina", args=[allegato.evidenza_id]))
    assert not Evidenza.objects.exists() and not archivio.exists(nome)


def test_manager__approves_from_the_page_where_it_is_read(client, client_di, compilato, manager, criterio):
    nuova(client, compilato)
    evidenza, decide = Evidenza.objects.get(), client_di(manager)
    pagina = decide.get(evidenza.get_absolute_url())
    assert pagina.context["puo_decidere"]
    prefisso = f"criterio-{criterio.pk}"
    senza_nota = {
        "azione": "approva",
        "versione": evidenza.versione,
        f"{prefisso}-quantita": "0,5",
        f"{prefisso}-nota": "",
    }
    assert "Spiega" in decide.post(evidenza.get_absolute_url(), senza_nota).content.decode()
    decide.post(evidenza.get_absolute_url(), {**senza_nota, f"{prefisso}-nota": "Una sola persona"})
    riga = evidenza.riconoscimenti.get()
    assert (str(riga.quantita_riconosciuta), riga.data) == ("0.50", date(2025, 3, 5))


def test_home_of_the_referent__costs_the_same_queries(client, referente_a, organizzazione_a, programma):
    def bozze(quante):
        criterio = Criterio.objects.get(programma=programma, codice="P1.1")
        for n in range(quante):
            evidenza = Evidenza(organizzazione=organizzazione_a, titolo=f"Bozza {n}", data=date(2025, 3, 1))
            operazioni.salva_bozza(evidenza, referente_a, [criterio])

    bozze(1)
    client.get("/admin/")
    with CaptureQueriesContext(connection) as poche:
        client.get("/admin/")
    bozze(30)
    with CaptureQueriesContext(connection) as molte:
        client.get("/admin/")
    assert len(molte) == len(poche)


@pytest.mark.parametrize(("scritta", "riletta"), [("2,5", "2,50"), ("2.5", "2,50"), ("4", "4"), ("", "")])
def test_quantity__is_written_as_in_italian(client, compilato, scritta, riletta):
    nuova(client, {**compilato, "azione": "salva", "quantita": scritta})
    evidenza = Evidenza.objects.get()
    modulo = client.get(reverse("programma:modifica", args=[evidenza.pk])).context["form"]
    assert f'value="{riletta}"' in str(modulo["quantita"]) if riletta else "value" not in str(modulo["quantita"])


def test_drafts_of_others__are_for_the_manager_only(client, client_di, compilato, manager, coordinamento, acs):
    nuova(client, {**compilato, "azione": "salva"}, allegati=[SimpleUploadedFile("v.txt", b"x")])
    indirizzi = [Evidenza.objects.get().get_absolute_url(), Allegato.objects.get().get_absolute_url()]
    for utente, atteso in ((manager, 200), (coordinamento, 404), (acs, 404)):
        assert [client_di(utente).get(indirizzo).status_code for indirizzo in indirizzi] == [atteso, atteso]
        assert ("Incontro di marzo" in client_di(utente).get(reverse("programma:evidenze")).content.decode()) == (
            atteso == 200
        )
