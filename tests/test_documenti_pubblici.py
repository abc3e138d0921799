"""The page «Documenti»: what is listed, what is made, what is never there, and what it costs."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction, Page

from base.models import Documento
from documenti import operazioni
from documenti.models import DocumentiPage, RigaDeiDocumenti
from documenti.selettori import anteprima_pubblica
from home.models import ContenutoPage

from .scene.costo import quante_query
from .scene.documenti import definitivo

pytestmark = pytest.mark.django_db


@pytest.fixture
def pagina(programma, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    return DocumentiPage.objects.get()


@pytest.fixture
def elenca(pagina):
    """A document in the list, and the page published with it."""

    def fai(titolo, raccolta=None, **campi):
        file = ContentFile(b"%PDF-1.7\n%%EOF\n", f"file-{Documento.objects.count()}.pdf")
        documento = Documento.objects.create(
            title=titolo, file=file, collection=raccolta or Collection.get_first_root_node()
        )
        riga = {"genere": "studio", "anno": 2024, "licenza": "cc-by-4.0", **campi}
        pagina.righe.add(RigaDeiDocumenti(documento=documento, **riga))
        pagina.save_revision().publish()
        return documento

    return fai


def riservata():
    raccolta = Collection.get_first_root_node().add_child(name="Interna")
    CollectionViewRestriction.objects.create(collection=raccolta, restriction_type="login")
    return raccolta.add_child(name="Dentro")


def test_page__is_under_who_we_are_in_the_menu_and_in_the_sitemap(client, pagina):
    assert pagina.get_parent().slug == "chi-siamo" and pagina.url == "/chi-siamo/documenti/"
    html = client.get(pagina.url).content.decode()
    menu = html.partition('<nav id="menu"')[2].partition("</nav>")[0]
    assert "/chi-siamo/documenti/" in menu and "Programma di lavoro 2025" in html
    assert "/chi-siamo/documenti/" in client.get("/sitemap.xml").content.decode()
    assert "/chi-siamo/documenti/" in client.get("/mappa-del-sito/").content.decode()


def test_list__says_kind_year_size_licence_and_twin(client, elenca):
    documento = elenca("Studio", gemello=ContenutoPage.objects.get(slug="accessibilita"))
    altro = elenca("Pieghevole", genere="guida", anno=None, licenza="", gemello_file=documento)
    html = " ".join(client.get("/chi-siamo/documenti/").content.decode().split())
    assert "Studi · 2024" in html and "Licenza: CC BY 4.0" in html and "/accessibilita/" in html and "15" in html
    assert html.count(documento.url) == 2 and altro.url in html
    assert client.get(documento.url).status_code == 200
    for filtro, ci_sono in (
        ("genere=guida", {"Pieghevole"}),
        ("anno=2024", {"Studio"}),
        ("genere=guida&anno=2024", set()),
    ):
        filtrata = client.get(f"/chi-siamo/documenti/?{filtro}").content.decode()
        assert {nome for nome in ("Studio", "Pieghevole") if f">{nome}</a>" in filtrata} == ci_sono
        assert "noindex" in filtrata
    for rovinato in ("genere=boh", "anno=x", "anno=" + "9" * 40, "genere=%00", "pagina=x"):
        risposta = client.get(f"/chi-siamo/documenti/?{rovinato}")
        assert risposta.status_code == 200 and ">Studio</a>" in risposta.content.decode()


def test_private_document__is_never_there_nor_as_a_twin(client, elenca):
    dentro = riservata()
    elenca("Riservato", raccolta=dentro)
    segreto = Documento.objects.get()
    bozza = ContenutoPage(title="In bozza", slug="in-bozza", live=False)
    ContenutoPage.objects.get(slug="chi-siamo").add_child(instance=bozza)
    elenca("Aperto", gemello=Page.objects.get(slug="in-bozza"))
    elenca("Altro aperto", gemello_file=segreto)
    html = client.get("/chi-siamo/documenti/").content.decode()
    assert "Aperto" in html and "Altro aperto" in html
    assert "Riservato" not in html and segreto.url not in html and "In bozza" not in html
    assert client.get(segreto.url).status_code in (302, 404)


def test_published_document__is_read_as_page_and_file_until_it_is_taken_away(
    client, programma, manager, riconosciuta, pagina, pango
):
    riconosciuta("P1.1")
    finale = definitivo(programma, "relazione-vamt", manager, premessa="La premessa")
    indirizzo = reverse("documenti_pubblici:documento", args=[1])
    assert client.get(indirizzo).status_code == 404 and "V.A.M.T." not in client.get(pagina.url).content.decode()
    pubblicazione = operazioni.pubblica(finale, manager, anteprima_pubblica(finale)[1])
    html = client.get(pagina.url).content.decode()
    assert "Relazione V.A.M.T. 2025" in html and pubblicazione.get_absolute_url() in html
    assert pubblicazione.get_absolute_url() in client.get("/sitemap.xml").content.decode()
    letta = client.get(pubblicazione.get_absolute_url())
    html = letta.content.decode()
    assert "La premessa" in html and "Tavolo con il Comune" in html and "Rita Levi" not in html
    assert letta["Cache-Control"] == "no-cache" and "style=" not in html.partition("<main")[2]
    file = client.get(reverse("documenti_pubblici:pdf", args=[pubblicazione.pk]))
    assert b"".join(file.streaming_content).startswith(b"%PDF-")
    operazioni.ritira(pubblicazione, manager)
    for che_cosa in ("documento", "pdf"):
        assert client.get(reverse(f"documenti_pubblici:{che_cosa}", args=[pubblicazione.pk])).status_code == 404
    assert "V.A.M.T." not in client.get(pagina.url).content.decode()
    assert client.get(reverse("documenti_pubblici:documento", args=[9**25])).status_code == 404


def test_list__costs_the_same_with_one_and_with_many(elenca):
    accessibile = ContenutoPage.objects.get(slug="accessibilita")
    file = elenca("Uno", gemello=accessibile)
    elenca("Due", gemello_file=file)
    con_due, elenco = quante_query("/chi-siamo/documenti/")
    assert con_due <= 13, elenco
    for n in range(20):
        elenca(f"Studio {n}", gemello=accessibile, gemello_file=file)
    con_molti, elenco = quante_query("/chi-siamo/documenti/")
    assert con_molti == con_due, elenco
