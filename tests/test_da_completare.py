"""What only the District can write: told to the manager with its place, never to the public."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from home.models import ContenutoPage
from home.selettori import contesto_cerca, da_completare
from notizie.models import NotiziaPage, SezioneNotiziePage
from organizzazioni.operazioni import pubblica_nuova

pytestmark = pytest.mark.django_db


def test_service_pages__say_nothing_in_public_of_what_is_missing(client):
    for pagina in ContenutoPage.objects.live():
        html = client.get(pagina.get_url()).content.decode()
        assert "da completare" not in html.lower() and "da_completare" not in html, pagina.slug
        assert "[" not in html.partition("<main")[2].partition("</main>")[0], pagina.slug
        for _, mancano in da_completare():
            assert all(str(manca["che_cosa"]) not in html for manca in mancano)


@pytest.mark.parametrize("campo", ["titolo", "che_cosa"])
def test_words_that_stand_only_in_the_block__find_nothing(campo):
    licenza = ContenutoPage.objects.get(slug="licenza")
    manca = {"titolo": "Manca", "che_cosa": "Da scrivere", campo: "Zirconetto"}
    licenza.corpo = [("da_completare", manca), ("titolo", "Ornitottero")]
    licenza.save_revision().publish()
    trovate = {parola: contesto_cerca(parola, "", 1)["risultati"] for parola in ("ornitottero", "zirconetto")}
    assert [risultato.nome for risultato in trovate["ornitottero"]] == [licenza.title]
    assert not list(trovate["zirconetto"])


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


@pytest.mark.parametrize(("giorni", "detto"), [(89, False), (90, True)])
def test_site_without_news__tells_the_manager_and_not_the_visitor(
    client, client_di, manager, referente_a, organizzazione_a, giorni, detto
):
    casa, frase = reverse("wagtailadmin_home"), "non ha notizie da un po"
    assert frase not in client_di(manager).get(casa).content.decode(), "a site that begins has none yet"
    sezione = SezioneNotiziePage.objects.get(organizzazione=organizzazione_a)
    notizia = pubblica_nuova(sezione, NotiziaPage(title="Festa", data=date(2025, 5, 5)))
    # Days of the calendar: counted back in hours, a change of the clocks between would make one less at night.
    uscita = timezone.localtime().replace(hour=12) - timedelta(days=giorni)
    NotiziaPage.objects.filter(pk=notizia.pk).update(first_published_at=uscita)
    assert (frase in client_di(manager).get(casa).content.decode()) == detto
    assert frase not in client_di(referente_a).get(casa).content.decode() + client.get("/").content.decode()
