"""The links of the mails about conventions."""

from datetime import timedelta

from base.collegamenti import TipoDiCollegamento
from cura.notifiche import completo

CONFERMA = TipoDiCollegamento("convenzioni.conferma", timedelta(days=30))
"""«Va tutto bene» of the partner: about its agreement, good until it answers or its address changes."""


def indirizzo_di_conferma(accordo):
    """The full address at which the partner of `accordo` answers without an account."""
    gettone = CONFERMA.gettone(accordo.convenzione_id, stato=accordo.stato_del_collegamento)
    return completo("cura_convenzioni:conferma", gettone)
