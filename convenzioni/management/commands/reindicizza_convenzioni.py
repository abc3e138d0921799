"""`manage.py reindicizza_convenzioni`."""

from django.core.management.base import BaseCommand

from convenzioni.models import ConvenzionePage
from cura.operazioni import reindicizza
from cura.registro import cura_di


class Command(BaseCommand):
    help = "Ricostruisce l'elenco delle convenzioni da quelle pubblicate: dopo un aggiornamento che lo cambia."

    def handle(self, *args, **options):
        self.stdout.write(f"Convenzioni nell'elenco: {reindicizza(cura_di(ConvenzionePage))}.")
