"""Every kind of page opens in the editor and as a draft: what approvers and authors look at all day."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from notizie.models import NotiziaPage, SezioneNotiziePage
from programma.models import AzionePage


@pytest.fixture
def bozza(organizzazione_a, referente_a, programma):
    """A draft news page that names an action and a criterion."""
    azione = AzionePage.objects.child_of(programma).first()
    pagina = SezioneNotiziePage.objects.get(organizzazione=organizzazione_a).add_child(
        instance=NotiziaPage(title="Bozza", data=timezone.localdate(), live=False, owner=referente_a)
    )
    pagina.azioni_realizzate = [azione]
    pagina.criteri_serviti = [azione.criteri.first()]
    pagina.save_revision(user=referente_a)
    return pagina


def una_per_tipo():
    viste = {}
    for pagina in Page.objects.filter(depth__gt=1).specific():
        viste.setdefault(type(pagina), pagina)
    return list(viste.values())


@pytest.mark.parametrize("ruolo", ["manager", "superutente"])
def test_every_kind__opens_as_draft_and_in_the_editor(request, bozza, client_di, ruolo):
    utente = request.getfixturevalue(ruolo)
    client = client_di(utente)
    for pagina in una_per_tipo():
        percorsi = [reverse("wagtailadmin_pages:view_draft", args=[pagina.pk])]
        if pagina.permissions_for_user(utente).can_edit():
            percorsi.append(reverse("wagtailadmin_pages:edit", args=[pagina.pk]))
        for percorso in percorsi:
            assert client.get(percorso).status_code == 200, (type(pagina).__name__, percorso)


def test_own_draft__opens_for_its_author(bozza, client_di, referente_a):
    client = client_di(referente_a)
    for nome in ("view_draft", "edit"):
        assert client.get(reverse(f"wagtailadmin_pages:{nome}", args=[bozza.pk])).status_code == 200
