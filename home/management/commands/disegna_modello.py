"""`manage.py disegna_modello`."""

from django.core.management.base import BaseCommand

from home.modello import CARTELLA, scrivi


class Command(BaseCommand):
    help = "Disegna di nuovo oggetti e stati in docs/modello, dal codice."

    def handle(self, *args, **options):
        cambiate = scrivi()
        self.stdout.write(f"{CARTELLA.name}: {', '.join(cambiate)}" if cambiate else "Nulla è cambiato.")
