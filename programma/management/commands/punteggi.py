"""`manage.py punteggi ANNO [--al DATA] [--formato testo|json|csv]`: the score of a year on stdout."""

from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from programma.esportazioni import punteggio_csv, punteggio_json, punteggio_testo
from programma.models import ProgrammaPage
from programma.selettori.punteggio import quadro_punteggio

FORMATI = {"testo": punteggio_testo, "json": punteggio_json, "csv": punteggio_csv}


class Command(BaseCommand):
    help = "Stampa il punteggio V.A.M.T. di un anno, a una data"

    def add_arguments(self, parser):
        parser.add_argument("anno", help="anno del programma, per esempio 2025")
        parser.add_argument(
            "--al",
            help="ultimo giorno che conta, AAAA-MM-GG; se manca oggi, o la chiusura",
        )
        parser.add_argument("--formato", default="testo", help="testo, json o csv")

    def handle(self, *args, anno, al, formato, **options):
        if formato not in FORMATI:
            raise CommandError(f"Il formato «{formato}» non esiste: scegli testo, json o csv")
        programma = self.programma(anno)
        quadro = quadro_punteggio(programma, self.giorno(al, programma))
        if quadro.chiusura and not quadro.chiusura.intatta:
            raise CommandError("La fotografia della chiusura non è più quella che fu scritta: l'impronta è diversa")
        self.stdout.write(FORMATI[formato](quadro).rstrip("\n"))

    def programma(self, anno):
        """The programme of the year written by the user."""
        programma = ProgrammaPage.objects.filter(anno=int(anno)).first() if _e_un_anno(anno) else None
        if programma is None:
            anni = ", ".join(str(a) for a in ProgrammaPage.objects.order_by("anno").values_list("anno", flat=True))
            raise CommandError(f"Nessun programma per l'anno «{anno}»; anni presenti: {anni or 'nessuno'}")
        return programma

    def giorno(self, al, programma):
        """The day written by the user; without one today, or the day of the closing: the same answer for ever."""
        if al is None:
            chiusura = programma.chiusure.first() if programma.chiuso else None
            return timezone.localdate(chiusura.chiuso_il) if chiusura else timezone.localdate()
        try:
            return date.fromisoformat(al)
        except ValueError:
            raise CommandError(f"La data «{al}» non è valida: scrivila come 2025-12-31") from None


def _e_un_anno(anno):
    return len(anno) == 4 and anno.isascii() and anno.isdigit()
