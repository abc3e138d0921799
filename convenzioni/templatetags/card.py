"""QR codes in the templates of cards."""

from urllib.parse import quote

from django import template
from django.utils.safestring import mark_safe

from base.stampa import qr

register = template.Library()


@register.filter
def sorgente_qr(indirizzo):
    """What `base.stampa` draws as the QR code of `indirizzo`, in a document to be printed."""
    return f"qr:{quote(indirizzo, safe='')}"


@register.simple_tag
def disegno_qr(indirizzo):
    """The QR code of `indirizzo` as an SVG inside the page: segno draws it, nothing of the address is in its text."""
    return mark_safe(qr(indirizzo).decode())  # noqa: S308  (shapes only)
