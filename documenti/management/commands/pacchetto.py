"""`manage.py pacchetto ANNO [--al DATA] --file PERCORSO`: the package of a year for the agency.

Interrupted, the same command goes on from where it was.
"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from base.comandi import non_scritto
from base.stampa import StampaNonDisponibile
from documenti.pacchetto import FileMancante, scrivi_pacchetto
from documenti.ripresa import GiaInCorso

from .documento import giorno, programma_dell_anno


class Command(BaseCommand):
    help = "Scrive il pacchetto di un anno: relazione, aderenti, file delle evidenze e indice con le impronte"

    def add_arguments(self, parser):
        parser.add_argument("anno", help="anno del programma, per esempio 2025")
        parser.add_argument("--al", help="AAAA-MM-GG; se manca oggi, o la chiusura")
        parser.add_argument("--file", required=True, help="dove scriverlo")

    def handle(self, *args, anno, al, file, **options):
        programma = programma_dell_anno(anno)
        if not Path(file).name:
            raise CommandError("Manca il nome del file: scrivilo dopo --file, per esempio pacchetto.zip")
        try:
            scrivi_pacchetto(programma, giorno(al, programma), Path(file))
        except (FileMancante, GiaInCorso, StampaNonDisponibile) as errore:
            raise CommandError(str(errore)) from errore
        except OSError as errore:
            raise non_scritto(file, errore) from errore
