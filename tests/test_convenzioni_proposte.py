# ruff: noqa: F401, F811 (fixtures that two files share)
"""Conventions proposed by anyone, refused at the till, and what the lists of their care cost."""

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
from .test_letto_e_deciso import preme

pytestmark = pytest.mark.django_db


def timbro(indirizzo):
    return re.search(r'name="timbro" value="([^"]+)"', Client().get(indirizzo).content.decode()).group(1)


def invia(indirizzo, **dati):
    return dopo(Client(enforce_csrf_checks=True).post, indirizzo, {"timbro": timbro(indirizzo), **dati})


def test_proposal__reaches_the_managers_and_becomes_a_draft_in_one_click(
    client_di, manager, referente_a, organizzazione_a
):
    indirizzo, sport = reverse("cura_convenzioni:proponi"), Categoria.objects.get(chiave="sport")
    assert invia(indirizzo, partner="", testo="x").status_code == 200
    assert invia(indirizzo, partner="Robot", testo="x", conferma_indirizzo="x").status_code == 302
    assert not Segnalazione.objects.exists()
    risposta = invia(indirizzo, partner="Piscina", testo="Sconto <b>", categoria=sport.pk, dove="Borgo", email=CHI)
    assert risposta["Location"] == reverse("cura_convenzioni:grazie") and not risposta.cookies
    segnalazione = Segnalazione.objects.get()
    assert [m.to for m in mail.outbox] == [[manager.email]] and CHI not in mail.outbox[0].body
    assert client_di(referente_a).get(segnalazione.get_absolute_url()).status_code == 404
    client = client_di(manager)
    assert CHI in client.get(segnalazione.get_absolute_url()).content.decode()
    assert f'<option value="{sport.pk}" selected' in client.get(segnalazione.get_absolute_url()).content.decode()
    dati = {"azione": "bozza", "organizzazione": organizzazione_a.pk, "categoria": sport.pk}
    risposta = client.post(segnalazione.get_absolute_url(), dati)
    bozza = ConvenzionePage.objects.get()
    assert risposta["Location"] == reverse("wagtailadmin_pages:edit", args=[bozza.pk])
    assert (bozza.live, bozza.partner, bozza.categoria, bozza.owner) == (False, "Piscina", sport, manager)
    assert "Sconto &lt;b&gt;" in bozza.testo and "Borgo" in bozza.testo and CHI not in bozza.testo
    assert client.get(risposta["Location"]).status_code == 200
    client.post(segnalazione.get_absolute_url(), dati)
    assert ConvenzionePage.objects.count() == 1
    dopo(client.post, segnalazione.get_absolute_url(), {"azione": "risolvi", "risposta": "Fatto"})
    segnalazione.refresh_from_db()
    assert segnalazione.risolta and not segnalazione.email and mail.outbox[-1].to == [CHI]
    assert "un accesso" not in mail.outbox[-1].body
    client.post(segnalazione.get_absolute_url(), {"azione": "riapri"})
    segnalazione.refresh_from_db()
    assert segnalazione.stato == "in_carico"


@pytest.mark.parametrize("nome", ["???", "È", "x" * 160, "Bar & «Grill» <b>"])
def test_proposal__of_any_name_becomes_a_draft(manager, organizzazione_a, nome):
    segnalazione = operazioni.proponi_convenzione(nome, "Testo")
    bozza = comuni.crea_bozza(segnalazione, manager, organizzazione_a, categoria=Categoria.objects.first())
    assert bozza.title == nome and bozza.slug


def test_refusal__reaches_managers_and_organisation_which_never_reads_who_wrote(
    nuova, client_di, manager, referente_a, referente_b
):
    convenzione = nuova()
    indirizzo = reverse("cura_convenzioni:rifiuto", args=[convenzione.pk])
    assert indirizzo in Client().get(convenzione.url).content.decode()
    assert invia(indirizzo, testo="Non la conoscevano").status_code == 302
    invia(indirizzo, testo="Di nuovo", email=CHI)
    assert {m.to[0] for m in mail.outbox} == {manager.email, referente_a.email}
    assert not any(CHI in m.body for m in mail.outbox)
    segnalazione = Segnalazione.objects.get(email=CHI)
    sua = client_di(referente_a).get(segnalazione.get_absolute_url()).content.decode()
    assert "Di nuovo" in sua and CHI not in sua and "Risolta</button>" not in sua
    assert client_di(referente_b).get(segnalazione.get_absolute_url()).status_code == 404
    client_di(referente_a).post(segnalazione.get_absolute_url(), {"azione": "risolvi"})
    for funzione in (comuni.risolvi, comuni.prendi_in_carico, comuni.riapri):
        with pytest.raises(PermissionDenied):
            funzione(segnalazione, referente_a)
    segnalazione.refresh_from_db()
    assert segnalazione.stato == "nuova"
    errore = reverse("cura_convenzioni:errore", args=[convenzione.pk])
    assert errore in Client().get(convenzione.url).content.decode()
    assert invia(errore, testo="Il telefono è cambiato").status_code == 302
    assert Segnalazione.objects.get(tipo="errore").convenzione_id == convenzione.pk
    assert "ha visto un errore" in mail.outbox[-1].body
    convenzione.unpublish()
    assert Client().get(errore).status_code == 404
    for pk in (convenzione.pk, 10**17, 10**30):
        assert Client().get(f"/convenzione/sconto-rifiutato/{pk}/").status_code == 404


def test_public_forms__are_limited_by_address():
    indirizzo = reverse("cura_convenzioni:proponi")
    stati = [invia(indirizzo, partner="P", testo="T").status_code for _ in range(moduli_pubblici.LIMITE + 1)]
    assert stati == [302] * moduli_pubblici.LIMITE + [429] and Segnalazione.objects.count() == moduli_pubblici.LIMITE


def test_messages__of_an_inactive_organisation_go_to_the_managers_alone(nuova, manager, referente_a, organizzazione_a):
    convenzione = nuova()
    disattiva(organizzazione_a)
    dopo(operazioni.segnala_rifiuto, convenzione, "No")
    assert {m.to[0] for m in mail.outbox} == {manager.email}


def test_admin_lists__cost_the_same_with_one_and_with_forty(nuova, client_di, manager, referente_a):
    convenzione = nuova()
    operazioni.segnala_rifiuto(convenzione, "Uno")
    indirizzi = [
        (chi, i)
        for chi in (manager, referente_a)
        for i in (
            reverse("convenzioni:segnalazioni"),
            "/admin/",
            reverse("convenzioni:convenzione", args=[convenzione.pk]),
        )
    ]
    clienti = {chi: client_di(chi) for chi, _ in indirizzi}

    def costi():
        cache.clear()
        quanti = []
        for chi, indirizzo in indirizzi:
            clienti[chi].get(indirizzo)
            with CaptureQueriesContext(connection) as query:
                clienti[chi].get(indirizzo)
            quanti.append(len(query))
        return quanti

    con_una = costi()
    for n in range(40):
        operazioni.segnala_rifiuto(convenzione, f"Ancora {n}")
    assert costi() == con_una


def test_search__what_nobody_confirms_comes_after_until_its_partner_answers(nuova, manager):
    """As a service does: of two that answer alike, the one that the public reads as «Da verificare» is the second."""
    dubbia, certa = nuova("Dentista di paese", giorni=500), nuova("Dentista di valle", giorni=30)
    for convenzione in (dubbia, certa):
        operazioni.registra_firma(convenzione, manager, convenzione.accordo.firmata_il, email_partner=PARTNER)

    def trovate():
        html = Client().get("/convenzioni/", {"q": "dentista"}).content.decode()
        return sorted(("di paese", "di valle"), key=lambda nome: html.index(f"Dentista {nome}</a>"))

    assert ConvenzionePage.objects.get(pk=dubbia.pk).da_verificare(OGGI()) and trovate() == ["di valle", "di paese"]
    Client().post(collegamento(dubbia), {"conferma": "1", "letta": letta(dubbia)})
    assert not ConvenzionePage.objects.get(pk=dubbia.pk).da_verificare(OGGI()) and trovate() == ["di paese", "di valle"]
