"""The demonstration in the place of the empty database of this process (SQLite alone)."""

import sqlite3
from contextlib import contextmanager
from shutil import copytree

from django.conf import settings
from django.db import connection
from django.test import Client
from wagtail.models import Page

from ..base_migrata import al_suo_posto, impronta
from ..demo_pronta import ARCHIVIO, demo_pronta
from ..deposito import RADICE, in_deposito, somma_di


def demo_di_prima():
    """As `demo_pronta`, but only a change of migrations, or of what is loaded, makes a new one: it waits for nobody.

    Its public pages were opened once: the pictures that they show are there in every size.
    """
    caricato = [*RADICE.glob("home/demo/**/*"), *RADICE.glob("*/dati/**/*")]
    return in_deposito(f"demo-vista-{impronta()}-{somma_di(caricato)}", _aperta_una_volta)


def _aperta_una_volta(qui):
    copytree(demo_pronta(), qui)
    with in_mostra(qui):
        visitatore = Client(raise_request_exception=False)
        for pagina in Page.objects.live().public().filter(depth__gt=1):
            visitatore.get(pagina.url)
        copytree(settings.MEDIA_ROOT, qui / "media", dirs_exist_ok=True)
        su_disco = sqlite3.connect(qui / ARCHIVIO)
        connection.connection.backup(su_disco)
        su_disco.close()


@contextmanager
def in_mostra(demo):
    """The database and the files of the folder `demo`, while the block lasts."""
    for cartella, radice in (("media", settings.MEDIA_ROOT), ("allegati", settings.ALLEGATI_ROOT)):
        copytree(demo / cartella, radice, dirs_exist_ok=True)
    with al_suo_posto(demo / ARCHIVIO):
        yield
