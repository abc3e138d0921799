"""Word documents as Word and LibreOffice find them, and what strains a document: names, quantities, alphabets."""

import io
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document
from pypdf import PdfReader

from documenti.resa import FERMO, in_docx, in_pdf
from documenti.tipi import TIPI, tipi_di
from documenti.tipi.relazione_vamt import COLONNE, EvidenzaInRelazione, in_corpo, relazione_vamt
from documenti.verbale import verbale
from programma import operazioni
from programma.models import ProgrammaPage
from registri.models import Riunione

from . import mancanze
from .scene.riunioni import AMMINISTRATIVA, COORDINATORE

pytestmark = pytest.mark.django_db
LUNGO = "Consorzio-intercomunale-per-le-politiche-della-conciliazione-" * 4
STRANI = ("🎉 Festa di primavera 👩‍👩‍👧", "لقاء مع العائلات", LUNGO, "<b>&amp;</b>", "Riga\x0bspezzata")
DUE = [("Anna Bianchi", "comune-pergine", COORDINATORE), ("Bruno Neri", "asif-chimelli", AMMINISTRATIVA)]


def titoli(documento):
    """(level, text) of the headings, as Word's own navigation lists them."""
    return [(int(p.style.name[-1]), p.text) for p in documento.paragraphs if p.style.name.startswith("Heading")]


@pytest.fixture
def piena(programma):
    """The V.A.M.T. report with three hundred evidences of one criterion, some of them with titles that strain."""
    relazione = relazione_vamt(programma, timezone.localdate())
    evidenze = tuple(
        EvidenzaInRelazione(
            date(2025, 1 + n % 12, 1), STRANI[n] if n < len(STRANI) else f"Evidenza {n}", "", "Rita Levi",
            (LUNGO,) if n == 2 else ("Ente",), Decimal(1), "", (), (),
        )
        for n in range(300)
    )  # fmt: skip
    voce = relazione.voci[0]
    criteri = (replace(voce.criteri[0], evidenze=evidenze), *voce.criteri[1:])
    return replace(relazione, voci=(replace(voce, criteri=criteri), *relazione.voci[1:]))


def test_three_hundred_evidences__stand_in_one_table_whose_header_repeats(piena, pango):
    documento = Document(io.BytesIO(in_docx(in_corpo(piena))))
    (tabella,) = documento.tables
    assert len(tabella.rows) == 301 and [cella.text for cella in tabella.rows[0].cells] == list(COLONNE)
    assert "tblHeader" in tabella.rows[0]._tr.xml
    prime = [riga.cells[1].text for riga in tabella.rows[1:6]]
    assert prime[:4] == list(STRANI[:4]) and "\x0b" not in prime[4]
    voce = piena.voci[0]
    corte = replace(voce.criteri[0], evidenze=voce.criteri[0].evidenze[:20])
    corta = replace(piena, voci=(replace(voce, criteri=(corte,)),))
    letto = " ".join(pagina.extract_text() for pagina in PdfReader(io.BytesIO(in_pdf(in_corpo(corta)))).pages)
    assert "Evidenza 19" in letto and "Festa di primavera" in letto


def test_report__has_headings_in_order_and_every_picture_its_words(programma, riconosciuta, pango):
    riconosciuta("P1.1")
    tipo = TIPI["report-annuale"]
    corpo = tipo.in_corpo(tipo.raccogli(programma, timezone.localdate()))
    documento = Document(io.BytesIO(in_docx(corpo)))
    livelli = [livello for livello, _ in titoli(documento)]
    assert livelli[0] == 1 and all(dopo - prima <= 1 for prima, dopo in pairwise(livelli))
    disegni = [figura._inline.docPr.get("descr") for figura in documento.inline_shapes]
    assert len(disegni) >= 3 and all(disegni)
    assert {parte.date_time for parte in zipfile.ZipFile(io.BytesIO(in_docx(corpo))).infolist()} == {FERMO}
    assert documento.core_properties.title == corpo.titolo and documento.core_properties.language == "it-IT"


def test_word__is_opened_by_libreoffice_with_the_same_words(piena, tmp_path):
    mancanze.esigi("LibreOffice")
    (tmp_path / "d.docx").write_bytes(in_docx(in_corpo(piena)))
    comando = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profilo",
        "--headless",
        "--convert-to",
        "pdf",
        "d.docx",
    ]
    subprocess.run(comando, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    letto = " ".join(pagina.extract_text() for pagina in PdfReader(tmp_path / "d.pdf").pages)
    assert piena.titolo in letto and "Evidenza 299" in letto


def test_minutes__name_the_people_that_who_reads_may_know(tieni, referente_a, acs, manager, client_di):
    riunione = tieni("coordinamento", [*DUE, ("Eva Rossi", None, "")], assenti=["Eva Rossi"], verbale="Uno.\n\nDue 🎉")
    letta = Riunione.objects.complete().get(pk=riunione.pk)
    tutti = Document(io.BytesIO(in_docx(verbale(letta, acs))))
    assert [testo for _, testo in titoli(tutti)] == ["Chi c'era", "Chi non c'era", "Verbale"]
    nomi = {riga.cells[0].text for tabella in tutti.tables for riga in tabella.rows[1:]}
    assert {"Anna Bianchi", "Bruno Neri", "Eva Rossi"} <= nomi
    detto = "\n".join(p.text for p in tutti.paragraphs)
    assert "Due 🎉" in detto and "Riunione formale: " in detto
    suoi = Document(io.BytesIO(in_docx(verbale(letta, referente_a))))
    assert {riga.cells[0].text for tabella in suoi.tables for riga in tabella.rows[1:]} == {"Bruno Neri"}
    assert "Comune di Pergine: 1" in "\n".join(p.text for p in suoi.paragraphs)
    indirizzo = reverse("documenti:verbale", args=[riunione.pk, "docx"])
    risposta = client_di(referente_a).get(indirizzo)
    assert "no-store" in risposta["Cache-Control"] and risposta.content[:2] == b"PK"
    assert (
        reverse("documenti:verbale", args=[riunione.pk, "pdf"]) in client_di(manager).get(riunione.url).content.decode()
    )
    for formato in ("json", "odt"):
        assert client_di(manager).get(reverse("documenti:verbale", args=[riunione.pk, formato])).status_code == 404
    Riunione.objects.filter(pk=riunione.pk).update(stato="convocata")
    assert client_di(manager).get(indirizzo).status_code == 404


def test_certificate__is_of_a_closed_year_and_says_whether_it_is_intact(
    programma, manager, django_assert_max_num_queries
):
    assert "certificato" not in tipi_di(programma)
    operazioni.chiudi_programma(programma, manager)
    chiuso = ProgrammaPage.objects.get(pk=programma.pk)
    chiusura = chiuso.chiusure.first()
    tipo = tipi_di(chiuso)["certificato"]
    with django_assert_max_num_queries(12):
        dati = tipo.raccogli(chiuso, timezone.localdate())
    detto = "\n".join(p.text for p in Document(io.BytesIO(in_docx(tipo.in_corpo(dati)))).paragraphs)
    assert chiusura.sha256 in detto and "corrisponde all'impronta" in detto and "NON" not in detto
    assert tipo.in_dati(dati)["intatta"] and len(tipo.in_dati(dati)["criteri"]) == 31
    chiusura.contenuto = chiusura.contenuto.replace("2025", "2024", 1)
    guasto = replace(dati, chiusure=(chiusura,))
    assert not tipo.in_dati(guasto)["intatta"] and "NON corrisponde" in str(tipo.in_corpo(guasto))


def test_empty_year__has_every_document(programma, pango):
    for nome, tipo in tipi_di(programma).items():
        corpo = tipo.in_corpo(tipo.raccogli(programma, timezone.localdate()))
        assert Document(io.BytesIO(in_docx(corpo))).paragraphs, nome
