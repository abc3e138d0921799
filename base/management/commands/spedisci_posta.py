"""`manage.py spedisci_posta`."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from base.models import MessaggioInUscita
from base.posta import operazioni
from base.posta.server import Interrotta, linea


class Command(BaseCommand):
    help = "Spedisce la posta in uscita che il lavoratore non ha spedito e dimentica quella vecchia: per cron"

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="dice soltanto quanti messaggi partirebbero")

    def handle(self, *args, dry_run, **options):
        pronti = MessaggioInUscita.objects.da_spedire(timezone.now()).count()
        self.stdout.write(f"Da spedire: {pronti}")
        if dry_run:
            return
        try:
            operazioni.spedisci()
            with linea():  # also when there is nothing to send: a server that does not answer is known before
                pass
        except Interrotta as errore:
            raise CommandError(f"Il server di posta non risponde ({errore}): i messaggi aspettano") from errore
        fermi = MessaggioInUscita.objects.fermi().count()
        self.stdout.write(
            f"Non partiti o in dubbio: {fermi}. Dimenticati perché vecchi: {operazioni.dimentica_vecchi()}"
        )
