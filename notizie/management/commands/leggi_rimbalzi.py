"""`manage.py leggi_rimbalzi`."""

import sys
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from notizie.newsletter.operazioni import registra_rapporto
from notizie.newsletter.rimbalzi import MASSIMO, leggi

CARTELLE, LETTO = ("new", "cur"), "S"
"""Where messages are in a Maildir, and the mark of one that was read."""


class Command(BaseCommand):
    help = (
        "Legge i messaggi della newsletter tornati indietro: da una cartella Maildir (per cron), oppure uno solo "
        "dall'ingresso, con «-» (per un alias di posta)"
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "da",
            nargs="?",
            default=settings.NEWSLETTER_MAILDIR,
            help="la cartella Maildir, o «-»; se manca, NEWSLETTER_MAILDIR",
        )
        parser.add_argument("--dry-run", action="store_true", help="dice soltanto quanti messaggi ci sono da leggere")

    def handle(self, *args, da, dry_run, **options):
        if da == "-":
            grezzo = _dall_ingresso()
            nostro = leggi(grezzo) is not None if dry_run else _registra(grezzo)
            self.stdout.write("È un rapporto sulla consegna" if nostro else "Non è un rapporto su un nostro messaggio")
            return
        if not da or not all((Path(da) / cartella).is_dir() for cartella in CARTELLE):
            raise CommandError(f"Non è una cartella Maildir: «{da}»")
        messaggi = list(_da_leggere(Path(da)))
        if dry_run:
            self.stdout.write(f"Da leggere: {len(messaggi)}")
            return
        nostri = sum(_leggi_file(messaggio) for messaggio in messaggi)
        self.stdout.write(f"Rapporti letti: {nostri}; altri messaggi, lasciati: {len(messaggi) - nostri}")


def _registra(grezzo):
    rapporto = leggi(grezzo)
    return rapporto is not None and registra_rapporto(rapporto)


def _dall_ingresso():
    """As much as is read of a report; the rest is heard out, or the mail server would take it for a failure."""
    ingresso = sys.stdin.buffer
    inizio = ingresso.read(MASSIMO)
    while ingresso.read(MASSIMO):
        pass
    return inizio


def _da_leggere(maildir: Path) -> Iterator[Path]:
    for cartella in CARTELLE:
        for messaggio in sorted((maildir / cartella).iterdir()):
            if messaggio.is_file() and LETTO not in messaggio.name.partition(":2,")[2]:
                yield messaggio


def _leggi_file(messaggio: Path) -> bool:
    """A report about a message of ours is deleted, since it holds an address; anything else is kept, as read."""
    with messaggio.open("rb") as aperto:
        nostro = _registra(aperto.read(MASSIMO))
    if nostro:
        messaggio.unlink()
    else:
        nome, _, segni = messaggio.name.partition(":2,")
        messaggio.rename(messaggio.parent.parent / "cur" / f"{nome}:2,{''.join(sorted({*segni, LETTO}))}")
    return nostro
