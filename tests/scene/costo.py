"""What a page costs the database."""

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def quante_query(indirizzo, client=None):
    """Queries of the second visit, once images have their renditions, with the cache empty; how many, and which."""
    client = client or Client()
    client.get(indirizzo)
    cache.clear()
    with CaptureQueriesContext(connection) as query:
        assert client.get(indirizzo).status_code == 200
    return len(query), "\n".join(q["sql"][:160] for q in query)


def righe_lette(indirizzo, client=None):
    """How many rows the database answers for a page, with the cache empty."""
    lette = []

    def conta(esegui, sql, valori, molte, contesto):
        if sql.startswith(("SELECT", "(SELECT")):
            esegui(f"SELECT COUNT(*) FROM ({sql}) AS lette", valori, molte, contesto)  # noqa: S608  (our own query)
            lette.append(contesto["cursor"].fetchone()[0])
        return esegui(sql, valori, molte, contesto)

    cache.clear()
    with connection.execute_wrapper(conta):
        assert (client or Client()).get(indirizzo).status_code == 200
    return sum(lette)
