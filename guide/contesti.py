"""What the public pages of the guide show."""

from django.utils.safestring import mark_safe

from base.contesti import contesto_di, risposta_di
from cura.elenco import contesto_elenco
from cura.registro import cura_di

from .estate.selettori import contesto_confronto
from .estate.views import confronto as serve_confronto
from .models import EssenzialePage, EstatePage, Fascicolo, GuidaIndexPage, ServizioPage, SezioneGuidaPage
from .selettori import calendario_di, contesto_essenziale, contesto_guida, contesto_lista, contesto_servizio, dotazione


@contesto_di(GuidaIndexPage, SezioneGuidaPage)
def elenco(pagina, request):
    contesto = contesto_elenco(cura_di(ServizioPage), pagina, request.GET)
    fascicoli = {"fascicoli": Fascicolo.objects.all()} if isinstance(pagina, GuidaIndexPage) else {}
    return {**contesto, **contesto_guida(pagina, contesto), **fascicoli}


@contesto_di(ServizioPage)
def servizio(pagina, request):
    url = pagina.get_full_url(request) if pagina.pk else ""
    return contesto_servizio(pagina, url or "", anteprima=getattr(request, "is_preview", False))


@contesto_di(EssenzialePage)
def essenziale(pagina, request):
    return {**contesto_essenziale(pagina), "cornice": mark_safe(' lang="it" dir="ltr"')}


@contesto_di(EstatePage)
def confronto(pagina, request):
    """The summer of `pagina.anno`, which its address says."""
    radice = "" if pagina.url is None else pagina.url.removesuffix(f"{pagina.anno}/")
    return {**contesto_confronto(request.GET, pagina.anno), "radice": radice}


risposta_di(EstatePage, su="confronto")(serve_confronto)
risposta_di(GuidaIndexPage, su="lista")(contesto_lista)
risposta_di(ServizioPage, su="scadenze")(calendario_di)
risposta_di(ServizioPage, su="dotazione")(dotazione)
