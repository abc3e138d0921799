"""Results of a survey, from closed to public: who approves, what everybody reads, the programme, the annual report."""

import io
import json
from datetime import datetime, timedelta

import pypdfium2
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from docx import Document

from ascolto.models import Sondaggio
from ascolto.sondaggi import operazioni, selettori
from base.models import MessaggioInUscita
from documenti.models import DocumentiPage
from documenti.pubblici import documenti_pubblici
from documenti.resa import in_docx, in_pdf
from documenti.tipi import report_annuale
from programma.models import Criterio, Evidenza, ProgrammaPage

from .scene.sondaggi import chiuso

pytestmark = pytest.mark.django_db
MOLTI = [{"d1": 0 if n < 20 else 1, "d2": (n % 2,), "d3": 1 + n % 4, "d5": (n % 2, 0)} for n in range(23)]
"""Twenty have children, three have not."""


@pytest.fixture
def a_novembre(monkeypatch, programma):
    """The day of this year that the programme holds."""
    adesso = timezone.make_aware(datetime(2025, 11, 20, 9))
    monkeypatch.setattr("django.utils.timezone.now", lambda: adesso)
    return adesso


@pytest.fixture
def proposto(manager, coordinamento, a_novembre):
    return operazioni.proponi_sondaggio(chiuso(manager, MOLTI), manager, "Chi risponde chiede tempo.")


@pytest.fixture
def pubblicato(proposto, coordinamento):
    return operazioni.pubblica_sondaggio(proposto, coordinamento)


def test_publication__is_approved_by_who_wrote_none_of_it(
    proposto, manager, coordinamento, acs, superutente, client_di
):
    assert MessaggioInUscita.objects.filter(email=coordinamento.email, oggetto__contains="Da approvare").count() == 1
    for chi in (manager, acs):
        with pytest.raises(PermissionDenied):
            operazioni.pubblica_sondaggio(proposto, chi)
        assert client_di(chi).post(reverse("sondaggi:pubblica", args=[proposto.pk])).status_code in (302, 404)
    assert selettori.da_approvare(superutente) == selettori.da_approvare(coordinamento) == [proposto]
    assert selettori.da_approvare(manager) == selettori.da_approvare(acs) == []
    proposto.autori.add(superutente)
    assert selettori.da_approvare(superutente) == []
    with pytest.raises(PermissionDenied):
        operazioni.pubblica_sondaggio(proposto, superutente)
    assert Sondaggio.objects.get().stato == "proposto"
    client = client_di(coordinamento)
    assert "La famiglia oggi" in client.get(reverse("wagtailadmin_home")).content.decode()
    html = client.get(proposto.get_absolute_url()).content.decode()
    assert "Approva e pubblica" in html and "Chi risponde chiede tempo." in html
    assert client.post(reverse("sondaggi:restituisci", args=[proposto.pk]), {"motivo": " "}).status_code == 302
    assert Sondaggio.objects.get().stato == "proposto"
    client.post(reverse("sondaggi:restituisci", args=[proposto.pk]), {"motivo": "Spiega meglio"})
    assert "Spiega meglio" in client_di(manager).get(proposto.get_absolute_url()).content.decode()
    operazioni.proponi_sondaggio(proposto, manager, "Meglio")
    assert client.post(reverse("sondaggi:pubblica", args=[proposto.pk])).status_code == 302
    assert Sondaggio.objects.get().pubblicato_da == coordinamento


def test_survey__is_not_proposed_before_its_words_are_read_nor_of_few(manager, a_novembre):
    parole = chiuso(manager, [{**uno, "d6": "x"} for uno in MOLTI])
    with pytest.raises(ValidationError, match="rivedi i testi"):
        operazioni.proponi_sondaggio(parole, manager, "")
    with pytest.raises(ValidationError, match="meno di 10"):
        operazioni.proponi_sondaggio(chiuso(manager, MOLTI[:9]), manager, "")


def test_public_page__is_there_only_while_it_is_published(pubblicato, manager, client):
    indirizzo = reverse("sondaggi_pubblici:risultati", args=[pubblicato.chiave])
    html = client.get(indirizzo).content.decode()
    assert "Hanno risposto 23 persone" in html and "Chi risponde chiede tempo." in html and html.count("<svg") >= 3
    assert "Non si mostra" in html  # three have no children: neither they nor who has are told
    csv = client.get(f"{indirizzo[:-1]}.csv").content.decode()
    assert "La famiglia oggi,2025,d3" in csv
    assert indirizzo in client.get("/sitemap.xml").content.decode()
    assert indirizzo in client.get(DocumentiPage.objects.get().url).content.decode()
    assert indirizzo in client.get(pubblicato.indirizzo).content.decode()
    with pytest.raises(ValidationError):
        operazioni.ritira_sondaggio(pubblicato, manager, "")
    operazioni.ritira_sondaggio(pubblicato, manager, "Un errore")
    assert client.get(indirizzo).status_code == client.get(f"{indirizzo[:-1]}.csv").status_code == 404
    assert not [uno for uno in documenti_pubblici(DocumentiPage.objects.get()) if uno.genere == "studio"]


def test_results__are_found_where_they_are_listed_while_they_are_public(
    proposto, manager, coordinamento, client, django_capture_on_commit_callbacks
):
    """A survey is no page: the search leads to the list of documents, which names it."""

    def trovati():
        html = client.get("/cerca/", {"q": proposto.titolo}).content.decode()
        return f'href="{DocumentiPage.objects.get().url}"' in html[html.find('id="risultati"') : html.find("</main>")]

    assert not trovati()
    with django_capture_on_commit_callbacks(execute=True):
        operazioni.pubblica_sondaggio(proposto, coordinamento)
    assert trovati()
    with django_capture_on_commit_callbacks(execute=True):
        operazioni.ritira_sondaggio(Sondaggio.objects.get(pk=proposto.pk), manager, "Un errore")
    assert not trovati()


def test_published_survey__feeds_what_collects_values_and_falls_with_it(pubblicato, manager, client_di):
    criterio = Criterio.objects.get(programma__anno=2025, codice="P8.2")
    url = reverse("sondaggi:offri", args=[pubblicato.pk])
    client = client_di(manager)
    assert "P10.2" in client.get(url).content.decode() and "P1.1 " not in client.get(url).content.decode()
    assert client.post(url, {"criterio": str(criterio.pk), "conta": "d1:1"}).status_code == 422  # a cell not shown
    assert client.post(url, {"criterio": str(criterio.pk), "conta": "risposte"}).status_code == 302
    evidenza = Evidenza.objects.get(fonte_criterio=criterio)
    assert (evidenza.stato, evidenza.quantita) == ("inviata", 23) and manager.pk in evidenza.id_autori()
    client.post(url, {"criterio": str(criterio.pk), "conta": "risposte"})
    assert Evidenza.objects.count() == 1
    assert criterio.codice in client.get(pubblicato.get_absolute_url()).content.decode()
    operazioni.ritira_sondaggio(pubblicato, manager, "Un errore")
    assert not Evidenza.objects.nate_da(pubblicato).filter(stato="inviata").exists()


def test_numbers_that_may_be_given__are_those_that_everybody_reads(pubblicato):
    chiavi = {chiave for chiave, _, _ in selettori.che_si_contano(pubblicato)}
    assert "risposte" in chiavi and not any(chiave.startswith("d1:") for chiave in chiavi)
    assert all(quanti >= pubblicato.soglia for _, _, quanti in selettori.che_si_contano(pubblicato))


def test_annual_report__says_the_same_in_every_format(pubblicato):
    oggi = timezone.localdate()
    report = report_annuale.report_annuale(pubblicato_in(2025), oggi)
    dati = json.loads(json.dumps(report_annuale.in_dati(report)["sondaggi"]))
    (uno,) = dati
    corpo = report_annuale.in_corpo(report)
    assert [capitolo.titolo for capitolo in corpo.capitoli if capitolo.titolo in ("Sondaggi", uno["titolo"])] == [
        "Sondaggi",
        "La famiglia oggi",
    ]
    documento = Document(io.BytesIO(in_docx(corpo)))
    righe = {tuple(cella.text for cella in riga.cells)[:2] for tabella in documento.tables for riga in tabella.rows}
    celle = [(t["titolo"], cella) for t in uno["tavole"] for cella in t["celle"]]
    assert len(celle) > 8
    for _, cella in celle:
        assert (cella["nome"], str(cella["quanti"]) if cella["quanti"] is not None else "non si mostra") in righe
    coperta = next(tavola for tavola in uno["tavole"] if tavola["chiave"] == "d1")
    assert coperta["celle"] == [] and coperta["chieste"] is None


def test_annual_report__prints_the_same(pubblicato, pango):
    corpo = report_annuale.in_corpo(report_annuale.report_annuale(pubblicato_in(2025), timezone.localdate()))
    pdf = pypdfium2.PdfDocument(in_pdf(corpo))
    scritto = " ".join(" ".join(pagina.get_textpage().get_text_bounded() for pagina in pdf).split())
    for tavola in pubblicato.tavole:
        for cella in tavola.celle:
            if cella.quanti:
                assert f"{cella.nome} {cella.quanti} {round(100 * cella.quanti / tavola.chieste)}%" in scritto
    assert "«Hai figli?» non si mostra" in scritto
    assert "?, in numeri" not in scritto and "? In numeri" in scritto
    for tavola in pubblicato.tavole:
        if not tavola.celle and not tavola.coperta:  # in words: only how many were asked
            assert f"«{tavola.titolo}»: Persone a cui è stata chiesta: {tavola.chieste}." in scritto


def pubblicato_in(anno):
    return ProgrammaPage.objects.get(anno=anno)


def test_annual_report__knows_only_what_was_public_by_then(proposto, coordinamento):
    programma, oggi = pubblicato_in(2025), timezone.localdate()
    corpo = report_annuale.in_corpo(report_annuale.report_annuale(programma, oggi))
    (vuoto,) = (capitolo for capitolo in corpo.capitoli if capitolo.titolo == "Sondaggi")
    assert vuoto.blocchi[0].solo == "interno"
    operazioni.pubblica_sondaggio(proposto, coordinamento)
    prima = report_annuale.report_annuale(programma, oggi - timedelta(days=1))
    assert prima.sondaggi == () and len(report_annuale.report_annuale(programma, oggi).sondaggi) == 1
