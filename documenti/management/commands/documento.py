"""`manage.py documento TIPO ANNO [--al DATA] --formato pdf|docx|json [--file PERCORSO]`."""

from datetime import date

from django.core.management.base import BaseCommand, CommandError

from base.comandi import consegna
from base.stampa import StampaNonDisponibile
from documenti.tipi import FORMATI, TIPI, giorno_del_documento, scrivi, tipi_di
from programma.models import ProgrammaPage


def programma_dell_anno(anno: str) -> ProgrammaPage:
    """The programme of the year that was written. Raises `CommandError`."""
    trovato = ProgrammaPage.objects.filter(anno=int(anno)).first() if anno.isascii() and anno.isdigit() else None
    if trovato is None:
        anni = ", ".join(map(str, ProgrammaPage.objects.order_by("anno").values_list("anno", flat=True)))
        raise CommandError(f"Nessun programma per l'anno «{anno}»; anni presenti: {anni or 'nessuno'}")
    return trovato


def giorno(al: str | None, programma: ProgrammaPage) -> date:
    """The day that was written, or that of the report. Raises `CommandError`."""
    try:
        return date.fromisoformat(al) if al else giorno_del_documento(programma)
    except ValueError:
        raise CommandError(f"La data «{al}» non è valida: scrivila come 2025-12-31") from None


class Command(BaseCommand):
    help = "Scrive un documento dell'anno, fatto delle evidenze approvate"

    def add_arguments(self, parser):
        parser.add_argument("tipo", help=f"{', '.join(TIPI)}, relazione-p1-2 (chiesta da P1.2), certificato")
        parser.add_argument("anno", help="anno del programma, per esempio 2025")
        parser.add_argument("--al", help="AAAA-MM-GG; se manca oggi, o la chiusura")
        parser.add_argument("--formato", default="json", help=", ".join(FORMATI))
        parser.add_argument("--file", help="dove scriverlo; se manca, sullo standard output")

    def handle(self, *args, tipo, anno, al, formato, file, **options):
        if formato not in FORMATI:
            raise CommandError(f"Il formato «{formato}» non esiste: scegli {', '.join(FORMATI)}")
        programma = programma_dell_anno(anno)
        if tipo not in (tipi := tipi_di(programma)):
            raise CommandError(f"Il documento «{tipo}» non esiste: scegli {', '.join(tipi)}")
        try:
            contenuto = scrivi(tipo, programma, giorno(al, programma), formato)
        except StampaNonDisponibile as errore:
            raise CommandError(str(errore)) from errore
        consegna(self, contenuto, file)
