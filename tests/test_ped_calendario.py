"""The editorial plan: its calendar, its forms, what the home says, its files."""

import datetime
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from notizie.models import NotiziaPage, NumeroNewsletter, PezzoProgrammato, SezioneNotiziePage
from notizie.ped import selettori
from programma import operazioni as evidenze
from programma.models import Evidenza

from .scene.ped import FACEBOOK, GIORNO, immagine


def _pagina(organizzazione, titolo, utente, live=True):
    sezione = SezioneNotiziePage.objects.get(organizzazione=organizzazione)
    pagina = NotiziaPage(title=titolo, slug=titolo.lower().replace(" ", "-"), live=False, owner=utente)
    if not live:
        pagina.go_live_at = timezone.now() + datetime.timedelta(hours=3)
    sezione.add_child(instance=pagina)
    pagina.save_revision(user=utente).publish()
    return NotiziaPage.objects.get(pk=pagina.pk)


def test_calendar__fills_itself_with_pages_out_and_to_come(
    pianifica, organizzazione_a, organizzazione_b, referente_a, referente_b
):
    oggi = timezone.localdate()
    uscita, attesa = (_pagina(organizzazione_a, t, referente_a, v) for t, v in (("Uscita", True), ("Attesa", False)))
    _pagina(organizzazione_b, "Di altri", referente_b)
    dal, al = oggi - datetime.timedelta(days=1), oggi + datetime.timedelta(days=2)

    def lette(**scelte):
        return {voce.titolo: voce.nome_stato for voce in selettori.voci(referente_a, dal, al, scelte)}

    assert lette() == {"Uscita": "Pubblicato", "Attesa": "Programmato"}
    pianifica("Notizia prevista", canale="sito", data=oggi, pagina=uscita)
    pianifica("Post sulla notizia", data=oggi, pagina=attesa)
    assert lette() == {"Notizia prevista": "Pubblicato", "Attesa": "Programmato", "Post sulla notizia": "Idea"}
    assert lette(canale="facebook") == {"Post sulla notizia": "Idea"}
    assert lette(stato="programmato") == {"Attesa": "Programmato"}
    assert set(lette(responsabile=referente_a)) == {"Attesa"}


@pytest.fixture
def numero(manager):
    def nuovo(titolo, **campi):
        return NumeroNewsletter.objects.create(titolo=titolo, sommario="In breve", **campi)

    return nuovo


def test_calendar__has_the_newsletters_of_who_makes_them(numero, manager, referente_a, client_di):
    notte = datetime.datetime(2025, 10, 9, 22, 30, tzinfo=datetime.UTC)  # in Italy it is the 10th
    primo = GIORNO.replace(day=1)
    inviata = numero("Inviata", stato="inviata", avviato_il=notte, avviato_da=manager, previsto_il=primo)
    numero("Prevista", previsto_il=GIORNO)
    numero("Senza giorno")

    def lette(utente, dal=GIORNO, **scelte):
        trovate = selettori.voci(utente, dal, GIORNO, scelte)
        return {voce.titolo: (voce.nome_canale, voce.nome_stato, voce.responsabile) for voce in trovate}

    chi = manager.get_full_name() or manager.username
    assert lette(manager) == {
        "Inviata": ("Newsletter", "Pubblicato", chi),
        "Prevista": ("Newsletter", "In preparazione", ""),
    }
    assert lette(manager, primo) == lette(manager)  # sent: on its day, no more on the one foreseen
    assert set(lette(manager, stato="in_preparazione")) == {"Prevista"}
    assert set(lette(manager, responsabile=manager)) == {"Inviata"}
    assert lette(referente_a) == lette(manager, canale="facebook") == {}
    esportate = client_di(manager).get(reverse("ped:esporta") + "?mese=2025-10&formato=ics").content.decode()
    assert "Newsletter: Prevista" in esportate and reverse("newsletter:numero", args=[inviata.pk]) in esportate
    assert selettori.anni(manager) == [timezone.localdate().year, 2025] and 2025 not in selettori.anni(referente_a)
    elenco = client_di(manager).get(reverse("ped:elenco") + "?anno=2025").content.decode()
    assert elenco.count("in ritardo</strong>") == 1  # the draft that nobody sent


@pytest.mark.parametrize("nome", ["mese", "elenco"])
def test_calendar__costs_the_same_with_one_and_many(
    nome, pianifica, numero, organizzazione_a, referente_a, manager, criterio, client_di
):
    def quante():
        with CaptureQueriesContext(connection) as fatte:
            assert cliente.get(reverse(f"ped:{nome}")).status_code == 200
        return len(fatte)

    cliente, oggi = client_di(manager), timezone.localdate()
    for n in range(2):
        pianifica(f"P{n}", data=oggi, criterio=criterio("P2.3"), responsabile=referente_a)
    numero("N", previsto_il=oggi)
    _pagina(organizzazione_a, "Uscita", referente_a)
    quante()
    prima = quante()
    for n in range(15):
        pianifica(f"Q{n}", data=oggi, criterio=criterio("P1.3"), responsabile=referente_a)
        _pagina(organizzazione_a, f"Uscita {n}", referente_a)
        numero(f"N{n}", stato="inviata", avviato_il=timezone.now(), avviato_da=manager)
    assert quante() == prima


@pytest.mark.parametrize(
    "query",
    [
        "?mese=2025-13",
        "?mese=²",
        "?anno=x",
        "?canale=x&stato=y",
        "?responsabile=99999999999999999999&azione=x",
        "?p=x",
        "?anno=2025&formato=exe",
    ],
)
def test_calendar__bad_parameters_are_left_out(query, pianifica, referente_a, client_di):
    pianifica(data=timezone.localdate())
    for nome in ("mese", "elenco"):
        risposta = client_di(referente_a).get(reverse(f"ped:{nome}") + query)
        assert risposta.status_code == 200
    assert client_di(referente_a).get(reverse("ped:esporta") + query).status_code == 302


def test_month__empty_says_so_and_leads_on(pianifica, referente_a, client_di):
    for giorno in ("2024-10-02", "2025-03-04", "2025-06-30", "2025-08-01", "2025-09-30"):
        pianifica(data=datetime.date.fromisoformat(giorno))
    cliente, indirizzo = client_di(referente_a), reverse("ped:mese")
    pagina = cliente.get(indirizzo + "?mese=2025-07").content.decode()
    assert "Luglio 2025 è vuoto" in pagina and f"{reverse('ped:nuovo')}?giorno=2025-07-01" in pagina
    assert re.findall(r'mese=([\d-]+)"\s*>Vai a', pagina) == ["2025-06", "2025-08"]
    assert "è vuoto" not in cliente.get(indirizzo + "?mese=2025-08").content.decode()
    filtrata = cliente.get(indirizzo + "?mese=2025-08&canale=mail").content.decode()
    assert "Agosto 2025 è vuoto, con questi filtri" in filtrata and 'href="?mese=2025-08">Togli i filtri' in filtrata


def test_move__from_the_page_that_was_open(pianifica, referente_a, client_di):
    pezzo, cliente = pianifica(), client_di(referente_a)
    indirizzo, torna = reverse("ped:sposta", args=[pezzo.pk]), reverse("ped:mese") + "?mese=2025-10"
    risposta = cliente.post(indirizzo, {"giorno": "2025-10-21", "next": torna})
    pezzo.refresh_from_db()
    assert risposta["Location"] == torna and pezzo.data == datetime.date(2025, 10, 21)
    altrove = cliente.post(indirizzo, {"giorno": "2025-10-22", "next": "https://altrove.example.org/"})
    assert altrove["Location"] == reverse("ped:pezzo", args=[pezzo.pk])
    cliente.post(indirizzo, {"giorno": "30 febbraio"})
    pezzo.refresh_from_db()
    assert pezzo.data == datetime.date(2025, 10, 22)


def test_form__offers_only_what_one_plans_for(organizzazione_a, organizzazione_b, referente_a, referente_b, client_di):
    altrui = _pagina(organizzazione_b, "Di altri", referente_b)
    cliente, indirizzo = client_di(referente_a), reverse("ped:nuovo")
    assert "Di altri" not in cliente.get(indirizzo).content.decode()
    dati = {"titolo": "Prova", "canale": "sito", "data": "2025-10-10", "stato": "idea"}
    for campo, valore in (
        ("organizzazione", organizzazione_b.pk),
        ("pagina", altrui.pk),
        ("responsabile", referente_b.pk),
    ):
        cliente.post(indirizzo, {"organizzazione": organizzazione_a.pk, **dati, campo: valore})
    assert not PezzoProgrammato.objects.exists()
    cliente.post(indirizzo, {"organizzazione": organizzazione_a.pk, **dati, "responsabile": referente_a.pk})
    assert PezzoProgrammato.objects.get().organizzazione == organizzazione_a


def test_form__a_recording_keeps_what_was_typed(pianifica, criterio, referente_a, client_di):
    pezzo, cliente = pianifica(criterio=criterio("P2.3")), client_di(referente_a)
    indirizzo = reverse("ped:registra", args=[pezzo.pk])
    dati = {"inviato_il": "2025-10-10", "testo": "Testo già scritto", "url": "https://instagram.com/1"}
    pagina = cliente.post(indirizzo, {**dati, "immagine": immagine()}).content.decode()
    assert "P2.3 accetta solo link di: facebook.com" in pagina and "Testo già scritto" in pagina
    assert "C&#x27;è già «post.png»" in pagina  # a browser does not send a file again by itself
    assert cliente.post(indirizzo, {**dati, "url": FACEBOOK}).status_code == 302
    assert Evidenza.objects.nate_da(pezzo).get().link == [FACEBOOK]


def test_form__a_recording_keeps_no_file_that_is_no_picture(pianifica, referente_a, client_di):
    pezzo = pianifica()
    dati = {"testo": "Testo già scritto", "url": "facebook", "immagine": SimpleUploadedFile("a.txt", b"testo")}
    pagina = client_di(referente_a).post(reverse("ped:registra", args=[pezzo.pk]), dati).content.decode()
    pezzo.refresh_from_db()
    assert "Serve un&#x27;immagine" in pagina and "Testo già scritto" in pagina and not pezzo.immagine


def test_home__says_what_is_late_only_to_who_has_to_do_it(
    pianifica, referente_a, referente_b, manager, nuovo_utente, organizzazione_a, client_di
):
    collega = nuovo_utente("collega_a", organizzazione_a.gruppo.name)
    pianifica("ZZ affidato", responsabile=referente_a)
    pianifica("ZZ annullato", responsabile=referente_a, stato="annullato")
    casa = reverse("wagtailadmin_home")
    assert "ZZ affidato" in client_di(referente_a).get(casa).content.decode()
    assert "ZZ annullato" not in client_di(referente_a).get(casa).content.decode()
    for altro in (collega, referente_b, manager):
        assert "Piano editoriale: in ritardo" not in client_di(altro).get(casa).content.decode()
    pianifica("ZZ di nessuno")
    assert "ZZ di nessuno" in client_di(collega).get(casa).content.decode()


def test_home__what_waits_comes_before_what_one_may_begin(pianifica, criterio, referente_a, client_di):
    di_chi = pianifica("ZZ in ritardo", responsabile=referente_a).organizzazione
    evidenze.salva_bozza(Evidenza(titolo="ZZ bozza", organizzazione=di_chi), referente_a, [criterio("P2.3")])
    casa = client_di(referente_a).get(reverse("wagtailadmin_home")).content.decode()
    assert casa.index("ZZ bozza") < casa.index("ZZ in ritardo") < casa.index("Scrivi una notizia")


def test_pdf__has_plan_and_calendar(pango, pianifica, scrivi_piano, referente_a, client_di):
    pianifica()
    scrivi_piano()
    risposta = client_di(referente_a).get(reverse("ped:esporta") + "?anno=2025&formato=pdf")
    assert risposta["Content-Type"] == "application/pdf" and risposta.content[:5] == b"%PDF-"


# -- what is left out ---------------------------------------------------------------------------------------------


def test_calendar__has_neither_what_was_taken_off_nor_what_another_action_realises(
    pianifica, organizzazione_a, referente_a, programma
):
    oggi = timezone.localdate()
    tolta, uscita = (_pagina(organizzazione_a, titolo, referente_a) for titolo in ("Tolta", "Uscita"))
    tolta.unpublish()
    una, altra = (pagina.specific for pagina in programma.get_children()[:2])
    uscita.azioni_realizzate = [una]
    uscita.save()
    pianifica("Prevista e poi annullata", canale="sito", data=oggi, pagina=uscita, stato="annullato")

    def lette(**scelte):
        return {voce.titolo for voce in selettori.voci(referente_a, oggi, oggi, scelte)}

    assert lette() == {"Uscita", "Prevista e poi annullata"}
    assert lette(azione=una) == {"Uscita"} and lette(azione=altra) == set()


def test_choices__are_the_pages_of_whose_piece_it_is_and_the_people_who_still_work(
    pianifica, organizzazione_a, organizzazione_b, referente_a, referente_b, manager
):
    pianifica("Di B", organizzazione_b, referente_b)
    suoi = {_pagina(ente, f"Di {ente}", referente_a): ente for ente in (organizzazione_a, organizzazione_b)}
    for pagina, ente in suoi.items():
        assert [p.pk for p in selettori.pagine_da_collegare(manager, ente)] == [pagina.pk]
    assert {referente_a, referente_b} <= set(selettori.persone_per(manager))
    utenti = type(manager).objects
    utenti.filter(pk__in=[referente_b.pk, manager.pk]).update(is_active=False)
    assert referente_b not in selettori.persone_per(manager)
    for andato in (referente_b, manager):
        assert not PezzoProgrammato.objects.visibili_a(utenti.get(pk=andato.pk)).exists()


def test_plans__are_named_to_others_once_they_are_present(scrivi_piano, manager, referente_a):
    scrivi_piano(presente=False)
    assert 2025 in selettori.anni_del_piano(manager) and selettori.anni_del_piano(referente_a) == []
    scrivi_piano()
    assert selettori.anni_del_piano(referente_a) == [2025]
