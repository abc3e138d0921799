"""The only function that writes of the request for a contribution."""

from django.db import transaction
from wagtail.log_actions import log

from .. import permissions
from ..models import DomandaDiContributo
from .comuni import esigi


@transaction.atomic
def salva_domanda(domanda: DomandaDiContributo, utente) -> DomandaDiContributo:
    """Write whether the year asks for it, and its window. It is asked after the year too: also of a closed one."""
    esigi(permissions.puo_gestire_programma(utente))
    domanda.save()
    detto = {"si_chiede": domanda.si_chiede, "apre": str(domanda.apre or ""), "chiude": str(domanda.chiude or "")}
    log(instance=domanda.programma, action="programma.domanda", user=utente, data=detto)
    return domanda
