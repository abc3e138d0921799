"""`manage.py manda_riassunti`: for cron, once a day: nobody gets more than one a week."""

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from base.posta import senza_posta
from programma.operazioni import manda_riassunti


class Command(BaseCommand):
    help = "Scrive a manager e referenti che cosa c'è da fare, una volta alla settimana e solo se c'è qualcosa"

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="dice a quanti scriverebbe, senza scrivere")

    def handle(self, *args, dry_run, **options):
        if dry_run:
            with transaction.atomic(), senza_posta():
                mandati = manda_riassunti(timezone.localdate())
                transaction.set_rollback(True)
        else:
            mandati = manda_riassunti(timezone.localdate())
        self.stdout.write(f"Riassunti {'da mandare' if dry_run else 'mandati'}: {len(mandati)}")
