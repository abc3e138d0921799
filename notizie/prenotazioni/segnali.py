"""An event that goes out, is taken off or deleted: who booked it is told."""

from wagtail.signals import page_published, page_unpublished

from ..models import EventoPage
from .operazioni import avvisa_dei_cambiamenti


def collega() -> None:
    page_published.connect(_pubblicato, sender=EventoPage, dispatch_uid="prenotazioni-pubblicato")
    page_unpublished.connect(_tolto, sender=EventoPage, dispatch_uid="prenotazioni-tolto")


def _pubblicato(instance, **kwargs):
    """As it is in the database: the signal is sent for what is only scheduled too."""
    avvisa_dei_cambiamenti(EventoPage.objects.get(pk=instance.pk))


def _tolto(instance, **kwargs):
    """Off the site, or about to be deleted: then it is still there, and Wagtail sends this all the same."""
    avvisa_dei_cambiamenti(instance, c_e=False)
