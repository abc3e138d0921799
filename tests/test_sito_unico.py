"""What every public page begins from is read at once where there is one site; else Wagtail asks by itself."""

import pytest
from django.test import RequestFactory
from wagtail.models import Site

from home.inizio import prepara
from organizzazioni.models import Distretto

pytestmark = pytest.mark.django_db


@pytest.fixture
def richiesta():
    return RequestFactory().get("/", HTTP_HOST="localhost")


def test_one_site__is_found_with_its_home_and_its_district_in_one_query(richiesta, django_assert_num_queries):
    Distretto.for_site(Site.objects.get())
    with django_assert_num_queries(1):
        prepara(richiesta)
    with django_assert_num_queries(0):
        assert Site.find_for_request(richiesta).root_page.specific.get_url(richiesta) == "/"
        assert Distretto.for_request(richiesta).site.is_default_site


def test_two_sites__are_told_apart_by_wagtail(richiesta):
    altro = Site.objects.create(hostname="altro.example.org", root_page=Site.objects.get().root_page)
    richiesta.META["HTTP_HOST"] = "altro.example.org"
    prepara(richiesta)
    assert Site.find_for_request(richiesta) == altro
