"""Booking a place at an event without an account: asked, confirmed, waited for, given back, reminded, forgotten."""

import io
import re
from datetime import datetime, time, timedelta

import pytest
from django.core import mail, signing
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from base import moduli_pubblici
from base.posta import senza_posta
from home.riservatezza.trattamenti import dimentica_vecchi
from notizie.models import EventoPage, PostiDellEvento, Prenotazione
from notizie.prenotazioni import operazioni
from notizie.prenotazioni.collegamenti import CONFERMA, PROPRIA, indirizzo_di_conferma, indirizzo_proprio

from .scene.costo import quante_query
from .scene.notizie import ripubblica

pytestmark = pytest.mark.django_db
Stato = Prenotazione.Stato


@pytest.fixture(autouse=True)
def limiti_da_capo():
    cache.clear()


@pytest.fixture
def evento(nuovo_pezzo):
    """In ten days, at five; with a revision, as a page that was published has."""
    giorno = timezone.localdate() + timedelta(days=10)
    evento = nuovo_pezzo(EventoPage, "Serata sui congedi", data=giorno, ora_inizio=time(17), luogo="Sala civica")
    evento.save_revision().publish()
    return evento


@pytest.fixture
def posti(evento, manager):
    """Two places."""
    return operazioni.salva_posti(PostiDellEvento(evento=evento, quanti=2), manager)


@pytest.fixture
def prenota(posti, django_capture_on_commit_callbacks):
    """Send the form as a person who read it."""

    def _prenota(email, **altro):
        timbro = signing.dumps("prenotazione", salt=moduli_pubblici.SALE)
        dati = {"nome_e_cognome": "Ada Prova", "email": email, "ente": "Ditta", "consenso": "on", "timbro": timbro}
        with django_capture_on_commit_callbacks(execute=True):
            return Client(enforce_csrf_checks=True).post(f"/prenotazioni/{posti.evento_id}/", {**dati, **altro})

    return _prenota


@pytest.fixture
def confermata(posti, django_capture_on_commit_callbacks):
    """Who asked, and pressed the button of the mail."""

    def _confermata(chi):
        operazioni.chiedi(posti, chi.title(), f"{chi}@example.org")
        una = Prenotazione.objects.get(email=f"{chi}@example.org")
        with django_capture_on_commit_callbacks(execute=True):
            operazioni.conferma(aperto(una))
        una.refresh_from_db()
        return una

    return _confermata


def aperto(una):
    return CONFERMA.apri(CONFERMA.gettone(una.pk, stato=una.stato_del_collegamento))


def disdici(una):
    return operazioni.disdici(PROPRIA.apri(PROPRIA.gettone(una.pk, stato=una.email)))


def percorso(indirizzo):
    return re.sub(r"^https?://[^/]+", "", indirizzo)


def stati():
    return {una.email.partition("@")[0]: una.stato for una in Prenotazione.objects.all()}


def ultimo(chi):
    return [messaggio for messaggio in mail.outbox if messaggio.to == [f"{chi}@example.org"]][-1]


def test_place__is_kept_confirmed_and_given_back_with_three_links(prenota, posti, client):
    assert "Restano 2 posti su 2" in client.get(posti.evento.url).content.decode()
    risposta = prenota("Ada@Example.org ")
    assert risposta["Location"] == f"/prenotazioni/{posti.evento_id}/controlla-la-posta/" and not risposta.cookies
    una = Prenotazione.objects.get()
    assert (una.nome, una.email, una.ente, una.stato) == ("Ada Prova", "ada@example.org", "Ditta", Stato.DA_CONFERMARE)
    assert una.consenso
    (chiesto,) = mail.outbox
    assert "Ada Prova" not in chiesto.body, "what a stranger typed is sent to nobody"
    link = percorso(re.search(r"https?://\S+/conferma/\S+", chiesto.body)[0])
    pubblico = Client(enforce_csrf_checks=True)
    assert "Sì, confermo" in pubblico.get(link).content.decode() and Prenotazione.objects.get().confermata_il is None
    mia = pubblico.post(link)["Location"]
    for ancora in (pubblico.post(link), pubblico.get(link)):  # the links hold the second in which they were made
        assert ancora["Location"].startswith("/prenotazioni/la-mia/"), "twice is as once"
    pagina = pubblico.get(mia).content.decode()
    assert "Hai un posto" in pagina and "Ada" not in pagina
    assert "Resta 1 posto su 2" in client.get(posti.evento.url).content.decode()
    assert pubblico.post(mia)["Location"] == "/prenotazioni/disdetta/" and not Prenotazione.objects.exists()
    assert pubblico.post(mia)["Location"] == "/prenotazioni/disdetta/", "giving back twice is giving back"
    detto = pubblico.get(mia)
    assert detto.status_code == 410 and "non c'è più" in detto.content.decode()


def test_confirmation__brings_the_calendar_and_the_way_out(confermata, posti):
    una = confermata("ada")
    messaggio = ultimo("ada")
    ((nome, contenuto, tipo),) = [tuple(allegato) for allegato in messaggio.attachments]
    assert (nome, tipo) == (f"{posti.evento.slug}.ics", "text/calendar")
    assert str(posti.evento.translation_key) in str(contenuto)
    assert "hai un posto" in messaggio.body and percorso(indirizzo_proprio(una)) in messaggio.body


def test_same_address_twice__is_answered_as_the_first_time_and_only_the_mailbox_knows(
    prenota, confermata, posti, client
):
    confermata("ada")
    prima = client.get(posti.evento.url).content
    Prenotazione.objects.update(scritto_il=timezone.now() - operazioni.PAUSA)
    mail.outbox.clear()
    nota, nuova = prenota("ada@example.org"), prenota("bea@example.org")
    assert (nota.status_code, nota["Location"], nota.content) == (nuova.status_code, nuova["Location"], nuova.content)
    assert client.get(posti.evento.url).content == prima, "nor does the page, by what is left"
    assert "ne hai già uno" in ultimo("ada").body and "/conferma/" in ultimo("bea").body
    prenota("ada@example.org"), prenota("bea@example.org")
    assert len(mail.outbox) == 2, "a mailbox is not flooded"


def test_full__the_list_is_told_honestly_and_the_first_of_it_comes_in(confermata, prenota, posti, client):
    ada, _, cleo, _ = (confermata(chi) for chi in ("ada", "bea", "cleo", "dora"))
    assert stati() == {"ada": "confermata", "bea": "confermata", "cleo": "in_attesa", "dora": "in_attesa"}
    assert "al numero 2" in ultimo("dora").body
    assert "numero 1" in client.get(percorso(indirizzo_proprio(cleo))).content.decode()
    pagina = client.get(f"/prenotazioni/{posti.evento_id}/").content.decode()
    assert "attesa sono in 2" in pagina and "Mettimi in lista" in pagina
    assert "Prenota un posto:" not in pagina.split("</title>")[0].split("<title>")[1], "a list is not called a place"
    prenota("eva@example.org")
    assert "I posti sono finiti" in ultimo("eva").body
    disdici(ada)
    assert stati() == {"bea": "confermata", "cleo": "confermata", "dora": "in_attesa", "eva": "da_confermare"}


def test_freed_place__is_told_to_who_gets_it(confermata, django_capture_on_commit_callbacks):
    ada, _, _ = (confermata(chi) for chi in ("ada", "bea", "cleo"))
    with django_capture_on_commit_callbacks(execute=True):
        disdici(ada)
    assert "Si è liberato un posto" in ultimo("cleo").subject and len(ultimo("cleo").attachments) == 1


def test_command__tries_without_doing(posti, confermata):
    for chi in ("ada", "bea", "cleo"):
        confermata(chi)
    PostiDellEvento.objects.update(quanti=3)
    for prove, stato in ((True, "in_attesa"), (False, "confermata")):
        detto = io.StringIO()
        call_command("segui_prenotazioni", dry_run=prove, stdout=detto)
        assert "aspettava: 1" in detto.getvalue() and stati()["cleo"] == stato


def test_place_nobody_confirms__is_free_after_an_hour_and_goes_to_who_waits(posti, confermata):
    operazioni.chiedi(posti, "Lenta", "lenta@example.org")
    confermata("bea"), confermata("cleo")
    assert stati()["cleo"] == "in_attesa", "the place of who did not confirm yet is kept"
    assert operazioni.segui()["entrati"] == 0
    Prenotazione.objects.filter(email="lenta@example.org").update(tenuta_fino_a=timezone.now())
    assert operazioni.segui()["entrati"] == 1 and stati()["cleo"] == "confermata"
    operazioni.conferma(aperto(Prenotazione.objects.get(email="lenta@example.org")))
    assert stati()["lenta"] == "in_attesa", "who comes late waits as everyone"


def test_kept_place__is_of_who_asked_first_also_when_others_wait(posti, confermata):
    operazioni.chiedi(posti, "Ada", "ada@example.org")
    confermata("bea"), confermata("cleo")
    operazioni.conferma(aperto(Prenotazione.objects.get(email="ada@example.org")))
    assert stati() == {"ada": "confermata", "bea": "confermata", "cleo": "in_attesa"}


def test_without_a_limit__there_is_a_place_for_everybody(posti, manager, confermata, client):
    for chi in ("ada", "bea", "cleo"):
        confermata(chi)
    assert stati()["cleo"] == "in_attesa"
    operazioni.salva_posti(PostiDellEvento(evento=posti.evento), manager, versione=1)
    assert set(stati().values()) == {"confermata"}
    assert confermata("dora").stato == "confermata"
    assert (
        "posti" not in client.get(posti.evento.url).content.decode().partition("In breve")[2].partition("</section>")[0]
    )


def sposta(evento, **campi):
    EventoPage.objects.filter(pk=evento.pk).update(**campi)


@pytest.mark.parametrize(
    ("cambia", "detto"),
    [
        (lambda e: sposta(e, stato="annullato"), "annullato"),
        (lambda e: sposta(e, data=timezone.localdate() - timedelta(days=1)), "passato"),
        (lambda e: sposta(e, live=False), "non è più in programma"),
        (lambda e: PostiDellEvento.objects.update(chiuse=True), "ha chiuso le prenotazioni"),
        (lambda e: PostiDellEvento.objects.update(fino_al=timezone.localdate() - timedelta(days=1)), "fino al"),
    ],
    ids=["called off", "over", "taken off", "closed", "too late"],
)
def test_closed__says_why_and_keeps_nothing(cambia, detto, evento, prenota, client):
    cambia(evento)
    for risposta in (client.get(f"/prenotazioni/{evento.pk}/"), prenota("ada@example.org")):
        assert risposta.status_code == 410 and detto in risposta.content.decode()
    assert not Prenotazione.objects.exists() and not mail.outbox
    if detto == "non è più in programma":
        assert evento.title not in risposta.content.decode()


def test_never_published_restricted_or_not_booked__is_not_there(nuovo_pezzo, posti, evento, client, manager):
    bozza = nuovo_pezzo(EventoPage, "Bozza", live=False)
    operazioni.salva_posti(PostiDellEvento(evento=bozza), manager)
    senza = nuovo_pezzo(EventoPage, "Senza prenotazioni")
    for chiave in (bozza.pk, senza.pk, 999_999, "9" * 40):
        assert client.get(f"/prenotazioni/{chiave}/").status_code == 404
    evento.get_parent().view_restrictions.create(restriction_type="password", password="x")
    assert client.get(f"/prenotazioni/{evento.pk}/").status_code == 404


def test_called_off_meanwhile__nobody_confirms(posti, evento, client):
    operazioni.chiedi(posti, "Ada", "ada@example.org")
    sposta(evento, stato="annullato")
    risposta = client.post(percorso(indirizzo_di_conferma(Prenotazione.objects.get())))
    assert risposta.status_code == 410 and "annullato" in risposta.content.decode()
    assert stati() == {"ada": "da_confermare"}


def test_form__asks_for_consent_and_loses_nothing(prenota):
    risposta = prenota("ada@example.org", consenso="")
    testo = risposta.content.decode()
    assert "serve il tuo consenso" in testo and 'value="Ada Prova"' in testo and 'autocomplete="organization"' in testo
    assert "Li leggono ASIF Chimelli e il manager" in testo
    prenota("robot@example.org", **{moduli_pubblici.TRAPPOLA: "x"})
    assert not Prenotazione.objects.exists()


@pytest.mark.parametrize("vista", ["conferma", "la-mia"])
def test_link__that_was_broken_or_is_for_something_else_does_nothing(vista, confermata):
    una = confermata("ada")
    altrui = indirizzo_proprio(una) if vista == "conferma" else indirizzo_di_conferma(una)
    for gettone in ("rotto", altrui.rstrip("/").rpartition("/")[2]):
        risposta = Client().post(f"/prenotazioni/{vista}/{gettone}/")
        assert risposta.status_code == 404 and "copialo tutto" in risposta.content.decode()
    assert Prenotazione.objects.exists()


def test_expired_link__gives_advice(posti, client, monkeypatch):
    operazioni.chiedi(posti, "Ada", "ada@example.org")
    una, adesso = Prenotazione.objects.get(), signing.time.time
    with monkeypatch.context() as allora:
        allora.setattr(signing.time, "time", lambda: adesso() - CONFERMA.durata.total_seconds() - 60)
        link = percorso(indirizzo_di_conferma(una))
    risposta = client.get(link)
    assert risposta.status_code == 410 and "prenotati di nuovo" in risposta.content.decode()


@pytest.fixture
def pubblica(django_capture_on_commit_callbacks):
    def _pubblica(evento, **campi):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            return ripubblica(evento, **campi)

    return _pubblica


def test_moved_called_off_or_back__who_booked_is_told_once(confermata, posti, evento, pubblica):
    for chi in ("ada", "bea", "cleo"):
        confermata(chi)
    with senza_posta():
        operazioni.chiedi(posti, "Muta", "muta@example.org")
    pubblica(evento, title="Serata sui congedi e sui permessi")
    assert not mail.outbox, "a new title moves nobody"
    dopo = evento.data + timedelta(days=2)
    pubblica(evento, data=dopo, stato="spostato", data_prima=evento.data, avviso="La sala non c'è")
    assert sorted(m.to[0] for m in mail.outbox) == ["ada@example.org", "bea@example.org", "cleo@example.org"]
    detto = ultimo("ada")
    assert detto.subject.startswith("Spostato") and "Era previsto" in detto.body and "La sala non c'è" in detto.body
    assert "il tuo posto resta tuo" in detto.body and "resti in lista d'attesa" in ultimo("cleo").body
    assert f"{dopo:%Y%m%d}T170000" in str(detto.attachments[0][1])
    pubblica(evento, luogo="Biblioteca")
    assert ultimo("ada").subject.startswith("Cambia il luogo") and "Prima era: Sala civica" in ultimo("ada").body
    pubblica(evento, stato="annullato")
    assert ultimo("ada").subject.startswith("Annullato") and "CANCELLED" in str(ultimo("ada").attachments[0][1])
    pubblica(evento, luogo="Altrove")
    assert not mail.outbox, "of what is called off nothing else is told"
    pubblica(evento, stato="confermato")
    assert ultimo("bea").subject.startswith("Si fa")


def test_taken_off_or_deleted__who_booked_is_told(confermata, evento, django_capture_on_commit_callbacks):
    confermata("ada")
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        EventoPage.objects.get(pk=evento.pk).unpublish()
    assert ultimo("ada").subject.startswith("Annullato") and "CANCELLED" in str(ultimo("ada").attachments[0][1])
    with django_capture_on_commit_callbacks(execute=True):
        EventoPage.objects.get(pk=evento.pk).save_revision().publish()
    assert ultimo("ada").subject.startswith("Si fa")
    with django_capture_on_commit_callbacks(execute=True):
        EventoPage.objects.get(pk=evento.pk).delete()
    assert [messaggio.subject.partition(":")[0] for messaggio in mail.outbox] == ["Annullato", "Si fa", "Annullato"]
    assert not Prenotazione.objects.exists()


def ora(giorno, alle):
    return timezone.make_aware(datetime.combine(giorno, time(alle)))


def test_reminder__leaves_the_day_before_once_and_not_at_night(confermata, evento, django_capture_on_commit_callbacks):
    for chi in ("ada", "bea", "cleo"):
        confermata(chi)
    mail.outbox.clear()
    prima = evento.data - timedelta(days=1)
    with django_capture_on_commit_callbacks(execute=True):
        assert operazioni.segui(ora(prima - timedelta(days=1), 12))["promemoria"] == 0
        assert operazioni.segui(ora(prima, 7))["promemoria"] == 0
        assert operazioni.segui(ora(prima, 8))["promemoria"] == 2
        assert operazioni.segui(ora(prima, 9))["promemoria"] == 0
    assert sorted(m.to[0] for m in mail.outbox) == ["ada@example.org", "bea@example.org"]
    Prenotazione.objects.update(ricordata_il=None)
    assert operazioni.segui(ora(evento.data, 12))["promemoria"] == 2, "a day that was missed is made up for"
    Prenotazione.objects.update(ricordata_il=None)
    assert operazioni.segui(ora(evento.data, 18))["promemoria"] == 0, "it has begun"


def test_names__go_after_the_days_that_were_said_and_the_numbers_stay(confermata, posti, evento, manager):
    for chi in ("ada", "bea", "cleo"):
        confermata(chi)
    dopo = evento.data + timedelta(days=posti.conserva)
    sposta(evento, data=timezone.localdate())
    operazioni.scrivi_presenti(posti, manager, 1, 0)
    sposta(evento, data=evento.data)
    assert dimentica_vecchi(ora(dopo, 12))["Prenotazioni degli eventi"] == 0
    assert dimentica_vecchi(ora(dopo + timedelta(days=1), 12))["Prenotazioni degli eventi"] == 3
    posti.refresh_from_db()
    assert (posti.prenotati_alla_fine, posti.presenti) == (2, 1) and not Prenotazione.objects.exists()


def test_requests_nobody_confirmed__go_with_their_link(posti):
    operazioni.chiedi(posti, "Ada", "ada@example.org")
    assert operazioni.dimentica_prenotazioni() == 0
    assert operazioni.dimentica_prenotazioni(timezone.now() + CONFERMA.durata + timedelta(minutes=1)) == 1


def test_public_pages__cost_the_same_with_one_and_with_many(posti, confermata, client):
    def costo():
        indirizzi = (posti.evento.url, f"/prenotazioni/{posti.evento_id}/")
        return [quante_query(indirizzo, client)[0] for indirizzo in indirizzi]

    confermata("ada")
    prima = costo()
    for n in range(6):
        confermata(f"altro{n}")
    assert costo() == prima
