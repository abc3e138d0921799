"""A convention taken off: what is the guide's alone is in its own tests, what is everybody's is asked here of both."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from convenzioni.models import ConvenzionePage, RichiestaDiRitiro
from cura import operazioni
from cura.registro import cura_di

pytestmark = pytest.mark.django_db


@pytest.fixture
def convenzione(nuova):
    return nuova(firmata=timezone.localdate())


def test_convention__asked_confirmed_archived_and_put_back(client, client_di, convenzione, referente_a, manager, dopo):
    sua, capo = client_di(referente_a), client_di(manager)
    chiedi = reverse("convenzioni:chiedi_ritiro", args=[convenzione.pk])
    assert "registra che non vale più" in sua.get(chiedi).content.decode()
    assert "Scrivi il motivo" in sua.post(chiedi, {"motivo": " "}).content.decode()
    dopo(sua.post, chiedi, {"motivo": "Lo studio ha chiuso"})
    richiesta = RichiestaDiRitiro.objects.get()
    assert [m.to for m in mail.outbox] == [[manager.email]]
    assert "dalle convenzioni" in mail.outbox[0].body and "Lo studio ha chiuso" in mail.outbox[0].body
    assert client.get(convenzione.url).status_code == 200
    assert "1 da decidere" in capo.get(reverse("convenzioni:registro")).content.decode()
    assert "1 da decidere" in capo.get(reverse("wagtailadmin_home")).content.decode()
    assert "Lo studio ha chiuso" in capo.get(reverse("convenzioni:ritiri")).content.decode()

    decidi = reverse("convenzioni:ritiro", args=[richiesta.pk])
    assert "Togli dalle convenzioni" in capo.get(decidi).content.decode()
    dopo(capo.post, decidi, {"azione": "conferma"})
    assert not ConvenzionePage.objects.get().live and not cura_di(ConvenzionePage).voci.exists()
    risposta = client.get(convenzione.url)
    assert risposta.status_code == 410 and "non c'è più" in risposta.content.decode().replace("&#x27;", "'")
    assert "15,50" not in risposta.content.decode() and not risposta.cookies
    assert convenzione.title in capo.get(reverse("convenzioni:ritiri")).content.decode()

    capo.post(decidi, {"azione": "ripristina"})
    assert client.get(convenzione.url).status_code == 200 and cura_di(ConvenzionePage).voci.exists()
    fatto = PageLogEntry.objects.filter(page=convenzione.pk, action__startswith="convenzioni.")
    assert {*fatto.values_list("action", flat=True)} == {
        "convenzioni.chiede_ritiro",
        "convenzioni.conferma_ritiro",
        "convenzioni.ripristina",
    }


def test_convention__refused_with_a_reason_stays(client_di, convenzione, referente_a, manager, dopo):
    richiesta = operazioni.chiedi_ritiro(convenzione, referente_a, "Non ci serve")
    decidi = reverse("convenzioni:ritiro", args=[richiesta.pk])
    assert "Scrivi il motivo" in client_di(manager).post(decidi, {"azione": "rifiuta"}).content.decode()
    dopo(client_di(manager).post, decidi, {"azione": "rifiuta", "motivo": "Vale fino a giugno"})
    assert ConvenzionePage.objects.get().live
    assert "Vale fino a giugno" in mail.outbox[-1].body and "resta tra le convenzioni" in mail.outbox[-1].body


def test_convention__is_taken_off_by_who_keeps_it_and_decided_by_the_managers(
    client_di, convenzione, referente_a, referente_b, coordinamento
):
    chiedi = reverse("convenzioni:chiedi_ritiro", args=[convenzione.pk])
    assert client_di(referente_b).post(chiedi, {"motivo": "x"}).status_code == 404
    assert not RichiestaDiRitiro.objects.exists()
    richiesta = operazioni.chiedi_ritiro(convenzione, referente_a, "x")
    decidi = reverse("convenzioni:ritiro", args=[richiesta.pk])
    for chi in (referente_a, referente_b, coordinamento):
        client_di(chi).post(decidi, {"azione": "conferma"})
        assert client_di(chi).get(reverse("convenzioni:ritiri")).status_code != 200
    assert ConvenzionePage.objects.get().live
    pagina = client_di(referente_a).get(reverse("wagtailadmin_pages:edit", args=[convenzione.pk])).content.decode()
    assert chiedi in pagina
