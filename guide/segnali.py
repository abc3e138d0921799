"""The booklets wait to be printed again when what they say changes; of the entries `cura.segnali` tells."""

from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published

from organizzazioni.models import Distretto

from . import operazioni
from .models import Bisogno, Comune, FaseVita, GuidaIndexPage, Lingua

DETTE_NEI_FASCICOLI = (Bisogno, FaseVita, Comune, Lingua, Distretto)


def collega():
    page_published.connect(_cambiata, sender=GuidaIndexPage, dispatch_uid="guida-cambia-la-pagina")
    for modello in DETTE_NEI_FASCICOLI:
        for segnale, nome in ((post_save, "cambia"), (post_delete, "toglie")):
            segnale.connect(_cambiata, sender=modello, dispatch_uid=f"guida-{nome}-{modello._meta.model_name}")


def _cambiata(instance, **kwargs):
    operazioni.segna_da_rifare()
