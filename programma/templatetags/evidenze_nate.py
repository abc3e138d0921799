"""What a content counts for, said to who is about to take it away."""

from django import template

from ..selettori.evidenze import che_cosa_conta

register = template.Library()


@register.inclusion_tag("programma/admin/_che_cosa_conta.html")
def conta(*pagine):
    """The evidence that would fall with these pages, or with what is below them."""
    return {"evidenze": che_cosa_conta(pagine)}


@register.inclusion_tag("programma/admin/_che_cosa_conta.html")
def contano(voci):
    """The same, for the items of one of Wagtail's bulk actions."""
    return {"evidenze": che_cosa_conta(voce["item"] for voce in voci)}
