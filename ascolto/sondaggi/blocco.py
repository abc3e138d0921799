"""What every gesture of the manager on a survey does first."""

from django.core.exceptions import PermissionDenied, ValidationError

from organizzazioni.models import Utente

from ..models import Sondaggio
from ..permissions import puo_gestire_sondaggi

CAMBIATO = "Un'altra persona ha salvato questo sondaggio mentre scrivevi: ciò che hai scritto è qui, salva di nuovo"


def esigi_che_gestisca(utente: Utente) -> None:
    if not puo_gestire_sondaggi(utente):
        raise PermissionDenied("I sondaggi li prepara il manager")


def bloccato(sondaggio: Sondaggio, utente: Utente, *stati: str, versione: int | None = None) -> Sondaggio:
    """The survey as it is now, locked. `ValidationError` when it is in none of `stati`, or somebody saved since."""
    esigi_che_gestisca(utente)
    attuale = Sondaggio.objects.select_for_update().get(pk=sondaggio.pk)
    if attuale.stato not in stati:
        raise ValidationError(f"Il sondaggio è «{attuale.get_stato_display().lower()}»: qui non si può più")
    if versione is not None and versione != attuale.versione:
        raise ValidationError(CAMBIATO, code="cambiata")
    return attuale


def scritto(sondaggio: Sondaggio, utente: Utente) -> None:
    """Keep it, and that `utente` wrote some of it."""
    sondaggio.versione += 1
    sondaggio.save()
    sondaggio.autori.add(utente)
