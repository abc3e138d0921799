"""The read side of the newsletter."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.paginator import Page as Foglio
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.utils import timezone

from base.posta.maildir import nella_maildir
from programma.alimentazione import criteri_alimentati

from ..models import Consegna, Iscritto, NumeroNewsletter
from .codici import perche
from .composizione import ancora_pubbliche
from .operazioni.numeri import NEWSLETTER_ACS
from .operazioni.rifiuti import rifiuti_nostri

PER_PAGINA = 20
FERMO = timedelta(minutes=5)
"""Beyond the pause between batches: an issue of which nothing was sent for so long has been left by its worker."""


def fermi(adesso: datetime, pausa: timedelta) -> QuerySet:
    """Issues whose sending has stopped."""
    limite = adesso - pausa - FERMO
    return NumeroNewsletter.objects.in_partenza().filter(Q(ultimo_lotto_il=None) | Q(ultimo_lotto_il__lt=limite))


def avanzamento(numero: NumeroNewsletter) -> dict:
    """How far the sending is: counts by state, how many are done of how many, why some were refused, those in doubt."""
    conti = numero.consegne.conti()
    totale = sum(conti.values())
    aperte = conti[Consegna.Stato.ATTESA] + conti[Consegna.Stato.IN_CORSO]
    rifiutate = numero.consegne.filter(stato=Consegna.Stato.RIFIUTATA).values_list("codice", flat=True)
    return {
        "conti": conti,
        "totale": totale,
        "fatte": totale - aperte,
        "allarme": rifiuti_nostri(numero) if numero.allarme_il else None,
        "motivi": Counter(perche(codice) for codice in rifiutate).most_common(),
        "dubbie": numero.consegne.filter(stato=Consegna.Stato.DUBBIA).select_related("iscritto"),
    }


def criteri_di_oggi() -> list:
    """The codes of what an issue about a theme of the agency proves, if it is sent today."""
    return [criterio.codice for criterio in criteri_alimentati(NEWSLETTER_ACS, timezone.localdate())]


def quadro_degli_iscritti() -> dict:
    """How many, the mailboxes that refuse, and what came back that nobody has read: no list of the others is needed."""
    return {
        "attivi": Iscritto.objects.attivi().count(),
        "da_confermare": Iscritto.objects.da_confermare().count(),
        "respinti": Iscritto.objects.respinti(),
        "rimbalzi": nella_maildir(settings.NEWSLETTER_MAILDIR),
    }


def iscritto_di(aperto: Any) -> Iscritto | None:
    """Whose link it is, if they are still there."""
    return Iscritto.objects.filter(pk=aperto.chiavi[0]).first()


def archivio(dati: Mapping[str, str]) -> Foglio:
    """A page of the issues that were sent, newest first; `dati` is GET."""
    numeri = NumeroNewsletter.objects.pubblici().defer("parole", "contenuto")
    return Paginator(numeri, PER_PAGINA).get_page(dati.get("pagina"))


def contesto_numero(pk: int) -> dict | None:
    """One issue that was sent and what it told of, without the pages that are no longer public; None if there is none.

    Each of `voci` is what was sent, with its `pagina` as it is now: where it is may have changed.
    """
    numero = NumeroNewsletter.objects.pubblici().filter(pk=pk).first()
    if numero is None:
        return None
    voci = [{**voce, "pagina": pagina} for voce, pagina in ancora_pubbliche(numero)]
    return {"numero": numero, "voci": voci, "tolte": len(numero.contenuto.get("voci", [])) - len(voci)}
