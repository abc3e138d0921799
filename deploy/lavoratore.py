"""The worker of a District that mostly has nothing to do: asks the database, and calls `db_worker` when it has.

It loads nothing of the portal, so it costs a tenth of what it calls. Also with nothing to do it calls it every few
minutes, for its sign of life (`/salute/`) and to find what was killed. For PostgreSQL; with another it becomes it.
"""

import os
import signal
import subprocess
import sys
import time

OGNI = 2
"""Seconds between two questions."""
COMUNQUE = 240
"""Seconds after which the worker is called even for nothing; `/salute/` takes it for stopped after ten minutes."""
COMANDO = [sys.executable, "manage.py", "db_worker", "--backend", "lenti"]
PRONTI = (
    "SELECT EXISTS (SELECT 1 FROM django_tasks_database_dbtaskresult "
    "WHERE status = 'READY' AND backend_name = 'lenti' AND (run_after <= now() OR run_after >= '9999-01-01 00:00+00'))"
)
"""What waits for no moment has the last one of all (`django_tasks_db.models.get_date_max`)."""


class Attesa:
    """Questions without end, until somebody asks to stop; whoever works then ends its task first."""

    def __init__(self, dove):
        self.dove, self.connessione, self.figlio, self.finita = dove, None, None, False
        for segno in (signal.SIGTERM, signal.SIGINT):
            signal.signal(segno, self.ferma)

    def ferma(self, segno, _):
        self.finita = True
        if self.figlio and self.figlio.poll() is None:
            self.figlio.send_signal(segno)

    def ha_da_fare(self):
        """Whether a task is ready; a database that does not answer has nothing to do, and is asked again."""
        import psycopg

        try:
            if self.connessione is None:
                self.connessione = psycopg.connect(**self.dove, autocommit=True, connect_timeout=5)
            return self.connessione.execute(PRONTI).fetchone()[0]
        except psycopg.Error as errore:
            sys.stderr.write(f"Il database non risponde ({type(errore).__name__}): riprovo\n")
            self.connessione = None
            return False

    def esegui(self):
        prossima = 0.0
        while not self.finita:
            if time.monotonic() >= prossima or self.ha_da_fare():
                self.figlio = subprocess.Popen([*COMANDO, "--batch"])  # noqa: S603  (our own program)
                if self.figlio.wait():
                    time.sleep(OGNI)
                prossima = time.monotonic() + COMUNQUE
            if not self.finita:
                time.sleep(OGNI)


def dove_sta(indirizzo):
    """How to reach the database of `DATABASE_URL`; None if it is not PostgreSQL."""
    import environ

    detto = environ.Env.db_url_config(indirizzo)
    if not detto["ENGINE"].endswith("postgresql"):
        return None
    nomi = {"NAME": "dbname", "HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password"}
    return {suo: detto[nostro] for nostro, suo in nomi.items() if detto.get(nostro)} | detto.get("OPTIONS", {})


if __name__ == "__main__":
    from environ import Env

    Env.read_env(os.environ.get("AMBIENTE", ".env"))  # systemd has read it already; who starts it by hand has not
    if (dove := dove_sta(os.environ["DATABASE_URL"])) is None:
        os.execv(sys.executable, COMANDO)  # noqa: S606  (our own program)
    Attesa(dove).esegui()
