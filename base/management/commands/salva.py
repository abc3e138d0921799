"""`manage.py salva`."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from base.salvataggio import NonSiPuo, salva


class Command(BaseCommand):
    help = "Salva una copia del sito, database e file anche riservati, in una cartella: per cron"

    def add_arguments(self, parser):
        parser.add_argument("destinazione", type=Path, help="la cartella delle copie, meglio se su un altro disco")
        parser.add_argument("--chiave", default=settings.SALVA_CHIAVE, help="chiave pubblica di age: cifra la copia")
        parser.add_argument("--tieni", type=int, default=settings.SALVA_TIENI, help="quante copie restano (0: tutte)")

    def handle(self, *args, destinazione, chiave, tieni, **options):
        try:
            copia = salva(destinazione, chiave, tieni)
        except (NonSiPuo, OSError) as errore:
            raise CommandError(f"La copia non è stata fatta: {errore}") from errore
        self.stdout.write(f"{copia}: {copia.stat().st_size / 1_048_576:.1f} MB{'' if chiave else ', non cifrata'}")
