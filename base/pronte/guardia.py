"""Who takes away the pages that are no more true: one thread on the machine, in one of the processes of the site.

All have it; who holds the lock of `guardia` works. Killed, another takes its place at its next turn.
"""

import fcntl
import logging
import os
import threading
import time
from datetime import datetime
from pathlib import Path
from typing import TextIO

import psycopg
from django.db import Error, connection
from django.utils import timezone

from . import deposito, tabelle_scritte
from .interrogazioni import Rilettura

OGNI = 0.25
"""Seconds between two turns."""
CONFRONTO = 0.5
"""Seconds in which pages are compared one by one; those left are drawn again, when somebody asks for them."""
FERMA = 2.0
"""Seconds without a turn after which this process gives no ready page: nobody would take it away."""

logger = logging.getLogger(__name__)


class Guardia(threading.Thread):
    """Turns without end, while this process lives."""

    _una = threading.Lock()
    _viva: "Guardia | None" = None

    @classmethod
    def avvia(cls) -> None:
        """Start that of this process, once; after a fork there is none."""
        with cls._una:
            if cls._viva is None or not cls._viva.is_alive():
                cls._viva = cls(name="pronte", daemon=True)
                cls._viva.start()

    def run(self) -> None:
        while True:
            try:
                deposito.cartella().mkdir(parents=True, exist_ok=True)
                with (deposito.cartella() / "guardia").open("w") as file:
                    self._di_turno(file)
            except Exception:  # a guard that stops would leave what is not true
                logger.exception("La guardia delle pagine pronte ricomincia")
                connection.close()
            time.sleep(OGNI)

    def _di_turno(self, file: TextIO) -> None:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:  # another has it
            return
        while True:
            giro(timezone.now())
            time.sleep(OGNI)


def giro(adesso: datetime) -> None:
    """Take away what is no more true at `adesso`. Who cannot ask the database knows nothing of who writes in it."""
    prima = deposito.stato()
    try:
        versioni = tabelle_scritte.versioni()
    except Error:
        connection.close()
        if prima is not None and not veglia() and altri_lo_usano():
            with deposito.serratura(aspetta=True):
                deposito.svuota()
        return
    if prima is None or prima.avvio != deposito.AVVIO:
        with deposito.serratura(aspetta=True):
            deposito.svuota()
            deposito.scrivi_stato(deposito.StatoDelDeposito(deposito.AVVIO, versioni))
        return
    cambiate = tabelle_scritte.cambiate(prima.versioni, versioni)
    if cambiate or _scaduto(adesso):
        with deposito.serratura(aspetta=True):
            _rivedi(cambiate, adesso)
            deposito.scrivi_stato(deposito.StatoDelDeposito(deposito.AVVIO, versioni))
    _segna()


def altri_lo_usano() -> bool:
    """Whether somebody may write in the database that did not answer us. A server that takes nobody is down: until it
    comes back its pages are true. A file that we cannot read others may."""
    if connection.vendor != "postgresql":
        return True
    dove = {nome: valore for nome, valore in connection.get_connection_params().items() if nome in ("host", "port")}
    return (
        psycopg.pq.PGconn.ping(psycopg.conninfo.make_conninfo(**dove, connect_timeout=2).encode()) == psycopg.pq.Ping.OK
    )


def _rivedi(cambiate: set[str], adesso: datetime) -> None:
    confronto = Rilettura(cambiate, CONFRONTO)
    for relativa, fino_a in list(deposito.presenti()):
        finita = fino_a <= adesso.timestamp() or cambiate & tabelle_scritte.DI_TUTTE
        if finita or (cambiate and not _vale_ancora(relativa, confronto)):
            deposito.togli(relativa)


def _vale_ancora(relativa: Path, confronto: Rilettura) -> bool:
    try:
        prova = deposito.prova_di(relativa)
        return prova is not None and confronto.vale(prova)
    except Error:  # its queries are no more good, or the database went away: it is drawn again
        return False


_ultimo_minuto = 0


def _scaduto(adesso: datetime) -> bool:
    """Whether a minute is over since the last time: what is true until an hour is so until a whole minute."""
    global _ultimo_minuto
    prima, _ultimo_minuto = _ultimo_minuto, int(adesso.timestamp() // 60)
    return prima != _ultimo_minuto


def _segna() -> None:
    """That there was a turn now."""
    try:
        os.utime(deposito.cartella() / "stato")
    except OSError:  # it was taken away: at the next turn it is made again
        return


def veglia() -> bool:
    """Whether pages are watched now, and are of this code."""
    try:
        fatto = (deposito.cartella() / "stato").stat().st_mtime
    except OSError:
        return False
    return time.time() - fatto < FERMA and (stato := deposito.stato()) is not None and stato.avvio == deposito.AVVIO
