"""`manage.py carica_programma FILE.yaml`."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from base.formati.schema import FileNonValido
from home.caricamento import ProgrammaNonModificabile, carica


class Command(BaseCommand):
    help = "Carica un Distretto, le sue organizzazioni e il programma di un anno da un file d'impianto."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="file YAML nel formato di home/dati/programma-2025.yaml")
        parser.add_argument("--dry-run", action="store_true", help="prova e dice che cosa cambierebbe, senza scrivere")

    def handle(self, *args, file, dry_run, verbosity, **options):
        try:
            esito = carica(file, prova=dry_run)
        except FileNonValido as errore:
            raise CommandError(f"{file}: niente è stato caricato.\n{errore}") from errore
        except ProgrammaNonModificabile as errore:
            righe = "\n".join(str(differenza) for differenza in errore.differenze)
            raise CommandError(f"{errore}. Niente è stato caricato. Differenze:\n{righe}") from errore
        for avviso in esito.avvisi:
            self.stderr.write(f"Attenzione: {avviso}")
        if dry_run or verbosity > 1:
            for differenza in esito.differenze:
                self.stdout.write(str(differenza))
        self.stdout.write(self._sintesi(esito, dry_run))

    def _sintesi(self, esito, dry_run):
        if not esito.differenze:
            return f"Programma {esito.anno}: nessuna modifica."
        fatte = "da fare (prova: niente è stato scritto)" if dry_run else "fatte"
        return f"Programma {esito.anno}: {len(esito.differenze)} modifiche {fatte}."
