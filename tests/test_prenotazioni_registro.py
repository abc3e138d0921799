"""Who organises an event: opens its bookings, reads who comes, takes the list along, writes how many came."""

import io
from datetime import time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import PageLogEntry

from base.models import MessaggioInUscita
from base.posta import senza_posta
from home.riservatezza.nominati import cerca, oscura
from notizie.models import EventoPage, PostiDellEvento, Prenotazione
from notizie.prenotazioni import operazioni
from notizie.prenotazioni.collegamenti import CONFERMA, PROPRIA
from notizie.prenotazioni.permissions import puo_gestire_prenotazioni
from programma.models import AzionePage, Criterio, Evidenza
from programma.operazioni import approva

from .scene.costo import quante_query

pytestmark = pytest.mark.django_db


@pytest.fixture
def evento(nuovo_pezzo):
    giorno = timezone.localdate() + timedelta(days=10)
    return nuovo_pezzo(EventoPage, "Serata sui congedi", data=giorno, ora_inizio=time(17))


@pytest.fixture
def posti(evento, referente_a):
    return operazioni.salva_posti(PostiDellEvento(evento=evento, quanti=2), referente_a)


def aggiungi(posti, *nomi, stato="confermata"):
    for nome in nomi:
        campi = {"confermata_il": timezone.now(), "ente": "Ditta", "stato": stato}
        Prenotazione.objects.create(posti=posti, nome=nome, email=f"{nome.lower()}@example.org", **campi)


def url(vista, evento):
    return reverse(f"prenotazioni:{vista}", args=[evento.pk])


def test_bookings__are_opened_from_the_event_and_stand_in_its_history(evento, referente_a, client_di):
    client = client_di(referente_a)
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[evento.pk])).content.decode()
    assert url("registro", evento) in editor
    assert client.get(url("registro", evento))["Location"] == url("posti", evento)
    assert "Apri le prenotazioni" in client.get(url("posti", evento)).content.decode()
    assert evento.title in client.get(reverse("prenotazioni:elenco")).content.decode()
    risposta = client.post(url("posti", evento), {"quanti": "12", "fino_al": "", "conserva": "30", "versione": ""})
    assert risposta["Location"] == url("registro", evento)
    assert PostiDellEvento.objects.get().quanti == 12
    assert PageLogEntry.objects.filter(action=operazioni.APERTE, page=evento, user=referente_a).exists()


@pytest.mark.parametrize(
    ("dati", "detto"),
    [
        ({"quanti": "0"}, "Almeno 1"),
        ({"quanti": "99999999999999999999"}, "Al massimo"),
        ({"fino_al": "2099-01-01"}, "dopo l"),
        ({"conserva": "9999"}, "Al massimo"),
        ({"quanti": "1"}, "Hanno già un posto in 2"),
        ({"conserva": "60"}, "si può solo abbreviare"),
        ({"versione": ""}, "Un'altra persona ha salvato"),
        ({"versione": "7"}, "Un'altra persona ha salvato"),
    ],
    ids=str,
)
def test_what_cannot_be__is_said_and_nothing_is_lost(dati, detto, evento, posti, referente_a, client_di):
    aggiungi(posti, "Ada", "Bea")
    buoni = {"quanti": "5", "fino_al": "", "conserva": "20", "versione": "1"}
    client = client_di(referente_a)
    risposta = client.post(url("posti", evento), {**buoni, **dati})
    testo = risposta.content.decode().replace("&#x27;", "'")
    assert risposta.status_code == 422 and detto in testo
    assert PostiDellEvento.objects.get().quanti == 2
    assert all(f'value="{valore}"' in testo for nome, valore in dati.items() if nome != "versione")
    if "versione" in dati:
        assert 'name="versione" value="1"' in testo, "the next save goes over theirs, knowingly"


def test_more_places__are_of_who_waits(posti, referente_a):
    aggiungi(posti, "Ada", "Bea")
    aggiungi(posti, "Cleo", "Dora", stato="in_attesa")
    operazioni.salva_posti(PostiDellEvento(evento=posti.evento, quanti=3), referente_a, versione=1)
    assert Prenotazione.objects.get(nome="Cleo").stato == "confermata"
    assert Prenotazione.objects.get(nome="Dora").stato == "in_attesa"


def test_register__shows_who_confirmed_and_only_to_who_organises(
    evento, posti, referente_a, referente_b, manager, coordinamento, acs, client_di
):
    aggiungi(posti, "Ada")
    with senza_posta():
        operazioni.chiedi(posti, "Muta", "muta@example.org")
    for chi in (referente_a, manager):
        testo = client_di(chi).get(url("registro", evento)).content.decode()
        assert "Ada" in testo and "Muta" not in testo and "Da confermare" in testo
    for chi in (referente_b, coordinamento, acs):
        client = client_di(chi)
        for vista in ("registro", "posti", "esporta"):
            assert client.get(url(vista, evento)).status_code == 404
        for vista in ("posti", "presenti", "offri", "togli"):
            assert client.post(url(vista, evento)).status_code == 404
        assert not puo_gestire_prenotazioni(chi, evento)
        with pytest.raises(PermissionDenied):
            operazioni.salva_posti(PostiDellEvento(evento=evento), chi, versione=1)
    assert "Serata" not in client_di(referente_b).get(reverse("prenotazioni:elenco")).content.decode()
    assert client_di(acs).get(reverse("prenotazioni:elenco")).status_code == 404


def test_place__is_given_back_for_who_telephones_and_the_next_has_it(evento, posti, referente_a, client_di):
    aggiungi(posti, "Ada", "Bea")
    aggiungi(posti, "Cleo", stato="in_attesa")
    client = client_di(referente_a)
    client.post(url("togli", evento), {"prenotazione": Prenotazione.objects.get(nome="Ada").pk})
    assert set(Prenotazione.objects.values_list("nome", "stato")) == {("Bea", "confermata"), ("Cleo", "confermata")}
    for chiave in ("", "²", "9" * 40, "1"):
        risposta = client.post(url("togli", evento), {"prenotazione": chiave}, follow=True)
        assert "non c&#x27;è più" in risposta.content.decode()
    assert Prenotazione.objects.count() == 2
    assert "Ada" not in str(PageLogEntry.objects.get(action=operazioni.TOLTA).data)


def test_list__is_taken_along_without_formulas(evento, posti, referente_a, client_di):
    aggiungi(posti, "Ada")
    Prenotazione.objects.update(nome='=HYPERLINK("http://x")')
    client = client_di(referente_a)
    csv = client.get(url("esporta", evento) + "?formato=csv")
    assert "'=HYPERLINK" in csv.content.decode("utf-8-sig") and "attachment" in csv["Content-Disposition"]
    foglio = load_workbook(io.BytesIO(client.get(url("esporta", evento) + "?formato=xlsx").content)).active
    assert foglio["A2"].data_type == "s" and foglio["B2"].value == "ada@example.org"
    assert client.get(url("esporta", evento) + "?formato=exe")["Location"] == url("registro", evento)


def test_sheet__has_who_has_a_place_by_name(evento, posti, referente_a, client_di, pango):
    aggiungi(posti, "Zoe", "Ada")
    risposta = client_di(referente_a).get(url("esporta", evento) + "?formato=pdf")
    assert risposta.content.startswith(b"%PDF")


def test_numbers__are_written_from_the_day_of_the_event(evento, posti, referente_a, client_di):
    client = client_di(referente_a)
    assert "Quante persone" not in client.get(url("registro", evento)).content.decode()
    dati = {"presenti_dipendenti": "6", "presenti_comunita": "17"}
    detto = client.post(url("presenti", evento), dati, follow=True).content.decode()
    assert "deve ancora venire" in detto and PostiDellEvento.objects.get().presenti is None
    EventoPage.objects.filter(pk=evento.pk).update(data=timezone.localdate() - timedelta(days=1))
    sbagliati = client.post(url("presenti", evento), {**dati, "presenti_comunita": "-3"})
    assert sbagliati.status_code == 422 and 'value="-3"' in sbagliati.content.decode()
    client.post(url("presenti", evento), dati)
    assert PostiDellEvento.objects.get().presenti == 23
    assert "23" in client.get(reverse("prenotazioni:elenco")).content.decode()


def test_name__is_found_and_taken_away_as_everywhere(posti, manager):
    aggiungi(posti, "Niccolò")
    (trovata,) = cerca("Niccolò")
    assert trovata.oggetto._meta.label == "notizie.Prenotazione" and trovata.url == posti.get_absolute_url()
    oscura("niccolò@example.org", {trovata.chiave}, "Lo chiede", manager)
    assert not Prenotazione.objects.exists(), "a row that is there for its address goes with it"


def test_lists__cost_the_same_with_one_and_with_many(evento, posti, nuovo_pezzo, referente_a, client_di):
    client = client_di(referente_a)
    indirizzi = (reverse("prenotazioni:elenco"), url("registro", evento))

    def costo():
        return [quante_query(indirizzo, client)[0] for indirizzo in indirizzi]

    aggiungi(posti, "Ada")
    nuovo_pezzo(EventoPage, "Da aprire", data=evento.data)
    prima = costo()
    aggiungi(posti, *(f"Altra{n}" for n in range(5)))
    for n in range(5):
        altro = nuovo_pezzo(EventoPage, f"Altro {n}", data=evento.data)
        operazioni.salva_posti(PostiDellEvento(evento=altro), referente_a)
        nuovo_pezzo(EventoPage, f"Da aprire {n}", data=evento.data)
    assert costo() == prima


@pytest.fixture
def passato(nuovo_pezzo, programma, referente_a):
    """Of the action whose criteria only collect values; six employees came, and seventeen others."""
    evento = nuovo_pezzo(EventoPage, "Primo incontro", data=programma.dal)
    evento.azioni_realizzate = AzionePage.objects.child_of(programma).filter(numero=8)
    evento.save()
    posti = operazioni.salva_posti(PostiDellEvento(evento=evento), referente_a)
    operazioni.scrivi_presenti(posti, referente_a, 6, 17)
    return posti


def test_numbers__are_offered_to_what_collects_them_and_somebody_else_decides(
    passato, programma, referente_a, manager, client_di
):
    criterio, altro = (Criterio.objects.get(programma=programma, codice=codice) for codice in ("P8.2", "P1.1"))
    client, offri = client_di(referente_a), url("offri", passato.evento)
    testo = client.get(url("registro", passato.evento)).content.decode()
    assert "P8.2 " in testo and "P9.1" not in testo and "P1.1" not in testo
    for chiave in ("", "²", altro.pk, "9" * 40):
        client.post(offri, {"criterio": chiave})
    assert not Evidenza.objects.exists()
    for _ in range(2):
        client.post(offri, {"criterio": criterio.pk})
    evidenza = Evidenza.objects.get()
    assert (evidenza.stato, evidenza.quantita, evidenza.inviata_da) == ("inviata", 23, referente_a)
    assert "Dipendenti: 6; comunità: 17." in evidenza.descrizione
    approva(evidenza, manager)
    assert evidenza.get_absolute_url() in client.get(url("registro", passato.evento)).content.decode()
    operazioni.scrivi_presenti(passato, referente_a, 6, 18)
    assert set(Evidenza.objects.values_list("stato", "quantita")) == {("revocata", 23), ("inviata", 24)}


def test_numbers__keep_their_event_from_being_deleted(passato, evento, posti, manager, client_di):
    client = client_di(manager)
    assert evento.permissions_for_user(manager).can_delete(), "nobody has said how many came"
    permessi = passato.evento.permissions_for_user(manager)
    assert permessi.can_unpublish() and not permessi.can_delete()
    client.post(reverse("wagtailadmin_pages:delete", args=[passato.evento.pk]))
    client.post(reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?id={passato.evento.pk}")
    passato.refresh_from_db()
    assert passato.presenti == 23


def test_numbers__are_not_given_twice_to_what_the_page_is_proof_of(passato, programma, referente_a):
    criterio = Criterio.objects.get(programma=programma, codice="P8.2")
    passato.evento.criteri_serviti = [criterio]
    passato.evento.save()
    with pytest.raises(ValidationError, match="non prende i presenti"):
        operazioni.offri_presenti(passato, referente_a, criterio.pk)


def test_place_given_back__leaves_nothing_to_be_sent_of_it(evento, posti, referente_a, nuovo_pezzo):
    """What did not leave would keep name and address for a month; what is of another event leaves."""
    giorno = timezone.localdate() + timedelta(days=10)
    altro = operazioni.salva_posti(PostiDellEvento(evento=nuovo_pezzo(EventoPage, "Altra", data=giorno)), referente_a)
    for dove in (posti, altro):
        operazioni.chiedi(dove, "Ada", "ada@example.org")
    assert MessaggioInUscita.objects.filter(email="ada@example.org").count() == 2
    una = posti.prenotazioni.get()
    operazioni.conferma(CONFERMA.apri(CONFERMA.gettone(una.pk, stato=una.stato_del_collegamento)))
    operazioni.disdici(PROPRIA.apri(PROPRIA.gettone(una.pk, stato=una.email)))
    assert [uno.oggetto for uno in MessaggioInUscita.objects.all()] == ["Conferma la prenotazione: Altra"]
    operazioni.dimentica_prenotazioni(timezone.now() + CONFERMA.durata + timedelta(minutes=1))
    assert not MessaggioInUscita.objects.exists()


def test_event__is_read_after_its_places_are_held(posti):
    """Or who confirms while it is called off would have a place that nobody tells them is none."""
    with CaptureQueriesContext(connection) as fatte, transaction.atomic():
        operazioni._tieni(posti.pk).evento.title  # noqa: B018
    tenuti, letto = [una["sql"] for una in fatte if "SAVEPOINT" not in una["sql"]]
    assert "notizie_eventopage" not in tenuti and "notizie_eventopage" in letto
