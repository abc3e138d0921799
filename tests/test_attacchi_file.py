"""Attacks with files of the site's library: what they contain counts, at every door."""

import io
import re

import PIL.Image
import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from PIL.ExifTags import IFD

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
        return client_di(referente_a).post(
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
def test_document__disguised_or_too_big_is_refused(carica, porta, nome, contenuto):
    carica(porta, nome, contenuto)
    assert not Documento.objects.exists()


def test_document__that_is_refused_says_what_to_do(carica):
    assert "salvalo come .docx o PDF" in carica("wagtaildocs:add_multiple", "atto.doc", b"x").json()["error_message"]


@pytest.mark.parametrize("porta", PORTE)
def test_document__good_is_taken(carica, porta):
    carica(porta, "verbale.pdf", b"%PDF-1.4 testo")
    assert Documento.objects.get().filename.startswith("verbale")


def test_picture__has_an_address_that_nobody_guesses():
    memoria = io.BytesIO()
    PIL.Image.new("RGB", (40, 40)).save(memoria, "PNG")
    immagine = Immagine.objects.create(title="Locandina", file=SimpleUploadedFile("locandina.png", memoria.getvalue()))
    for indirizzo in (immagine.file.url, immagine.get_rendition("width-20").url):
        assert re.search(r"/[0-9a-f]{12}-locandina[^/]*$", indirizzo)


def scatto(formato="JPEG"):
    """A picture with where, when and with what it was taken."""
    dati, memoria = PIL.Image.Exif(), io.BytesIO()
    dati[274], dati[271], dati[306] = 6, "Marca", "2025:06:12 10:15:00"
    dati.get_ifd(IFD.GPSInfo).update({1: "N", 2: (46.0, 4.0, 0.0)})
    PIL.Image.new("RGB", (400, 200), "teal").save(memoria, formato, exif=dati)
    return memoria.getvalue()


PORTE_IMMAGINI = {
    "wagtailimages:add": ("title", "file", "collection"),
    "wagtailimages:add_multiple": ("title", "files[]", "collection"),
    "wagtailimages_chooser:create": tuple(f"image-chooser-upload-{nome}" for nome in ("title", "file", "collection")),
}
"""The views that take a picture, each with the names of its fields."""


@pytest.fixture
def carica_immagine(referente_a, organizzazione_a, client_di):
    def carica(porta, nome, contenuto, titolo="Una foto"):
        nomi = PORTE_IMMAGINI[porta]
        dati = (titolo, SimpleUploadedFile(nome, contenuto), organizzazione_a.raccolta_id)
        return client_di(referente_a).post(
            reverse(porta), dict(zip(nomi, dati, strict=True)), HTTP_X_REQUESTED_WITH="XMLHttpRequest"
        )

    return carica


@pytest.mark.parametrize("porta", PORTE_IMMAGINI)
@pytest.mark.parametrize(
    ("nome", "formato"), [("a.jpg", "JPEG"), ("a.heic", "HEIF"), ("a.png", "PNG"), ("a.jpg", "MPO")]
)
def test_picture__is_published_without_place_date_and_camera(carica_immagine, porta, nome, formato):
    carica_immagine(porta, nome, scatto(formato))
    immagine = Immagine.objects.get()
    assert immagine.file.name.endswith("a.png" if formato == "PNG" else "a.jpg")
    for file in (immagine.file, immagine.get_rendition("width-100").file):
        with file.open("rb") as aperto:
            dati = aperto.read()
        assert b"Marca" not in dati and b"2025:06:12" not in dati
        assert set(PIL.Image.open(io.BytesIO(dati)).getexif()) <= {274}
    assert immagine.file_size == immagine.file.size


@pytest.mark.parametrize("porta", PORTE_IMMAGINI)
@pytest.mark.parametrize("taglio", [40, 300])
@pytest.mark.parametrize("formato", ["JPEG", "PNG", "HEIF", "WEBP"])
def test_picture__broken_is_refused_with_a_message(carica_immagine, porta, taglio, formato):
    intera = scatto(formato)
    risposta = carica_immagine(porta, f"a.{formato.lower()}", intera[:-taglio])
    assert not Immagine.objects.exists() and risposta.status_code == 200
    testo = risposta.content.decode()
    assert "rovinata" in (testo if testo[0] == "<" else " ".join(map(str, risposta.json().values())))


def test_picture_without_title__is_cleaned_when_completed_too(
    carica_immagine, client_di, referente_a, organizzazione_a
):
    chiave = carica_immagine("wagtailimages:add_multiple", "....heic", scatto("HEIF"), titolo="").json()[
        "uploaded_file_id"
    ]
    client_di(referente_a).post(
        reverse("wagtailimages:create_multiple_from_uploaded_image", args=[chiave]),
        {
            f"uploaded-image-{chiave}-title": "Ora sì",
            f"uploaded-image-{chiave}-collection": organizzazione_a.raccolta_id,
        },
        HTTP_X_REQUESTED_WITH="XMLHttpRequest",
    )
    with Immagine.objects.get().file.open("rb") as aperto:
        assert PIL.Image.open(aperto).format == "JPEG" and not aperto.seek(0) and b"Marca" not in aperto.read()


def test_pictures_of_before__are_cleaned_by_a_command(django_capture_on_commit_callbacks):
    buona = Immagine.objects.create(title="Buona", file=SimpleUploadedFile("b.png", scatto("PNG")))
    vecchia = Immagine.objects.create(title="Vecchia", file=SimpleUploadedFile("v.jpg", scatto()))
    rotta = Immagine.objects.create(title="Rotta", file=SimpleUploadedFile("r.jpg", scatto()))
    archivio, nome = vecchia.file.storage, vecchia.file.name
    for immagine, contenuto in ((vecchia, scatto()), (rotta, scatto()[:-300])):
        archivio.delete(immagine.file.name)
        archivio.save(immagine.file.name, ContentFile(contenuto))
    variante = vecchia.get_rendition("width-100").file.name
    righe = [
        f"{vecchia.pk} «Vecchia»: luogo, data o apparecchio: {{}}",
        f"{rotta.pk} «Rotta»: non si apre: è un'immagine rovinata o incompleta: caricala di nuovo, o salvala in un "
        "altro formato",
        "Immagini: 3; con qualcosa da dire: 2",
    ]
    assert comando("--dry-run") == "\n".join(righe).format("da togliere")
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError), transaction.atomic():
        comando()
        raise RuntimeError
    assert archivio.exists(nome), "what was undone took nothing away"
    with django_capture_on_commit_callbacks(execute=True):
        assert comando() == "\n".join(righe).format("tolti")
    vecchia.refresh_from_db()
    with vecchia.file.open("rb") as aperto:
        assert set(PIL.Image.open(aperto).getexif()) == {274}
    assert vecchia.file.name != nome and vecchia.file.name.endswith("-v.jpg") and not archivio.exists(nome)
    assert not vecchia.renditions.exists() and not archivio.exists(variante)
    assert Immagine.objects.get(pk=buona.pk).file.name == buona.file.name, "what is clean stays where it is"
    assert comando().splitlines()[-1] == "Immagini: 3; con qualcosa da dire: 1"


def comando(*argomenti):
    detto = io.StringIO()
    call_command("ripulisci_foto", *argomenti, stdout=detto)
    return detto.getvalue().strip()


def test_document__keeps_letters_and_signs_of_its_name(carica, client_di, referente_a):
    for porta, nome in zip(PORTE, ("perché 🎉.pdf", "🎉.pdf", "\u200b.pdf"), strict=True):
        carica(porta, nome, b"%PDF-1.4 testo")
    nomi = [documento.filename for documento in Documento.objects.order_by("pk")]
    assert nomi == ["perché_🎉.pdf", "🎉.pdf", "file.pdf"]
    for documento in Documento.objects.all():
        assert client_di(referente_a).get(documento.url).status_code in (200, 404)
