"""How the programme's words are shown."""

from django import template

register = template.Library()


@register.filter
def in_due(area):
    """The two parts of an area's heading: "Genitorialità - comunità educante" is where, and within what."""
    return [parte.strip() for parte in area.split(" - ", 1)]
