"""What a page costs with nothing in the cache: time and queries."""

from time import perf_counter

from django.core.cache import cache

from . import PROVE, query_di


def a_freddo(cliente, *indirizzi):
    """Best time of each page, in milliseconds, with nothing in the cache; asked in turn, to be compared."""
    tempi = {indirizzo: [] for indirizzo in indirizzi}
    for _ in range(PROVE):
        for indirizzo, suoi in tempi.items():
            cache.clear()
            inizio = perf_counter()
            assert cliente.get(indirizzo).status_code == 200
            suoi.append((perf_counter() - inizio) * 1000)
    return [min(suoi) for suoi in tempi.values()]


def query(cliente, indirizzo):
    cache.clear()
    return query_di(lambda: cliente.get(indirizzo))
