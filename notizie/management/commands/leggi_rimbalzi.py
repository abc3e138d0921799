"""`manage.py leggi_rimbalzi`."""

from base.posta.comando_maildir import ComandoMaildir
from notizie.newsletter.operazioni import registra_rapporto
from notizie.newsletter.rimbalzi import MASSIMO, leggi


class Command(ComandoMaildir):
    help = (
        "Legge i messaggi della newsletter tornati indietro: da una cartella Maildir (per cron), oppure uno solo "
        "dall'ingresso, con «-» (per un alias di posta)"
    )
    impostazione, massimo = "NEWSLETTER_MAILDIR", MASSIMO
    nostro, altro = "È un rapporto sulla consegna", "Non è un rapporto su un nostro messaggio"
    letti = "Rapporti letti"

    def prendi(self, grezzo):
        rapporto = leggi(grezzo)
        return rapporto is not None and registra_rapporto(rapporto)

    def capisce(self, grezzo):
        return leggi(grezzo) is not None
