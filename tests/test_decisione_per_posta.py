"""Coordinamento decides from its mail: signed, expiring, once, after a confirmation, with the same checks."""

import re
import time
from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from programma import operazioni
from programma.collegamenti_di_posta import indirizzo_di_decisione
from programma.models import Criterio, Evidenza, Riconoscimento

pytestmark = pytest.mark.django_db


@pytest.fixture
def del_manager(programma, distretto, manager):
    """An evidence that the manager wrote and sent: Coordinamento's to decide."""
    nuova = Evidenza(
        organizzazione=distretto,
        titolo="Incontro <b>formale</b>",
        data=date(2025, 3, 5),
        argomento="Tavolo",
        persone_coinvolte="Tre persone",
    )
    bozza = operazioni.salva_bozza(
        nuova, manager, [Criterio.objects.get(codice="M3", programma=programma)], [distretto]
    )
    return operazioni.invia(bozza, manager)


@pytest.fixture
def link(del_manager, coordinamento):
    return indirizzo_di_decisione(del_manager, coordinamento)


def conferma(link, azione="approva", **dati):
    return Client().post(link, {"azione": azione, "confermo": "1", **dati})


def test_mail__of_coordinamento_has_the_link_and_that_of_the_manager_has_none(
    programma, manager, coordinamento, distretto, organizzazione_a, referente_a, mailoutbox, dopo
):
    nuova = Evidenza(
        organizzazione=distretto, titolo="Una", data=date(2025, 3, 5), argomento="A", persone_coinvolte="B"
    )
    criterio = Criterio.objects.get(codice="M3", programma=programma)
    dopo(operazioni.invia, operazioni.salva_bozza(nuova, manager, [criterio], [distretto]), manager)
    (a_coordinamento,) = mailoutbox
    trovato = re.search(r"http\S+/decisione/\S+/", a_coordinamento.body)[0]
    assert Client().get(trovato).status_code == 200
    mailoutbox.clear()
    altra = Evidenza(organizzazione=organizzazione_a, titolo="Due", data=date(2025, 3, 6), argomento="A")
    criterio = Criterio.objects.get(codice="P1.1", programma=programma)
    dopo(operazioni.invia, operazioni.salva_bozza(altra, referente_a, [criterio], [organizzazione_a]), referente_a)
    assert [m.to for m in mailoutbox] == [[manager.email]] and "/decisione/" not in mailoutbox[0].body


def test_link__opens_the_reading_page_and_decides_nothing(link, del_manager):
    risposta = Client().get(link)
    testo = risposta.content.decode()
    assert "Incontro &lt;b&gt;formale&lt;/b&gt;" in testo and "Tre persone" in testo and "= 20%" in testo
    assert risposta["Referrer-Policy"] == "no-referrer" and "no-store" in risposta["Cache-Control"]
    chiesta = Client().post(link, {"azione": "approva"})
    assert "Confermo: approvala" in chiesta.content.decode()
    assert Evidenza.objects.get().stato == "inviata" and not Riconoscimento.objects.exists()


def test_link__approves_once_in_the_name_of_who_has_it(link, coordinamento):
    assert "Approvata" in conferma(link).content.decode()
    riga = Riconoscimento.objects.get()
    assert riga.deciso_da == coordinamento and riga.evidenza.passaggi.first().chi == coordinamento
    assert Client().get(link).status_code == 410 and Client().post(link, {"azione": "approva"}).status_code == 410
    assert Riconoscimento.objects.count() == 1


def test_link__returns_with_a_reason_and_not_without(link):
    assert "Scrivi il motivo" in Client().post(link, {"azione": "restituisci"}).content.decode()
    conferma(link, "restituisci", motivo="Manca il verbale")
    evidenza = Evidenza.objects.get()
    assert evidenza.stato == "da_integrare" and evidenza.passaggi.first().motivo == "Manca il verbale"


def test_link__that_is_old_wrong_or_of_somebody_else_does_nothing(link, del_manager, manager, coordinamento, acs):
    assert Client().get(link[:-6] + "xxxxx/").status_code == 410
    for altro in (manager, acs):  # the author, and who may not decide
        assert Client().get(indirizzo_di_decisione(del_manager, altro)).status_code == 410
    coordinamento.set_password("un'altra frase lunga 8")
    coordinamento.save()
    assert Client().get(link).status_code == 410


def test_link__expires(link, monkeypatch):
    adesso = time.time()
    monkeypatch.setattr(time, "time", lambda: adesso + 8 * 86400)
    assert "scaduto" in Client().get(link).content.decode()


def test_link__of_what_was_withdrawn_and_sent_again_is_a_new_one(link, del_manager, manager):
    operazioni.invia(operazioni.richiama(del_manager, manager), manager)
    assert Client().get(link).status_code == 410


def test_link__of_who_is_out_or_has_a_second_factor_asks_to_sign_in(link, del_manager, coordinamento, settings):
    settings.SECONDO_FATTORE_RICHIESTO = True
    risposta = Client().get(link)
    assert risposta.status_code == 302 and risposta["Location"].startswith("/admin/login/?next=")
    assert Client().post(link, {"azione": "approva", "confermo": "1"}).status_code == 302
    settings.SECONDO_FATTORE_RICHIESTO = False
    assert Client().get(link).status_code == 200
    suo = Authenticator.objects.create(user=coordinamento, type=Authenticator.Type.TOTP, data={"secret": ""})
    assert Client().post(link, {"azione": "approva", "confermo": "1"}).status_code == 302
    assert Evidenza.objects.get().stato == "inviata"
    suo.delete()
    coordinamento.is_active = False
    coordinamento.save()
    assert Client().get(link).status_code == 410
