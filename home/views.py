"""Public views that are not pages."""

import sys
from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseServerError, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import get_template
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from base.albero import albero_di
from base.allegati import TIPI
from base.archivio import disco_pieno
from organizzazioni.models import Distretto

from .forms import CercaForm
from .selettori import contesto_cerca, rami_del_sito


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
def mappa_del_sito(request):
    """The first two levels of the site, for who looks for a page and not for a word."""
    return render(request, "home/mappa_del_sito.html", {"rami": rami_del_sito(albero_di(request).via[0])})


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


@require_safe
def manifesto(request):
    """What a phone shows of the site among its programs, where somebody puts it there."""
    distretto = Distretto.for_request(request)
    nome = distretto.denominazione or settings.WAGTAIL_SITE_NAME
    icone = [
        {"src": static(f"img/icona-{lato}.png"), "sizes": f"{lato}x{lato}", "type": "image/png"} for lato in (192, 512)
    ]
    dati = {
        "name": nome,
        "short_name": distretto.territorio or nome,
        "lang": "it",
        "start_url": "/",
        "display": "minimal-ui",  # what is only a bookmark receives nothing
        "background_color": "#ffffff",
        "theme_color": "#0b3f39",
        "icons": icone,
        "share_target": {
            "action": reverse("condividi"),
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {
                "title": "titolo",
                "text": "testo",
                "url": "link",
                "files": [{"name": "file", "accept": sorted({*TIPI.values()} | {"image/*", ".p7m", ".eml", ".msg"})}],
            },
        },
    }
    return JsonResponse(dati, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


@require_safe
def sicurezza(request):
    """Whom to tell of a hole in the site (RFC 9116); nobody, while the District has no e-mail."""
    email = Distretto.for_request(request).email
    if not email:
        raise Http404
    scade = (timezone.now() + timedelta(days=180)).replace(hour=0, minute=0, second=0, microsecond=0)
    righe = [
        f"Contact: mailto:{email}",
        f"Expires: {scade:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: it, en",
        f"Canonical: {request.build_absolute_uri(request.path)}",
        "",
    ]
    return HttpResponse("\n".join(righe), content_type="text/plain; charset=utf-8")


@require_safe
def statico(request, file):
    """Where a file is that browsers ask for by a name of their own."""
    return redirect(static(file))


def pagina_non_trovata(request, exception):
    """Where to go from an address that leads nowhere."""
    return render(request, "404.html", status=404)


def errore_del_server(request):
    """A page that asks for nothing: no database, no context processor. Another says that the disk is full."""
    if disco_pieno(sys.exc_info()[1]):
        return HttpResponse(get_template("507.html").render(), status=507)
    return HttpResponseServerError(get_template("500.html").render())
