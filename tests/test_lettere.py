"""A mail sent on to the portal makes a draft of whoever our own server vouches for, and nobody else hears anything."""

import io
import zipfile
from datetime import date
from email.message import EmailMessage

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from PIL import Image

from base.models import MessaggioInUscita
from base.posta.lettera import MASSIMO, leggi_lettera
from programma import operazioni
from programma.models import AvvisiPersonali, Evidenza, Spunto
from programma.selettori.spunti import criterio_di

CASELLA, GARANTE = "evidenze@portale.example.org", "mx.portale.example.org"
PNG = io.BytesIO()
Image.new("RGB", (30, 30), "red").save(PNG, "PNG")
BUONO = f"{GARANTE}; dmarc=pass (p=reject) header.from=example.org"


def mail(da="Rita Rossi <referente.a@example.org>", risultati=BUONO, a=CASELLA, oggetto="Fwd: Verbale", **campi):
    lettera = EmailMessage()
    if risultati:
        lettera["Authentication-Results"] = risultati
    lettera["From"], lettera["To"], lettera["Subject"] = da, a, oggetto
    lettera["Message-ID"], lettera["Date"] = "<una@example.org>", "Thu, 20 Mar 2025 10:00:00 +0100"
    for nome, valore in campi.items():
        del lettera[nome.replace("_", "-")]
        lettera[nome.replace("_", "-")] = valore
    lettera.set_content("Vi mando il verbale dell'incontro del tavolo, il 5 marzo 2025.\n")
    return lettera


def letta(lettera, garante=GARANTE):
    return leggi_lettera(bytes(lettera) if isinstance(lettera, EmailMessage) else lettera, garante)


@pytest.mark.parametrize(
    ("risultati", "vale"),
    [
        (BUONO, True),
        (f"{GARANTE} 1; spf=fail; dkim=pass header.d=example.org", True),
        (f"{GARANTE}; spf=pass smtp.mailfrom=referente.a@example.org", True),
        (f'{GARANTE}; dkim=pass reason="ok; x=y" header.i=@example.org', True),
        (f"{GARANTE}; dmarc=fail header.from=example.org; dkim=pass header.d=example.org", False),
        (f"{GARANTE}; dmarc=pass header.from=altro.org", False),
        (f"{GARANTE}; dkim=pass header.d=altro.org; spf=pass smtp.mailfrom=x@altro.org", False),
        (f"{GARANTE}; dkim=fail (dkim=pass header.d=example.org) header.d=example.org", False),
        (f'{GARANTE}; dkim=fail reason="; dkim=pass header.d=example.org"', False),
        (f"{GARANTE}; dkim=pass header.d=altro.org header.d=example.org", False),
        (f"{GARANTE}; none", False),
        (f"(mx) altro.{GARANTE}; dmarc=pass header.from=example.org", False),
        ("((((", False),
        ("", False),
    ],
)
def test_sender__is_believed_only_where_our_server_vouches_for_that_domain(risultati, vale):
    assert letta(mail(risultati=risultati)).autentica is vale
    assert not letta(mail(risultati=risultati), garante="").autentica


def test_sender__forged_below_or_twice_is_not_believed():
    sotto = f"Authentication-Results: mx.altro.org; none\nAuthentication-Results: {BUONO}\n".encode()
    assert not letta(sotto + bytes(mail(risultati=""))).autentica
    due = b"From: x@example.org\n" + bytes(mail())
    assert letta(due).mittente == "" and not letta(due).autentica
    assert letta(mail(da="a@example.org, b@example.org")).mittente == ""


def test_odd_mail__is_read_or_is_nothing():
    nido = b"Content-Type: message/rfc822\n\n" * 3000
    for grezzo in (
        b"",
        b"\0\xff",
        nido,
        b"Content-Type: multipart/mixed; boundary=x\n\n--x\n" * 500,
        b"From: =?x?q?=\nSubject: =?utf-8?b?!!!?=\nContent-Type: text/plain; charset=boh\n\n\xff",
        b"Content-Type: text/plain; charset=zlib\nDate: boh\n\nx",
        b'Content-Type: image/png; name="../../\0a.png"\nContent-Transfer-Encoding: base64\n\n!!!',
    ):
        lettera = leggi_lettera(grezzo, GARANTE)
        assert lettera is None or not lettera.autentica
    html = mail()
    html.set_content("<style>p{}</style><p>Uno</p><script>x()</script>Due &lt; tre", subtype="html")
    assert letta(html).testo.split() == ["Uno", "Due", "<", "tre"]
    dentro = EmailMessage()
    dentro.add_attachment(mail())
    inoltrata = letta(dentro)
    assert inoltrata.file[0].nome.endswith(".eml") and "verbale dell'incontro" in inoltrata.testo


@pytest.fixture
def casella(tmp_path, settings):
    """The mailbox, and what reads it: `casella(mail, …)` says what the command said."""
    for nome in ("new", "cur", "tmp"):
        (tmp_path / nome).mkdir()
    settings.EVIDENZE_INDIRIZZO, settings.EVIDENZE_GARANTE = CASELLA, GARANTE
    settings.EVIDENZE_MAILDIR = str(tmp_path)

    def leggi(*lettere):
        for n, lettera in enumerate(lettere):
            (tmp_path / "new" / f"{n}.x").write_bytes(bytes(lettera))
        detto = io.StringIO()
        call_command("leggi_evidenze", settings.EVIDENZE_MAILDIR, stdout=detto)
        return detto.getvalue().splitlines()[0], len(list((tmp_path / "cur").iterdir()))

    return leggi


@pytest.fixture
def rita(referente_a):
    referente_a.email = "referente.a@example.org"
    referente_a.save()
    return referente_a


@pytest.mark.django_db
def test_mail__of_who_acts_for_one_body_is_a_draft_with_its_files_and_a_criterion(casella, programma, rita, nel_2025):
    lettera = mail()
    lettera.add_attachment(PNG.getvalue(), maintype="image", subtype="png", filename="foto.png")
    lettera.add_attachment(b"MZ\x90", maintype="application", subtype="x-msdownload", filename="virus.exe")
    bomba = io.BytesIO()
    with zipfile.ZipFile(bomba, "w", zipfile.ZIP_DEFLATED) as archivio:
        archivio.writestr("daticert.xml", b"0" * 60_000_000)
    lettera.add_attachment(bomba.getvalue(), maintype="application", subtype="zip", filename="pec.zip")
    assert casella(lettera) == ("Mail prese: 1; altri messaggi, lasciati: 0", 0)
    bozza = Evidenza.objects.get()
    assert (bozza.stato, bozza.titolo, bozza.data) == ("bozza", "Verbale", date(2025, 3, 5))
    assert "incontro del tavolo" in bozza.descrizione and list(bozza.autori.all()) == [rita]
    assert [c.unita for c in bozza.criteri.all()] and [a.nome for a in bozza.allegati.all()] == ["foto.png"]
    uscita = MessaggioInUscita.objects.get()
    assert uscita.email == rita.email and "da confermare" in uscita.oggetto
    testo = str(uscita.contenuto)
    assert "virus.exe" in testo and "pec.zip" in testo and f"/{bozza.pk}/modifica/" in testo
    assert casella(lettera)[0].startswith("Mail prese: 1") and Evidenza.objects.count() == 1
    assert MessaggioInUscita.objects.count() == 1


@pytest.mark.django_db
def test_mail__of_strangers_programs_and_the_portal_makes_nothing_and_is_not_answered(
    casella, programma, rita, settings
):
    settings.DEFAULT_FROM_EMAIL = "Portale <portale@example.org>"
    lettere = [
        mail(da="nessuno@example.org"),
        mail(risultati=""),
        mail(risultati="mx.altro.org; dmarc=pass header.from=example.org"),
        mail(Auto_Submitted="auto-replied"),
        mail(Precedence="bulk"),
        mail(Return_Path="<>"),
        mail(X_Autoreply="yes"),
        mail(da="portale@example.org"),
        mail(da=CASELLA, risultati=f"{GARANTE}; dmarc=pass header.from=portale.example.org"),
        mail(a=f"evidenze+{'a' * 24}@portale.example.org"),
        b"From: referente.a@example.org\n" * 3 + b"\xff\0",
    ]
    detto, rimaste = casella(*lettere)
    assert detto == f"Mail prese: 0; altri messaggi, lasciati: {len(lettere)}" and rimaste == len(lettere)
    rita.is_active = False
    rita.save()
    assert casella(mail())[0].startswith("Mail prese: 0")
    assert not Evidenza.objects.exists() and not Spunto.objects.exists() and not MessaggioInUscita.objects.exists()


@pytest.mark.django_db
def test_secret_address__is_enough_until_it_is_changed_and_a_flood_stops(casella, programma, rita, nel_2025):
    operazioni.cambia_indirizzo_di_posta(rita)
    chiave = AvvisiPersonali.objects.get().chiave_posta
    segreta = {
        "da": "casa@altrove.example",
        "risultati": "",
        "Delivered_To": f"Evidenze+{chiave.upper()}@portale.example.org",
    }
    assert casella(mail(**segreta))[0].startswith("Mail prese: 1")
    operazioni.cambia_indirizzo_di_posta(rita)
    assert casella(mail(**segreta, Message_ID="<due@x>"))[0].startswith("Mail prese: 0")
    Spunto.objects.bulk_create(Spunto(persona=rita, lettera=str(n)) for n in range(operazioni.spunti.AL_GIORNO))
    assert casella(mail(Message_ID="<tre@x>"))[0].startswith("Mail prese: 0")
    assert Evidenza.objects.count() == 1


@pytest.mark.django_db
def test_mail__of_who_acts_for_two_bodies_asks_and_its_files_wait(
    casella, programma, rita, organizzazione_b, client_di, nel_2025
):
    rita.groups.add(Group.objects.get(organizzazione=organizzazione_b))
    png = io.BytesIO()
    Image.new("RGB", (2200, 1700), "red").save(png, "PNG", compress_level=0)
    assert len(png.getvalue()) > 10 * 1024 * 1024
    lettera = mail()
    lettera.add_attachment(png.getvalue(), maintype="image", subtype="png", filename="grande.png")
    casella(lettera)
    assert not Evidenza.objects.exists()
    spunto = Spunto.objects.get()
    assert f"spunto={spunto.chiave}" in str(MessaggioInUscita.objects.get().contenuto)
    client = client_di(rita)
    scelta = client.get("/admin/evidenze/nuova/", {"spunto": spunto.chiave}).content.decode()
    assert "Verbale" in scelta and "grande.jpg" in scelta
    criterio = criterio_di(spunto)
    indirizzo = f"/admin/evidenze/nuova/?criterio={criterio.pk}&data=2025-03-05&spunto={spunto.chiave}"
    form = client.get(indirizzo).context["form"]
    assert form["titolo"].value() == "Verbale" and not form["organizzazione"].value()
    assert not Evidenza.objects.exists()
    dati = {"criteri": criterio.pk, "titolo": "Verbale", "organizzazione": organizzazione_b.pk, "azione": "salva"}
    assert client.post(indirizzo, dati).status_code == 302
    bozza = Evidenza.objects.get()
    allegato = bozza.allegati.get()
    assert (
        allegato.nome == "grande.jpg"
        and allegato.dimensione < 10 * 1024 * 1024
        and allegato.file.read(2) == b"\xff\xd8"
    )
    spunto.refresh_from_db()
    assert spunto.usato_il and not spunto.testo and not spunto.file.exists() and not spunto.rifiuti
    assert client.get(indirizzo).url == bozza.get_absolute_url()


@pytest.mark.django_db
def test_mail__of_who_acts_for_no_active_body_reads_why_and_of_what_is_too_big_the_text_stays(
    casella, programma, rita, organizzazione_a, nel_2025
):
    lettera = bytes(mail()) + b" " * MASSIMO
    letta_ = leggi_lettera(lettera, GARANTE)
    assert not letta_.intera and "verbale" in letta_.testo
    organizzazione_a.attiva = False
    organizzazione_a.save()
    casella(mail())
    assert not Spunto.objects.exists()
    assert "non è diventata una bozza" in MessaggioInUscita.objects.get().oggetto
