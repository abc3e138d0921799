"""The short address of an entry, that is on paper."""

from django.http import Http404
from django.shortcuts import redirect

from ..models import VoceIndice


def indirizzo_breve(request, pk):
    """To the page with this key, wherever it is now, if it is among those that everyone may read."""
    voce = VoceIndice.objects.select_related("pagina").filter(pagina=pk).first()
    indirizzo = voce.pagina.get_url(request) if voce else None
    if not indirizzo:
        raise Http404
    return redirect(indirizzo)
