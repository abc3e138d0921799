"""The printed guide at its addresses."""

import pytest
from django.core.files.storage import default_storage

from guide import operazioni
from guide.models import (
    Fascicolo,
)

pytestmark = pytest.mark.django_db


def test_booklet__is_at_a_stable_address_and_is_not_sent_twice(tipografia, nido, client):
    operazioni.rifai()
    risposta = client.get("/fascicoli/family-guide.pdf")
    assert risposta.status_code == 200 and risposta["Content-Type"] == "application/pdf"
    assert b"".join(risposta.streaming_content).startswith(b"%PDF")
    assert "public" in risposta["Cache-Control"] and not risposta.cookies and "Cookie" not in risposta.get("Vary", "")
    assert 'filename="family-guide.pdf"' in risposta["Content-Disposition"]
    for condizione in ({"HTTP_IF_NONE_MATCH": risposta["ETag"]}, {"HTTP_IF_MODIFIED_SINCE": risposta["Last-Modified"]}):
        assert client.get("/fascicoli/family-guide.pdf", **condizione).status_code == 304
    assert client.get("/fascicoli/family-guide-cura-dei-piccoli.pdf").status_code == 200
    assert client.get("/fascicoli/family-guide-niente.pdf").status_code == 404
    for forma, di_chi in (("da piegare", ("", "-cura-dei-piccoli")), ("grande", ("",))):
        for chi in di_chi:
            risposta = client.get(f"/fascicoli/family-guide{chi}-{forma.replace(' ', '-')}.pdf")
            assert forma.encode() in b"".join(risposta.streaming_content)
    assert client.get("/fascicoli/family-guide-cura-dei-piccoli-grande.pdf").status_code == 404
    default_storage.delete(Fascicolo.objects.get(chiave="").file.name)
    assert client.get("/fascicoli/family-guide.pdf").status_code == 404


def test_guide__offers_the_booklets_on_its_home_only(tipografia, nido, client):
    assert b"guida-carta" not in client.get("/family-guide/").content
    operazioni.rifai()
    html = client.get("/family-guide/").content.decode()
    assert 'href="/fascicoli/family-guide.pdf"' in html and "12 pagine" in html
    for altro in ("-grande", "-da-piegare", "-cura-dei-piccoli-da-piegare"):
        assert f'href="/fascicoli/family-guide{altro}.pdf"' in html
    assert 'href="/fascicoli/family-guide-cura-dei-piccoli.pdf"' in html
    assert b"guida-carta" not in client.get("/family-guide/?q=nido").content
    assert b"guida-carta" not in client.get("/family-guide/asif-chimelli/").content
