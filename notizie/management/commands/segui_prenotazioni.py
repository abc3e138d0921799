"""`manage.py segui_prenotazioni`: for cron, every hour."""

from django.core.management.base import BaseCommand
from django.db import transaction

from base.posta import senza_posta
from notizie.prenotazioni.operazioni import segui


class Command(BaseCommand):
    help = "Dà a chi aspetta i posti tornati liberi e ricorda gli eventi il giorno prima: per cron, ogni ora"

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="dice che cosa farebbe, senza farlo")

    def handle(self, *args, dry_run, **options):
        if dry_run:
            with transaction.atomic(), senza_posta():
                fatti = segui()
                transaction.set_rollback(True)
        else:
            fatti = segui()
        self.stdout.write(f"Posti dati a chi aspettava: {fatti['entrati']}; promemoria: {fatti['promemoria']}")
