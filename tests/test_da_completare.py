"""What only the District can write: told to the manager with its place, never to the public."""

import pytest
from django.urls import reverse

from home.models import ContenutoPage
from home.selettori import da_completare

pytestmark = pytest.mark.django_db


def test_service_pages__say_nothing_in_public_of_what_is_missing(client):
    for pagina in ContenutoPage.objects.live():
        html = client.get(pagina.get_url()).content.decode()
        assert "da completare" not in html.lower() and "da_completare" not in html, pagina.slug
        assert "[" not in html.partition("<main")[2].partition("</main>")[0], pagina.slug
        for _, mancano in da_completare():
            assert all(str(manca["che_cosa"]) not in html for manca in mancano)
    trovato = client.get("/cerca/?q=titolare+responsabile+destinatari").content.decode()
    assert "le basi giuridiche, i destinatari" not in trovato


def test_missing__is_told_to_the_manager_until_the_block_is_taken_off(client_di, manager, referente_a):
    casa = reverse("wagtailadmin_home")
    privacy = ContenutoPage.objects.get(slug="privacy")
    assert {pagina.slug for pagina, _ in da_completare()} >= {"privacy", "licenza", "segnala-un-problema"}
    html = client_di(manager).get(casa).content.decode()
    assert "Da completare nel sito" in html and reverse("wagtailadmin_pages:edit", args=[privacy.pk]) in html
    assert "Da completare nel sito" not in client_di(referente_a).get(casa).content.decode()
    privacy.corpo = [(b.block_type, b.value) for b in privacy.corpo if b.block_type != "da_completare"]
    privacy.save_revision(user=manager)
    assert "privacy" not in {pagina.slug for pagina, _ in da_completare()}, "a draft that says it is enough"
