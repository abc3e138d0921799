"""The newsletter of the demonstration: some subscribers, two issues in the archive, a draft."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Page

from notizie.models import Consegna, Iscritto, NumeroNewsletter, PaginaScelta
from notizie.newsletter.collegamenti import nome_del_messaggio
from notizie.newsletter.consenso import VERSIONE
from notizie.newsletter.operazioni import avvia_invio, concludi, registra_rapporto, scrive
from notizie.newsletter.rimbalzi import RapportoDiConsegna

from .fonti import leggi
from .orologio import momento, orologio

MANAGER = "manager"
ISCRITTI, DA_CONFERMARE = 12, 2


def racconta_newsletter(mondo):
    """No message leaves: the deliveries are marked as if the mail had taken them all, and one came back."""
    adesso = timezone.now()
    iscritti_il = momento("2025-07-01 09:00")
    Iscritto.objects.bulk_create(
        [
            *(
                Iscritto(
                    email=f"famiglia{n:02d}@example.org",
                    consenso=VERSIONE,
                    chiesta_il=iscritti_il,
                    confermata_il=iscritti_il,
                )
                for n in range(1, ISCRITTI + 1)
            ),
            *(
                Iscritto(email=f"nuova{n:02d}@example.org", consenso=VERSIONE, chiesta_il=adesso)
                for n in range(1, DA_CONFERMARE + 1)
            ),
        ]
    )
    for voce in leggi("newsletter"):
        _racconta(voce, mondo.utenti[MANAGER])


def _racconta(voce, manager):
    numero = NumeroNewsletter(
        titolo=voce["titolo"],
        sommario=voce["sommario"],
        parole=voce["parole"],
        tema_acs=voce.get("tema", ""),
        creato_il=momento(voce["scritta"]),
        previsto_il=timezone.localdate() + timedelta(days=voce["prevista"]) if "prevista" in voce else None,
    )
    pagine = {pagina.title: pagina for pagina in Page.objects.live()}
    numero.scelte = [PaginaScelta(pagina=pagine[titolo]) for titolo in voce["pagine"]]
    numero.save()
    with orologio(momento(voce["scritta"])):
        scrive(numero, manager)
    if "inviata" in voce:
        with orologio(momento(voce["inviata"])):
            numero = avvia_invio(numero, manager)
            numero.consegne.update(stato=Consegna.Stato.SPEDITA, presa_il=timezone.now())
            concludi(numero)
            _torna_indietro(numero.consegne.last())


def _torna_indietro(consegna):
    """The last mailbox does not exist any more, and its server says so after it took the message."""
    registra_rapporto(RapportoDiConsegna((nome_del_messaggio(consegna),), "5.1.1"))
