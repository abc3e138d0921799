"""Days as Italians write them."""

from django import template

from ..tempo import giorno_in_parole

register = template.Library()


@register.filter(expects_localtime=True)
def giorno(valore, dopo=""):
    """ "1º gennaio 2026"; empty without a day. `{{ data|giorno:"dal" }}` writes "dal 1º gennaio", "dall'8 gennaio"."""
    return giorno_in_parole(valore, dopo=dopo) if valore else ""
