"""`manage.py applica_incarichi`: for cron, once a day, after midnight."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from organizzazioni.operazioni import applica_incarichi


class Command(BaseCommand):
    help = "Dà e toglie i ruoli che cominciano o finiscono oggi: per cron, una volta al giorno"

    def handle(self, *args, **options):
        self.stdout.write(f"Incarichi cominciati o finiti: {len(applica_incarichi(timezone.localdate()))}")
