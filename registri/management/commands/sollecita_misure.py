"""`manage.py sollecita_misure`: for cron, once a day."""

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from registri.misure.operazioni import sollecita_misure


class Command(BaseCommand):
    help = "Ricorda alle organizzazioni le misure dell'anno che non hanno ancora inviato: per cron, una volta al giorno"

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="dice a chi scriverebbe, senza scrivere")

    @transaction.atomic
    def handle(self, *args, dry_run, **options):
        fatti = sollecita_misure(timezone.localdate())
        if dry_run:
            transaction.set_rollback(True)
        for una in fatti:
            self.stdout.write(f"  {una}")
        self.stdout.write(f"Solleciti {'da mandare' if dry_run else 'mandati'}: {len(fatti)}.")
