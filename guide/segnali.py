"""When an entry is published, taken off or deleted, the search follows, and the booklets wait to be printed again.

So do the entries of an organisation that changes its name, or whose public page comes or goes.
"""

from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.signals import page_published, page_unpublished

from organizzazioni.models import Distretto, Organizzazione, OrganizzazionePage

from . import operazioni
from .models import Bisogno, Comune, FaseVita, GuidaIndexPage, Lingua, ServizioPage

DETTE_NEI_FASCICOLI = (Bisogno, FaseVita, Comune, Lingua, Distretto)


def collega():
    page_published.connect(_pubblicata, sender=ServizioPage, dispatch_uid="guida-pubblica")
    page_unpublished.connect(_tolta, sender=ServizioPage, dispatch_uid="guida-toglie")
    pre_delete.connect(_tolta, sender=ServizioPage, dispatch_uid="guida-elimina")
    page_published.connect(_cambiata, sender=GuidaIndexPage, dispatch_uid="guida-cambia-la-pagina")
    post_save.connect(_organizzazione_cambiata, sender=Organizzazione, dispatch_uid="guida-cambia-l-organizzazione")
    for segnale in (page_published, page_unpublished):
        segnale.connect(_pagina_cambiata, sender=OrganizzazionePage, dispatch_uid="guida-cambia-la-sua-pagina")
    for modello in DETTE_NEI_FASCICOLI:
        for segnale, nome in ((post_save, "cambia"), (post_delete, "toglie")):
            segnale.connect(_cambiata, sender=modello, dispatch_uid=f"guida-{nome}-{modello._meta.model_name}")


def _pubblicata(instance, revision=None, **kwargs):
    if instance.live and instance.alias_of_id is None:  # the signal is sent for what is only scheduled too
        programmata = revision is not None and revision.approved_go_live_at is not None
        operazioni.registra_pubblicazione(instance, None if programmata else revision)
        operazioni.indicizza(instance)
        operazioni.segna_da_rifare()


def _tolta(instance, **kwargs):
    operazioni.togli(instance)
    operazioni.segna_da_rifare()


def _cambiata(instance, **kwargs):
    operazioni.segna_da_rifare()


def _organizzazione_cambiata(instance, created=False, **kwargs):
    if not created:
        operazioni.aggiorna_servizi_di(instance)


def _pagina_cambiata(instance, **kwargs):
    operazioni.aggiorna_servizi_di(instance.organizzazione)
