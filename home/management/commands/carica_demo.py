"""`manage.py carica_demo`."""

from django.core.management.base import BaseCommand, CommandError

from home.demo import PASSWORD, SitoNonVuoto, carica_demo, leggi_persone


class Command(BaseCommand):
    help = "Carica il programma 2025 con persone, notizie ed evidenze dimostrative. Non per un sito pubblico."

    def handle(self, *args, **options):
        try:
            nuova = carica_demo()
        except SitoNonVuoto as errore:
            raise CommandError(
                f"{errore}.\nI dati dimostrativi si caricano solo su un sito nuovo, o con il solo programma 2025. "
                "Niente è stato caricato."
            ) from errore
        self.stdout.write(f"Dati dimostrativi {'caricati' if nuova else 'già presenti: nessuna modifica'}.")
        self.stdout.write(f"Accessi dimostrativi (password per tutti: {PASSWORD}):")
        for persona in leggi_persone():
            self.stdout.write(f"  {persona.username:<20} {PASSWORD:<15} {persona.ruolo}")
