"""The bodies of the portal, as who reads an act wants them."""

from organizzazioni.models import Organizzazione

from ..atto import EnteNoto


def enti_noti() -> list[EnteNoto]:
    """Every body by its key, with its two names."""
    return [
        EnteNoto(ente.chiave, tuple(nome for nome in (ente.denominazione, ente.nome_breve) if nome))
        for ente in Organizzazione.objects.all()
    ]
