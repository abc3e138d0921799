"""`manage.py ripulisci_testi`."""

from django.core.management.base import BaseCommand
from django.db import transaction

from home.testi import riscrivi_testi


class Command(BaseCommand):
    help = "Scrive titoli, nomi e indirizzi di prima come si tengono ora (lettere composte, niente segni invisibili)"

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="dice soltanto che cosa cambierebbe")

    @transaction.atomic
    def handle(self, *args, dry_run, **options):
        quanti = {True: 0, False: 0}
        for riga, campo, cambia in riscrivi_testi(prova=dry_run):
            quanti[cambia] += 1
            coda = "" if cambia else ": ora è uguale a quello di un'altra riga, guardale"
            self.stdout.write(f"{riga._meta.verbose_name} {riga.pk}, {campo}{coda}")
        self.stdout.write(f"Cambiati: {quanti[True]}. Da guardare: {quanti[False]}")
