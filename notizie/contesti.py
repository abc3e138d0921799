"""What the public pages of news, press releases and events show."""

from base.contesti import contesto_di

from .models import ComunicatoPage, EventoPage, NotiziaPage, NotizieIndexPage, SezioneNotiziePage
from .selettori import contesto_elenco, contesto_evento, contesto_pezzo


@contesto_di(NotizieIndexPage, SezioneNotiziePage)
def elenco(pagina, request):
    return contesto_elenco(pagina, request.GET)


@contesto_di(NotiziaPage, ComunicatoPage)
def pezzo(pagina, request):
    return contesto_pezzo(pagina, request)


@contesto_di(EventoPage)
def evento(pagina, request):
    return {**contesto_pezzo(pagina, request), **contesto_evento(pagina)}
