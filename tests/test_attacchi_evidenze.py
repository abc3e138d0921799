"""Attacks on evidence: what a person of the network could send that the form never sends."""

import io
import random
import zipfile
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from base.allegati import FileRifiutato, esamina
from programma import operazioni
from programma.flusso import PassaggioNonAmmesso
from programma.models import Criterio, Evidenza, ProgrammaPage, ProgrammiIndexPage
from programma.views.nuova import NuovaView

pytestmark = pytest.mark.django_db
NUOVA = reverse("programma:nuova")
SENZA_FINE = "9" * 30
"""More than any database holds in a key."""


@pytest.fixture
def criterio(programma):
    return Criterio.objects.get(programma=programma, codice="P1.1")


@pytest.fixture
def bozza(criterio, organizzazione_a, referente_a):
    """A draft of A, complete."""
    evidenza = Evidenza(
        organizzazione=organizzazione_a,
        titolo="Riunione",
        data="2025-03-05",
        argomento="Conciliazione",
        persone_coinvolte="Il gruppo",
        descrizione="Verbale",
    )
    return operazioni.salva_bozza(evidenza, referente_a, [criterio], [organizzazione_a])


@pytest.fixture
def campi(criterio, organizzazione_a):
    """A post of the form, with something changed."""

    def compilati(**cambiati):
        return {
            "organizzazione": organizzazione_a.pk,
            "criteri": [criterio.pk],
            "titolo": "Prova",
            "azione": "salva",
            "chiave": str(uuid4()),
            **cambiati,
        }

    return compilati


def test_executable_link__is_read_and_not_opened(bozza, manager, client_di):
    bozza.link = ["javascript:alert(document.cookie)", "JavaScript://x.it/%0aalert(1)", "https://comune.it/verbale"]
    bozza.save()
    pagina = client_di(manager).get(bozza.get_absolute_url()).content.decode()
    assert 'href="https://comune.it/verbale"' in pagina
    assert "javascript:alert(document.cookie)" in pagina
    assert 'href="javascript' not in pagina.lower()


@pytest.mark.parametrize("link", ["http://[::1", "https://a℀.it/", "http:///vuoto", "data:text/html,x"])
def test_sending__an_unreadable_address_is_an_error_of_its_field(bozza, referente_a, client_di, campi, link, programma):
    con_siti = Criterio.objects.exclude(link_ammessi=[]).filter(programma=programma).first()
    risposta = client_di(referente_a).post(NUOVA, campi(criteri=[con_siti.pk], link=link, azione="invia"))
    assert risposta.status_code == 200
    assert "link" in risposta.context["form"].errors


@pytest.mark.parametrize(
    "cambiati",
    [
        {"criteri": [SENZA_FINE]},
        {"criteri": ["²"]},
        {"organizzazioni": [SENZA_FINE]},
        {"progettualita": SENZA_FINE},
        {"organizzazione": SENZA_FINE},
        {"versione": SENZA_FINE},
        {"quantita": "1e5000"},
        {"quantita": "NaN"},
        {"titolo": "a\0b"},
        {"chiave": "x"},
    ],
)
def test_form__impossible_values_are_never_an_error_of_the_server(referente_a, client_di, campi, cambiati):
    assert client_di(referente_a).post(NUOVA, campi(**cambiati)).status_code in (200, 302)


@pytest.mark.parametrize(
    "indirizzo",
    [
        f"{NUOVA}?criterio=²",
        f"{NUOVA}?criterio={SENZA_FINE}",
        f"/admin/evidenze/programmi/{SENZA_FINE}/criteri/",
        f"/admin/evidenze/{SENZA_FINE}/",
        f"/admin/evidenze/coda/pagine/{SENZA_FINE}/",
    ],
)
def test_addresses__impossible_numbers_are_never_an_error_of_the_server(manager, client_di, indirizzo):
    assert client_di(manager).get(indirizzo).status_code in (200, 302, 404)


def test_queue__impossible_numbers_do_not_count(manager, client_di, bozza, referente_a):
    operazioni.invia(bozza, referente_a)
    dati = {"evidenza": [SENZA_FINE, "²-1", "-", "1-2-3-x", f"{bozza.pk}-{SENZA_FINE}"]}
    assert client_di(manager).post(reverse("programma:coda"), dati).status_code in (200, 302)


def test_key_of_another_organisation__makes_a_draft_of_their_own(
    bozza, referente_b, organizzazione_b, client_di, campi
):
    dati = campi(organizzazione=organizzazione_b.pk, chiave=str(bozza.chiave))
    assert client_di(referente_b).post(NUOVA, dati).status_code == 302
    bozza.refresh_from_db()
    assert bozza.titolo == "Riunione"
    assert Evidenza.objects.get(organizzazione=organizzazione_b).chiave != bozza.chiave


def test_same_page_sent_twice_at_once__is_one_draft(monkeypatch, referente_a, client_di, campi):
    dati, cliente, trova = campi(), client_di(referente_a), NuovaView.con_chiave
    in_gara = []

    def trova_dopo(vista, chiave):
        """The other post is saved after this one looked for it."""
        trovata = trova(vista, chiave)
        if not in_gara:
            in_gara.append(True)
            cliente.post(NUOVA, dati)
        return trovata

    monkeypatch.setattr(NuovaView, "con_chiave", trova_dopo)
    monkeypatch.setattr("programma.views.nuova.Evidenza.objects.filter", lambda **_: Evidenza.objects.none())
    assert client_di(referente_a).post(NUOVA, dati).status_code == 302
    assert Evidenza.objects.count() == 1


class TestCambiataMentreSiDecide:
    """Withdrawn, changed and sent again while the approver was reading: nobody approves what they did not read."""

    @pytest.fixture
    def cambia(self, bozza, referente_a):
        operazioni.invia(bozza, referente_a)
        letta = Evidenza.objects.get(pk=bozza.pk)

        def cambia():
            nuova = operazioni.richiama(letta, referente_a)
            nuova.titolo = "Mai letta"
            operazioni.salva_bozza(nuova, referente_a, nuova.criteri.all(), nuova.organizzazioni.all())
            operazioni.invia(nuova, referente_a)

        return letta, cambia

    @pytest.mark.parametrize("azione", ["approva", "restituisci"])
    def test_page_where_it_is_read__says_it_was_refused(self, cambia, criterio, manager, client_di, azione):
        letta, cambia = cambia
        cliente = client_di(manager)
        assert f'name="versione" value="{letta.versione}"' in cliente.get(letta.get_absolute_url()).content.decode()
        cambia()
        risposta = cliente.post(
            letta.get_absolute_url(),
            {
                "azione": azione,
                "versione": letta.versione,
                f"criterio-{criterio.pk}-quantita": "1",
                f"criterio-{criterio.pk}-nota": "",
                "restituisci-motivo": "Manca il verbale",
            },
            follow=True,
        )
        assert "è cambiata mentre la leggevi" in risposta.content.decode()
        assert Evidenza.objects.get(pk=letta.pk).stato == "inviata"

    def test_queue__refused(self, cambia, manager, client_di):
        letta, cambia = cambia
        cliente, coda = client_di(manager), reverse("programma:coda")
        assert f'value="{letta.pk}-{letta.versione}"' in cliente.get(coda).content.decode()
        cambia()
        risposta = cliente.post(coda, {"evidenza": [f"{letta.pk}-{letta.versione}"]})
        assert not risposta.context["fatte"] and len(risposta.context["rifiutate"]) == 1

    def test_operation__refused(self, cambia, manager):
        letta, cambia = cambia
        cambia()
        with pytest.raises(PassaggioNonAmmesso):
            operazioni.approva(letta, manager, versione=letta.versione)


def test_filters_of_the_register__do_not_tell_of_a_draft_programme(referente_a, manager, client_di):
    oggi = timezone.localdate()
    poi = oggi + timedelta(days=1)  # a draft whose days have begun takes evidence
    segreto = ProgrammaPage(title="Segreto", anno=oggi.year + 5, dal=poi, scadenza=poi, live=False, slug="segreto")
    ProgrammiIndexPage.objects.get().add_child(instance=segreto)
    Criterio.objects.create(
        programma=segreto,
        area="x",
        titolo="Compito segreto",
        codice="M1",
        posizione=1,
        indicatore="Indicatore segreto",
        regola="realizzazione",
        percentuale=100,
    )
    registro = reverse("programma:evidenze")
    for query in ("", f"?anno={segreto.anno}"):
        assert "segreto" not in client_di(referente_a).get(registro + query).content.decode()
    assert "Indicatore segreto" in client_di(manager).get(registro).content.decode()


def _archivio(*voci):
    """The same bytes whenever it is made: they are in the test's name, and every process must find the same tests."""
    contenuto = io.BytesIO()
    with zipfile.ZipFile(contenuto, "w") as archivio:
        for nome, testo in voci:
            archivio.writestr(zipfile.ZipInfo(nome), testo, zipfile.ZIP_DEFLATED)
    return contenuto.getvalue()


TIPI_DOCX = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


@pytest.mark.parametrize(
    ("nome", "buono"),
    [
        ("a.odt", _archivio(("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "testo " * 50))),
        ("a.docx", _archivio(("[Content_Types].xml", TIPI_DOCX), ("word/document.xml", "testo " * 50))),
    ],
)
def test_broken_file__is_refused_and_never_an_error_of_the_server(nome, buono):
    caso = random.Random(20250101)
    esamina(SimpleUploadedFile(nome, buono))
    for _ in range(600):
        dati = bytearray(buono)
        for _ in range(caso.randint(1, 6)):
            dati[caso.randrange(len(dati))] = caso.randrange(256)
        try:
            esamina(SimpleUploadedFile(nome, bytes(dati[: caso.randrange(len(dati) // 2, len(dati) + 1)])))
        except FileRifiutato:
            continue
