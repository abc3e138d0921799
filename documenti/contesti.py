"""What the public page of documents shows."""

from base.contesti import contesto_di

from .models import DocumentiPage
from .pubblici import contesto_documenti


@contesto_di(DocumentiPage)
def documenti(pagina, request):
    return contesto_documenti(pagina, request.GET)
