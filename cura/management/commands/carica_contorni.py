"""`manage.py carica_contorni`."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from base.formati.schema import FileNonValido
from cura.models import Contorno
from cura.nomi import leggi_nomi
from cura.operazioni import carica_contorni
from cura.registro import tutte


class Command(BaseCommand):
    help = "Mette al posto dei contorni della mappa (comuni e laghi) quelli di un file GeoJSON."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="file nel formato di home/dati/confini.geojson")

    def handle(self, *args, file, **options):
        try:
            quanti = carica_contorni(file, sostituisci=True)
        except OSError as errore:
            raise CommandError(f"{file}: il file non si legge ({errore.strerror}).") from errore
        except FileNonValido as errore:
            raise CommandError(f"{file}: niente è stato caricato.\n{errore}") from errore
        self.stdout.write(f"Contorni caricati: {quanti}.")
        comuni = leggi_nomi(tutte()).comuni
        disegnati = set(Contorno.objects.exclude(comune="").values_list("comune", flat=True))
        self._avvisa("Comuni della guida senza contorno", comuni.keys() - disegnati)
        self._avvisa("Contorni di comuni che la guida non ha", disegnati - comuni.keys())

    def _avvisa(self, che_cosa, chiavi):
        if chiavi:
            self.stderr.write(f"{che_cosa}: {', '.join(sorted(chiavi))}.")
