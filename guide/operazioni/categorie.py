"""What a change of the words that entries are filed under brings with it."""

from django.db import transaction
from django.db.models import Model

from ..models import Bisogno, InsiemeFaccetta, ServizioPage
from ..models.categorie import Categoria
from ..selettori import FACCETTE_DI, servizi_che_dicono, servizi_sotto
from .indice import aggiorna
from .verifiche import aggiorna_scadenze


class InUso(Exception):
    """Some entries are filed under it, or it contains other needs."""


def aggiorna_servizi_di(oggetto: Model) -> None:
    """Let the entries that name `oggetto`, a category or an organisation, say it as it is now.

    In the worker, where there is one: they may be thousands.
    """
    from ..tasks import aggiorna_servizi

    aggiorna_servizi.enqueue(oggetto._meta.label, oggetto.pk)


def aggiorna_ora(oggetto: Model) -> None:
    """The same, at once: where they are found, what they say and when they are due."""
    quali = servizi_che_dicono(oggetto)
    if isinstance(oggetto, Bisogno):
        quali |= ServizioPage.objects.filter(pk__in=[servizio.pk for servizio in aggiorna_scadenze()])
    aggiorna(quali)


@transaction.atomic
def libera(categoria: Model) -> None:
    """Nobody is found under `categoria` any more, which may now be deleted. Raises `InUso`."""
    if servizi_sotto(categoria) or (isinstance(categoria, Bisogno) and categoria.figli.exists()):
        raise InUso
    if isinstance(categoria, Categoria):  # a synonym is no facet
        InsiemeFaccetta.objects.filter(faccetta=FACCETTE_DI[type(categoria)], valore=categoria.chiave).delete()
