"""The read side of organisations."""

from django.db.models import Prefetch
from django.utils import timezone

from base.models import Variante

from .models import Organizzazione
from .riquadri import riquadri_di


def pubbliche():
    """Organisations with a live public page, page and logo joined: the District itself is not among them."""
    return (
        Organizzazione.objects.filter(pagina__live=True, distretto=None)
        .select_related("pagina__logo")
        .prefetch_related(Prefetch("pagina__logo__renditions", Variante.objects.all()))
    )


def pagine_organizzazioni():
    """Members of today, in order of adhesion, and all the other bodies of the network."""
    oggi = timezone.localdate()
    tutte = list(pubbliche().order_by("aderente_dal", "denominazione"))
    aderenti = [o for o in tutte if o.aderente_il(oggi)]
    return {"aderenti": aderenti, "partner": [o for o in tutte if not o.aderente_il(oggi)]}


def contesto_organizzazione(pagina):
    organizzazione = pagina.organizzazione
    return {
        "organizzazione": organizzazione,
        "aderente": organizzazione.aderente_il(timezone.localdate()),
        "riquadri": riquadri_di(organizzazione),
    }
