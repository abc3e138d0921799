"""A published document as the public reads it: what was taken away is not found any more."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from base.elenchi import senza_riservate

from .models import DocumentiPage, Pubblicazione

OGNI_VOLTA = "no-cache"
"""Browsers and proxies ask again: what was taken away is not read from a copy."""


def _pubblicata(pk):
    return get_object_or_404(Pubblicazione.objects.in_vigore().select_related("definitivo__programma"), pk=pk)


@require_safe
def documento(request, pk):
    """The accessible twin of the file: the same words, in a page."""
    pubblicazione = _pubblicata(pk)
    corpo = pubblicazione.detto
    contesto = {
        "pubblicazione": pubblicazione,
        "corpo": corpo,
        "indice": senza_riservate(DocumentiPage.objects.live()).first(),
        "descrizione": f"{corpo.titolo}, {corpo.distretto}.",
        "indirizzo_canonico": request.build_absolute_uri(request.path),
    }
    risposta = render(request, "documenti/documento.html", contesto)
    risposta["Cache-Control"] = OGNI_VOLTA
    return risposta


@require_safe
def pdf(request, pk):
    """The file, as it was published."""
    pubblicazione = _pubblicata(pk)
    try:
        file = pubblicazione.pdf.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    nome = pubblicazione.definitivo.nome_del_file("pdf")
    risposta = FileResponse(file, content_type="application/pdf", filename=nome)
    risposta["Cache-Control"] = OGNI_VOLTA
    return risposta
