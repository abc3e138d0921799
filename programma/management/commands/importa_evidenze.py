"""`manage.py importa_evidenze FILE.csv [--approva UTENTE] [--dry-run]`."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from base.formati.schema import FileNonValido
from programma.importazione_evidenze import COLONNE, UtenteNonAmmesso, importa_evidenze


class Command(BaseCommand):
    help = "Importa evidenze da un file CSV (UTF-8, separato da «;», «,» o tabulazioni): tutte le righe o nessuna."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help=f"CSV con le colonne: {', '.join(COLONNE)}")
        parser.add_argument("--approva", metavar="UTENTE", help="approva ogni evidenza come questo utente")
        parser.add_argument("--dry-run", action="store_true", help="prova e dice che cosa farebbe, senza scrivere")

    def handle(self, *args, file, approva, dry_run, **options):
        try:
            esito = importa_evidenze(file, approva, prova=dry_run)
        except UtenteNonAmmesso as errore:
            raise CommandError(f"{errore}. Niente è stato importato.") from errore
        except FileNonValido as errore:
            raise CommandError(f"{file}: niente è stato importato.\n{errore}") from errore
        for avviso in esito.avvisi:
            self.stdout.write(avviso)
        if dry_run:
            self.stdout.write("Prova: niente è stato scritto. Si avrebbe:")
        self.stdout.write(esito.in_parole)
