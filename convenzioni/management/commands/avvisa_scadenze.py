"""`manage.py avvisa_scadenze`: for cron, once a day."""

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from base.posta import senza_posta
from convenzioni.operazioni import manda_promemoria


class Command(BaseCommand):
    help = "Avvisa organizzazioni e manager delle convenzioni che stanno per scadere: per cron, una volta al giorno"

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="dice che cosa manderebbe, senza mandare")

    def handle(self, *args, dry_run, **options):
        if dry_run:
            with transaction.atomic(), senza_posta():
                mandati = manda_promemoria(timezone.localdate())
                transaction.set_rollback(True)
        else:
            mandati = manda_promemoria(timezone.localdate())
        self.stdout.write(f"Promemoria {'da mandare' if dry_run else 'mandati'}: {len(mandati)}")
