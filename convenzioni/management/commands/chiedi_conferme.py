"""`manage.py chiedi_conferme`: for cron, once a day."""

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from convenzioni.operazioni import chiedi_conferme


class Command(BaseCommand):
    help = "Chiede ai partner se le loro convenzioni sono ancora giuste: per cron, una volta al giorno"

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="dice a chi scriverebbe, senza scrivere")

    @transaction.atomic
    def handle(self, *args, dry_run, **options):
        esito = chiedi_conferme(timezone.localdate())
        if dry_run:
            transaction.set_rollback(True)
        for titolo, convenzioni in (("Da chiedere", esito.chieste), ("Senza risposta", esito.senza_risposta)):
            for convenzione in (dovuta.pagina for dovuta in convenzioni):
                self.stdout.write(f"  {titolo}: {convenzione.title}")
        self.stdout.write(
            f"Conferme chieste ai partner: {len(esito.chieste)}; senza risposta: {len(esito.senza_risposta)}."
        )
