"""The programme and the annual report as documents: what they say, from one source, in every format."""

import io
import json
import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from docx import Document
from pypdf import PdfReader
from wagtail.models import Page

from base.grafici import Barra, barre
from documenti.corpo import Figura, Prospetto
from documenti.pannelli import PannelloFigure
from documenti.tipi import TIPI, scrivi
from programma import operazioni
from programma.models import AzionePage, ParoleDellAtto, ProgrammaPage

from .deposito import RADICE

pytestmark = pytest.mark.django_db
ATTO_VERO = RADICE.parent / "shared/fonti/programma-di-lavoro-2025.txt"
SVG = "{http://www.w3.org/2000/svg}"


def detto(tipo, programma, al=None):
    return json.loads(scrivi(tipo, programma, al or timezone.localdate(), "json"))


def corpo(tipo, programma):
    dati = TIPI[tipo].raccogli(programma, timezone.localdate())
    return TIPI[tipo].in_corpo(dati)


def letto_nel_pdf(contenuto):
    return " ".join(" ".join(pagina.extract_text() for pagina in PdfReader(io.BytesIO(contenuto)).pages).split())


class TestReport:
    def test_report__counts_each_fact_once(self, programma, riconosciuta, organizzazione_a):
        riconosciuta("P1.1", "P1.2")
        riconosciuta("P1.1", titolo="Secondo tavolo", data=date(2025, 12, 31))
        dati = detto("report-annuale", programma)
        voci = {voce["codice"]: voce for voce in dati["voci"]}
        assert [fatto["titolo"] for fatto in voci["P1"]["fatti"]] == ["Tavolo con il Comune", "Secondo tavolo"]
        assert (voci["P1"]["raggiunti"], voci["P1"]["misurati"]) == (2, 3)
        assert {mese["mese"]: mese["evidenze"] for mese in dati["mesi"] if mese["evidenze"]} == {
            "marzo 2025": 1,
            "dicembre 2025": 1,
        }
        assert [mese["mese"] for mese in dati["mesi"]][:: len(dati["mesi"]) - 1] == ["gennaio 2025", "dicembre 2025"]
        assert dati["organizzazioni"] == [{"nome": organizzazione_a.denominazione, "evidenze": 2}]
        assert organizzazione_a.denominazione not in dati["senza_evidenze"] and dati["senza_evidenze"]
        assert dati["anni"] == [dati["anni"][-1]] and dati["anni"][0]["evidenze"] == 2
        mancano = {uno["codice"]: uno["manca"] for uno in dati["punti_critici"]}
        assert mancano["P2.3"] == "2 post" and not {"P1.1", "P1.2"} & {*mancano}

    def test_report__is_as_of_its_day(self, programma, riconosciuta):
        riconosciuta("P1.1")
        ieri = timezone.localdate() - timedelta(days=1)
        assert detto("report-annuale", programma, ieri)["anni"][0]["evidenze"] == 0
        assert not any(voce["fatti"] for voce in detto("report-annuale", programma, ieri)["voci"])
        assert detto("report-annuale", programma, date(2025, 3, 31))["mesi"][-1]["mese"] == "marzo 2025"
        assert detto("report-annuale", programma, date(2024, 12, 31))["mesi"] == []

    def test_report__compares_with_the_years_before(self, programma, manager, riconosciuta):
        riconosciuta("P1.1")
        nuovo = operazioni.prepara_programma(
            programma, manager, {a.pk: "mantenuta" for a in AzionePage.objects.child_of(programma)}
        )
        anni = detto("report-annuale", ProgrammaPage.objects.get(pk=nuovo.pk))["anni"]
        assert [(anno["anno"], anno["evidenze"]) for anno in anni] == [(2025, 1), (2026, 0)]
        assert [anno["anno"] for anno in detto("report-annuale", programma)["anni"]] == [2025]

    def test_report__says_how_guide_and_conventions_grew(self, programma, nido):
        Page.objects.filter(pk=nido.pk).update(first_published_at=datetime(2025, 3, 9, 12, tzinfo=UTC))
        guida, convenzioni = detto("report-annuale", programma, date(2025, 4, 30))["crescita"]
        prima = detto("report-annuale", programma, date(2025, 3, 8))["crescita"][0]["mesi"]
        assert [mese["quanti"] for mese in guida["mesi"]] == [0, 0, 1, 1] and not any(m["quanti"] for m in prima)
        assert not any(mese["quanti"] for mese in convenzioni["mesi"])
        Page.objects.filter(pk=nido.pk).update(first_published_at=datetime(2024, 12, 1, tzinfo=UTC))
        blocchi = [uno for capitolo in corpo("report-annuale", programma).capitoli for uno in capitolo.blocchi]
        figure = {uno.titolo for uno in blocchi if isinstance(uno, Figura)}
        assert "Servizi della Family Guide, mese per mese" in figure and "Convenzioni, mese per mese" not in figure

    def test_report__says_who_came_and_who_left(self, programma, organizzazione_a, organizzazione_b):
        organizzazione_a.aderente_dal = date(2025, 6, 1)
        organizzazione_a.save()
        organizzazione_b.aderente_fino_al = date(2025, 5, 31)
        organizzazione_b.save()
        aderenti = detto("report-annuale", programma)["aderenti"]
        assert aderenti["entrati"] == [organizzazione_a.denominazione]
        assert aderenti["usciti"] == [organizzazione_b.denominazione]

    def test_queries__do_not_grow_with_the_evidence(self, programma, riconosciuta):
        riconosciuta("P1.1")
        detto("report-annuale", programma)
        with CaptureQueriesContext(connection) as uno:
            detto("report-annuale", programma)
        for n in range(4):
            riconosciuta("P1.1", titolo=f"Tavolo {n}", data=date(2025, 5, n + 1))
        with CaptureQueriesContext(connection) as cinque:
            detto("report-annuale", programma)
        assert len(cinque) == len(uno)

    def test_formats__say_the_same(self, programma, riconosciuta, pango):
        riconosciuta("P1.1", titolo="Tavolo <b>del</b> 🎉 & altri")
        intero = corpo("report-annuale", programma)
        figure = [blocco for capitolo in intero.capitoli for blocco in capitolo.blocchi if isinstance(blocco, Figura)]
        documento = Document(io.BytesIO(scrivi("report-annuale", programma, timezone.localdate(), "docx")))
        immagini = [disegno._inline.docPr.get("descr") for disegno in documento.inline_shapes]
        assert immagini == [f"{figura.titolo}. {figura.descrizione}" for figura in figure] and figure
        prospetti = [b for capitolo in intero.capitoli for b in capitolo.blocchi if isinstance(b, Prospetto)]
        assert [[cella.text for cella in tabella.rows[-1].cells] for tabella in documento.tables] == [
            list(prospetto.righe[-1]) for prospetto in prospetti
        ]
        titoli = [p.text for p in documento.paragraphs if p.style.name.startswith("Heading")]
        assert titoli == [capitolo.titolo for capitolo in intero.capitoli]
        letto = letto_nel_pdf(scrivi("report-annuale", programma, timezone.localdate(), "pdf"))
        assert "Tavolo <b>del</b> & altri" in letto and "U+1F389" in letto
        assert all(" ".join(titolo.split()) in letto for titolo in titoli)

    def test_charts__stand_beside_their_table(self, programma, riconosciuta):
        riconosciuta("P1.1")
        for capitolo in corpo("report-annuale", programma).capitoli:
            for blocco, dopo in pairwise([*capitolo.blocchi, None]):
                if isinstance(blocco, Figura):
                    assert isinstance(dopo, Prospetto) and dopo.titolo == f"{blocco.titolo}, in numeri"

    def test_empty_year__has_tables_and_no_empty_chart(self, programma):
        blocchi = [uno for capitolo in corpo("report-annuale", programma).capitoli for uno in capitolo.blocchi]
        assert {uno.titolo for uno in blocchi if isinstance(uno, Prospetto)} >= {
            "Punteggio per area, in numeri",
            "Evidenze per mese del fatto, in numeri",
        }
        assert not [uno for uno in blocchi if isinstance(uno, Figura) and 'fill="#0b3f39"' not in uno.svg]

    def test_report__that_is_missing_is_an_evidence_and_not_a_unit(self, programma, riconosciuta):
        riconosciuta("P1.1")
        critici = {uno["codice"]: uno["manca"] for uno in detto("report-annuale", programma)["punti_critici"]}
        assert critici["P1.2"] == "un'evidenza approvata" and critici["P1.1"].startswith("1 ")


def test_bars__are_told_cut_at_the_whole_and_absent_without_a_value():
    righe = [Barra("Uno & due", Decimal(50), "50%"), Barra("Oltre", 200, "200%"), Barra("Niente", None, "non misurato")]
    radice = ElementTree.fromstring(barre("Titolo <x>", "Uno 50%", righe, 100))
    assert radice.find(f"{SVG}title").text == "Titolo <x>. Uno 50%" and radice.find(f"{SVG}desc").text == "Uno 50%"
    piene = [float(r.get("width")) for r in radice.iter(f"{SVG}rect") if r.get("fill") != "none"]
    intere = {float(r.get("width")) for r in radice.iter(f"{SVG}rect") if r.get("fill") == "none"}
    assert piene == [min(intere) / 2, min(intere)] and len(intere) == 1
    assert [t.text for t in radice.iter(f"{SVG}text")][1::2] == ["50%", "200%", "non misurato"]
    assert ElementTree.fromstring(barre("Vuoto", "", [])).find(f"{SVG}title") is not None


class TestProgramma:
    def test_programme__has_every_part_of_every_action(self, programma):
        dati = detto("programma", programma)
        assert len(dati["azioni"]) == 10 and len(dati["compiti"]) == 9
        assert sum(len(azione["criteri"]) for azione in dati["azioni"]) == 22
        for azione in dati["azioni"]:
            nomi = [parte["parte"] for parte in azione["parti"]]
            assert nomi == [parte for parte in ParoleDellAtto.Parte.values if parte in nomi]
            assert {"area", "titolo", "referenti", "tempi", "indicatori", "percentuali"} <= {*nomi}

    def test_words_of_the_act__come_before_ours(self, programma, pango):
        azione = AzionePage.objects.child_of(programma).get(numero=1)
        ParoleDellAtto.objects.create(azione=azione, parte="specifico", testo="Come lo dice l'atto")
        (prima, *altre) = detto("programma", programma)["azioni"]
        parti = {parte["parte"]: (parte["testo"], parte["dell_atto"]) for parte in prima["parti"]}
        assert parti["specifico"] == ("Come lo dice l'atto", True) and parti["generale"][1] is False
        assert not any(parte["dell_atto"] for azione in altre for parte in azione["parti"])
        letto = letto_nel_pdf(scrivi("programma", programma, timezone.localdate(), "pdf"))
        assert "Come lo dice l'atto" in letto and azione.obiettivo_specifico not in letto
        assert all(criterio.codice in letto for criterio in programma.criteri.all())

    def test_queries__do_not_grow_with_the_actions(self, programma):
        detto("programma", programma)
        with CaptureQueriesContext(connection) as tutte:
            detto("programma", programma)
        AzionePage.objects.child_of(programma).filter(numero__gt=3).update(fuori_programma=True)
        with CaptureQueriesContext(connection) as tre:
            assert len(detto("programma", programma)["azioni"]) == 3
        assert len(tre) == len(tutte)


def parole(testo):
    return Counter(re.findall(r"\w+", testo.lower()))


def test_official_act__is_what_the_document_says(programma):
    """Where the act is not beside the repository, there is nothing to compare; what differs is in decision 0051."""
    if not ATTO_VERO.exists():
        return
    call_command("importa_programma", str(ATTO_VERO), verbosity=0)
    vere = parole(ATTO_VERO.read_text(encoding="utf-8"))
    for azione in detto("programma", ProgrammaPage.objects.get(pk=programma.pk))["azioni"]:
        dell_atto = [parte for parte in azione["parti"] if parte["dell_atto"]]
        assert len(dell_atto) >= 9
        for parte in dell_atto:
            assert not parole(parte["testo"]) - vere, (azione["codice"], parte["parte"])


class TestCasa:
    def test_home__shows_the_small_charts_to_who_reads_the_report(
        self, nel_2025, programma, riconosciuta, acs, referente_a, client_di
    ):
        casa = reverse("wagtailadmin_home")
        assert "in figure" not in client_di(acs).get(casa).content.decode()
        riconosciuta("P1.1", "P1.2")
        html = client_di(acs).get(casa).content.decode()
        assert "Il 2025 in figure" in html and "marzo 2025 1" in html and html.count('role="img"') == 2
        assert "in figure" not in client_di(referente_a).get(casa).content.decode()

    def test_home__costs_the_same_with_more_evidence(self, nel_2025, programma, riconosciuta):
        riconosciuta("P1.1")
        with CaptureQueriesContext(connection) as una:
            assert len(PannelloFigure().get_context_data({})["figure"]) == 2
        for n in range(3):
            riconosciuta("P1.1", titolo=f"Tavolo {n}", data=date(2025, 4, n + 1))
        with CaptureQueriesContext(connection) as quattro:
            PannelloFigure().get_context_data({})
        assert len(quattro) == len(una)
