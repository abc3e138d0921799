"""A command that reads a mailbox of ours: a Maildir, for cron, or one message from the input, for an alias of mail."""

import logging
import sys
import time
from abc import ABC, abstractmethod
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from .maildir import dimentica, e_maildir, letto, messaggi, nella_maildir, segna_letto

logger = logging.getLogger(__name__)


class ComandoMaildir(ABC, BaseCommand):
    """`impostazione` names the setting with the folder, `massimo` how many bytes of a message are read. What `prendi`
    says to have understood is deleted, since it holds what is of persons; anything else stays, marked as read."""

    impostazione = ""
    massimo = 0
    giorni = 0
    """For how long what was not understood stays; 0: until a person looks at it."""
    nostro, altro, letti = "", "", ""
    """What is said of one message that is ours, of one that is not, and of how many were."""

    @abstractmethod
    def prendi(self, grezzo: bytes) -> bool:
        """Do what one message asks; whether it was understood."""

    @abstractmethod
    def capisce(self, grezzo: bytes) -> bool:
        """Whether it would be, without doing anything."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "da",
            nargs="?",
            default=getattr(settings, self.impostazione),
            help=f"la cartella Maildir, o «-»; se manca, {self.impostazione}",
        )
        parser.add_argument("--dry-run", action="store_true", help="dice soltanto quanti messaggi ci sono da leggere")

    def handle(self, *args: Any, da: str, dry_run: bool, **options: Any) -> None:
        if da == "-":
            grezzo = self._dall_ingresso()
            self.stdout.write(self.nostro if (self.capisce if dry_run else self.prendi)(grezzo) else self.altro)
            return
        if not e_maildir(da):
            raise CommandError(f"Non è una cartella Maildir: «{da}»")
        nuovi = [messaggio for messaggio in messaggi(da) if not letto(messaggio)]
        if dry_run:
            self.stdout.write(f"Da leggere: {len(nuovi)}")
            return
        nostri = sum(self._leggi_file(messaggio) for messaggio in nuovi)
        self.stdout.write(f"{self.letti}: {nostri}; altri messaggi, lasciati: {len(nuovi) - nostri}")
        if self.giorni:
            dimentica(da, time.time() - self.giorni * 86400)
        giacenza = nella_maildir(da)
        if giacenza is not None and giacenza.non_capiti:
            self.stdout.write(f"Nella cartella, letti e non capiti: {giacenza.non_capiti}")

    def _dall_ingresso(self) -> bytes:
        """As much as is read; the rest is heard out, or the mail server would take it for a failure."""
        ingresso = sys.stdin.buffer
        inizio = ingresso.read(self.massimo)
        while ingresso.read(1_000_000):
            pass
        return inizio

    def _leggi_file(self, messaggio: Path) -> bool:
        with messaggio.open("rb") as aperto:
            grezzo = aperto.read(self.massimo)
        try:
            nostro = self.prendi(grezzo)
        except OSError:  # no room on the disk: it is read again later
            raise
        except Exception as errore:  # noqa: BLE001  (whatever one message holds, those after it are read)
            logger.error("Messaggio non letto in %s: %s", self.impostazione, type(errore).__name__)
            nostro = False
        if nostro:
            messaggio.unlink()
        else:
            segna_letto(messaggio)
        return nostro
