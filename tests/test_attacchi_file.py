"""Attacks with files of the site's library: what they contain counts, at every door."""

import io
import re

import PIL.Image
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from base.allegati import MASSIMO_BYTE
from base.models import Documento, Immagine

pytestmark = pytest.mark.django_db

PORTE = {
    "wagtaildocs:add": ("title", "file", "collection"),
    "wagtaildocs:add_multiple": ("title", "files[]", "collection"),
    "wagtaildocs_chooser:create": tuple(f"document-chooser-upload-{nome}" for nome in ("title", "file", "collection")),
}
"""The views that take a document, each with the names of its fields."""


@pytest.fixture
def carica(referente_a, organizzazione_a, client_di):
    def carica(porta, nome, contenuto):
        titolo, file, raccolta = PORTE[porta]
        client_di(referente_a).post(
            reverse(porta),
            {titolo: "Un file", file: SimpleUploadedFile(nome, contenuto), raccolta: organizzazione_a.raccolta_id},
            HTTP_X_REQUESTED_WITH="XMLHttpRequest",
        )

    return carica


@pytest.mark.parametrize("porta", PORTE)
@pytest.mark.parametrize(
    ("nome", "contenuto"),
    [
        ("verbale.pdf", b"<html><script>alert(1)</script></html>"),
        ("verbale.txt", b"<!doctype html><script>alert(1)</script>"),
        ("elenco.xlsx", b"PK non un foglio"),
        ("vuoto.pdf", b""),
        ("grande.txt", b"x" * (MASSIMO_BYTE + 1)),
    ],
)
def test_documento__travestito_o_troppo_grande_rifiutato(carica, porta, nome, contenuto):
    carica(porta, nome, contenuto)
    assert not Documento.objects.exists()


@pytest.mark.parametrize("porta", PORTE)
def test_documento__buono_accettato(carica, porta):
    carica(porta, "verbale.pdf", b"%PDF-1.4 testo")
    assert Documento.objects.get().filename.startswith("verbale")


def test_immagine__ha_un_indirizzo_che_non_si_indovina():
    memoria = io.BytesIO()
    PIL.Image.new("RGB", (40, 40)).save(memoria, "PNG")
    immagine = Immagine.objects.create(title="Locandina", file=SimpleUploadedFile("locandina.png", memoria.getvalue()))
    for indirizzo in (immagine.file.url, immagine.get_rendition("width-20").url):
        assert re.search(r"/[0-9a-f]{12}-locandina[^/]*$", indirizzo)
