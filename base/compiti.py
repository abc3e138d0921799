"""Tasks for the worker (`db_worker --backend lenti`): asked for once, however many ask."""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max


def metti_in_coda(compito, quando: datetime | None = None) -> None:
    """Ask for `compito`, which takes no argument, at `quando` (now), unless it is already asked for by then.

    To be called after the commit of what it will read: one that waits has not read anything yet. Where tasks run at
    once there is no later: what is due later is for the periodic command.
    """
    if not compito.get_backend().supports_defer:
        if quando is None:
            compito.enqueue()
        return
    entro = Q(run_after=get_date_max()) | Q(run_after__lte=quando or timezone.now())
    chiesti = DBTaskResult.objects.filter(entro, task_path=compito.module_path, status="READY")
    if not chiesti.exists():
        compito.using(run_after=quando).enqueue()
