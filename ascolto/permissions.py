"""Who makes surveys and who reads what was answered; one person's answer nobody reads: docs/decisioni/0066."""

from organizzazioni.models import Chiunque
from organizzazioni.permissions import chi_decide_per_le_organizzazioni, e_manager, legge_tutto, puo_decidere_su

from .models import Sondaggio


def puo_gestire_sondaggi(utente: Chiunque) -> bool:
    """Surveys are written, opened and closed by the manager."""
    return utente.is_active and e_manager(utente)


def puo_leggere_sondaggi(utente: Chiunque) -> bool:
    """What was answered, together, once a survey is closed: manager, Coordinamento, the agency."""
    return utente.is_active and (e_manager(utente) or legge_tutto(utente))


def puo_pubblicare_sondaggio(utente: Chiunque, sondaggio: Sondaggio) -> bool:
    """Whether `utente` approves the publication of `sondaggio`: Coordinamento, and nobody who wrote any of it."""
    autori = set(sondaggio.autori.values_list("pk", flat=True))
    return puo_decidere_su(utente, autori, chi_decide_per_le_organizzazioni(), del_manager=True)
