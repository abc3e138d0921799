"""Public views that are not pages."""

import sys

from django.http import HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import get_template
from django.urls import reverse
from django.views.decorators.http import require_safe

from base.archivio import disco_pieno

from .forms import CercaForm
from .selettori import contesto_cerca


@require_safe
def cerca(request):
    """Search in the public pages; without words, only the form."""
    form = CercaForm(request.GET)
    testo = form.cleaned_data["q"] if form.is_valid() else ""
    trovati = (
        contesto_cerca(testo, request.GET.get("tipo", ""), request.GET.get("pagina")) if testo else {"risultati": None}
    )
    return render(request, "home/cerca.html", {"form": form, "testo": testo, **trovati})


@require_safe
def robots(request):
    """What crawlers leave alone, and where the site map is."""
    mappa = request.build_absolute_uri("/sitemap.xml")
    righe = [
        "User-agent: *",
        f"Disallow: {reverse('wagtailadmin_home')}",
        f"Disallow: {reverse('cerca')}",
        "",
        f"Sitemap: {mappa}",
        "",
    ]
    return HttpResponse("\n".join(righe), content_type="text/plain; charset=utf-8")


def pagina_non_trovata(request, exception):
    """Where to go from an address that leads nowhere."""
    return render(request, "404.html", status=404)


def errore_del_server(request):
    """A page that asks for nothing: no database, no context processor. Another says that the disk is full."""
    if disco_pieno(sys.exc_info()[1]):
        return HttpResponse(get_template("507.html").render(), status=507)
    return HttpResponseServerError(get_template("500.html").render())
