"""Nothing falls with one part: cache, database, worker, disk and printing, each broken for real where a test can."""

import errno
import io
import logging
import os
import runpy
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult, get_date_max

from base import battiti, compiti
from base.archivio import ArchivioIntegro, disco_pieno
from base.cache import ConRiserva
from base.limiti import Limite
from base.management.commands import db_worker
from base.models import Battito, MessaggioInUscita, VoceDiRiserva
from base.salute import guasti
from guide import operazioni as guida
from guide.models import Stamperia
from home.views import errore_del_server
from organizzazioni.accesso import DI_UN_ACCESSO

pytestmark = pytest.mark.django_db
CODA = {"lenti": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
CACHE_ROTTA = {
    "default": {"BACKEND": "base.cache.ConRiserva"},
    "vera": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": "redis://127.0.0.1:1/1",
        "OPTIONS": {"socket_connect_timeout": 0.5},
    },
    "riserva": {"BACKEND": "base.cache.CacheNelDatabase", "LOCATION": "base_riserva"},
}


@pytest.fixture
def coda(settings, monkeypatch):
    settings.TASKS = {**settings.TASKS, **CODA}
    # A worker run in here must not close the connection that holds the test's own transaction.
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)
    monkeypatch.setattr(db_worker.connection, "close", lambda: None)


@pytest.fixture
def senza_redis(settings, caplog):
    """A Redis that is not there."""
    prima, settings.CACHES = settings.CACHES, CACHE_ROTTA
    ConRiserva.rotta_fino_a = 0.0
    yield
    ConRiserva.rotta_fino_a = 0.0
    settings.CACHES = prima


# The cache


def test_without_redis__pages_login_and_forms_go_on(senza_redis, client, manager, referente_a):
    assert client.get("/").status_code == 200 and client.get("/cerca/?q=nido").status_code == 200
    risposta = client.post(reverse("wagtailadmin_login"), {"username": manager.username, "password": "prova"})
    assert risposta.status_code == 302 and client.get(reverse("wagtailadmin_home")).status_code == 200
    assert Client().post(reverse("wagtailadmin_password_reset"), {"email": manager.email}).status_code == 302
    assert "guasto" in client.get("/salute/").content.decode()
    assert [guasto.nome for guasto in guasti() if guasto.nome != "disco"] == ["cache"]


def test_without_redis__limits_are_counted_in_the_database(senza_redis, client, manager):
    limite, richiesta = Limite("prova", quante=3, secondi=3600), RequestFactory().get("/")
    assert [limite.passa(richiesta) for _ in range(5)] == [True] * 3 + [False] * 2
    assert not limite.ammette(richiesta)
    for _ in range(DI_UN_ACCESSO.quante + 1):
        risposta = client.post(reverse("wagtailadmin_login"), {"username": manager.username, "password": "sbagliata"})
    assert risposta.status_code == 429


def test_count_in_the_database__keeps_its_time_and_ends_with_it(settings):
    settings.CACHES = CACHE_ROTTA
    riserva = caches["riserva"]
    assert riserva.add("a", 0, 3600) and [riserva.incr("a"), riserva.incr("a", 2)] == [1, 3]
    assert riserva.get("a") == 3
    VoceDiRiserva.objects.update(expires=timezone.now() - timedelta(seconds=1))
    with pytest.raises(ValueError, match="not found"):
        riserva.incr("a")


def test_broken_cache__is_not_asked_again_at_once(senza_redis, monkeypatch):
    caches["default"].set("a", 1)
    monkeypatch.setattr(type(caches["vera"]), "get", lambda *args, **kwargs: pytest.fail("asked again"))
    assert caches["default"].get("a") == 1


# The database


def test_without_database__health_says_so_and_the_page_of_errors_is_drawn(client, monkeypatch, settings):
    def rifiuta(*args, **kwargs):
        raise OperationalError("connection refused")

    client.raise_request_exception = False
    monkeypatch.setattr(BaseDatabaseWrapper, "cursor", rifiuta)
    risposta = client.get("/salute/")
    assert (risposta.status_code, risposta.content) == (503, b"guasto\n")
    for indirizzo in ("/", "/admin/login/", "/cerca/?q=nido"):
        risposta = client.get(indirizzo)
        assert risposta.status_code == 500 and "Il sito ha avuto un problema" in risposta.content.decode()


def test_worker__comes_back_when_the_database_does(coda, monkeypatch, caplog):
    giri, attese, nomi = [], [], []

    def run(lavoratore):
        giri.append(1)
        nomi.append(lavoratore.worker_id)
        if len(giri) < 4:
            raise OperationalError("the connection is lost")
        lavoratore.running = False

    monkeypatch.setattr(db_worker.Worker, "run", run)
    monkeypatch.setattr(db_worker.time, "sleep", attese.append)
    with caplog.at_level(logging.ERROR):
        call_command("db_worker", "--backend=lenti")
    assert len(giri) == 4 and len(set(nomi)) == 4 and "riprovo" in caplog.text
    assert attese == [1, 2, 4], "later and later"


# The worker, and what it had in its hands


@compiti.lavoro("provare", ripetibile=True)
@task(backend="lenti")
def ripetibile() -> None:
    """Something that may be done twice."""


@compiti.lavoro("provare una volta", ripetibile=False)
@task(backend="lenti")
def irripetibile() -> None:
    """Something that may not."""


def interrompi(compito, da=timedelta(minutes=10), lavoratori=("morto",)):
    riga = DBTaskResult.objects.get(pk=compito.enqueue().id)
    riga.status, riga.started_at, riga.worker_ids = "RUNNING", timezone.now() - da, list(lavoratori)
    riga.save()
    return riga


def test_killed_task__is_done_again_if_it_may_be_else_it_is_shown(coda, manager, client_di):
    una, altra = interrompi(ripetibile), interrompi(irripetibile)
    assert compiti.ritrova_interrotti() == 2 and compiti.ritrova_interrotti() == 0
    una.refresh_from_db(), altra.refresh_from_db()
    assert (una.status, altra.status) == ("READY", "FAILED")
    client, casa = client_di(manager), reverse("wagtailadmin_home")
    testo = " ".join(client.get(casa).content.decode().split())
    assert "è stato interrotto mentre provava a provare una volta" in testo
    client.post(reverse("posta:lavoro", args=[altra.pk, "rifai"]))
    altra.refresh_from_db()
    assert altra.status == "READY" and "provare una volta" not in client.get(casa).content.decode()


def test_task_that_kills_its_workers__is_not_tried_for_ever(coda):
    riga = interrompi(ripetibile, lavoratori=["a", "b", "c"])
    compiti.ritrova_interrotti()
    riga.refresh_from_db()
    assert riga.status == "FAILED"


def test_task_of_a_worker_that_lives__is_left_alone(coda):
    riga = interrompi(ripetibile, lavoratori=["vivo"])
    with battiti.al_lavoro(compiti.LAVORATORE + "vivo"):
        assert compiti.ritrova_interrotti() == 0
    Battito.objects.update(visto_il=timezone.now() - battiti.ASSENTE - timedelta(seconds=1))
    assert compiti.ritrova_interrotti() == 1
    assert interrompi(ripetibile, da=timedelta(seconds=5)) and compiti.ritrova_interrotti() == 0, "it has just begun"
    riga.refresh_from_db()
    assert riga.status == "READY"


def test_failed_task__is_forgotten_when_seen_and_only_by_a_manager(coda, manager, referente_a, client_di):
    riga = interrompi(irripetibile)
    compiti.ritrova_interrotti()
    for azione, chi, stato in (("dimentica", referente_a, 404), ("altro", manager, 404), ("dimentica", manager, 302)):
        assert client_di(chi).post(reverse("posta:lavoro", args=[riga.pk, azione])).status_code == stato
    assert compiti.non_riusciti() == []


def test_worker__does_what_waits_and_gives_a_sign(coda, settings):
    ripetibile.enqueue()
    interrotto = interrompi(ripetibile)
    call_command("db_worker", "--backend=lenti", "--batch", "--interval=0")
    assert {riga.status for riga in DBTaskResult.objects.all()} == {"SUCCESSFUL"}
    interrotto.refresh_from_db()
    assert len(interrotto.worker_ids) == 2
    assert battiti.vivi(compiti.LAVORATORE) and not [g for g in guasti() if g.nome == "lavoratore"]
    Battito.objects.update(visto_il=timezone.now() - timedelta(minutes=11))
    assert [g.nome for g in guasti() if g.nome == "lavoratore"]


# Printing


def test_printing__whoever_was_killed_blocks_for_a_minute_and_a_half(tipografia, nido):
    Stamperia.leggi()
    Stamperia.objects.update(in_corso_dal=timezone.now() - battiti.ASSENTE - timedelta(seconds=1))
    with battiti.al_lavoro(guida.fascicoli.TURNO), pytest.raises(guida.Occupata):
        guida.rifai()
    Battito.objects.update(visto_il=timezone.now() - battiti.ASSENTE - timedelta(seconds=1))
    guida.rifai()
    assert tipografia and Stamperia.leggi().in_corso_dal is None


def test_booklets_command__waits_to_know_whether_who_prints_is_dead(tipografia, nido, monkeypatch):
    Stamperia.leggi()
    Stamperia.objects.update(in_corso_dal=timezone.now())

    def passa(secondi):
        Stamperia.objects.update(in_corso_dal=timezone.now() - timedelta(seconds=secondi))

    monkeypatch.setattr("guide.management.commands.fascicoli.time.sleep", passa)
    uscita = io.StringIO()
    call_command("fascicoli", stdout=uscita)
    assert tipografia and "ci pensa lui" not in uscita.getvalue()


# The disk


@pytest.fixture
def pieno(monkeypatch):
    """A disk that is full: the first bytes are written, then no more."""

    def scrive_poco(self, name, content):
        percorso = Path(self.path(name))
        percorso.parent.mkdir(parents=True, exist_ok=True)
        percorso.write_bytes(b"%PDF")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(FileSystemStorage, "_save", scrive_poco)


def test_file__is_whole_or_is_not_there(tmp_path, monkeypatch):
    archivio = ArchivioIntegro(location=tmp_path)
    assert archivio.save("a/uno.txt", ContentFile(b"uno")) == "a/uno.txt"
    monkeypatch.setattr(archivio, "get_available_name", lambda nome, max_length=None: nome.replace("uno", "due"))
    assert archivio._save("a/uno.txt", ContentFile(b"due")) == "a/due.txt", "what is there is never written over"
    assert {p.name: p.read_text() for p in (tmp_path / "a").iterdir()} == {"uno.txt": "uno", "due.txt": "due"}
    assert ArchivioIntegro(location=tmp_path, file_permissions_mode=0o600).save("b", ContentFile(b"x")) == "b"
    assert (tmp_path / "b").stat().st_mode & 0o777 == 0o600


def test_full_disk__leaves_no_stump(tmp_path, pieno):
    with pytest.raises(OSError) as errore:
        ArchivioIntegro(location=tmp_path).save("a/uno.txt", ContentFile(b"uno"))
    assert disco_pieno(errore.value) and not list((tmp_path / "a").iterdir())


@pytest.mark.parametrize(
    ("errore", "pieno"),
    [
        (OSError(errno.EDQUOT, "quota"), True),
        (OperationalError("database or disk is full"), True),
        (OSError(errno.EACCES, "permission"), False),
        (ValueError("altro"), False),
        (None, False),
    ],
)
def test_full_disk__is_told_from_other_errors(errore, pieno):
    assert disco_pieno(errore) is pieno
    if errore:
        avvolto = RuntimeError("fuori")
        avvolto.__cause__ = errore
        assert disco_pieno(avvolto) is pieno


def test_full_disk__is_said_in_words(rf):
    try:
        raise OSError(errno.ENOSPC, "No space left on device")
    except OSError:
        risposta = errore_del_server(rf.get("/"))
    assert risposta.status_code == 507 and "non c'è più spazio" in risposta.content.decode()
    assert errore_del_server(rf.get("/")).status_code == 500


def test_health__says_when_disk_and_mail_are_in_trouble(settings, client, monkeypatch):
    prima = {guasto.nome for guasto in guasti()}
    monkeypatch.setattr("base.salute._megabyte_liberi", lambda cartella: settings.DISCO_MINIMO - 1)
    MessaggioInUscita.objects.create(email="a@example.org", a_chi="A", oggetto="O", tentativi=3)
    assert {guasto.nome for guasto in guasti()} - prima == {"disco", "posta"} - prima
    assert client.get("/salute/").content == b"guasto\n"


def test_wait_of_the_worker__asks_what_the_worker_would_take():
    """`deploy/lavoratore.py`, that calls the worker only for a task that is ready."""
    attesa = runpy.run_path("deploy/lavoratore.py")
    dove = attesa["dove_sta"]("postgres:////var/run/postgresql/portale-primo")
    assert dove == {"dbname": "portale-primo", "host": "/var/run/postgresql"}
    assert attesa["dove_sta"]("sqlite:////srv/portale.sqlite3") is None
    if connection.vendor != "postgresql":
        return

    def chiede():
        with connection.cursor() as cursore:
            cursore.execute(attesa["PRONTI"])
            return cursore.fetchone()[0]

    assert not chiede()
    dopo = timezone.now() + timedelta(hours=1)
    riga = DBTaskResult.objects.create(
        task_path="x.y", backend_name=compiti.CODA, args_kwargs={"args": [], "kwargs": {}}, run_after=dopo
    )
    assert not chiede()
    for run_after in (timezone.now() - timedelta(seconds=1), get_date_max()):
        DBTaskResult.objects.update(run_after=run_after)
        assert chiede() == DBTaskResult.objects.ready().filter(pk=riga.pk).exists()
    DBTaskResult.objects.update(run_after=timezone.now(), status="RUNNING")
    assert not chiede()
