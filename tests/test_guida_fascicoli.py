"""The guide on paper: what is printed and what never is, when it is printed again."""

import io
import itertools
import re
import sys
from datetime import UTC, date, datetime, time, timedelta

import pypdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags
from PIL import Image

from base import stampa as modulo_stampa
from base.models import Immagine
from base.stampa import MANCA, StampaNonDisponibile, qr
from cura.operazioni import indicizza
from cura.registro import cura_di
from guide import operazioni
from guide.estate.settimane import settimane_tra
from guide.fascicoli import tasks
from guide.fascicoli.contenuto import leggi_contenuti
from guide.fascicoli.stampa import componi, ordine_di_piega, stampa
from guide.models import (
    Bisogno,
    Comune,
    Fascicolo,
    GuidaIndexPage,
    Luogo,
    SettimanaEstiva,
    Stamperia,
    Verifica,
)
from organizzazioni.models import Distretto

from .scene.fascicoli import ATTESI, GIORNO, SEGRETI, pubblica

pytestmark = pytest.mark.django_db


A_CAPO = re.compile(r"<(?:br|/?(?:p|h\d|li|ul|ol|dt|dd|dl|div|section|article|table|tr|t[dh]))\b[^>]*>")
"""Where the reader sees a new line."""


# What is printed


@pytest.fixture
def con_logo():
    """A District with a mark of its own."""
    memoria = io.BytesIO()
    Image.new("RGB", (60, 20), "red").save(memoria, "PNG")
    logo = Immagine.objects.create(title="Logo", file=ContentFile(memoria.getvalue(), "logo.png"))
    Distretto.objects.update(logo=logo)


@pytest.mark.parametrize(
    ("accessibilita", "note", "detto"),
    [
        ("si", "", "(accessibile in carrozzina)"),
        ("no", "Tre gradini", "(non accessibile in carrozzina: Tre gradini)"),
        ("da_verificare", "", ""),
        ("da_verificare", "Tre gradini", "(Tre gradini)"),
    ],
)
def test_text__what_nobody_verified_is_not_said_accessible(db, accessibilita, note, detto):
    luogo = Luogo(comune=Comune.objects.get(chiave="tenna"), accessibilita=accessibilita, note_accessibilita=note)
    pubblica("Provata", luoghi=[luogo])
    html = componi(leggi_contenuti(GIORNO)[0]).html
    (riga,) = re.findall(r"<p>\s*Tenna(.*?)</p>", re.sub(r"\s+", " ", html))
    assert riga.strip() == detto


@pytest.fixture
def pdf(pango, nido, con_logo):
    pubblica("Zuppa per tutti", bisogni=["aiuti-materiali"], fasi=["neonato"], sommario="Un pasto caldo.")
    intera = leggi_contenuti(GIORNO)[0]
    stampato = stampa(componi(intera), GIORNO)
    lettore = pypdf.PdfReader(io.BytesIO(stampato.pdf))
    assert stampato.pagine == len(lettore.pages)
    return lettore


def _testi(lettore):
    return [re.sub(r"\s+", " ", pagina.extract_text()) for pagina in lettore.pages]


def _struttura(nodo):
    """Every element of the tree of tags."""
    nodo = nodo.get_object()
    if isinstance(nodo, dict):
        yield nodo
        figli = nodo.get("/K", [])
        for figlio in figli if isinstance(figli, list) else [figli]:
            if not isinstance(figlio.get_object(), int):
                yield from _struttura(figlio)


def test_pdf__says_everything_public_and_nothing_hidden(pdf):
    testi = _testi(pdf)
    tutto = " ".join(testi)
    for atteso in (
        "Nido della prova",
        "Zuppa per tutti",
        "112",
        "Edizione di ottobre 2025",
        "all'8 ottobre 2025",
        "Via Roma 1, Tenna",
        "Indirizzo riservato, per proteggere",
        "0461 111111",
        "nido@example.org",
        "Tempo pieno: 310 euro al mese",
        "Iscrizioni: entro l'11 ottobre 2025",
        "Età: da 3 mesi a 3 anni",
        "Cucina interna, giardino e orto.",
        "Da lunedì a venerdì 8–12",
    ):
        assert atteso in tutto, atteso
    for vietato in (*SEGRETI, "Riservato", "Vecchia", "Passata", "@@"):
        assert vietato not in tutto, vietato


def test_pdf__indexes_give_the_page_where_the_entry_is(pdf):
    testi = _testi(pdf)
    for nome, titoli in (
        ("Nido della prova", ("Cerca per bisogno", "Cerca per momento", "Dalla A alla Z")),
        ("Zuppa per tutti", ("Cerca per bisogno", "Cerca per momento", "Dalla A alla Z")),
    ):
        pagina = next(
            n
            for n, testo in enumerate(testi, 1)
            if "Codice" not in testo and nome in testo and "Cerca per" not in testo and "Dalla A" not in testo
        )
        for titolo in titoli:
            indice = next(t for t in testi if titolo in t and nome in t)
            assert re.search(rf"{nome}[ .]+{pagina}\b", indice), (titolo, nome, pagina, indice)


def test_pdf__is_tagged_as_pdf_ua_demands(pdf):
    radice = pdf.trailer["/Root"]
    assert radice["/MarkInfo"]["/Marked"] and radice["/Lang"] == "it"
    assert radice["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata.title.startswith("Family Guide · Distretto")
    assert b"pdfuaid:part" in radice["/Metadata"].get_object().get_data()
    assert all(pagina.get("/Tabs") == "/S" for pagina in pdf.pages if "/Annots" in pagina)
    elementi = list(_struttura(radice["/StructTreeRoot"]))
    figure = [e for e in elementi if e.get("/S") == "/Figure"]
    assert {e.get("/Alt") for e in figure} == {
        "Codice QR: apre sul sito la pagina «Nido della prova»",
        "Codice QR: apre sul sito la pagina «Zuppa per tutti»",
        "Codice QR: apre la Family Guide sul sito",
        "Logo: Distretto Family Audit Alta Valsugana",
    }
    livelli = [int(e["/S"][2:]) for e in elementi if re.fullmatch(r"/H[1-6]", e.get("/S") or "")]
    assert livelli[0] <= 2 and all(dopo <= prima + 1 for prima, dopo in itertools.pairwise(livelli))
    note = [nota.get_object() for pagina in pdf.pages for nota in pagina.get("/Annots", [])]
    assert note and all(nota["/Contents"] and "/StructParent" in nota for nota in note)
    collegate = [e for e in elementi if e.get("/S") == "/Link"]
    assert len(collegate) == len(note)


def test_pdf__has_bookmarks_and_embeds_every_font(pdf):
    def titoli(voci):
        return [t for v in voci for t in (titoli(v) if isinstance(v, list) else [v.title])]

    attesi = {"Cerca per bisogno", "Cura dei più piccoli", "Nido della prova", "Dalla A alla Z"}
    assert attesi <= set(titoli(pdf.outline))
    caratteri = {
        figlio.get_object()["/FontDescriptor"].get_object()["/FontName"]: figlio.get_object()["/FontDescriptor"]
        for pagina in pdf.pages
        for carattere in pagina["/Resources"]["/Font"].values()
        for figlio in carattere.get_object()["/DescendantFonts"]
    }
    assert all("Titillium" in nome for nome in caratteri), caratteri
    assert all("/FontFile2" in d.get_object() or "/FontFile3" in d.get_object() for d in caratteri.values())


def test_pdf__asks_nothing_of_the_network_or_of_the_disk(pango, nido):
    from weasyprint.urls import URLFetcher

    prendi = modulo_stampa._prendi(URLFetcher)
    for vietato in ("https://example.org/x.png", "file:///etc/passwd", "font:../../../etc/passwd", "fascicolo:/x"):
        with pytest.raises(ValueError):
            prendi.fetch(vietato)
    assert b"<svg" in prendi.fetch("qr:https%3A%2F%2Fexample.org").read()


@pytest.mark.parametrize(
    ("pagine", "ordine"), [(4, [3, 0, 1, 2]), (5, [7, 0, 1, 6, 5, 2, 3, 4]), (8, [7, 0, 1, 6, 5, 2, 3, 4])]
)
def test_fold__pages_follow_one_another_once_folded(pagine, ordine):
    assert ordine_di_piega(pagine) == ordine


def test_pdf__folds_into_a_booklet_and_is_printed_large(pango, nido):
    stampato = stampa(componi(leggi_contenuti(GIORNO)[0]), GIORNO, anche_grande=True)
    letto = _testi(pypdf.PdfReader(io.BytesIO(stampato.pdf)))
    assert stampato.pagine % 4 == 0 and "Manca qualcosa?" in letto[-1]
    assert sum("Appunti" in testo for testo in letto) < 4
    disteso = pypdf.PdfReader(io.BytesIO(stampato.da_piegare))
    assert len(disteso.pages) == stampato.pagine / 2
    assert [round(float(lato)) for lato in disteso.pages[0].mediabox[2:]] == [842, 595]
    fuori = _testi(disteso)[0]
    assert "Manca qualcosa?" in fuori and "Edizione di ottobre 2025" in fuori
    grande = pypdf.PdfReader(io.BytesIO(stampato.grande))
    assert [round(float(lato) / 72 * 25.4) for lato in grande.pages[1].mediabox[2:]] == [210, 297]
    assert grande.trailer["/Root"]["/MarkInfo"]["/Marked"] and "Nido della prova" in " ".join(_testi(grande))


def test_qr__is_the_same_for_the_same_address():
    assert qr("https://example.org/a/") == qr("https://example.org/a/") != qr("https://example.org/b/")


def test_text__is_the_kept_one(nido):
    """The words of the whole booklet, in reading order."""
    corpo = re.sub(r"\s+", " ", componi(leggi_contenuti(GIORNO)[0]).html.partition("<body>")[2])
    righe = [riga.strip() for riga in strip_tags(A_CAPO.sub("\n", corpo)).splitlines()]
    assert "\n".join(riga for riga in righe if riga) + "\n" == (ATTESI / "fascicolo.txt").read_text()


def test_summer_and_verification__are_printed(nido):
    nido.settimane_estive = [
        SettimanaEstiva(dal=dal, al=al, dalle=time(8), alle=time(16), prezzo=90 + dal.day, posti=20)
        for dal, al in settimane_tra(date(2025, 6, 30), date(2025, 7, 25))
        if dal != date(2025, 7, 14)
    ]
    nido.estate_sconti = "Fratelli: meno 10%"
    nido.save_revision().publish()

    def testo():
        return re.sub(r"\s+", " ", strip_tags(componi(leggi_contenuti(GIORNO)[0]).html))

    assert "Estate 2025 30 giugno–11 luglio, 21–25 luglio; da 3 mesi a 3 anni; ore 8–16; da 97 a 120 euro" in testo()
    assert "Sconti: Fratelli: meno 10%" in testo() and "Verificato il 1º" not in testo()
    Verifica.objects.update(verificata_il=datetime(2025, 10, 1, 12, tzinfo=UTC), scade_il=date(2026, 3, 30))
    indicizza(cura_di(nido.specific_class), nido.specific_class.objects.get())
    assert "Verificato il 1º ottobre 2025" in testo() and "Da verificare" not in testo()
    Verifica.objects.update(scade_il=date(2025, 1, 1))
    indicizza(cura_di(nido.specific_class), nido.specific_class.objects.get())
    assert "Da verificare" in testo() and "Verificato il 1º" not in testo()


def test_chapters__print_every_entry_once_and_the_parts_all_of_theirs(nido):
    pubblica("Senza bisogni", bisogni=[])
    intera, *parti = leggi_contenuti(GIORNO)
    stampate = [(c.nome, [v.scheda.nome for v in c.voci]) for c in intera.capitoli]
    assert stampate == [("Cura dei più piccoli", ["Nido della prova"]), ("Altri servizi", ["Senza bisogni"])]
    assert [(ramo.nome, [g.nome for g in ramo.gruppi]) for ramo in intera.per_bisogno] == [
        ("Cura dei più piccoli", ["Nido e servizi per la prima infanzia"]),
        ("Soldi, casa e lavoro", ["Conciliare famiglia e lavoro"]),
    ]
    assert [(parte.titolo, parte.quante) for parte in parti] == [
        ("Cura dei più piccoli", 1),
        ("Soldi, casa e lavoro", 1),
    ]


def test_contents__cost_the_same_queries_with_one_entry_and_with_many(nido):
    def costo():
        with CaptureQueriesContext(connection) as quali:
            for contenuto in leggi_contenuti(GIORNO):
                componi(contenuto)
        return len(quali)

    costo()
    prima = costo()
    testo = '<p><a linktype="page" id="3">x</a></p>'
    for n in range(5):
        pubblica(f"Altro {n}", bisogni=["nido", "estate"], fasi=["crescere"], testo=testo)
    assert costo() == prima <= 12


def test_contents__of_an_empty_guide_are_a_booklet_without_entries(tipografia):
    assert [esito.fascicolo.titolo for esito in operazioni.rifai()] == ["Family Guide"]


# When it is printed


def test_publishing__marks_and_never_prints(tipografia, nido):
    assert Stamperia.leggi().da_rifare_dal is not None
    assert tipografia == [] and not Fascicolo.objects.exists()


def test_printing__only_what_is_new_and_old_files_go(tipografia, nido):
    operazioni.rifai()
    assert tipografia == ["Family Guide", "Cura dei più piccoli", "Soldi, casa e lavoro"]
    assert Stamperia.leggi().da_rifare_dal is None
    tipografia.clear()
    assert [esito.nuovo for esito in operazioni.rifai()] == [False] * 3 and tipografia == []
    prima = set(default_storage.listdir("fascicoli")[1])
    pubblica("Mercatino", bisogni=["aiuti-materiali"])
    operazioni.rifai()
    assert tipografia == ["Family Guide", "Soldi, casa e lavoro"]
    dopo = set(default_storage.listdir("fascicoli")[1])
    assert len(prima & dopo) == 2 and len(dopo) == 7
    assert {f"fascicoli/{nome}" for nome in dopo} == {n for uno in Fascicolo.objects.all() for n in uno.nomi_dei_file}


def test_printing__a_booklet_without_entries_goes_away(tipografia, nido):
    operazioni.rifai()
    nido.unpublish()
    operazioni.rifai()
    assert [fascicolo.chiave for fascicolo in Fascicolo.objects.all()] == [""]
    assert len(default_storage.listdir("fascicoli")[1]) == 3


def test_printing__a_lost_file_is_made_again(tipografia, nido):
    operazioni.rifai()
    for forma in ("file", "da_piegare", "grande"):
        default_storage.delete(getattr(Fascicolo.objects.get(chiave=""), forma).name)
        tipografia.clear()
        operazioni.rifai()
        assert tipografia == ["Family Guide"]


@pytest.mark.parametrize(
    "cambia",
    [
        lambda: Bisogno.objects.get(chiave="nido").save(),
        lambda: GuidaIndexPage.objects.get().save_revision().publish(),
    ],
)
def test_marking__follows_what_the_booklets_say(tipografia, nido, cambia):
    operazioni.rifai()
    cambia()
    assert Stamperia.leggi().da_rifare_dal is not None


def test_printing__a_day_that_passes_changes_what_is_over(nido):
    impronte = {
        giorno: componi(leggi_contenuti(giorno)[0]).impronta
        for giorno in (date(2025, 10, 8), date(2025, 10, 9), date(2025, 10, 12))
    }
    assert impronte[date(2025, 10, 8)] == impronte[date(2025, 10, 9)] != impronte[date(2025, 10, 12)]


def test_printing__one_at_a_time_but_the_dead_do_not_block(tipografia, nido):
    Stamperia.leggi()
    Stamperia.objects.update(in_corso_dal=timezone.now())
    with pytest.raises(operazioni.Occupata):
        operazioni.rifai()
    tasks.rifai_fascicoli.call()
    assert tipografia == []
    Stamperia.objects.update(in_corso_dal=timezone.now() - timedelta(hours=3))
    operazioni.rifai()
    assert tipografia and Stamperia.leggi().in_corso_dal is None


def test_printing__what_changes_meanwhile_is_printed_too(monkeypatch, tipografia, nido):
    vera = operazioni.fascicoli.stampa
    entrata = []

    def pubblica_intanto(bozza, oggi, **altro):
        if not entrata:
            entrata.append(pubblica("Arrivato tardi", bisogni=["estate"]))
        return vera(bozza, oggi, **altro)

    monkeypatch.setattr("guide.operazioni.fascicoli.stampa", pubblica_intanto)
    operazioni.rifai()
    assert "Tempo libero e vacanze" in tipografia and Stamperia.leggi().da_rifare_dal is None


def test_worker__is_told_once_for_a_burst(settings, monkeypatch, django_capture_on_commit_callbacks, tipografia):
    from django_tasks_db.management.commands import db_worker
    from django_tasks_db.models import DBTaskResult

    # The worker lets its connection go between two tasks; this test's transaction lives in it.
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    settings.TASKS = {**settings.TASKS, "lenti": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    Stamperia.objects.update(da_rifare_dal=None)
    with django_capture_on_commit_callbacks(execute=True):
        for n in range(3):
            pubblica(f"Uno di tre {n}")
    compito = DBTaskResult.objects.get()
    assert compito.task_path == "guide.fascicoli.tasks.rifai_fascicoli"
    attesa = compito.run_after - timezone.now()
    assert timedelta(minutes=4) < attesa <= timedelta(minutes=5)
    DBTaskResult.objects.update(run_after=timezone.now() - timedelta(seconds=1))
    call_command("db_worker", "--backend", "lenti", "--batch", "--verbosity", "0")
    assert tipografia[0] == "Family Guide" and Stamperia.leggi().da_rifare_dal is None


def test_without_weasyprint__the_site_works_and_says_what_is_missing(monkeypatch, nido, client, client_di, manager):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(CommandError, match="sudo apt install libpango"):
        call_command("fascicoli")
    assert client.get("/family-guide/").status_code == 200
    assert client.get("/fascicoli/family-guide.pdf").status_code == 404
    html = client_di(manager).post("/admin/guida-stampata/rifai/", follow=True).content.decode()
    assert MANCA in html
    with pytest.raises(StampaNonDisponibile):
        operazioni.congela(manager)
