"""`manage.py verifica_istantanee`."""

from django.core.management.base import BaseCommand, CommandError

from guide.models import Istantanea
from guide.operazioni.istantanee import guasti


class Command(BaseCommand):
    help = "Controlla che i file delle istantanee della Family Guide siano quelli congelati (SHA-256)."

    def handle(self, *args, **options):
        rotte = 0
        for istantanea in Istantanea.objects.all():
            rotti = guasti(istantanea)
            rotte += bool(rotti)
            detto = f"NON È QUELLO CONGELATO: {', '.join(rotti)}" if rotti else "intatta"
            self.stdout.write(f"{istantanea}: {detto}. json {istantanea.json_sha256} pdf {istantanea.pdf_sha256}")
        if rotte:
            raise CommandError(f"Istantanee che non tornano: {rotte}.")
