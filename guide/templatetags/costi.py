"""What a service costs today, for templates."""

from django import template
from django.utils import timezone

register = template.Library()


@register.filter
def costo(scheda):
    """ "Gratuito", "da 90 euro a settimana"; empty while nobody said it."""
    return scheda.costo_in_breve(timezone.localdate())


@register.filter
def costi(scheda):
    """All that is known of it, in sentences."""
    return scheda.costi(timezone.localdate())
