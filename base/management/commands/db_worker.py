"""`manage.py db_worker`: the library's worker, which comes back when the database does and finds what was killed."""

import logging
import signal
import socket
import time

from django.db import InterfaceError, OperationalError, connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Command as DellaLibreria
from django_tasks_db.management.commands.db_worker import Worker

from base.battiti import OGNI, al_lavoro
from base.compiti import CODA, LAVORATORE, ritrova_interrotti

ATTESA_MASSIMA = 30
"""Seconds between two attempts to reach a database that is down, at most."""

logger = logging.getLogger(__name__)


class Lavoratore(Worker):
    """Looks for killed tasks when it starts and every `OGNI` in which it has nothing to do."""

    ultima_ricerca = 0.0
    attesa = 1

    def run(self):
        """The library's loop, one round at a time: each ends when nothing is ready."""
        continua, self.batch = not self.batch, True
        with al_lavoro(LAVORATORE + self.worker_id):
            while self.running:
                if time.monotonic() - self.ultima_ricerca > OGNI.total_seconds():
                    ritrova_interrotti()
                    self.ultima_ricerca = time.monotonic()
                super().run()
                self.attesa = 1
                if not continua or (self.max_tasks is not None and self._run_tasks >= self.max_tasks):
                    return
                if self.running:
                    time.sleep(self.interval)

    def run_finche_serve(self):
        """`run`, and again when the database that went away is back."""
        continua = not self.batch
        while self.running:
            try:
                return self.run()
            except (OperationalError, InterfaceError) as errore:
                if not continua:
                    raise
                logger.error(
                    "Il database non risponde (%s): riprovo tra %s secondi", type(errore).__name__, self.attesa
                )
                connection.close()
                self.batch, self.worker_id = False, _nome()  # what this one had in its hands is found again
                time.sleep(self.attesa)
                self.attesa = min(self.attesa * 2, ATTESA_MASSIMA)


def _nome():
    return f"{socket.gethostname()[:30]}-{get_random_string(12)}"


class Command(DellaLibreria):
    help = "Fa i compiti in sottofondo: posta, newsletter, fascicoli"

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.set_defaults(backend_name=CODA, reload=False, worker_id=None)

    def handle(
        self,
        *,
        queue_name,
        interval,
        batch,
        backend_name,
        startup_delay,
        max_tasks,
        worker_id,
        exclude_queues,
        **options,
    ):
        lavoratore = Lavoratore(
            queue_names=queue_name.split(","),
            interval=interval,
            batch=batch,
            backend_name=backend_name,
            startup_delay=False,
            max_tasks=max_tasks,
            worker_id=worker_id or _nome(),
            excluded_queue_names=exclude_queues.split(",") if exclude_queues else [],
        )
        di_prima = {segno: signal.getsignal(segno) for segno in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)}
        lavoratore.configure_signals()
        try:
            lavoratore.run_finche_serve()
        finally:
            for segno, che_fare in di_prima.items():
                signal.signal(segno, che_fare)
