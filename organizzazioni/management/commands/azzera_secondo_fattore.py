"""The way back of who has nobody above: the second factor of an account, taken away on the server."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from organizzazioni.models import Utente
from organizzazioni.operazioni import azzera_secondo_fattore


class Command(BaseCommand):
    help = "Azzera il secondo fattore di una persona, che entra con la sola password e ne imposta un altro"

    def add_arguments(self, parser):
        parser.add_argument("utente", help="il nome utente")
        parser.add_argument("motivo", help="perché: resta nel registro")

    def handle(self, *args, utente, motivo, **options):
        persona = Utente.objects.filter(username=utente).first()
        if persona is None:
            raise CommandError(f"Nessuno ha il nome utente «{utente}»")
        try:
            azzera_secondo_fattore(persona, motivo, None)
        except ValidationError as errore:
            raise CommandError(" ".join(errore.messages)) from errore
        self.stdout.write(f"{persona} ora entra con la sola password")
