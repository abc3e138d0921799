"""Public pages kept ready (`base.pronte`): who is given one, which answers become one, when they go, and nothing else.

The demonstration is thrown away afterwards: what a test changes stays changed for the next one.
"""

import os
import runpy
import time
from datetime import datetime, timedelta
from datetime import time as clock
from unittest.mock import Mock

import pytest
from django.db import DatabaseError, connection
from django.template import engines
from django.template.response import TemplateResponse
from django.test import Client
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, Site

from base.durata import mezzanotte, vale_fino
from base.models import Documento, Immagine
from base.pronte import deposito, guardia, interrogazioni, tabelle_scritte
from base.pronte.consegna import uguale_per_tutti
from convenzioni.models import Categoria, ConvenzionePage
from guide.models import Bisogno, FaseVita, GuidaIndexPage, ServizioPage
from guide.orari import festivo
from home.models import ContenutoPage
from notizie.models import EventoPage, NotiziaPage
from organizzazioni.models import Distretto, Organizzazione, OrganizzazionePage, Utente
from programma.models import AzionePage

from .scene.demo import demo_di_prima, in_mostra

pytestmark = pytest.mark.xdist_group("demo")


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), in_mostra(demo_di_prima()), pytest.MonkeyPatch.context() as toppa:
        toppa.setattr("django.test.client.store_rendered_templates", lambda *args, **kwargs: None)
        yield


@pytest.fixture
def visitatore(settings, tmp_path, monkeypatch):
    """Somebody who reads a site whose pages are kept ready; the guard makes its turns when the test says so."""
    settings.PAGINE_PRONTE, settings.VAR_DIR = True, tmp_path
    monkeypatch.setattr(guardia.Guardia, "avvia", lambda: None)
    monkeypatch.setattr(guardia, "FERMA", 600)
    monkeypatch.setattr(guardia, "CONFRONTO", 600)
    gira()
    return Client()


@pytest.fixture
def da_capo(settings):
    """Somebody for whom every page is drawn."""
    settings.PAGINE_PRONTE = False
    cliente = Client()
    cliente.get("/")  # middlewares are chosen now
    settings.PAGINE_PRONTE = True
    return cliente


def gira(dopo=timedelta()):
    guardia.giro(timezone.now() + dopo)


def pronta(risposta):
    return "ETag" in risposta.headers


def pronte():
    return {"/" + "".join(f"{parte}/" for parte in relativa.parts[2:]) for relativa, _ in deposito.presenti()}


def una_per_tipo():
    return sorted({p.specific_class: p.url for p in Page.objects.live().public().filter(depth__gt=1)}.values())


# -- what changes, and what shows it -------------------------------------------------------------------------


def salva(modello, **campi):
    oggetto = modello.objects.first()
    for nome, valore in campi.items():
        setattr(oggetto, nome, valore)
    oggetto.save()


def logo():
    salva(Distretto, logo=Immagine.objects.create(title="Logo", file=get_test_image_file("nuovo.png")))


def in_sql():
    with connection.cursor() as cursore:
        cursore.execute("UPDATE organizzazioni_organizzazione SET denominazione = denominazione || ' (SQL)'")


def spostata():
    servizio = ServizioPage.objects.live().first()
    altra = next(s for s in ServizioPage.objects.live() if s.get_parent() != servizio.get_parent()).get_parent()
    servizio.move(altra, pos="last-child")


def foto_di_un_evento():
    evento = EventoPage.objects.live().exclude(immagine=None).first() or EventoPage.objects.live().first()
    evento.immagine = Immagine.objects.create(title="Foto", file=get_test_image_file("evento.png"))
    evento.save()


CAMBIA = {
    "il nome del Distretto": lambda: salva(Distretto, denominazione="Distretto cambiato"),
    "un contatto": lambda: salva(Distretto, email="nuova@example.org"),
    "il logo": logo,
    "un collegamento in fondo": lambda: salva(ContenutoPage, title="Pagina con un altro nome"),
    "la testata": lambda: Page.objects.filter(show_in_menus=True).last().specific.unpublish(),
    "un bisogno": lambda: Bisogno.objects.update(nome="Bisogno cambiato"),
    "una fase della vita": lambda: salva(FaseVita, nome="Fase cambiata"),
    "una categoria": lambda: salva(Categoria, nome="Categoria cambiata"),
    "un numero di emergenza": lambda: salva(GuidaIndexPage, emergenze=[]),
    "un'organizzazione": lambda: salva(Organizzazione, denominazione="Ente cambiato"),
    "una scheda": lambda: ServizioPage.objects.live().first().unpublish(),
    "una scheda spostata": spostata,
    "una convenzione": lambda: salva(ConvenzionePage, title="Convenzione cambiata"),
    "una notizia": lambda: NotiziaPage.objects.live().first().unpublish(),
    "una figura": foto_di_un_evento,
    "un documento": lambda: salva(Documento, title="Documento cambiato"),
    "un'azione": lambda: salva(AzionePage, title="Azione cambiata"),
    "una pagina chiusa": lambda: OrganizzazionePage.objects.last().view_restrictions.create(restriction_type="login"),
    "una riga di SQL": in_sql,
    "il nome del sito": lambda: Site.objects.update(hostname="testserver", site_name="Altro"),
}


@pytest.mark.parametrize("cosa", CAMBIA)
def test_change__is_in_every_page_that_shows_it(visitatore, da_capo, cosa):
    """What the visitor reads is what would be drawn now, for one page of each type."""
    indirizzi = una_per_tipo()
    for indirizzo in indirizzi:
        visitatore.get(indirizzo)
    prima = pronte()
    assert set(indirizzi) <= prima
    CAMBIA[cosa]()
    gira()
    for indirizzo in indirizzi:
        letta, disegnata = visitatore.get(indirizzo), da_capo.get(indirizzo)
        assert (letta.status_code, letta.content) == (disegnata.status_code, disegnata.content), indirizzo


@pytest.mark.parametrize("cosa, restano", [("scheda", "/programma/"), ("evidenza", "/"), ("bozza", "/privacy/")])
def test_change__drops_nothing_that_does_not_show_it(visitatore, cosa, restano):
    servizio = ServizioPage.objects.live().first()
    for indirizzo in (restano, servizio.url):
        assert pronta(visitatore.get(indirizzo))
    file = deposito._pagine() / "http/testserver" / restano.strip("/") / "index.html"
    prima = file.stat().st_ino
    if cosa == "scheda":
        servizio.title += " cambiata"
        servizio.save()
    elif cosa == "evidenza":
        Utente.objects.update(last_login=timezone.now())
    else:
        servizio.title += " in bozza"
        servizio.save_revision()
    gira()
    assert file.stat().st_ino == prima
    assert (servizio.url in pronte()) == (cosa == "evidenza")


def test_nothing_written__drops_nothing(visitatore):
    visitatore.get("/")
    gira()
    gira()
    assert "/" in pronte()


def test_page__written_while_it_was_drawn_is_not_kept(visitatore, monkeypatch):
    monkeypatch.setattr(tabelle_scritte, "versioni", iter([{}, {"wagtailcore_page": (1, 1)}]).__next__)
    assert not pronta(visitatore.get("/programma/"))
    assert not pronte()


# -- time ----------------------------------------------------------------------------------------------------


def test_page__goes_at_midnight(visitatore):
    assert pronta(visitatore.get("/programma/"))
    fine = mezzanotte(timezone.now())
    guardia.giro(fine - timedelta(seconds=61))
    assert "/programma/" in pronte()
    guardia.giro(fine)
    assert not pronte()


def test_page__that_depends_on_the_hour_goes_before(visitatore, da_capo, monkeypatch):
    """Each sheet of the guide says the same from when it was drawn until when it says that it is true."""
    feriali = (timezone.localdate() + timedelta(days=n) for n in range(40))
    mercoledi = next(g for g in feriali if g.weekday() == 2 and not festivo(g) and not festivo(g - timedelta(days=1)))
    alle_dieci = timezone.make_aware(datetime.combine(mercoledi, clock(10)))
    monkeypatch.setattr(timezone, "now", lambda: alle_dieci)
    for servizio in ServizioPage.objects.live().exclude(orari=None)[:12]:
        visitatore.get(servizio.url)
    durate = {"/" + "/".join(r.parts[2:]) + "/": fino_a for r, fino_a in deposito.presenti()}
    fine = mezzanotte(alle_dieci).timestamp()
    assert any(fino_a < fine for fino_a in durate.values())
    for indirizzo, fino_a in durate.items():
        ultimo = datetime.fromtimestamp(fino_a - 1, tz=timezone.get_current_timezone())
        letta = visitatore.get(indirizzo).content
        with monkeypatch.context() as poi:
            poi.setattr(timezone, "now", lambda ultimo=ultimo: ultimo)
            assert da_capo.get(indirizzo).content == letta, indirizzo


def test_hour__counts_only_for_what_is_being_drawn():
    vale_fino(timezone.now())  # outside of a page nobody is told


# -- to whom, and what ---------------------------------------------------------------------------------------


def test_ready_page__is_as_it_was_drawn_in_every_encoding(visitatore, da_capo):
    disegnata = da_capo.get("/programma/")
    visitatore.get("/programma/")
    for accetta, codifica in (("", None), ("gzip", "gzip"), ("gzip, br", "br"), ("br;q=0, gzip", "gzip")):
        letta = visitatore.get("/programma/", headers={"accept-encoding": accetta})
        assert letta.headers.get("Content-Encoding") == codifica
        assert int(letta.headers["Content-Length"]) == len(letta.content)
        if codifica is None:
            assert letta.content == disegnata.content
    sue, loro = dict(letta.headers), dict(disegnata.headers)
    for nome in ("ETag", "Vary", "Cache-Control", "Content-Encoding", "Content-Length"):
        sue.pop(nome, None), loro.pop(nome, None)
    assert sue == loro


def test_ready_page__that_the_browser_has_is_not_sent_again(visitatore):
    etag = visitatore.get("/programma/").headers["ETag"]
    di_nuovo = visitatore.get("/programma/", headers={"if-none-match": etag})
    assert (di_nuovo.status_code, di_nuovo.content, di_nuovo.headers["ETag"]) == (304, b"", etag)


def test_who_is_signed_in__neither_reads_nor_leaves_a_ready_page(visitatore, settings):
    visitatore.get("/")
    manager = Client()
    manager.force_login(Utente.objects.get(username="manager"))
    assert not pronta(manager.get("/"))
    assert not pronta(manager.get("/programma/")) and "/programma/" not in pronte()
    straniero = Client()
    straniero.cookies[settings.SESSION_COOKIE_NAME] = "inventata"
    assert not pronta(straniero.get("/"))


@pytest.mark.parametrize(
    "come",
    [
        {"path": "/programma/?pagina=2"},
        {"path": "/programma/?utm_source=x"},
        {"path": "/programma/", "headers": {"authorization": "Basic eA=="}},
        {"path": "/programma/", "headers": {"cookie": "messages=qualcosa"}},
        {"path": "/programma/", "headers": {"host": "localhost:8000"}},
        {"path": "/non-esiste/"},
        {"path": "/newsletter/iscriviti/"},
        {"path": "/card/"},
        {"path": "/card/verifica/niente/"},
        {"path": "/cerca/"},
        {"path": "/family-guide/la-mia-lista/"},
        {"path": "/notizie/calendario/2025-10/"},
        {"path": "/admin/login/"},
        {"path": "/salute/"},
    ],
    ids=lambda come: str(come.get("headers", come["path"])),
)
def test_request__that_may_be_of_somebody_leaves_nothing(visitatore, come):
    assert not pronta(visitatore.get(**come))
    assert not pronta(visitatore.get(**come))
    assert not pronte()


def test_post__is_never_answered_by_a_file(visitatore):
    visitatore.get("/programma/")
    assert not pronta(visitatore.post("/programma/"))


@pytest.mark.parametrize("modo", ["login", "password"])
def test_page_for_some__is_never_ready_and_goes_when_it_is_closed(visitatore, modo):
    pagina = Page.objects.live().public().filter(depth__gt=3).last()
    figlia_di = pagina.get_parent()
    assert pronta(visitatore.get(pagina.url))
    figlia_di.view_restrictions.create(restriction_type=modo, password="segreta")
    gira()
    assert pagina.url not in pronte()
    for _ in range(2):
        assert not pronta(visitatore.get(pagina.url))
    visitatore.post(f"/_util/authenticate_with_password/{pagina.view_restrictions.first() or 1}/{pagina.pk}/")
    assert pagina.url not in pronte()


CAMBIA_RISPOSTA = {
    "cookie": lambda richiesta, risposta, pagina: risposta.set_cookie("a", "b"),
    "anteprima": lambda richiesta, risposta, pagina: setattr(richiesta, "is_preview", True),
    "non pubblicata": lambda richiesta, risposta, pagina: setattr(pagina, "live", False),
    "chiusa": lambda richiesta, risposta, pagina: setattr(pagina, "via_libera", False),
    "ritirata": lambda richiesta, risposta, pagina: setattr(risposta, "status_code", 410),
} | {
    nome: lambda richiesta, risposta, pagina, nome=nome: risposta.headers.__setitem__(nome, "Cookie")
    for nome in ("Vary", "Cache-Control", "Set-Cookie", "X-Altro")
}


@pytest.mark.parametrize("cosa", CAMBIA_RISPOSTA)
def test_answer__that_says_who_asks_or_what_it_is_for_is_not_kept(rf, cosa):
    pagina = ContenutoPage.objects.live().first()
    pagina.via_libera = True
    richiesta = rf.get(pagina.url)
    risposta = TemplateResponse(richiesta, engines["django"].from_string("ciao"), {"page": pagina}).render()
    assert uguale_per_tutti(richiesta, risposta)
    CAMBIA_RISPOSTA[cosa](richiesta, risposta, pagina)
    assert not uguale_per_tutti(richiesta, risposta)


# -- what fails ----------------------------------------------------------------------------------------------


@pytest.fixture
def cieca(visitatore, monkeypatch):
    """What makes the guard unable to ask the database, since more than two seconds; a page was ready before."""

    def da_ora():
        visitatore.get("/programma/")
        monkeypatch.setattr(guardia, "FERMA", 2.0)
        monkeypatch.setattr(tabelle_scritte, "versioni", Mock(side_effect=DatabaseError("troppe connessioni")))
        gira()
        assert "/programma/" in pronte()
        os.utime(deposito.cartella() / "stato", (time.time() - 10,) * 2)
        gira()

    return da_ora


def test_guard_that_cannot_ask__leaves_nothing_where_others_may_write(visitatore, cieca):
    cieca()
    assert not pronte() and not pronta(visitatore.get("/programma/"))


def test_database_down__readers_read_what_was_ready_if_it_cannot_be_drawn(visitatore, cieca, monkeypatch):
    monkeypatch.setattr(guardia, "altri_lo_usano", lambda: False)
    cieca()
    assert "/programma/" in pronte() and not pronta(visitatore.get("/programma/"))
    monkeypatch.setattr(Page, "specific_class", property(lambda pagina: 1 / 0))
    visitatore.raise_request_exception = False
    assert pronta(visitatore.get("/programma/"))
    assert visitatore.get("/privacy/").status_code == 500


def test_guard_that_stopped__gives_nothing_ready(visitatore, monkeypatch):
    assert pronta(visitatore.get("/programma/"))
    monkeypatch.setattr(guardia, "FERMA", 2.0)
    os.utime(deposito.cartella() / "stato", (time.time() - 10,) * 2)
    assert not pronta(visitatore.get("/programma/"))
    gira()
    assert pronta(visitatore.get("/programma/"))


def test_other_code__begins_from_nothing(visitatore, monkeypatch):
    visitatore.get("/programma/")
    monkeypatch.setattr(deposito, "AVVIO", "un altro")
    assert not pronta(visitatore.get("/programma/"))
    gira()
    assert not pronte()
    assert pronta(visitatore.get("/programma/"))


def test_disk_full_or_ruined__draws_the_page(visitatore, monkeypatch):
    def pieno(*args):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as poi:
        poi.setattr(deposito, "metti", pieno)
        assert visitatore.get("/programma/").status_code == 200
    visitatore.get("/programma/")
    (prova,) = deposito._prove().rglob(deposito.PROVA)
    prova.write_bytes(b"rovinata")
    salva(Distretto, territorio="altrove")
    gira()
    assert not pronte()


def test_table_that_nobody_watches__makes_no_page_ready(visitatore, monkeypatch):
    monkeypatch.setattr(interrogazioni, "viste", lambda: tabelle_scritte.viste() - {"organizzazioni_distretto"})
    assert not pronta(visitatore.get("/programma/"))


def test_site_that_keeps_none_any_more__leaves_none_to_the_web_server(visitatore, settings):
    assert pronta(visitatore.get("/programma/"))
    settings.PAGINE_PRONTE = False
    runpy.run_path("deploy/gunicorn.conf.py")["post_worker_init"](None)
    assert not pronte() and not list(deposito.cartella().rglob("index.html*"))
