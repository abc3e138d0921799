"""What one page read while it was drawn, and whether it would read the same now."""

import hashlib
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db import connection
from django.utils import timezone

from ..durata import in_corso, mezzanotte
from .tabelle_scritte import SENZA_CONTENUTI, viste

LEGGE = ("SELECT", "(SELECT", "WITH")
Query = tuple[str, tuple]


def _tenibile(valore):
    """The bytes of a value that would be only where they are."""
    return bytes(valore) if isinstance(valore, memoryview) else valore


class PaginaLetta:
    """Every query of a page while it is drawn, and until when it says the truth (`base.durata`)."""

    def __init__(self, adesso: datetime) -> None:
        self.query: dict[Query, None] = {}
        self.scrive = False
        self.fino_a = mezzanotte(adesso)

    def __call__(self, esegui, sql, valori, molte, contesto):
        self.scrive = self.scrive or molte or not sql.startswith(LEGGE)
        self.query[sql, tuple(map(_tenibile, valori or ()))] = None
        return esegui(sql, valori, molte, contesto)


@contextmanager
def registra() -> Iterator[PaginaLetta]:
    """Note what is read, and until when it is true, while the block lasts."""
    letture = PaginaLetta(timezone.now())
    gettone = in_corso.set(letture)
    try:
        with connection.execute_wrapper(letture):
            yield letture
    finally:
        in_corso.reset(gettone)


@lru_cache(maxsize=1)
def _tabelle() -> frozenset[str]:
    return frozenset(connection.introspection.table_names())


@lru_cache(maxsize=5000)
def nominate(sql: str) -> frozenset[str]:
    """The tables that may be read by `sql`: every word of it that is the name of one."""
    return (_tabelle() & frozenset(re.findall(r"\w+", sql))) - SENZA_CONTENUTI


@dataclass(frozen=True)
class Fondamento:
    """What a ready page stands on: its queries with the digest of what they answered, the tables, until when it is."""

    query: tuple[tuple[Query, str], ...]
    tabelle: frozenset[str]
    fino_a: datetime


def prova_di(letture: PaginaLetta) -> Fondamento | None:
    """What the page that read `letture` stands on, asked again; None for one that may not be kept: it wrote, or it
    read what nobody watches."""
    query = [(sql, valori) for sql, valori in letture.query if nominate(sql)]
    tabelle = frozenset().union(*(nominate(sql) for sql, _ in query))
    if letture.scrive or not tabelle or tabelle - viste():
        return None
    return Fondamento(tuple((una, impronta(una)) for una in query), tabelle, letture.fino_a)


def impronta(query: Query) -> str:
    """A digest of what `query` answers now."""
    with connection.cursor() as cursore:
        cursore.execute(*query)
        righe = cursore.fetchall()
    somma = hashlib.sha256()
    for riga in righe:
        somma.update(repr([*map(_tenibile, riga)]).encode())
    return somma.hexdigest()


class Rilettura:
    """Whether pages still read what they read, in a time that does not grow: what many of them ask is asked once."""

    def __init__(self, cambiate: Iterable[str], secondi: float) -> None:
        self.cambiate = frozenset(cambiate)
        self.entro = time.monotonic() + secondi
        self.note: dict[str, str] = {}

    def vale(self, prova: Fondamento) -> bool:
        """False also where the time to ask is over: a page that is drawn again is right too."""
        if not self.cambiate & prova.tabelle:
            return True
        return all(self._uguale(*una) for una in prova.query if self.cambiate & nominate(una[0][0]))

    def _uguale(self, query: Query, attesa: str) -> bool:
        chiave = repr(query)
        if chiave not in self.note:
            if time.monotonic() > self.entro:
                return False
            self.note[chiave] = impronta(query)
        return self.note[chiave] == attesa
