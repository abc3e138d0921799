"""What a list has besides itself: its feed, its calendar by months and as a file; and the file of one event."""

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from base.feeds import se_cambiato
from organizzazioni.models import Distretto

from . import selettori
from .feeds import atom, calendario
from .mese import Mese
from .models import SezioneNotiziePage

ATOM, ICS = "application/atom+xml", "text/calendar"


def _nome(che_cosa, pagina, request):
    """How who subscribes will find it among many others: "Eventi, Distretto Family Audit Alta Valsugana"."""
    di_una = isinstance(pagina, SezioneNotiziePage)
    return f"{che_cosa}, {pagina.title if di_una else Distretto.for_request(request).denominazione}"


def flusso_atom(pagina, request):
    """The newest pieces below `pagina`."""
    url = pagina.get_full_url(request)
    return se_cambiato(
        request, atom(_nome("Eventi e notizie", pagina, request), url, selettori.recenti(pagina), request), ATOM
    )


def calendario_ics(pagina, request):
    """The events below `pagina`, of the last year and to come."""
    eventi = selettori.eventi_da_un_anno(pagina, timezone.localdate())
    return se_cambiato(request, calendario(_nome("Eventi", pagina, request), eventi, request), ICS)


def evento_ics(evento, request):
    risposta = HttpResponse(calendario(evento.title, [evento], request), f"{ICS}; charset=utf-8")
    risposta["Content-Disposition"] = f'attachment; filename="{evento.slug}.ics"'
    return risposta


def per_la_stampa(pagina, request):
    """Whom to ask, the last press releases, the logo and the facts, for who writes of the District."""
    contesto = {
        **pagina.contesto_comune(request),
        "comunicati": selettori.ultimi_comunicati(pagina),
        "indirizzo_canonico": f"{pagina.get_full_url(request)}stampa/",
        "descrizione": "Il contatto, gli ultimi comunicati, il logo e i fatti, per chi scrive del Distretto.",
    }
    return TemplateResponse(request, "notizie/stampa.html", contesto)


def calendario_del_mese(pagina, request, quale=""):
    """The events of a month below `pagina`: of "2025-12", or of the first with something to go to. 404 for what is
    no month."""
    mese = Mese.da_testo(quale) if quale else selettori.mese_da_aprire(pagina)
    if mese is None:
        raise Http404
    indirizzo = f"{pagina.get_full_url(request)}calendario/" + (f"{quale}/" if quale else "")
    contesto = {
        **pagina.contesto_comune(request),
        **selettori.contesto_mese(pagina, mese),
        "indirizzo_canonico": indirizzo,
        "descrizione": f"Gli eventi di {mese}, giorno per giorno.",
    }
    return TemplateResponse(request, "notizie/calendario.html", contesto)
