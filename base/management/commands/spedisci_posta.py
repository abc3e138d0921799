"""`manage.py spedisci_posta`."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from base.models import MessaggioInUscita
from base.posta import operazioni


class Command(BaseCommand):
    help = "Spedisce la posta in uscita che il lavoratore non ha spedito e dimentica quella vecchia: per cron"

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="dice soltanto quanti messaggi partirebbero")

    def handle(self, *args, dry_run, **options):
        pronti = MessaggioInUscita.objects.da_spedire(timezone.now()).count()
        self.stdout.write(f"Da spedire: {pronti}")
        if dry_run:
            return
        operazioni.spedisci()
        fermi = MessaggioInUscita.objects.fermi().count()
        self.stdout.write(
            f"Non partiti o in dubbio: {fermi}. Dimenticati perché vecchi: {operazioni.dimentica_vecchi()}"
        )
