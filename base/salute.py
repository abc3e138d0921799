"""Whether what must run by itself still runs, and the parts that the site stands on.

`settings.COMANDI_PERIODICI` names the commands that someone has promised to run; `manage.py` notes each time one ends
well. The worker is judged by its signs of life and by what waits for it, the mail server by what waits to leave.
"""

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, InterfaceError
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django_tasks import task_backends
from django_tasks_db.models import DBTaskResult

from . import battiti
from .compiti import CODA, LAVORATORE
from .models import Esecuzione, MessaggioInUscita

ATTESA_MASSIMA = timedelta(hours=1)
"""How long a task may wait before the worker is taken for stopped."""
SENZA_LAVORATORE = timedelta(minutes=10)
"""How long the worker may be away: an update takes less."""
TENTATIVI_NORMALI = 3
"""A mail that was tried so many times waits for a server that does not answer."""


@dataclass(frozen=True)
class Ritardo:
    """Something that stopped: its name, what it does for people, since when nothing was seen of it (None: never)."""

    nome: str
    cosa: str
    da: datetime | None


@dataclass(frozen=True)
class Guasto:
    """A part of the site that does not work: its name, and what that means, in words."""

    nome: str
    cosa: str


def ritardi(
    attesi: Mapping[str, Mapping], visti: Mapping[str, datetime], in_attesa_da: datetime | None, adesso: datetime
) -> list[Ritardo]:
    """What is late at `adesso`. `attesi`: name -> `ore` within which it must run again, `cosa` it does; `visti`: when
    each last ended well; `in_attesa_da`: since when the oldest task waits for the worker."""
    trovati = [
        Ritardo(nome, str(detto["cosa"]), visti.get(nome))
        for nome, detto in attesi.items()
        if nome not in visti or adesso - visti[nome] > timedelta(hours=detto["ore"])
    ]
    if in_attesa_da is not None and adesso - in_attesa_da > ATTESA_MASSIMA:
        trovati.append(Ritardo("db_worker", "fa i lavori lunghi in sottofondo", in_attesa_da))
    return trovati


def ritardi_di_adesso() -> list[Ritardo]:
    """`ritardi` of this site, in two queries."""
    visti = dict(Esecuzione.objects.values_list("comando", "ultima"))
    pronti = DBTaskResult.objects.ready().order_by().values_list("enqueued_at", "run_after")
    adesso = timezone.now()
    attese = [max(messo, quando) if quando <= adesso else messo for messo, quando in pronti]
    return ritardi(settings.COMANDI_PERIODICI, visti, min(attese, default=None), adesso)


def guasti() -> list[Guasto]:
    """The parts that do not work now. Raises what the database raises when it is the database."""
    trovati = []
    if not getattr(cache, "risponde", lambda: True)():
        trovati.append(Guasto("cache", "la cache non risponde: il sito va avanti con il database, più piano"))
    for nome in ("VAR_DIR", "MEDIA_ROOT", "ALLEGATI_ROOT"):
        liberi = _megabyte_liberi(Path(getattr(settings, nome)))
        if liberi is not None and liberi < settings.DISCO_MINIMO:
            trovati.append(Guasto("disco", f"restano {liberi} MB liberi: tra poco non si potrà più salvare nulla"))
            break
    if MessaggioInUscita.objects.in_ritardo(timezone.now() - ATTESA_MASSIMA, TENTATIVI_NORMALI).exists():
        trovati.append(Guasto("posta", "il server di posta non prende i messaggi: gli avvisi aspettano"))
    if task_backends[CODA].supports_defer and not battiti.vivi(LAVORATORE, entro=SENZA_LAVORATORE):
        trovati.append(Guasto("lavoratore", "nessuno fa i lavori in sottofondo: db_worker non è in funzione"))
    return trovati


def _megabyte_liberi(cartella: Path) -> int | None:
    """Of the disk that holds `cartella`, which may not be there yet; None where nobody can tell."""
    esistente = next((c for c in (cartella, *cartella.parents) if c.exists()), None)
    try:
        return shutil.disk_usage(esistente).free // 1_048_576 if esistente else None
    except OSError:
        return None


def segna(argomenti: Iterable[str]) -> None:
    """Note that the command line `argomenti` ended well, if it is a periodic command and not a rehearsal."""
    _, comando, *opzioni = [*argomenti, "", ""]
    if comando in settings.COMANDI_PERIODICI and not {"--dry-run", "--dryrun", "--help", "-h"} & set(opzioni):
        Esecuzione.objects.update_or_create(comando=comando, defaults={"ultima": timezone.now()})


@never_cache
def salute(request):
    """For who watches the site from outside: 200 "bene", or 503 "guasto" or "in ritardo"; it says no more."""
    try:
        detto = "guasto" if guasti() else "in ritardo" if ritardi_di_adesso() else "bene"
    except (DatabaseError, InterfaceError):
        detto = "guasto"
    return HttpResponse(f"{detto}\n", "text/plain; charset=utf-8", status=200 if detto == "bene" else 503)
