"""The demonstration in the place of the empty database of this process (SQLite alone)."""

from contextlib import contextmanager
from shutil import copytree

from django.conf import settings

from ..base_migrata import al_suo_posto, impronta
from ..demo_pronta import ARCHIVIO, demo_pronta
from ..deposito import RADICE, in_deposito, somma_di


def demo_di_prima():
    """As `demo_pronta`, but only a change of migrations, or of what is loaded, makes a new one: it waits for nobody."""
    caricato = [*RADICE.glob("home/demo/**/*"), *RADICE.glob("*/dati/**/*")]
    return in_deposito(f"demo-di-prima-{impronta()}-{somma_di(caricato)}", lambda qui: copytree(demo_pronta(), qui))


@contextmanager
def in_mostra(demo):
    """The database and the files of the folder `demo`, while the block lasts."""
    for cartella, radice in (("media", settings.MEDIA_ROOT), ("allegati", settings.ALLEGATI_ROOT)):
        copytree(demo / cartella, radice, dirs_exist_ok=True)
    with al_suo_posto(demo / ARCHIVIO):
        yield
