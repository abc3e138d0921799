"""What an entry has only on paper: its short address, to be typed and to be framed."""

from django import template
from django.urls import reverse
from django.utils.safestring import mark_safe
from wagtail.models import Site

from base.stampa import qr

register = template.Library()


@register.inclusion_tag("cura/includes/indirizzo_breve.html", takes_context=True)
def indirizzo_breve(context, pagina):
    """The short address of a published page, in words and as a QR code; nothing for one that is not."""
    sito = Site.find_for_request(context["request"])
    if not (pagina.live and pagina.pk and sito):
        return {}
    indirizzo = sito.root_url + reverse("indirizzo_breve", args=[pagina.pk])
    return {"indirizzo": indirizzo.partition("://")[2], "qr": mark_safe(qr(indirizzo).decode())}  # noqa: S308  (drawn)
