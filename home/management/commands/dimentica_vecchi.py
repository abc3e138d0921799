"""What is older than the register of processing says goes: for cron, every night."""

from django.core.management.base import BaseCommand

from home.riservatezza.trattamenti import dimentica_vecchi


class Command(BaseCommand):
    help = "Toglie i dati di persone più vecchi di quanto dice il registro dei trattamenti: per cron"

    def handle(self, *args, **options):
        for nome, quanti in dimentica_vecchi().items():
            if quanti:
                self.stdout.write(f"{nome}: {quanti}")
