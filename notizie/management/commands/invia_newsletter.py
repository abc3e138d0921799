"""`manage.py invia_newsletter`."""

import time
from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from notizie.newsletter.operazioni import dimentica_non_confermati, invio
from notizie.newsletter.selettori import fermi


class Command(BaseCommand):
    help = "Riprende gli invii di newsletter rimasti fermi e dimentica le iscrizioni non confermate: per cron"

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="dice soltanto che cosa c'è da spedire")

    def handle(self, *args, dry_run, **options):
        pausa = timedelta(seconds=settings.NEWSLETTER_PAUSA)
        for numero in fermi(timezone.now(), pausa):
            prima = numero.consegne.aperte().count()
            self.stdout.write(f"«{numero}»: {prima} da spedire")
            if dry_run:
                continue
            prossimo = invio.spedisci_lotto(numero.pk)
            while prossimo is not None and prossimo <= timezone.now():
                time.sleep(settings.NEWSLETTER_PAUSA)
                prossimo = invio.spedisci_lotto(numero.pk)
            self.stdout.write(f"«{numero}»: restano {numero.consegne.aperte().count()}")
        if not dry_run:
            self.stdout.write(f"Iscrizioni non confermate, cancellate: {dimentica_non_confermati()}")
