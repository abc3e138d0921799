"""What the worker does for the index."""

from django.apps import apps
from django_tasks import task

from base.compiti import lavoro

from . import operazioni
from .registro import cura_di_ambito


@lavoro("aggiornare le schede che nominano una categoria", ripetibile=True)
@task(backend="lenti", priority=10)  # before the booklets, which take minutes
def aggiorna_chi_nomina(ambito: str, modello: str, chiave: int) -> None:
    """Bring the entries that name this category or organisation up to date, if it is still there."""
    oggetto = apps.get_model(modello).objects.filter(pk=chiave).first()
    if oggetto is not None:
        cura = cura_di_ambito(ambito)
        operazioni.aggiorna(cura, cura.che_nominano(oggetto))
