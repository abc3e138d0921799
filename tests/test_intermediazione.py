"""The manager's log of contacts: the manager's alone, and a meeting is made from a row."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import GroupPagePermission

from convenzioni.models import Categoria, ConvenzionePage
from cura.registro import cura_di
from guide.models import ServizioPage
from organizzazioni.models import Organizzazione
from registri.intermediazione import operazioni
from registri.models import Intermediazione, Riunione

pytestmark = pytest.mark.django_db
ELENCO, NUOVA = reverse("intermediazione:elenco"), reverse("intermediazione:nuova")


@pytest.fixture
def riga(programma, manager):
    def nuova(argomento="Orari flessibili", **campi):
        campi = {"giorno": date(2025, 9, 1), "altro_ente": "Panificio Rossi", **campi}
        return operazioni.salva_intermediazione(Intermediazione(argomento=argomento, **campi), manager)

    return nuova


def test_log__is_the_manager_s_alone(riga, manager, coordinamento, acs, referente_a, client_di):
    una = riga(organizzazione=Organizzazione.objects.get(chiave="cs4"))
    assert "Orari flessibili" in client_di(manager).get(ELENCO).content.decode()
    for utente in (coordinamento, acs, referente_a):
        for indirizzo in (ELENCO, NUOVA, una.get_absolute_url()):
            assert client_di(utente).get(indirizzo).status_code == 404
        for gesto in (
            lambda u: operazioni.salva_intermediazione(una, u),
            lambda u: operazioni.segna_seguito(una, u),
            lambda u: operazioni.prepara_riunione(una, u),
            lambda u: operazioni.prepara_pagina(una, u, cura_di(ServizioPage), una.organizzazione),
            lambda u: operazioni.elimina_intermediazione(una, u),
        ):
            with pytest.raises(PermissionDenied):
                gesto(utente)


def test_screens__written_followed_made_a_meeting_and_thrown_away(manager, programma, client_di):
    client = client_di(manager)
    dati = {"genere": "contatto", "giorno": "2025-09-01", "interlocutore": "produttivo"}
    dati |= {"argomento": "Orari flessibili", "chiave": "0c7a3c1e-2a51-4c0e-8f1e-444444444444"}
    for tolto, detto in (({}, "scrivi l&#x27;ente"), ({"altro_ente": "X", "entro": "2025-10-01"}, "da fare entro")):
        risposta = client.post(NUOVA, {**dati, **tolto})
        assert risposta.status_code == 422 and detto in risposta.content.decode(), detto
    for strano in ("9" * 40, "²", "a\x00b", "9999-12-31", "x" * 9000):
        assert client.post(NUOVA, dict.fromkeys((*dati, "organizzazione", "entro", "esito"), strano)).status_code == 422
    pieni = {**dati, "altro_ente": "Panificio Rossi", "seguito": "Richiamare", "entro": "2025-10-01"}
    assert client.post(NUOVA, pieni).status_code == client.post(NUOVA, pieni).status_code == 302
    una = Intermediazione.objects.get()
    assert client.post(una.get_absolute_url(), {**pieni, "versione": 1, "esito": "Ci pensa"}).status_code == 302
    assert client.post(una.get_absolute_url(), {**pieni, "versione": 1}).status_code == 422
    assert "Richiamare" in client.get(ELENCO, {"da_fare": "on", "testo": "panificio"}).content.decode()
    client.post(reverse("intermediazione:fatto", args=[una.pk]))
    assert "Richiamare" not in client.get(ELENCO, {"da_fare": "on"}).content.decode()
    for _ in range(2):
        risposta = client.post(reverse("intermediazione:riunione", args=[una.pk]))
    riunione = Riunione.objects.get()
    assert risposta["Location"] == riunione.get_absolute_url() and riunione.titolo == "Orari flessibili"
    assert {uno.ente for uno in riunione.partecipanti.all()} == {"", "Panificio Rossi"}
    client.post(reverse("intermediazione:elimina", args=[una.pk]))
    assert not Intermediazione.objects.exists() and Riunione.objects.exists()


def test_row__becomes_a_draft_of_a_convention_and_of_a_service(riga, manager, referente_b, organizzazione_b, client_di):
    una, client = riga(organizzazione=organizzazione_b, altro_ente="", esito="ZZESITO"), client_di(manager)
    prepara = {cosa: reverse("intermediazione:prepara", args=[una.pk, cosa]) for cosa in ("convenzioni", "guide")}
    html = client.get(una.get_absolute_url()).content.decode()
    assert all(url in html for url in prepara.values())
    assert f'value="{organizzazione_b.pk}" selected' in client.get(prepara["convenzioni"]).content.decode()
    dati = {"organizzazione": organizzazione_b.pk, "categoria": Categoria.objects.first().pk}
    for strano in ("9" * 40, "²", "a\x00b", ""):
        assert client.post(prepara["convenzioni"], {**dati, "organizzazione": strano}).status_code == 422
    assert not una.pagine.exists()
    for _ in range(2):
        risposte = [client.post(url, dati) for url in prepara.values()]
    convenzione, servizio = ConvenzionePage.objects.get(), ServizioPage.objects.get()
    assert [r["Location"] for r in risposte] == [f"/admin/pages/{p.pk}/edit/" for p in (convenzione, servizio)]
    assert (convenzione.title, convenzione.partner, convenzione.live) == ("Orari flessibili", "Cooperativa CS4", False)
    assert (servizio.erogatore, servizio.get_parent().specific.organizzazione) == (organizzazione_b,) * 2
    html = client.get(una.get_absolute_url()).content.decode()
    assert risposte[0]["Location"] in html and prepara["guide"] not in html
    html = client_di(referente_b).get(risposte[0]["Location"])
    assert html.status_code == 200 and "ZZESITO" not in html.content.decode()
    convenzione.delete()
    assert una.pagine.count() == 1
    assert client.get(reverse("intermediazione:prepara", args=[una.pk, "notizie"])).status_code == 404


def test_draft__is_made_only_where_one_may_write(riga, manager, organizzazione_b, distretto, client_di):
    una = riga()
    GroupPagePermission.objects.exclude(group__organizzazione=distretto).delete()
    url = reverse("intermediazione:prepara", args=[una.pk, "guide"])
    risposta = client_di(manager).post(url, {"organizzazione": organizzazione_b.pk}, follow=True)
    assert "Non puoi scrivere nella guida per Cooperativa CS4" in risposta.content.decode() and not una.pagine.exists()
    client_di(manager).post(url, {"organizzazione": distretto.pk})
    assert ServizioPage.objects.get().erogatore_esterno == "Panificio Rossi"


def test_list__costs_the_same_with_many(riga, manager, client_di):
    client, conti = client_di(manager), []
    for _ in range(2):
        for n in range(3):
            riga(f"Argomento {n}", organizzazione=Organizzazione.objects.get(chiave="cs4"))
        with CaptureQueriesContext(connection) as fatte:
            client.get(ELENCO)
        conti.append(len(fatte))
    assert conti[0] == conti[1]
