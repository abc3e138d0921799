"""`manage.py elenco_aderenti [--al DATA] [--formato csv|xlsx|pdf] [--file PERCORSO]`: the members on a day."""

from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from base.comandi import consegna
from base.stampa import StampaNonDisponibile
from registri.esportazioni import FORMATI
from registri.selettori import elenco_al


class Command(BaseCommand):
    help = "Scrive l'elenco delle organizzazioni aderenti a una data, come lo si sapeva quel giorno"

    def add_arguments(self, parser):
        parser.add_argument("--al", help="AAAA-MM-GG; se manca, oggi")
        parser.add_argument("--formato", default="csv", help=", ".join(FORMATI))
        parser.add_argument("--file", help="dove scriverlo; se manca, sullo standard output")

    def handle(self, *args, al, formato, file, **options):
        if formato not in FORMATI:
            raise CommandError(f"Il formato «{formato}» non esiste: scegli {', '.join(FORMATI)}")
        try:
            giorno = date.fromisoformat(al) if al else timezone.localdate()
        except ValueError:
            raise CommandError(f"La data «{al}» non è valida: scrivila come 2025-12-31") from None
        try:
            contenuto = FORMATI[formato](elenco_al(giorno), giorno)
        except StampaNonDisponibile as errore:
            raise CommandError(str(errore)) from errore
        consegna(self, contenuto, file)
