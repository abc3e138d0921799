"""A button on the screen of an event in the admin."""

from django.urls import reverse
from wagtail.admin.widgets.button import Button

from ..models import EventoPage
from .permissions import puo_gestire_prenotazioni


def pulsante_delle_prenotazioni(page, user, view_name, next_url=None):
    """To who organises the event; there is none of one that was never saved."""
    if page.specific_class is EventoPage and puo_gestire_prenotazioni(user, page):
        url = reverse("prenotazioni:registro", args=[page.pk])
        yield Button("Prenotazioni", url, icon_name="group", priority=61)
