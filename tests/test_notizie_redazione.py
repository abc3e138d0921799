"""Writing a piece of news in the admin."""

import pytest
from django.urls import reverse

from notizie.models import NotiziaPage, SezioneNotiziePage

pytestmark = pytest.mark.django_db


def test_two_pieces_with_one_title__have_two_addresses(client_di, referente_a, organizzazione_a):
    sezione = SezioneNotiziePage.objects.get(organizzazione=organizzazione_a)
    dati = {
        "title": "Aperitivo in rete",
        "data": "01/03/2025",
        "sommario": "",
        "corpo-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    for _ in range(2):
        client_di(referente_a).post(f"/admin/pages/add/notizie/notiziapage/{sezione.pk}/", dati)
    assert sorted(NotiziaPage.objects.values_list("slug", flat=True)) == ["aperitivo-in-rete", "aperitivo-in-rete-2"]


def test_privacy_of_pages__is_not_to_be_set(client_di, superutente, organizzazione_a):
    sezione = SezioneNotiziePage.objects.get(organizzazione=organizzazione_a)
    client_di(superutente).post(
        reverse("wagtailadmin_pages:set_privacy", args=[sezione.pk]), {"restriction_type": "login"}
    )
    assert not sezione.view_restrictions.exists()


def test_box_of_text__has_a_name_for_who_listens_to_the_page(client_di, referente_a, organizzazione_a):
    sezione = SezioneNotiziePage.objects.get(organizzazione=organizzazione_a)
    modulo = client_di(referente_a).get(f"/admin/pages/add/notizie/notiziapage/{sezione.pk}/").content.decode()
    assert "&quot;ariaLabel&quot;: &quot;Testo&quot;" in modulo
