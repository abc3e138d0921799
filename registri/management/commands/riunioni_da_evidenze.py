"""`manage.py riunioni_da_evidenze [--dry-run]`: evidence of meetings given by hand, with the meetings that it is of."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.db import transaction

from registri.riunioni.operazioni import unisci_evidenze
from registri.riunioni.riconoscere import coppie


class Command(BaseCommand):
    help = "Fa le riunioni delle evidenze già date; le evidenze restano come sono, e niente si conta due volte"

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="dice che cosa farebbe, senza scrivere")

    @transaction.atomic
    def handle(self, *args, dry_run, **options):
        trovate, ferme = coppie(), 0
        for coppia in trovate:
            dove = f"con «{coppia.riunione.titolo}»" if coppia.riunione else f"nuova, tipo «{coppia.tipo}»"
            self.stdout.write(f"{coppia.prima.data:%d/%m/%Y} {', '.join(coppia.codici)} «{coppia.prima}»: {dove}")
            if dry_run:
                continue
            try:
                unisci_evidenze(coppia, None)
            except ValidationError as errore:
                ferme += 1
                self.stdout.write(f"  lasciata: {' '.join(errore.messages)}")
        fatte = "Prova: niente è stato scritto." if dry_run else f"Fatte: {len(trovate) - ferme}."
        self.stdout.write(fatte)
