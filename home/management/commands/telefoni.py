"""`manage.py telefoni`."""

from django.core.management.base import BaseCommand
from django.db import transaction

from home.telefoni import riscrivi_telefoni


class Command(BaseCommand):
    help = "Scrive in un modo solo i numeri di telefono che si capiscono, ed elenca quelli da guardare"

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="dice soltanto quali deve guardare una persona")

    @transaction.atomic
    def handle(self, *args, dry_run, **options):
        da_vedere = list(riscrivi_telefoni(prova=dry_run))
        for riga, _, perche in da_vedere:
            pagina = getattr(riga, "servizio", riga)
            self.stdout.write(f"{pagina._meta.verbose_name} {pagina.pk}, {pagina.title}: {perche}")
        self.stdout.write(f"Da guardare: {len(da_vedere)}")
