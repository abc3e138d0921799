"""`manage.py importa_hsds FILE [--utente NOME] [--dry-run]`."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from base.formati.schema import FileNonValido
from guide.dati_aperti.letture import Introvabile
from guide.foglio.da_hsds import leggi_hsds
from guide.operazioni.foglio import importa_foglio
from organizzazioni.models import Utente
from organizzazioni.permissions import e_manager


class Command(BaseCommand):
    help = "Importa nella guida, come bozze, i servizi di un file HSDS 3.0. Un servizio sbagliato si dice e si salta."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="JSON salvato da un'API, o il pacchetto CSV (zip o cartella)")
        parser.add_argument("--utente", metavar="NOME", help="il manager a cui attribuire le bozze")
        parser.add_argument("--dry-run", action="store_true", help="dice che cosa farebbe, senza scrivere")

    def handle(self, *args, file, utente, dry_run, **options):
        chi = self._chi(utente)
        try:
            piano = leggi_hsds(file, chi)
        except FileNonValido as errore:
            raise CommandError(f"{file}: niente è stato importato.\n{errore}") from errore
        except Introvabile as errore:
            raise CommandError(str(errore)) from errore
        for problema in piano.problemi:
            self.stderr.write(f"Saltato: {problema}")
        for avviso in piano.avvisi:
            self.stdout.write(avviso)
        for riga in piano.nuove + piano.cambiate:
            self.stdout.write(f"{'Nuovo' if riga.nuova else 'Cambia'}: {riga.titolo} ({riga.codice})")
            for cambio in riga.cambi:
                self.stdout.write(f"  {cambio.colonna}: {cambio.dopo or '(vuoto)'}".replace("\n", "\n    "))
        if not dry_run:
            importa_foglio(piano, chi)
        prova = "Prova: niente è stato scritto. " if dry_run else ""
        self.stdout.write(
            f"{prova}Bozze nuove: {len(piano.nuove)}. Modificate: {len(piano.cambiate)}. Uguali: {len(piano.uguali)}. "
            f"Sbagliati: {len({problema.percorso.partition(',')[0] for problema in piano.problemi})}."
        )

    def _chi(self, nome):
        if nome is None:
            return None
        utente = Utente.objects.filter(username=nome, is_active=True).first()
        if utente is None or not e_manager(utente):
            raise CommandError(f"«{nome}» non è un manager: niente è stato importato")
        return utente
