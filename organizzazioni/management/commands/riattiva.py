"""`manage.py riattiva`."""

from django.core.management.base import BaseCommand
from django.db import transaction

from organizzazioni.operazioni import riattiva


class Command(BaseCommand):
    help = "Dà a tutte le organizzazioni attive ciò che una nuova applicazione aggiunge: sezioni e permessi."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="prova senza scrivere")

    def handle(self, *args, dry_run, **options):
        with transaction.atomic():
            organizzazioni = riattiva()
            transaction.set_rollback(dry_run)
        for organizzazione in organizzazioni:
            self.stdout.write(str(organizzazione))
        self.stdout.write(f"Organizzazioni {'da aggiornare' if dry_run else 'aggiornate'}: {len(organizzazioni)}.")
