"""Ask the organisations to confirm the entries that are due: for cron, once a day."""

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from guide.operazioni import sollecita


class Command(BaseCommand):
    help = "Chiede di confermare le schede della Family Guide che lo aspettano: per cron, una volta al giorno"

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="dice a chi scriverebbe, senza scrivere")

    @transaction.atomic
    def handle(self, *args, dry_run, **options):
        esito = sollecita(timezone.localdate())
        if dry_run:
            transaction.set_rollback(True)
        for titolo, schede in (("Da chiedere", esito.chieste), ("Al manager", esito.senza_risposta)):
            for scheda in (dovuta.pagina for dovuta in schede):
                self.stdout.write(f"  {titolo}: {scheda.title}")
        self.stdout.write(
            f"Schede chieste alle organizzazioni: {len(esito.chieste)}; dette al manager: {len(esito.senza_risposta)}."
        )
