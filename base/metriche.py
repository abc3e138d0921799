"""How many requests, how slow, with what outcome: for Prometheus, on the loopback of the machine and nowhere else.

Each process counts in a file, in the folder that `deploy/gunicorn.conf.py` makes; gunicorn's own adds them up.
"""

import time

from prometheus_client import Histogram

RICHIESTE = Histogram(
    "portale_richieste_secondi",
    "Richieste: quante, e in quanti secondi",
    ["vista", "metodo", "esito"],
    buckets=(0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30),
)
METODI = {"GET", "HEAD", "POST"}


class MetricheMiddleware:
    """Counts by the name of the view: no address, and nobody, is in the figures."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        inizio = time.perf_counter()
        risposta = self.get_response(request)
        vista = request.resolver_match.view_name if request.resolver_match else ""
        metodo = request.method if request.method in METODI else "altro"
        RICHIESTE.labels(vista or "nessuna", metodo, risposta.status_code).observe(time.perf_counter() - inizio)
        return risposta
