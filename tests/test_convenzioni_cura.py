# ruff: noqa: F401, F811 (fixtures that two files share)
"""Conventions kept true: the partner confirms or corrects, anyone proposes, a refused discount reaches who can act."""

import io
import re
from datetime import date, timedelta

import pytest
from django.core import mail, signing
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from base import moduli_pubblici
from convenzioni import operazioni, validita
from convenzioni.cura.collegamenti import CONFERMA, indirizzo_di_conferma
from convenzioni.models import Accordo, Categoria, ConvenzionePage, Segnalazione, SezioneConvenzioniPage
from convenzioni.validita import Vigenza, da_confermare_dal
from cura import operazioni as comuni
from cura.solleciti import OGNI
from organizzazioni.operazioni import disattiva, pubblica_nuova

from .scene.convenzioni_cura import CHI, OGGI, PARTNER, collegamento, dopo, letta, moduli_liberi, nuova, tra
from .scene.costo import quante_query
from .test_letto_e_deciso import preme

pytestmark = pytest.mark.django_db


def accordo(convenzione):
    return Accordo.objects.get(convenzione=convenzione)


# When the partner is asked


@pytest.mark.parametrize(
    ("vigenza", "risposta", "dal"),
    [
        (Vigenza(date(2024, 3, 1), firmata_il=date(2024, 2, 1)), None, date(2025, 3, 1)),
        (Vigenza(date(2024, 3, 1), firmata_il=date(2024, 4, 1)), None, date(2025, 4, 1)),
        (Vigenza(date(2024, 3, 1), firmata_il=date(2024, 2, 1)), date(2025, 3, 9), date(2026, 3, 9)),
        (Vigenza(date(2024, 2, 29), firmata_il=date(2024, 2, 1)), None, date(2025, 2, 28)),
        (Vigenza(date(2024, 3, 1), date(2026, 8, 2), firmata_il=date(2024, 2, 1)), None, date(2025, 3, 1)),
        (Vigenza(date(2024, 3, 1), date(2026, 8, 1), firmata_il=date(2024, 2, 1)), None, None),
        (Vigenza(date(2024, 3, 1), date(2025, 2, 28), True, firmata_il=date(2024, 2, 1)), None, date(2025, 3, 1)),
        (Vigenza(date(2024, 3, 1)), None, None),
        (Vigenza(date(2024, 3, 1), firmata_il=date(2024, 2, 1), cessata_il=date(2026, 6, 1)), None, None),
    ],
)
def test_due__a_year_after_the_last_answer_unless_it_is_about_to_end(vigenza, risposta, dal):
    assert da_confermare_dal(vigenza, risposta, date(2026, 6, 2)) == dal


def test_reminders__three_then_who_keeps_it_then_silence(nuova, referente_a, manager, referente_b):
    convenzione = nuova()
    nuova("Giovane", giorni=100)
    for n in range(3):
        giorno = OGGI() + n * OGNI
        for volta in (1, 2):
            esito = dopo(operazioni.chiedi_conferme, giorno)
            assert [c.pagina.pk for c in esito.chieste] == ([convenzione.pk] if volta == 1 else [])
    assert [m.to for m in mail.outbox] == [[PARTNER]] * 3
    assert "/convenzione/conferma/" in mail.outbox[0].body and "accesso al portale" not in mail.outbox[0].body
    mail.outbox.clear()
    assert dopo(operazioni.chiedi_conferme, OGGI() + 3 * OGNI).senza_risposta[0].pagina == convenzione
    assert {m.to[0] for m in mail.outbox} == {referente_a.email, manager.email}
    mail.outbox.clear()
    for giorni in (56, 90, 200):
        assert dopo(operazioni.chiedi_conferme, tra(giorni)).chieste == []
    assert not mail.outbox


def test_reminders__of_one_partner_are_one_mail_with_a_link_for_each(nuova, referente_a, manager):
    nuova("Dentista"), nuova("Igiene"), nuova("Di un altro", email="altro@example.org")
    assert len(dopo(operazioni.chiedi_conferme, OGGI()).chieste) == 3
    per_indirizzo = {m.to[0]: m for m in mail.outbox}
    assert {*per_indirizzo} == {PARTNER, "altro@example.org"} and len(mail.outbox) == 2
    sua = per_indirizzo[PARTNER]
    assert "2 convenzioni" in sua.subject and "«Dentista»" in sua.body and "«Igiene»" in sua.body
    assert len({*re.findall(r"/conferma/[^/]+/", sua.body)}) == 2
    mail.outbox.clear()
    dopo(operazioni.chiedi_conferme, OGGI() + OGNI), dopo(operazioni.chiedi_conferme, OGGI() + 2 * OGNI)
    mail.outbox.clear()
    dopo(operazioni.chiedi_conferme, OGGI() + 3 * OGNI)
    assert sorted(m.to[0] for m in mail.outbox) == sorted([referente_a.email, manager.email])
    assert all("3 convenzioni" in m.subject and "«Di un altro»" in m.body for m in mail.outbox)


@pytest.mark.parametrize(("giorni", "detto"), [(365 + 54, False), (365 + 58, True)])
def test_public__reads_that_nobody_confirms(nuova, client, giorni, detto):
    convenzione = nuova(giorni=giorni)
    for indirizzo in (convenzione.url, "/convenzioni/"):
        assert ("Da verificare" in client.get(indirizzo).content.decode()) == detto
    Accordo.objects.update(risposto_il=timezone.now())
    for indirizzo in (convenzione.url, "/convenzioni/"):
        assert "Da verificare" not in client.get(indirizzo).content.decode()


def test_reminders__without_an_address_go_to_who_keeps_it_at_once(nuova, referente_a, manager):
    nuova(email="")
    assert len(dopo(operazioni.chiedi_conferme, OGGI()).senza_risposta) == 1
    assert "non c'è un'e-mail" in mail.outbox[0].body
    nuova("Con la pagina", email="", **{"riservata": False})
    ConvenzionePage.objects.filter(title="Con la pagina").update(email="pagina@example.org")
    mail.outbox.clear()
    dopo(operazioni.chiedi_conferme, OGGI())
    assert [m.to for m in mail.outbox] == [["pagina@example.org"]]


def test_reminders__command_tries_first_and_costs_the_same(nuova):
    nuova()
    uscite = []
    for argomenti in (["--dry-run"], [], []):
        uscite.append(io.StringIO())
        dopo(call_command, "chiedi_conferme", *argomenti, stdout=uscite[-1])
        assert len(mail.outbox) == (0 if argomenti else 1)
    dette = [u.getvalue().split("ai ")[1].split(";")[0] for u in uscite]
    assert dette == ["partner: 1", "partner: 1", "partner: 0"]


# The partner answers


def test_confirm__by_the_button_alone_once_and_the_public_reads_it(nuova, client):
    convenzione = nuova()
    indirizzo = collegamento(convenzione)
    for metodo in (client.get, client.head):
        risposta = metodo(indirizzo)
        assert risposta.status_code == 200 and not risposta.cookies and "no-store" in risposta["Cache-Control"]
    assert "Riservatissimo" in client.get(indirizzo).content.decode()
    assert accordo(convenzione).risposto_il is None
    assert "Confermata dal partner" not in client.get(convenzione.url).content.decode()
    dati = {"conferma": "1", "letta": letta(convenzione)}
    assert client.post(indirizzo, dati)["Location"] == reverse("cura_convenzioni:confermata")
    prima = accordo(convenzione)
    assert prima.confermata_il == prima.risposto_il and prima.solleciti == 0
    html = client.get(convenzione.url).content.decode()
    assert "Confermata dal partner" in html and "Riservatissimo" not in html
    for risposta in (client.get(indirizzo), client.post(indirizzo, dati)):
        assert risposta.status_code == 410 and "Hai già risposto" in risposta.content.decode()
    assert accordo(convenzione).confermata_il == prima.confermata_il
    assert operazioni.chiedi_conferme(tra(364)).chieste == [] and len(operazioni.chiedi_conferme(tra(366)).chieste) == 1


@pytest.mark.parametrize("bottone", ["conferma", "correggi"])
def test_link__its_forms_carry_what_was_read(nuova, client, bottone):
    convenzione = nuova()
    inviato = preme(client.get(collegamento(convenzione)).content.decode(), bottone, "1")
    assert inviato["letta"] == letta(convenzione)


def test_correct__is_something_to_do_for_who_keeps_it_and_publishes_nothing(
    nuova, client, client_di, referente_a, referente_b, manager
):
    convenzione = nuova()
    indirizzo, com_era = collegamento(convenzione), client.get(convenzione.url).content
    vuota = client.post(indirizzo, {"correggi": "1", "testo": " ", "letta": letta(convenzione)})
    assert vuota.status_code == 200 and "basta una frase" in vuota.content.decode()
    dati = {"correggi": "1", "testo": "Lo sconto è del 5%", "letta": letta(convenzione)}
    assert dopo(client.post, indirizzo, dati)["Location"] == reverse("cura_convenzioni:da_correggere")
    assert client.get(convenzione.url).content == com_era and accordo(convenzione).confermata_il is None
    assert client.post(indirizzo, dati).status_code == 410 and Segnalazione.objects.count() == 1
    assert {m.to[0] for m in mail.outbox} == {referente_a.email, manager.email}
    segnalazione = Segnalazione.objects.get()
    assert segnalazione.get_absolute_url() in client_di(referente_a).get("/admin/").content.decode()
    assert segnalazione.get_absolute_url() not in client_di(referente_b).get("/admin/").content.decode()
    pagina = client_di(referente_a).get(segnalazione.get_absolute_url()).content.decode()
    assert "Lo sconto è del 5%" in pagina and reverse("wagtailadmin_pages:edit", args=[convenzione.pk]) in pagina
    client_di(referente_a).post(segnalazione.get_absolute_url(), {"azione": "risolvi"})
    segnalazione.refresh_from_db()
    assert segnalazione.risolta and segnalazione.presa_da == referente_a
    assert "5%" not in client_di(referente_a).get("/admin/").content.decode()


def test_confirm__of_what_changed_meanwhile_asks_to_read_again(nuova, client):
    convenzione = nuova()
    dati = {"letta": letta(convenzione), "correggi": "1", "testo": "Parole mie"}
    convenzione.sommario = "Altro"
    convenzione.save_revision().publish()
    html = client.post(collegamento(convenzione), dati).content.decode()
    assert "è cambiata mentre la leggevi" in html and "Parole mie" in html
    assert accordo(convenzione).risposto_il is None and not Segnalazione.objects.exists()


def riscrivi(convenzione, sommario):
    """Published again with other words: the same revision, written over."""
    revisione = ConvenzionePage.objects.get(pk=convenzione.pk).live_revision
    revisione.content["sommario"] = sommario
    revisione.save()
    revisione.publish()


def test_confirm__holds_only_for_the_version_that_was_read(nuova):
    convenzione = nuova()
    aperto, prima = CONFERMA.apri(collegamento(convenzione).split("/")[-2]), letta(convenzione)
    riscrivi(convenzione, "Mai letto")
    for risponde, argomenti in ((operazioni.conferma, ()), (operazioni.correggi, ("Il 5%",))):
        with pytest.raises(comuni.CambiataNelFrattempo):
            risponde(convenzione, aperto, *argomenti, prima)
    assert accordo(convenzione).risposto_il is None and not Segnalazione.objects.exists()
    Accordo.objects.update(cessata_il=OGGI())
    with pytest.raises(PermissionDenied):
        operazioni.conferma(convenzione, aperto, prima)
    Accordo.objects.update(cessata_il=None)
    operazioni.conferma(convenzione, aperto, letta(convenzione))
    riscrivi(convenzione, "Di nuovo")
    with pytest.raises(comuni.GiaRisposto):
        operazioni.conferma(convenzione, aperto, letta(convenzione))


def test_confirm__of_what_changes_while_it_is_sent_shows_the_new_words(nuova, client, monkeypatch):
    convenzione, vera = nuova(), operazioni.conferma

    def intanto(*argomenti):
        riscrivi(convenzione, "Mai letto")
        return vera(*argomenti)

    monkeypatch.setattr(operazioni, "conferma", intanto)
    risposta = client.post(collegamento(convenzione), {"conferma": "1", "letta": letta(convenzione)})
    html = risposta.content.decode()
    assert "è cambiata mentre la leggevi" in html and letta(convenzione) in html
    assert accordo(convenzione).risposto_il is None


def test_link__tampered_expired_of_another_address_or_of_what_ended_says_so(nuova, client, monkeypatch):
    convenzione = nuova()
    indirizzo = collegamento(convenzione)

    def detto(dove):
        for risposta in (client.get(dove), client.post(dove, {"conferma": "1", "letta": letta(convenzione)})):
            assert risposta.status_code in (404, 410) and accordo(convenzione).risposto_il is None
        return risposta.content.decode()

    for falso in (indirizzo[:-2] + "/", "/convenzione/conferma/niente/", indirizzo.replace("conferma/", "conferma/a")):
        assert "non è valido" in detto(falso)
    with monkeypatch.context() as avanti:
        vero = signing.time.time
        avanti.setattr(signing.time, "time", lambda: vero() + 31 * 24 * 3600)
        assert "è scaduto" in detto(indirizzo)
    Accordo.objects.update(email_partner="nuova@example.org")
    assert "già risposto" in detto(indirizzo)
    Accordo.objects.update(email_partner=PARTNER, cessata_il=OGGI())
    assert "non è più in vigore" in detto(indirizzo)
    Accordo.objects.update(cessata_il=None)
    convenzione.unpublish()
    assert "non è più in vigore" in detto(indirizzo)


def test_ask_now__by_who_keeps_it_once_a_day(nuova, client_di, referente_a, referente_b, coordinamento):
    convenzione = nuova(giorni=10)
    indirizzo = reverse("convenzioni:chiedi", args=[convenzione.pk])
    assert (
        "Chiedi conferma adesso"
        in client_di(referente_a).get(reverse("convenzioni:convenzione", args=[convenzione.pk])).content.decode()
    )
    for _ in range(2):
        dopo(client_di(referente_a).post, indirizzo)
    assert [m.to for m in mail.outbox] == [[PARTNER]]
    for utente in (referente_b, coordinamento):
        with pytest.raises(PermissionDenied):
            operazioni.chiedi_conferma(convenzione, utente, tra(1))
    Accordo.objects.update(email_partner="")
    with pytest.raises(ValidationError, match="e-mail del partner"):
        operazioni.chiedi_conferma(convenzione, referente_a, tra(1))
    assert validita.stato(convenzione.vigenza, tra(-11)) != validita.Stato.ATTIVA
    with pytest.raises(ValidationError, match="attiva"):
        operazioni.chiedi_conferma(convenzione, referente_a, tra(-11))


# The report


def test_report__by_organisation_counts_who_confirms_and_lists_who_does_not(nuova, client_di, manager):
    confermata, corretta, da_tempo = nuova("Confermata"), nuova("Corretta"), nuova("Da tempo", giorni=365 + 58)
    nuova("Giovane", giorni=100), nuova("Senza posta", email="")
    nuova("Finita", rinnovo_tacito=False)
    un_anno_fa = timezone.now() - timedelta(days=360)
    Accordo.objects.filter(convenzione=confermata).update(confermata_il=un_anno_fa, risposto_il=un_anno_fa)
    Accordo.objects.filter(convenzione=corretta).update(confermata_il=un_anno_fa, risposto_il=timezone.now())
    client, indirizzo = client_di(manager), reverse("convenzioni:freschezza")
    assert indirizzo in client.get(reverse("convenzioni:registro")).content.decode()
    risposta = client.get(indirizzo)
    totale = risposta.context["totale"]
    assert (totale.schede, totale.verificate, totale.da_confermare, totale.da_verificare) == (5, 1, 2, 1)
    assert [r.convenzione.title for r in risposta.context["page_obj"]] == ["Da tempo", "Senza posta"]
    html = risposta.content.decode()
    assert "20% confermate dal partner" in html and html.count("Non c'è un'e-mail a cui scrivere") == 1
    assert html.count("Chiedi conferma al partner") == 1 and reverse("convenzioni:chiedi", args=[da_tempo.pk]) in html
    csv = client.get(reverse("convenzioni:freschezza_esporta")).content.decode("utf-8-sig")
    assert "ASIF Chimelli;5;1;20;2;1" in csv and "Tutte le convenzioni;5;1;20;2;1" in csv
    di_altri = client.get(indirizzo, {"organizzazione": "cs4"})
    assert "Questa scelta non c" in di_altri.content.decode() and len(di_altri.context["page_obj"]) == 2


def test_report__costs_the_same_with_many(nuova, client_di, manager):
    client, indirizzo = client_di(manager), reverse("convenzioni:freschezza")
    nuova()
    con_una, _ = quante_query(indirizzo, client)
    for n in range(9):
        nuova(f"Dentista {n}")
    quante, lette = quante_query(indirizzo, client)
    assert quante == con_una, lette
