"""`manage.py reindicizza_guida`."""

from django.core.management.base import BaseCommand

from cura.operazioni import reindicizza
from cura.registro import cura_di
from guide.models import ServizioPage


class Command(BaseCommand):
    help = "Ricostruisce l'indice di ricerca della Family Guide dai servizi pubblicati."

    def handle(self, *args, verbosity, **options):
        avanza = (lambda quanti: self.stdout.write(f"  {quanti}…")) if verbosity > 1 else (lambda quanti: None)
        self.stdout.write(f"Servizi nell'indice: {reindicizza(cura_di(ServizioPage), avanza)}.")
