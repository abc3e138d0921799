"""`manage.py carica_categorie`."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from base.formati.schema import FileNonValido
from guide.caricamento import carica_categorie


class Command(BaseCommand):
    help = "Riempie le categorie della Family Guide che sono ancora vuote (bisogni, età, momenti, comuni, sinonimi)."

    def add_arguments(self, parser):
        parser.add_argument("--comuni", type=Path, help="file YAML nel formato di home/dati/comuni.yaml")

    def handle(self, *args, comuni, **options):
        if comuni is not None and not comuni.is_file():
            raise CommandError(f"{comuni}: il file non esiste.")
        try:
            fatte = {nome: quante for nome, quante in carica_categorie(comuni).items() if quante}
        except FileNonValido as errore:
            raise CommandError(f"{comuni}: niente è stato caricato.\n{errore}") from errore
        detto = ", ".join(f"{nome} {quante}" for nome, quante in fatte.items())
        self.stdout.write(f"Categorie create: {detto}." if fatte else "Le categorie ci sono già: nessuna modifica.")
