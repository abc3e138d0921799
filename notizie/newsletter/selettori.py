"""The read side of the newsletter."""

from django.core.paginator import Paginator
from wagtail.models import Page

from ..models import NumeroNewsletter

PER_PAGINA = 20


def archivio(dati):
    """A page of the issues that were sent, newest first; `dati` is GET."""
    numeri = NumeroNewsletter.objects.pubblici().defer("parole", "contenuto")
    return Paginator(numeri, PER_PAGINA).get_page(dati.get("pagina"))


def contesto_numero(pk):
    """One issue that was sent and what it told of, without the pages that are no longer public; None if there is none.

    Each of `voci` is what was sent, with its `pagina` as it is now: where it is may have changed.
    """
    numero = NumeroNewsletter.objects.pubblici().filter(pk=pk).first()
    if numero is None:
        return None
    spedite = numero.contenuto.get("voci", [])
    pubbliche = Page.objects.live().public().in_bulk([voce["chiave"] for voce in spedite])
    voci = [{**voce, "pagina": pubbliche[voce["chiave"]]} for voce in spedite if voce["chiave"] in pubbliche]
    return {"numero": numero, "voci": voci, "tolte": len(spedite) - len(voci)}
