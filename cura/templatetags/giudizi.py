"""«È stata utile?» at the foot of a public entry."""

from django import template
from django.urls import reverse

from ..registro import cura_di

register = template.Library()


@register.inclusion_tag("cura/includes/utile.html", takes_context=True)
def utile(context, pagina):
    """The question, about a page that everyone reads as it is published; of an alias, about what it repeats."""
    if not pagina.live or getattr(context["request"], "is_preview", False) or pagina.get_view_restrictions().exists():
        return {"dove": ""}
    return {"dove": reverse(f"{cura_di(type(pagina)).urls_pubblici}:giudica", args=[pagina.alias_of_id or pagina.pk])}
