"""Bring the evidence born from content in line with what is published: for cron, once a day."""

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction

from programma.alimentazione import allinea_pagina, fonti


class Command(BaseCommand):
    help = "Allinea le evidenze ai contenuti pubblicati: per cron, una volta al giorno"

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="controlla soltanto, senza scrivere")

    @transaction.atomic
    def handle(self, *args, dry_run, **options):
        pagine = [pagina for modello in fonti() for pagina in apps.get_model(modello).objects.live()]
        for pagina in pagine:
            allinea_pagina(pagina)
        if dry_run:
            transaction.set_rollback(True)
        self.stdout.write(f"Contenuti controllati: {len(pagine)}")
