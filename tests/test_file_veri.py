"""What people really send as proof: pictures of phones, signed files, letters, receipts; and what they are told."""

import base64
import io
import zipfile

import PIL.Image
import PIL.ImageCms
import PIL.ImageFile
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL.ExifTags import IFD

from base.allegati import CONSIGLI, PUBBLICI, TIPI, FileRifiutato, esamina
from base.formati import foto
from base.formati.nomi_di_file import dentro_la_firma, nome_leggibile, nome_per_il_disco
from programma import operazioni
from programma.models import Evidenza

OOXML = "application/vnd.openxmlformats-officedocument."
FIRMATO = bytes.fromhex("06092a864886f70d010702")


def carica(nome, contenuto):
    return SimpleUploadedFile(nome, contenuto)


def archivio(**voci):
    memoria = io.BytesIO()
    with zipfile.ZipFile(memoria, "w") as aperto:
        for nome, testo in voci.items():
            aperto.writestr(zipfile.ZipInfo(nome), testo)
    return memoria.getvalue()


def ufficio(parte, tipo, dichiarata=None, genere="Override", **altre):
    attributo = "PartName" if genere == "Override" else "Extension"
    tipi = (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<{genere} {attributo}="{dichiarata or "/" + parte}" ContentType="{tipo}"/></Types>'
    )
    return archivio(**{"[Content_Types].xml": tipi, parte: "<x/>"} | altre)


def scatto(formato="JPEG", lato=(40, 20), **opzioni):
    """A picture as a phone takes it: turned, with where, when and with what."""
    dati = PIL.Image.Exif()
    dati[274], dati[271], dati[306] = 6, "Marca", "2025:06:12 10:15:00"
    dati.get_ifd(IFD.GPSInfo).update({1: "N", 2: (46.0, 4.0, 0.0)})
    memoria = io.BytesIO()
    PIL.Image.new("RGB", lato, "teal").save(memoria, formato, **({"exif": dati} | opzioni))
    return memoria.getvalue()


def mpo():
    memoria = io.BytesIO()
    grande, piccola = (PIL.Image.new("RGB", lato, "teal") for lato in ((40, 20), (20, 10)))
    grande.save(memoria, "MPO", save_all=True, append_images=[piccola])
    return memoria.getvalue()


PEC = {"daticert.xml": "<postacert/>", "postacert.eml": "From: a@b.it", "smime.p7s": "x"}
CMS = b"\x30\x20" + FIRMATO + b"\xa0\x13" + b"%PDF" + b"x" * 15


@pytest.mark.parametrize(
    ("nome", "contenuto"),
    [
        ("foto.jpg", mpo()),
        ("foto.heic", scatto("HEIF")),
        ("foto.HEIC", scatto("HEIF")),
        ("verbale.docx", ufficio("word/document2.xml", f"{OOXML}wordprocessingml.document.main+xml")),
        (
            "verbale.docx",
            ufficio("word/Document.xml", f"{OOXML}wordprocessingml.document.main+xml", "/word/document.xml"),
        ),
        ("foglio.xlsx", ufficio("xl/libro.xml", f"{OOXML}spreadsheetml.sheet.main+xml", "xml", "Default")),
        ("verbale.pdf.p7m", b"\x30\x80" + FIRMATO + b"%PDF-1.4"),
        ("verbale.pdf.p7m", CMS),
        ("verbale.pdf.p7m", b"-----BEGIN PKCS7-----\n" + base64.encodebytes(CMS) + b"-----END PKCS7-----\n"),
        ("verbale.pdf.P7M", base64.encodebytes(CMS)),
        (
            "verbale.pdf.p7m",
            b"-----BEGIN PKCS #7-----\n" + base64.encodebytes(CMS) + b"-----END PKCS #7-----",
        ),
        ("smime.p7m", b"MIME-Version: 1.0\r\nContent-Type: x;\r\n y\r\n\r\n" + base64.encodebytes(CMS)),
        ("mail.eml", b"\r\n\r\nFrom: anna@example.org\r\nSubject: Adesione\r\n\r\nCiao"),
        ("mail.eml", b"Received: da\r\nFrom: anna@example.org\r\nSubject: Adesione\r\n\r\nCiao"),
        ("mail.msg", bytes.fromhex("d0cf11e0a1b11ae1") + "__substg1.0_0037001F".encode("utf-16-le")),
        ("ricevuta.zip", archivio(**PEC)),
        ("ricevuta.zip", archivio(**{"consegna/messaggio.eml": "From: a@b.it", "consegna/atto.pdf.p7m": "x"})),
        ("elenco.txt", "uno\tdue".encode("utf-16")),
    ],
    ids=lambda valore: valore if isinstance(valore, str) else "x",  # no bytes in the names of tests
)
def test_good_proof__is_taken(nome, contenuto):
    accettato = esamina(carica(nome, contenuto))
    assert accettato.nome == nome and accettato.tipo == TIPI[nome.rpartition(".")[2].lower()]


@pytest.mark.parametrize(
    ("nome", "contenuto", "detto"),
    [
        ("foto.jpg", scatto(lato=(400, 300))[:-400], "rovinata o incompleta"),
        ("foto.png", scatto("PNG", (400, 300))[:-200], "rovinata o incompleta"),
        ("foto.heic", scatto("HEIF")[:-60], "rovinata o incompleta"),
        ("foto.jpg", scatto("PNG"), "non contiene un'immagine jpg"),
        ("foto.jpg", b"<html>", "rovinata o incompleta"),
        (
            "verbale.docx",
            ufficio("xl/workbook.xml", f"{OOXML}spreadsheetml.sheet.main+xml"),
            "non contiene un file docx",
        ),
        ("verbale.docx", ufficio("x.xml", f"{OOXML}wordprocessingml.document.main+xml", "/y.xml"), "non contiene"),
        (
            "verbale.docx",
            ufficio("word/document.xml", "application/vnd.ms-word.document.macroEnabled.main+xml"),
            "non contiene",
        ),
        (
            "verbale.docx",
            ufficio("word/d.xml", f"{OOXML}wordprocessingml.document.main+xml", **{"word/vbaProject.bin": "x"}),
            "non contiene",
        ),
        (
            "verbale.docx",
            archivio(**{"[Content_Types].xml": '<!DOCTYPE a [<!ENTITY b "c">]><Types>&b;</Types>'}),
            "non contiene",
        ),
        ("verbale.pdf.p7m", b"%PDF-1.4 non firmato", "non contiene un file p7m"),
        ("verbale.pdf.p7m", CMS[:20], "non contiene un file p7m"),
        ("verbale.pdf.p7m", b"\x30\x84\x7f\xff\xff\xff" + FIRMATO, "non contiene un file p7m"),
        (
            "verbale.pdf.p7m",
            b"-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----",
            "non contiene un file p7m",
        ),
        ("mail.eml", b"<html><body>From: x</body></html>", "non contiene un file eml"),
        ("mail.eml", b"Ciao, ti scrivo", "non contiene un file eml"),
        ("mail.msg", bytes.fromhex("d0cf11e0a1b11ae1") + b"WordDocument", "non contiene un file msg"),
        ("foto.zip", archivio(**{"a.jpg": "x"}), "solo quello di una ricevuta PEC"),
        ("foto.zip", archivio(**PEC, **{"macro.exe": "x"}), "solo quello di una ricevuta PEC"),
        ("foto.zip", archivio(**PEC, **{"a/../../b.txt": "x"}), "solo quello di una ricevuta PEC"),
        ("foto.zip", archivio(**{"testo.txt": "x"}), "solo quello di una ricevuta PEC"),
        ("foto.zip", archivio(**{f"{n}.eml": "x" for n in range(51)}), "solo quello di una ricevuta PEC"),
        ("foto.zip", b"PK\x03\x04", "solo quello di una ricevuta PEC"),
        *((f"file.{estensione}", b"\xd0\xcf\x11\xe0", consiglio) for estensione, consiglio in CONSIGLI.items()),
    ],
    ids=lambda valore: valore if isinstance(valore, str) else "x",  # no bytes in the names of tests
)
def test_bad_proof__is_refused_with_what_to_do(nome, contenuto, detto):
    with pytest.raises(FileRifiutato, match=detto.replace(".", r"\.")):
        esamina(carica(nome, contenuto))


@pytest.mark.parametrize(
    ("scritto", "letto", "sul_disco"),
    [
        ("perché 🎉.pdf", "perché 🎉.pdf", "perché_🎉.pdf"),
        ("perche\u0301.pdf", "perché.pdf", "perché.pdf"),
        ("🎉.pdf", "🎉.pdf", "🎉.pdf"),
        ("....pdf", "file.pdf", "file.pdf"),
        (".pdf", "file.pdf", "file.pdf"),
        ("\u200b\u202e.pdf", "file.pdf", "file.pdf"),
        ("???.pdf", "???.pdf", "file.pdf"),
        ("C:\\tmp\\a/b:c.pdf", "b:c.pdf", "bc.pdf"),
        ("Übersicht 会議.pdf", "Übersicht 会議.pdf", "Übersicht_会議.pdf"),
    ],
)
def test_name_of_a_file__keeps_what_was_written_and_is_never_empty(scritto, letto, sul_disco):
    assert (nome_leggibile(scritto), nome_per_il_disco(scritto)) == (letto, sul_disco)


def test_long_name__keeps_its_extension_and_fits():
    lungo = "🎉" * 300 + ".pdf"
    assert len(nome_leggibile(lungo)) <= 200 and nome_leggibile(lungo).endswith("🎉.pdf")
    assert len(nome_per_il_disco(lungo).encode()) < 200 and nome_per_il_disco(lungo).endswith("🎉.pdf")


def test_signed_file__says_the_name_of_what_is_inside():
    nomi = ("verbale.pdf.p7m", "Atto.PDF.p7m.P7M", "verbale.p7m", "verbale.pdf", ".p7m")
    assert [dentro_la_firma(nome) for nome in nomi] == ["verbale.pdf", "Atto.PDF", "", "", ""]


def test_public_documents__are_those_that_the_library_takes(settings):
    assert tuple(settings.WAGTAILDOCS_EXTENSIONS) == PUBBLICI and set(PUBBLICI) <= set(TIPI)


@pytest.mark.parametrize(
    ("nome", "contenuto", "resta"),
    [
        ("a.jpg", scatto(comment=b"casa mia"), {274: 6}),
        ("a.jpg", scatto("JPEG", progressive=True), {274: 6}),
        ("a.png", scatto("PNG"), {274: 6}),
        ("a.webp", scatto("WEBP"), {274: 6}),
        ("a.webp", scatto("WEBP", lossless=True), {274: 6}),
        ("a.gif", scatto("GIF", comment=b"casa mia"), {}),
        ("a.jpg", mpo(), {}),
        ("a.heic", scatto("HEIF"), {}),
    ],
    ids=lambda valore: valore if isinstance(valore, str) else "x",  # no bytes in the names of tests
)
def test_picture__is_published_without_where_when_and_with_what(nome, contenuto, resta):
    assert foto.dati_nascosti(io.BytesIO(contenuto), nome)
    pulita, nuovo = foto.ripulisci(io.BytesIO(contenuto), nome)
    aperta = PIL.Image.open(io.BytesIO(pulita))
    assert dict(aperta.getexif()) == resta and not foto.dati_nascosti(io.BytesIO(pulita), nuovo)
    assert b"Marca" not in pulita and b"2025:06" not in pulita and b"casa mia" not in pulita
    assert nuovo == nome.replace("heic", "jpg")
    (rosso, verde, blu), atteso = aperta.convert("RGB").getpixel((5, 5)), (0, 128, 128)
    assert all(abs(c - a) < 8 for c, a in zip((rosso, verde, blu), atteso, strict=True)), "it looks the same"


def test_colour_profile__stays():
    profilo = PIL.ImageCms.ImageCmsProfile(PIL.ImageCms.createProfile("sRGB")).tobytes()
    pulita, _ = foto.ripulisci(io.BytesIO(scatto(icc_profile=profilo)), "a.jpg")
    assert PIL.Image.open(io.BytesIO(pulita)).info["icc_profile"] == profilo


def test_moving_picture__still_moves_and_its_size_is_that_of_all(monkeypatch):
    memoria = io.BytesIO()
    primo, secondo = (PIL.Image.new("RGB", (9, 9), colore) for colore in ("red", "blue"))
    primo.save(memoria, "GIF", save_all=True, append_images=[secondo], duration=80)
    pulita, _ = foto.ripulisci(memoria, "a.gif")
    assert PIL.Image.open(io.BytesIO(pulita)).n_frames == 2
    monkeypatch.setattr(foto, "MASSIMO_PIXEL", 9 * 9 * 2 - 1)
    with pytest.raises(foto.FotoRifiutata, match="troppo grande"):
        foto.apri(memoria, "a.gif")


@pytest.mark.django_db
def test_signed_proof__is_kept_whole_and_names_what_is_inside(client_di, referente_a, organizzazione_a, programma):
    evidenza = operazioni.salva_bozza(Evidenza(organizzazione=organizzazione_a, titolo="x"), referente_a, [])
    client = client_di(referente_a)
    indirizzo = reverse("programma:modifica", args=[evidenza.pk])
    for nome, contenuto in (("verbale.pdf.p7m", CMS), ("🎉.jpg", mpo()), ("rotta.jpg", scatto()[:-9])):
        risposta = client.post(
            indirizzo, {"titolo": "x", "versione": evidenza.versione, "allegati": carica(nome, contenuto)}, follow=True
        )
        evidenza.refresh_from_db()
        assert risposta.status_code == 200
    assert "rovinata o incompleta" in risposta.content.decode()
    assert [allegato.nome for allegato in evidenza.allegati.all()] == ["verbale.pdf.p7m", "🎉.jpg"]
    assert "«verbale.pdf» con firma digitale" in client.get(indirizzo).content.decode()
    with evidenza.allegati.first().file.open() as tenuto:
        assert tenuto.read() == CMS


def test_half_a_picture__is_refused_after_a_document_was_printed(monkeypatch):
    monkeypatch.setattr(PIL.ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint leaves it
    memoria = io.BytesIO()
    PIL.Image.effect_noise((60, 60), 90).convert("RGB").save(memoria, "JPEG")
    with pytest.raises(FileRifiutato, match="rovinata o incompleta"):
        esamina(carica("foto.jpg", memoria.getvalue()[: memoria.tell() // 2]))
