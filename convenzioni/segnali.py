"""When a convention is published, taken off or deleted, what the public reads follows."""

from django.db.models.signals import pre_delete
from wagtail.signals import page_published, page_unpublished

from . import operazioni
from .models import ConvenzionePage


def collega():
    page_published.connect(_pubblicata, sender=ConvenzionePage, dispatch_uid="convenzioni-pubblica")
    page_unpublished.connect(_tolta, sender=ConvenzionePage, dispatch_uid="convenzioni-toglie")
    pre_delete.connect(_tolta, sender=ConvenzionePage, dispatch_uid="convenzioni-elimina")


def _pubblicata(instance, **kwargs):
    if instance.live and instance.alias_of_id is None:  # the signal is sent for what is only scheduled too
        operazioni.indicizza(instance)


def _tolta(instance, **kwargs):
    operazioni.togli(instance)
