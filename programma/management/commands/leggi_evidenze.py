"""`manage.py leggi_evidenze`."""

from django.conf import settings

from base.posta.comando_maildir import ComandoMaildir
from base.posta.lettera import MASSIMO, leggi_lettera
from programma.operazioni import ricevi_lettera
from programma.selettori.spunti import persona_di


class Command(ComandoMaildir):
    help = (
        "Fa una bozza di evidenza di ogni mail che una persona conosciuta inoltra al portale: da una cartella Maildir "
        "(per cron), oppure di una sola dall'ingresso, con «-» (per un alias di posta). Agli estranei non risponde"
    )
    impostazione, massimo, giorni = "EVIDENZE_MAILDIR", MASSIMO + 1, 30
    nostro, altro = "È una bozza, o lo era già", "Non è di una persona conosciuta: nessuna risposta"
    letti = "Mail prese"

    def prendi(self, grezzo):
        lettera = leggi_lettera(grezzo, settings.EVIDENZE_GARANTE)
        return lettera is not None and ricevi_lettera(lettera)

    def capisce(self, grezzo):
        lettera = leggi_lettera(grezzo, settings.EVIDENZE_GARANTE)
        return lettera is not None and not lettera.automatica and persona_di(lettera) is not None
