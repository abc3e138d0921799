"""`manage.py ripulisci_foto`."""

from django.core.management.base import BaseCommand
from wagtail.images import get_image_model

from base.immagini import ripulisci_tutte


class Command(BaseCommand):
    help = "Toglie dalle immagini già caricate luogo, data e apparecchio, e rifà le loro varianti"

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="dice soltanto quali hanno dati da togliere")

    def handle(self, *args, dry_run, **options):
        immagini = get_image_model().objects.order_by("pk")
        righe = 0
        for immagine, esito in ripulisci_tutte(immagini, prova=dry_run):
            righe += 1
            self.stdout.write(f"{immagine.pk} «{immagine}»: {esito}")
        self.stdout.write(f"Immagini: {immagini.count()}; con qualcosa da dire: {righe}")
