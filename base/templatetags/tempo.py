"""Days as Italians write them."""

from django import template
from django.utils import timezone

from ..tempo import giorno_in_parole, quanto_manca

register = template.Library()


@register.filter(expects_localtime=True)
def giorno(valore, dopo=""):
    """ "1º gennaio 2026"; empty without a day. `{{ data|giorno:"dal" }}` writes "dal 1º gennaio", "dall'8 gennaio"."""
    return giorno_in_parole(valore, dopo=dopo) if valore else ""


@register.filter
def manca(valore):
    """How many days are left until `valore`, the last one: "mancano 30 giorni"."""
    return quanto_manca(valore, timezone.localdate())
