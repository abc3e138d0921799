"""When an entry is published, taken off or deleted, the search follows."""

from django.db.models.signals import pre_delete
from wagtail.signals import page_published, page_unpublished

from . import operazioni
from .models import ServizioPage


def collega():
    page_published.connect(_pubblicata, sender=ServizioPage, dispatch_uid="guida-pubblica")
    page_unpublished.connect(_tolta, sender=ServizioPage, dispatch_uid="guida-toglie")
    pre_delete.connect(_tolta, sender=ServizioPage, dispatch_uid="guida-elimina")


def _pubblicata(instance, **kwargs):
    if instance.live and instance.alias_of_id is None:  # the signal is sent for what is only scheduled too
        operazioni.indicizza(instance)


def _tolta(instance, **kwargs):
    operazioni.togli(instance)
