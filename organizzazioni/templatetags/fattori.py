"""What the screens of the second factor ask."""

from django import template
from django.conf import settings

from .. import secondo_fattore

register = template.Library()


@register.simple_tag(takes_context=True)
def manca_secondo_fattore(context) -> bool:
    """Whether who reads the page must set one up before anything else."""
    return settings.SECONDO_FATTORE_RICHIESTO and secondo_fattore.manca_secondo_fattore(context["request"].user)
