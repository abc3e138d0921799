"""gunicorn, sized for the machine and for how many Districts it has: gunicorn -c deploy/gunicorn.conf.py cms.wsgi.

`WEB_CONCURRENCY` and `WEB_THREADS` say otherwise.
"""

import gc
import os
import secrets
import tempfile
from pathlib import Path

MEMORIA_PER_PROCESSO = 200 * 1024 * 1024
"""Bytes reckoned for each process; half of the memory is left to the database and the worker."""

_memoria = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
_distretti = max(1, len(list(Path("/srv/portale/distretti").glob("*"))))
_adatti = max(1, min(2 * (os.cpu_count() or 1) + 1, _memoria // 2 // _distretti // MEMORIA_PER_PROCESSO))

bind = os.environ.get("GUNICORN_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", _adatti))
threads = int(os.environ.get("WEB_THREADS", 4 if workers == 1 else 1))  # one that is busy must not stop the site
timeout = 30
graceful_timeout = 30
keepalive = 5
max_requests = 2000  # a process that grows is changed for a new one
max_requests_jitter = 400
control_socket_disable = True  # systemd says all that there is to say, and it would be in a home that is not there
worker_tmp_dir = "/dev/shm"  # noqa: S108  (its own heartbeat: never on a disk that may be busy)
preload_app = workers > 1  # alone, a process shares its memory with nobody: who watches it need not load the portal
os.environ["PRONTE_AVVIO"] = secrets.token_hex(8)  # pages that are ready are of all the processes of this start

# Figures for Prometheus, if METRICHE_PORTA says where: each process counts in a file of its own, this one adds them up.
_porta = int(os.environ.get("METRICHE_PORTA") or 0)
if _porta:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="portale-metriche-")


def pre_fork(server, worker):
    """What the application loaded stays in the memory that all processes share: the collector does not touch it."""
    gc.freeze()


def post_worker_init(worker):
    """The guard of the pages that are ready, also before anybody asks this process for one."""
    from django.conf import settings

    from base.pronte.deposito import svuota
    from base.pronte.guardia import Guardia

    if settings.PAGINE_PRONTE:
        Guardia.avvia()
    else:
        svuota()  # the web server would go on giving those of before, which nobody watches any more


def when_ready(server):
    if _porta:
        from prometheus_client import CollectorRegistry, start_http_server
        from prometheus_client.multiprocess import MultiProcessCollector

        cifre = CollectorRegistry()
        MultiProcessCollector(cifre)
        start_http_server(_porta, addr="127.0.0.1", registry=cifre)


def child_exit(server, worker):
    if _porta:
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(worker.pid)
