"""When an entry is published, taken off or deleted, the search follows; so does it when what it names changes."""

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from organizzazioni.models import Organizzazione, OrganizzazionePage

from . import operazioni
from .dichiarazione import Cura
from .tasks import aggiorna_chi_nomina


def collega(cura: Cura) -> None:
    """Listen to the pages of `cura`."""

    def pubblicata(instance, revision=None, **kwargs):
        if instance.live and instance.alias_of_id is None:  # the signal is sent for what is only scheduled too
            programmata = revision is not None and revision.approved_go_live_at is not None
            cura.pubblicata(instance, None if programmata else revision)
            operazioni.indicizza(cura, instance)
            cura.cambiata()

    def tolta(instance, **kwargs):
        operazioni.togli(cura, instance)
        cura.cambiata()

    for segnale, funzione, nome in (
        (page_published, pubblicata, "pubblica"),
        (page_unpublished, tolta, "toglie"),
        (pre_delete, tolta, "elimina"),
    ):
        segnale.connect(funzione, sender=cura.modello, weak=False, dispatch_uid=f"cura-{cura.ambito}-{nome}")

    def organizzazione_cambiata(instance, created=False, **kwargs):
        if not created:
            chi_nomina(cura, instance)

    def pagina_cambiata(instance, **kwargs):
        chi_nomina(cura, instance.organizzazione)

    uid = f"cura-{cura.ambito}-organizzazione"
    post_save.connect(organizzazione_cambiata, sender=Organizzazione, weak=False, dispatch_uid=uid)
    for segnale in (page_published, page_unpublished):
        segnale.connect(pagina_cambiata, sender=OrganizzazionePage, weak=False, dispatch_uid=f"{uid}-pagina")

    def letta_da_altri(instance, **kwargs):
        percorso = Page.objects.filter(pk=instance.page_id).values_list("path", flat=True).first()
        if percorso is not None:
            operazioni.riallinea(cura, percorso)
            cura.cambiata()

    def spostata(instance, **kwargs):
        operazioni.riallinea(cura, instance.path)
        cura.cambiata()

    for segnale in (post_save, post_delete):
        segnale.connect(letta_da_altri, sender=PageViewRestriction, weak=False, dispatch_uid=f"cura-{cura.ambito}-chi")
    post_page_move.connect(spostata, weak=False, dispatch_uid=f"cura-{cura.ambito}-sposta")


def chi_nomina(cura: Cura, oggetto) -> None:
    """Let the entries that name `oggetto`, a category or an organisation, say it as it is now.

    In the worker, where there is one, once what changed is saved: they may be thousands.
    """
    modello, chiave = oggetto._meta.label, oggetto.pk
    transaction.on_commit(lambda: aggiorna_chi_nomina.enqueue(cura.ambito, modello, chiave))
