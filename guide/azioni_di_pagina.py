"""Buttons of the guide on a page's own screen in the admin."""

from django.urls import reverse
from wagtail.admin.widgets.button import Button

from cura.permissions import puo_tenere

from .models import ServizioPage


def pulsanti_del_servizio(page, user, view_name, next_url=None):
    """What who answers for a published entry may do besides writing."""
    if page.live and page.specific_class is ServizioPage and puo_tenere(user, page):
        yield Button("È tutto giusto?", reverse("guida:conferma", args=[page.pk]), icon_name="check", priority=61)
