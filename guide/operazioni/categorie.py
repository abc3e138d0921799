"""What a change of the words that entries are filed under brings with it."""

from django.db import transaction
from django.db.models import Model

from cura.operazioni import dimentica
from cura.registro import cura_di

from ..models import Bisogno, ServizioPage
from ..models.categorie import CategoriaAstratta
from ..scelte import FACCETTE_DI
from ..selettori import servizi_sotto


class InUso(Exception):
    """Some entries are filed under it, or it contains other needs."""


@transaction.atomic
def libera(categoria: Model) -> None:
    """Nobody is found under `categoria` any more, which may now be deleted. Raises `InUso`."""
    if servizi_sotto(categoria) or (isinstance(categoria, Bisogno) and categoria.figli.exists()):
        raise InUso
    if isinstance(categoria, CategoriaAstratta):  # a synonym is no facet
        dimentica(cura_di(ServizioPage), FACCETTE_DI[type(categoria)], categoria.chiave)
