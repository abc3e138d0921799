"""`manage.py fascicoli`."""

import time

from django.core.management.base import BaseCommand, CommandError

from base.battiti import ASSENTE
from base.stampa import StampaNonDisponibile
from guide.operazioni import Occupata, rifai


class Command(BaseCommand):
    help = "Ristampa i fascicoli PDF della Family Guide che non dicono più quello che dice la guida."

    def add_arguments(self, parser):
        parser.add_argument("--forza", action="store_true", help="Ristampa tutti i fascicoli, anche se uguali")

    def handle(self, *args, forza, **options):
        try:
            self._rifai(forza)
        except Occupata:
            self.stdout.write("Qualcun altro sta già stampando: ci pensa lui.")
        except StampaNonDisponibile as errore:
            raise CommandError(str(errore)) from errore

    def _rifai(self, forza):
        """If someone prints, wait until they would be known to be dead, and ask again."""
        try:
            rifai(forza, self._racconta)
        except Occupata:
            time.sleep(ASSENTE.total_seconds() + 1)
            rifai(forza, self._racconta)

    def _racconta(self, esito):
        fascicolo = esito.fascicolo
        if not esito.nuovo:
            self.stdout.write(f"{fascicolo}: uguale.")
            return
        secondi = f"{esito.secondi:.1f}".replace(".", ",")
        self.stdout.write(
            f"{fascicolo}: {fascicolo.servizi} servizi, {fascicolo.pagine} pagine, {fascicolo.dimensione // 1024} kB, "
            f"in {secondi} secondi."
        )
