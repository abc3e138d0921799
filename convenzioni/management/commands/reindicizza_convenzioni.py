"""`manage.py reindicizza_convenzioni`."""

from django.core.management.base import BaseCommand

from convenzioni.operazioni import reindicizza


class Command(BaseCommand):
    help = "Ricostruisce l'elenco delle convenzioni da quelle pubblicate: dopo un aggiornamento che lo cambia."

    def handle(self, *args, **options):
        self.stdout.write(f"Convenzioni nell'elenco: {reindicizza()}.")
