"""The links of the guide's mails."""

from datetime import timedelta

from base.collegamenti import TipoDiCollegamento
from cura.notifiche import completo

CONFERMA = TipoDiCollegamento("guide.verifica", timedelta(days=30))
"""«È tutto giusto»: about an entry, for a person; good until the entry is next verified."""


def indirizzo_di_conferma(verifica, persona):
    """The full address at which `persona` confirms the entry of `verifica` without signing in."""
    gettone = CONFERMA.gettone(verifica.servizio_id, persona.pk, stato=verifica.stato_del_collegamento)
    return completo("guide:conferma", gettone)
