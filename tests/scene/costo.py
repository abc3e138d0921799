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
