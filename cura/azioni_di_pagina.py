"""Buttons on the screen of an entry in the admin."""

from django.urls import reverse
from wagtail.admin.widgets.button import Button

from .permissions import puo_tenere
from .registro import tutte


def pulsante_del_ritiro(page, user, view_name, next_url=None):
    """Who answers for a published entry may ask to take it off."""
    cura = next((c for c in tutte() if c.urls_admin and page.specific_class is c.modello), None)
    if cura is not None and page.live and puo_tenere(user, page):
        url = reverse(f"{cura.urls_admin}:chiedi_ritiro", args=[page.pk])
        yield Button(f"Togli {cura.tolta_da}", url, icon_name="bin", priority=62)
