"""`manage.py importa_programma FILE [--dry-run] [--json]`."""

import hashlib
import json
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from base.formati.schema import FileNonValido
from programma.atto import AttoLetto, leggi_atto
from programma.operazioni.importa_atto import importa_atto
from programma.selettori.enti_noti import enti_noti


class Command(BaseCommand):
    help = "Legge l'atto di un programma di lavoro (PDF con testo, o testo) e ne fa, o completa, il programma in bozza."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="l'atto: un PDF con il suo testo, o un file di testo")
        parser.add_argument("--dry-run", action="store_true", help="prova e dice che cosa scriverebbe, senza scrivere")
        parser.add_argument("--json", action="store_true", help="stampa ciò che ha letto, come un file d'impianto")

    def handle(self, *args, file, dry_run, verbosity, **options):
        contenuto = self._contenuto(file)
        try:
            letto = leggi_atto(contenuto, self._enti())
        except FileNonValido as errore:
            raise CommandError(f"{file}: l'atto non si legge.\n{errore}") from errore
        detti = self.stderr if options["json"] else self.stdout
        if options["json"]:
            self.stdout.write(json.dumps(letto.impianto, ensure_ascii=False, indent=2, default=str))
        self._racconta(letto, detti)
        try:
            esito = importa_atto(letto, hashlib.sha256(contenuto).hexdigest(), prova=dry_run)
        except (FileNonValido, ValidationError, DatabaseError) as errore:
            perche = "; ".join(errore.messages) if isinstance(errore, ValidationError) else str(errore)
            if options["json"]:
                detti.write(f"Letto, e non importato. {perche}")
                return
            raise CommandError(f"Niente è stato importato. {perche}") from errore
        self._riassumi(esito, dry_run, verbosity, detti)

    @staticmethod
    def _contenuto(file):
        try:
            return file.read_bytes()
        except OSError as errore:
            raise CommandError(f"{file}: il file non si legge ({errore.strerror})") from errore

    @staticmethod
    def _enti():
        """The bodies of the portal; none where there is no database yet."""
        try:
            return enti_noti()
        except DatabaseError:
            return []

    @staticmethod
    def _racconta(letto: AttoLetto, detti) -> None:
        criteri = sum(len(azione["criteri"]) for azione in letto.impianto["progettualita"])
        obblighi = sum(len(o["criteri"]) for area in letto.impianto["azioni_vamt"] for o in area["azioni"])
        detti.write(f"Programma {letto.anno}: {len(letto.azioni)} azioni, {criteri + obblighi} criteri.")
        for titolo, rilievi in (("Non si è letto:", letto.non_letti), ("Da controllare:", letto.da_controllare)):
            if rilievi:
                detti.write("\n".join([titolo, *(f"- {rilievo}" for rilievo in rilievi)]))

    @staticmethod
    def _riassumi(esito, dry_run, verbosity, detti) -> None:
        if dry_run or verbosity > 1:
            for differenza in esito.differenze:
                detti.write(str(differenza))
        for differenza in esito.lasciate:
            detti.write(f"Resta com'è scritto nel portale; nell'atto è diverso: {differenza}")
        fatte = "da fare (prova: niente è stato scritto)" if dry_run else "fatte"
        detti.write(f"Programma {esito.anno}: {len(esito.differenze)} modifiche {fatte}.")
