"""`manage.py leggi_rimbalzi`."""

import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from notizie.newsletter.maildir import e_maildir, letto, messaggi, nella_maildir, segna_letto
from notizie.newsletter.operazioni import registra_rapporto
from notizie.newsletter.rimbalzi import MASSIMO, leggi


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
        if not e_maildir(da):
            raise CommandError(f"Non è una cartella Maildir: «{da}»")
        nuovi = [messaggio for messaggio in messaggi(da) if not letto(messaggio)]
        if dry_run:
            self.stdout.write(f"Da leggere: {len(nuovi)}")
            return
        nostri = sum(_leggi_file(messaggio) for messaggio in nuovi)
        self.stdout.write(f"Rapporti letti: {nostri}; altri messaggi, lasciati: {len(nuovi) - nostri}")
        giacenza = nella_maildir(da)
        if giacenza is not None and giacenza.non_capiti:
            self.stdout.write(f"Nella cartella, letti e non capiti: {giacenza.non_capiti}")


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


def _leggi_file(messaggio: Path) -> bool:
    """A report about a message of ours is deleted, since it holds an address; anything else is kept, as read."""
    with messaggio.open("rb") as aperto:
        nostro = _registra(aperto.read(MASSIMO))
    if nostro:
        messaggio.unlink()
    else:
        segna_letto(messaggio)
    return nostro
