"""The V.A.M.T. report and the package: one source for every format, what is approved and nothing else."""

import csv
import hashlib
import io
import json
import zipfile
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from docx import Document

from base.allegati import esamina
from documenti.resa import in_docx, in_pdf
from documenti.tipi import TIPI, resa_di, scrivi
from documenti.tipi.relazione_vamt import COLONNE, celle, in_corpo, punteggio_in_parole, relazione_vamt
from programma import operazioni
from programma.models import Evidenza, ProgrammaPage
from programma.operazioni.evidenze import Riconosciuto

pytestmark = pytest.mark.django_db
LUNGO = "Un titolo lungo " * 11 + "🎉 مرحبا"


@pytest.fixture
def bozza(organizzazione_a, referente_a, programma):
    """A complete draft for P1.1, with a file that says `verbale`."""

    def crea(titolo="Tavolo con il Comune", **campi):
        campi = {"argomento": "Orari dei nidi", "persone_coinvolte": "Il gruppo di lavoro", **campi}
        evidenza = Evidenza(organizzazione=organizzazione_a, titolo=titolo, **{"data": date(2025, 3, 5), **campi})
        criteri = list(programma.criteri.filter(codice="P1.1"))
        operazioni.salva_bozza(evidenza, referente_a, criteri, [organizzazione_a])
        file = SimpleUploadedFile("verbale.txt", b"verbale")
        operazioni.allega(evidenza, referente_a, file, esamina(file))
        return evidenza

    return crea


@pytest.fixture
def riconosciuta(bozza, referente_a, manager):
    """Evidence for P1.1 that the manager approved."""

    def fai(*come, **campi):
        evidenza = operazioni.invia(bozza(**campi), referente_a)
        return operazioni.approva(evidenza, manager, *come)

    return fai


def detto(programma):
    return json.loads(scrivi("relazione-vamt", programma, timezone.localdate(), "json"))


def del_criterio(dati, codice):
    return next(criterio for criterio in dati["criteri"] if criterio["codice"] == codice)


def test_json__holds_what_is_approved_and_its_score(programma, riconosciuta, bozza):
    evidenza = riconosciuta()
    bozza(titolo="Una bozza")
    dati = detto(programma)
    assert dati["anno"] == 2025 and dati["al"] == timezone.localdate().isoformat()
    criterio = del_criterio(dati, "P1.1")
    (sua,) = criterio["evidenze"]
    assert sua == {
        "data": evidenza.data.isoformat(),
        "titolo": "Tavolo con il Comune",
        "argomento": "Orari dei nidi",
        "persone_coinvolte": "Il gruppo di lavoro",
        "organizzazioni": ["ASIF Chimelli"],
        "quantita": 1,
        "file": [{"nome": "verbale.txt", "sha256": hashlib.sha256(b"verbale").hexdigest()}],
    }
    uscita = io.StringIO()
    call_command("punteggi", "2025", formato="json", stdout=uscita)
    dei_punteggi = {uno["codice"]: uno for uno in json.loads(uscita.getvalue())["criteri"]}
    assert [uno["codice"] for uno in dati["criteri"]] == list(dei_punteggi)
    for uno in dati["criteri"]:
        atteso = dei_punteggi[uno["codice"]]
        assert (uno["punteggio"], uno["spiegazione"]) == (atteso["punteggio"], atteso["spiegazione"])


def test_json__what_is_revoked_or_recognised_as_nothing_is_not_in_it(
    programma, riconosciuta, manager, bozza, referente_a
):
    operazioni.revoca(riconosciuta(titolo="Revocata"), manager, "Non è del Distretto")
    chiave = programma.criteri.get(codice="P1.1").pk
    riconosciuta({chiave: Riconosciuto(Decimal(0), "Era di un altro anno")}, titolo="Niente", data=date(2025, 4, 1))
    assert not any(criterio["evidenze"] for criterio in detto(programma)["criteri"])


def test_formats__say_the_same(programma, riconosciuta, pango):
    riconosciuta(titolo=LUNGO[:190])
    riconosciuta(titolo="Un altro tavolo", data=date(2025, 4, 2), argomento="Le mense")
    relazione = relazione_vamt(programma, timezone.localdate())
    dati = json.loads(resa_di(TIPI["relazione-vamt"], relazione, "json"))
    documento = Document(io.BytesIO(in_docx(in_corpo(relazione))))
    titoli = [p.text for p in documento.paragraphs if p.style.name == "Heading 2"]
    assert [titolo.split()[0] for titolo in titoli] == [criterio["codice"] for criterio in dati["criteri"]]
    (tabella,) = documento.tables
    assert [cella.text for cella in tabella.rows[0].cells] == list(COLONNE)
    assert "tblHeader" in tabella.rows[0]._tr.xml
    criterio = next(uno for uno in relazione.criteri if uno.evidenze)
    for riga, evidenza in zip(tabella.rows[1:], criterio.evidenze, strict=True):
        assert tuple(cella.text for cella in riga.cells) == celle(evidenza)
    assert punteggio_in_parole(criterio) in [p.text for p in documento.paragraphs]
    assert in_pdf(in_corpo(relazione)).startswith(b"%PDF-")


def test_same_state__same_bytes(programma, riconosciuta, pango, tmp_path):
    riconosciuta()
    scritti = []
    for n in (1, 2):
        dove = tmp_path / f"{n}.zip"
        call_command("pacchetto", "2025", file=str(dove))
        scritti.append(dove.read_bytes())
    assert scritti[0] == scritti[1]


def test_empty_year__is_a_report_too(programma):
    dati = detto(programma)
    assert len(dati["criteri"]) == 31 and not any(criterio["evidenze"] for criterio in dati["criteri"])
    assert Document(io.BytesIO(scrivi("relazione-vamt", programma, timezone.localdate(), "docx"))).tables == []


def test_queries__do_not_grow_with_the_evidence(programma, riconosciuta):
    riconosciuta()
    relazione_vamt(programma, timezone.localdate())
    with CaptureQueriesContext(connection) as uno:
        relazione_vamt(programma, timezone.localdate())
    for n in range(4):
        riconosciuta(titolo=f"Tavolo {n}", data=date(2025, 5, n + 1))
    with CaptureQueriesContext(connection) as cinque:
        relazione_vamt(programma, timezone.localdate())
    assert len(cinque) == len(uno)


def test_package__holds_every_file_once_with_its_hash(programma, riconosciuta, pango, tmp_path):
    riconosciuta()
    dove = tmp_path / "pacchetto.zip"
    call_command("pacchetto", "2025", file=str(dove))
    with zipfile.ZipFile(dove) as archivio:
        assert archivio.testzip() is None
        righe = list(csv.DictReader(io.StringIO(archivio.read("indice.csv").decode())))
        for riga in righe:
            assert hashlib.sha256(archivio.read(riga["percorso"])).hexdigest() == riga["sha256"]
        nomi = set(archivio.namelist())
        assert nomi == {riga["percorso"] for riga in righe} | {"indice.csv", "indice.html"}
        assert b"Il gruppo di lavoro" in archivio.read("indice.html")
    (sua,) = [riga for riga in righe if riga["criterio"]]
    assert sua["percorso"].startswith("evidenze/P1.1/2025-") and sua["percorso"].endswith("-001-verbale.txt")


def test_package__without_a_file_is_not_written_and_the_old_one_stays(programma, riconosciuta, pango, tmp_path):
    evidenza = riconosciuta()
    dove = tmp_path / "pacchetto.zip"
    dove.write_bytes(b"quello di prima")
    allegato = evidenza.allegati.get()
    allegato.file.storage.delete(allegato.file.name)
    with pytest.raises(CommandError, match=r"verbale\.txt"):
        call_command("pacchetto", "2025", file=str(dove))
    assert dove.read_bytes() == b"quello di prima" and list(tmp_path.iterdir()) == [dove]
    assert del_criterio(detto(programma), "P1.1")["evidenze"][0]["file"][0]["sha256"] is None


def test_commands__refuse_what_does_not_exist(tmp_path):
    for argomenti, opzioni in (
        (("relazione-vamt", "1999"), {}),
        (("relazione-vamt", "2025"), {"formato": "odt"}),
        (("relazione-vamt", "2025"), {"al": "ieri"}),
        (("altro", "2025"), {}),
        (("relazione-vamt", "2025"), {"file": str(tmp_path / "manca" / "r.json")}),
    ):
        with pytest.raises(CommandError):
            call_command("documento", *argomenti, stdout=io.StringIO(), **opzioni)


def test_closed_year__answers_as_of_its_closing(programma, riconosciuta, manager, monkeypatch):
    riconosciuta()
    operazioni.chiudi_programma(programma, manager)
    chiuso = ProgrammaPage.objects.get(pk=programma.pk)
    dopo = timezone.now() + timedelta(days=40)
    monkeypatch.setattr(timezone, "now", lambda: dopo)
    uscita = io.StringIO()
    call_command("documento", "relazione-vamt", "2025", stdout=uscita)
    dati = json.loads(uscita.getvalue())
    assert dati["al"] == chiuso.chiusure.first().chiuso_il.astimezone().date().isoformat()
    assert del_criterio(dati, "P1.1")["evidenze"]


def test_admin__who_reads_everything_takes_it_and_it_is_written_down(
    programma, riconosciuta, manager, acs, referente_a, client_di
):
    riconosciuta()
    lista = reverse("documenti:documenti")
    indirizzo = reverse("documenti:documento", args=[2025, "relazione-vamt", "json"])
    for utente in (manager, acs):
        assert client_di(utente).get(lista).status_code == 200
        risposta = client_di(utente).get(indirizzo)
        assert del_criterio(json.loads(risposta.content), "P1.1")["evidenze"]
        assert "no-store" in risposta["Cache-Control"] and "attachment" in risposta["Content-Disposition"]
    assert client_di(referente_a).get(indirizzo).status_code in (302, 403)
    assert client_di(referente_a).get(lista).status_code in (302, 403)
    for tipo, formato in (("relazione-vamt", "odt"), ("altro", "json")):
        assert client_di(manager).get(reverse("documenti:documento", args=[2025, tipo, formato])).status_code == 404
    from wagtail.models import PageLogEntry

    scaricati = PageLogEntry.objects.filter(page=programma.pk, action="documenti.scarica")
    assert {voce.user for voce in scaricati} == {manager, acs}
    assert Evidenza.objects.count() == 1
