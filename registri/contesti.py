"""What the pages of the programme ask of the registers."""

from django.db.models import Subquery
from django.db.models.functions import JSONObject

from base.contesti import risposta_di

from .consultazioni.selettori import pubblicate
from .models import Consultazione

AZIONE = Consultazione._meta.get_field("azione").related_model
"""The actions, whose models no app of content imports: this one reaches them by the key that it has on them."""


@risposta_di(AZIONE, su="consultazione")
def consultazione_di(azione):
    """Key and title of the consultation of `azione` of which everybody reads the outcome: an expression, None if there
    is none, to be asked along with another query."""
    sua = pubblicate().filter(azione=azione.pk)
    return Subquery(sua.values(detta=JSONObject(pk="pk", titolo="titolo"))[:1])
