"""An entry confirmed: by the link of a mail, or by a click in the admin."""

import re
from urllib.parse import urlsplit

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from guide.cura.collegamenti import CONFERMA, indirizzo_di_conferma
from guide.models import Segnalazione, ServizioPage, Verifica

from .scene.freschezza import collegamento

pytestmark = pytest.mark.django_db
LETTA = re.compile(r'name="letta" value="([^"]*)"')


# The link


@pytest.fixture
def link(sollecita, mailoutbox, referente_a, nuova_scheda):
    """The path of the link that the referent received, and its entry."""
    servizio = nuova_scheda(verificata=200)
    sollecita()
    return collegamento(mailoutbox[-1]), servizio


def conferma(percorso, **campi):
    pagina = Client().get(percorso)
    trovata = LETTA.search(pagina.content.decode())
    return Client().post(percorso, {"letta": trovata.group(1) if trovata else "", **campi})


def test_link__shows_what_the_public_reads_and_changes_nothing(link, referente_a):
    percorso, servizio = link
    servizio.title = "Titolo in bozza"
    servizio.save_revision(user=referente_a)
    prima = Verifica.objects.get().verificata_il
    for metodo in ("get", "head"):
        risposta = getattr(Client(), metodo)(percorso)
        assert risposta.status_code == 200 and not risposta.cookies
    html = Client().get(percorso).content.decode()
    assert "Nido" in html and "In breve" in html and "Titolo in bozza" not in html and "noindex" in html
    assert reverse("wagtailadmin_pages:edit", args=[servizio.pk]) in html
    assert Verifica.objects.get().verificata_il == prima


def test_link__confirms_without_signing_in_and_only_once(link, referente_a):
    percorso, _servizio = link
    risposta = conferma(percorso)
    assert risposta.status_code == 302 and not risposta.cookies
    assert Client().get(risposta.url).status_code == 200
    verifica = Verifica.objects.get()
    assert (verifica.verificata_da, verifica.modo) == (referente_a, "collegamento")
    for risposta in (Client().get(percorso), conferma(percorso)):
        assert risposta.status_code == 410
        assert "già confermata" in risposta.content.decode()
    verifica.refresh_from_db()
    assert Verifica.objects.get().verificata_il == verifica.verificata_il


def test_link__of_a_colleague_is_used_too(link, sollecita, nuovo_utente, organizzazione_a, mailoutbox, referente_a):
    collega = nuovo_utente("collega_a", organizzazione_a.gruppo.name)
    sollecita(14)
    altro = next(collegamento(m) for m in mailoutbox[1:] if m.to == [collega.email])
    conferma(link[0])
    assert Client().get(altro).status_code == 410


def test_link__expired_says_what_to_do(link, monkeypatch):
    adesso = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: adesso + 31 * 86400)
    risposta = Client().post(link[0])
    assert risposta.status_code == 410 and "scaduto" in risposta.content.decode()
    assert reverse("wagtailadmin_home") in risposta.content.decode()
    assert Verifica.objects.get().modo == ""


def test_link__tampered_is_not_found(link):
    percorso, _ = link
    for guasto in (percorso[:-3] + "/", percorso.replace("conferma/", "conferma/x"), "/guida/conferma/x/"):
        for risposta in (Client().get(guasto), Client().post(guasto)):
            assert risposta.status_code == 404 and "non è valido" in risposta.content.decode()
    assert Verifica.objects.get().modo == ""


def test_link__made_for_another_entry_confirms_only_that(link, nuova_scheda, referente_b):
    """A token says whose it is: the keys cannot be changed, and a person who is of another body confirms nothing."""
    altra = nuova_scheda("Di B", di="cs4")
    percorso, servizio = link
    conferma(percorso)
    assert Verifica.objects.get(servizio=altra).verificata_il is None
    gettone = CONFERMA.gettone(
        servizio.pk, referente_b.pk, stato=Verifica.objects.get(servizio=servizio).stato_del_collegamento
    )
    assert Client().post(reverse("guide:conferma", args=[gettone])).status_code == 404


@pytest.mark.parametrize("perde", ["account", "gruppo", "attiva"])
def test_link__of_who_no_longer_acts_for_the_body_is_dead(link, referente_a, organizzazione_a, perde):
    if perde == "account":
        referente_a.is_active = False
        referente_a.save()
    elif perde == "gruppo":
        referente_a.groups.clear()
    else:
        organizzazione_a.attiva = False
        organizzazione_a.save()
    assert conferma(link[0]).status_code == 404
    assert Verifica.objects.get().modo == ""


def test_link__of_an_entry_taken_off_or_changed_meanwhile(link, manager):
    percorso, servizio = link
    letta = LETTA.search(Client().get(percorso).content.decode()).group(1)
    servizio.sommario = "Cambiato dal manager"
    servizio.save_revision(user=manager).publish(user=manager)
    risposta = Client().post(percorso, {"letta": letta})
    assert risposta.status_code == 200 and "è cambiata mentre la leggevi" in risposta.content.decode()
    assert Verifica.objects.get().modo == ""
    ServizioPage.objects.get().unpublish()
    assert Client().get(percorso).status_code == 410


# The admin


def test_home__of_the_referent_confirms_with_one_click(client_di, referente_a, referente_b, nuova_scheda):
    servizio = nuova_scheda(verificata=200)
    client = client_di(referente_a)
    indirizzo = reverse("guida:conferma", args=[servizio.pk])
    assert indirizzo in client.get(reverse("wagtailadmin_home")).content.decode()
    assert indirizzo not in client_di(referente_b).get(reverse("wagtailadmin_home")).content.decode()
    assert client.get(indirizzo).status_code == 200
    assert client_di(referente_b).post(indirizzo).status_code == 404
    casa = client.get(reverse("wagtailadmin_home")).content.decode()
    assert client.post(indirizzo, {"letta": LETTA.search(casa).group(1)}).status_code == 302
    assert Verifica.objects.get().verificata_da == referente_a
    assert indirizzo not in client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("pagina", ["home", "scheda", "cura"])
def test_admin__confirms_only_the_version_that_was_read(client_di, referente_a, manager, nuova_scheda, pagina):
    servizio = nuova_scheda(verificata=200)
    client = client_di(manager if pagina == "cura" else referente_a)
    conferma = reverse("guida:conferma", args=[servizio.pk])
    da_leggere = {"home": reverse("wagtailadmin_home"), "scheda": conferma, "cura": reverse("guida:freschezza")}[pagina]
    letta = LETTA.search(client.get(da_leggere).content.decode()).group(1)
    prima = Verifica.objects.get().verificata_il
    revisione = servizio.live_revision  # published again with other words: the same revision, written over
    revisione.content["sommario"] = "Mai letto"
    revisione.save()
    revisione.publish()
    for dati in ({"letta": letta}, {"letta": ""}, {}):
        risposta = client.post(conferma, dati, follow=True)
        assert "è cambiata mentre la leggevi" in risposta.content.decode() and "Mai letto" in risposta.content.decode()
    assert Verifica.objects.get().verificata_il == prima
    riletta = LETTA.search(client.get(conferma).content.decode()).group(1)
    assert client.post(conferma, {"letta": riletta}).status_code == 302
    assert Verifica.objects.get().verificata_il > prima


def test_link__corrects_without_signing_in_and_is_good_once(
    client, nuova_scheda, referente_a, manager, client_di, mailoutbox, django_capture_on_commit_callbacks
):
    servizio = nuova_scheda(verificata=200)
    indirizzo = urlsplit(indirizzo_di_conferma(servizio.verifica, referente_a)).path
    pagina = client.get(indirizzo).content.decode()
    letta = LETTA.search(pagina).group(1)
    assert "C'è da correggere?" in pagina
    vuota = client.post(indirizzo, {"letta": letta, "correggi": "1", "testo": " "})
    assert vuota.status_code == 200 and "Scrivi che cosa è cambiato" in vuota.content.decode()
    assert (
        "è cambiata mentre la leggevi"
        in client.post(indirizzo, {"letta": "altra", "correggi": "1", "testo": "Il sabato è chiuso"}).content.decode()
    )
    with django_capture_on_commit_callbacks(execute=True):
        risposta = client.post(indirizzo, {"letta": letta, "correggi": "1", "testo": "Il sabato è chiuso"})
    assert (risposta.status_code, risposta["Location"]) == (302, "/guida/da-correggere/")
    assert "la correzione è arrivata" in client.get(risposta["Location"]).content.decode()
    segnalazione = Segnalazione.objects.get()
    assert (segnalazione.tipo, segnalazione.servizio, segnalazione.testo) == (
        "correzione",
        servizio,
        "Il sabato è chiuso",
    )
    assert {m.to[0] for m in mailoutbox} == {referente_a.email, manager.email}
    verifica = Verifica.objects.get()
    assert verifica.verificata_il == servizio.verifica.verificata_il and verifica.ultimo_sollecito
    for dati in ({"letta": letta}, {"letta": letta, "correggi": "1", "testo": "Ancora"}):
        assert client.post(indirizzo, dati).status_code == 410
    assert "Hai già risposto" in client.get(indirizzo).content.decode()
    assert Segnalazione.objects.count() == 1
    # its own organisation closes what it said itself
    assert client_di(referente_a).post(segnalazione.get_absolute_url(), {"azione": "risolvi"}).status_code == 302
    segnalazione.refresh_from_db()
    assert segnalazione.risolta
