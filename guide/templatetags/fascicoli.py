"""What the booklet's templates need that the site's do not."""

import re
from urllib.parse import quote

from django import template

register = template.Library()


@register.filter
def senza_collegamenti(testo):
    """Rich text without its links, which paper cannot follow: the words stay, and nothing is asked of the database."""
    return re.sub(r"</?a\b[^>]*>", "", testo)


@register.filter
def indirizzo_qr(indirizzo):
    """What `base.stampa` draws as the QR code of `indirizzo`."""
    return f"qr:{quote(indirizzo, safe='')}"


@register.filter
def senza_schema(indirizzo):
    """An address as it is read aloud: no https, no final slash."""
    return re.sub(r"^https?://(www\.)?", "", indirizzo).rstrip("/")
