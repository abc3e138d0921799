"""What everybody reads of a consultation: numbers, words that were read over, the model. No person, no one body's."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from . import selettori


@require_safe
def esito(request, pk):
    """The outcome as it was approved; what was taken off the site is not found any more."""
    consultazione = get_object_or_404(selettori.pubblicate().select_related("azione"), pk=pk)
    contesto = {
        "consultazione": consultazione,
        "esito": selettori.esito_letto(consultazione.esito),
        "descrizione": f"L'esito della consultazione «{consultazione.titolo}», {consultazione.anno}.",
        "indirizzo_canonico": request.build_absolute_uri(request.path),
    }
    risposta = render(request, "registri/consultazioni/esito.html", contesto)
    risposta["Cache-Control"] = "no-cache"
    return risposta
