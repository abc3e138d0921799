"""Whether what must run by itself still runs: the periodic commands, and the worker of slow tasks.

`settings.COMANDI_PERIODICI` names the commands that someone has promised to run; `manage.py` notes each time one ends
well. The worker is judged by what waits for it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django_tasks_db.models import DBTaskResult

from .models import Esecuzione

ATTESA_MASSIMA = timedelta(hours=1)
"""How long a task may wait before the worker is taken for stopped."""


@dataclass(frozen=True)
class Ritardo:
    """Something that stopped: its name, what it does for people, since when nothing was seen of it (None: never)."""

    nome: str
    cosa: str
    da: datetime | None


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


def segna(argomenti: Iterable[str]) -> None:
    """Note that the command line `argomenti` ended well, if it is a periodic command and not a rehearsal."""
    _, comando, *opzioni = [*argomenti, "", ""]
    if comando in settings.COMANDI_PERIODICI and not {"--dry-run", "--dryrun", "--help", "-h"} & set(opzioni):
        Esecuzione.objects.update_or_create(comando=comando, defaults={"ultima": timezone.now()})


@never_cache
def salute(request):
    """For who watches the site from outside: 200 if everything runs, 503 if something stopped; it says no more."""
    fermo = bool(ritardi_di_adesso())
    detto, stato = ("in ritardo\n", 503) if fermo else ("bene\n", 200)
    return HttpResponse(detto, "text/plain; charset=utf-8", status=stato)
