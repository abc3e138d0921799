"""The real 2025 programme, loaded once for the whole session, and the people who use it."""

import gc
import io
import logging

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from organizzazioni.models import Organizzazione, Utente
from organizzazioni.operazioni import ACS, COORDINAMENTO, MANAGER

from . import base_migrata, mancanze
from .scene.anni import nel, nuovo_anno
from .scene.card import card, lotto, riservata

# ruff: noqa: F401 (the fixtures that more than one file is set in)
from .scene.convenzioni import nuova
from .scene.documenti import riconosciuta
from .scene.estate import centro, nuovo_centro
from .scene.fascicoli import nido, tipografia
from .scene.freschezza import nuova_scheda, sollecita
from .scene.importa_evidenze import file_csv
from .scene.notizie import nuovo_pezzo
from .scene.ped import criterio, nel_2025, pianifica, registra, scrivi_piano
from .scene.posta import dopo
from .scene.programma import IMPIANTO_2025, carica, impianto
from .scene.riunioni import prepara, tieni

PASSWORD = "prova"
GIRO = pytest.StashKey[str]()
"""What this run leaves out, in words."""
BREVE = 40
"""Bytes that may stand in the name of a test."""
gc.set_threshold(100_000, 20, 50)  # a request makes thousands of objects that die with it: a tenth of the time was this


class NienteErrori(logging.Handler):
    """WeasyPrint logs what PDF/UA does not allow, as a picture without words, and prints it all the same."""

    def emit(self, record):
        raise AssertionError(record.getMessage())


logging.getLogger("weasyprint").addHandler(NienteErrori(logging.ERROR))


def pytest_make_parametrize_id(config, val, argname):
    """A file made while tests are collected has the name of its argument: its bytes may hold the moment."""
    return argname if isinstance(val, bytes) and len(val) > BREVE else None


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL run what touches the database; the rest runs on SQLite, and would be the same here.

    What takes two connections at once (`tests/test_due_connessioni.py`) runs on PostgreSQL alone. A walk that asks the
    same addresses as every role asks them there as one (`una_base` is on the others).
    """
    if connection.vendor == "sqlite":
        sue, detto = [item for item in items if "base_a_parte" not in item.fixturenames], "girano qui"
    else:
        loro = {"db", "base_a_parte"}
        sue = [item for item in items if item.get_closest_marker("django_db") or loro & {*item.fixturenames}]
        sue = [item for item in sue if not item.get_closest_marker("una_base")]
        detto = "toccano la base dati"
    if len(sue) < len(items):
        config.stash[GIRO] = f"{connection.vendor}: {len(sue)} prove {detto}, su {len(items)}"
    items[:] = sue


def pytest_sessionfinish(session):
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["giro"] = session.config.stash.get(GIRO, "")


@pytest.hookimpl(optionalhook=True)  # of pytest-xdist
def pytest_testnodedown(node):
    node.config.stash[GIRO] = getattr(node, "workeroutput", {}).get("giro", "")


def pytest_terminal_summary(terminalreporter, config):
    if giro := config.stash.get(GIRO, ""):
        terminalreporter.write_line(giro)
    mancanze.racconta(terminalreporter)


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_modify_db_settings, django_test_environment, django_db_blocker):
    """Every test starts with bodies, criteria, index pages, roles and workflow; no users.

    Where all of them visit the demonstration, which has its own, nothing is loaded.
    """
    with django_db_blocker.unblock(), base_migrata.base_pronta():
        if not all("demo" in prova.fixturenames for prova in request.session.items):
            call_command("carica_programma", IMPIANTO_2025, stdout=io.StringIO())
        yield


@pytest.fixture(scope="session")
def pango():
    """For the tests that print a PDF."""
    mancanze.esigi("Pango")


@pytest.fixture
def programma(db):
    from programma.models import ProgrammaPage

    return ProgrammaPage.objects.get(anno=2025)


@pytest.fixture
def organizzazione_a(db):
    return Organizzazione.objects.get(chiave="asif-chimelli")


@pytest.fixture
def organizzazione_b(db):
    return Organizzazione.objects.get(chiave="cs4")


@pytest.fixture
def distretto(db):
    """The District itself, among the organisations."""
    return Organizzazione.objects.get(chiave="distretto-family-audit")


@pytest.fixture
def nuovo_utente(db):
    """Make a user in the groups with these names."""
    from django.contrib.auth.models import Group

    def nuovo(username, *gruppi, **campi):
        utente = Utente.objects.create_user(
            username,
            f"{username.replace('_', '.')}@example.org",
            PASSWORD,
            **{"first_name": username.split("_")[0].title(), "last_name": username.split("_")[-1].title(), **campi},
        )
        utente.groups.set(Group.objects.filter(name__in=gruppi))
        return utente

    return nuovo


@pytest.fixture
def referente_a(nuovo_utente, organizzazione_a):
    return nuovo_utente("referente_a", organizzazione_a.gruppo.name)


@pytest.fixture
def referente_b(nuovo_utente, organizzazione_b):
    return nuovo_utente("referente_b", organizzazione_b.gruppo.name)


@pytest.fixture
def manager(nuovo_utente, distretto):
    """The manager, who also writes in the name of the District."""
    return nuovo_utente("manager", MANAGER, distretto.gruppo.name)


@pytest.fixture
def coordinamento(nuovo_utente):
    return nuovo_utente("coordinamento", COORDINAMENTO)


@pytest.fixture
def acs(nuovo_utente):
    return nuovo_utente("acs", ACS)


@pytest.fixture
def superutente(nuovo_utente):
    return nuovo_utente("superutente", is_superuser=True, is_staff=True)


@pytest.fixture
def client_di():
    """A client where this user is signed in."""

    def client(utente):
        cliente = Client()
        cliente.force_login(utente)
        return cliente

    return client
