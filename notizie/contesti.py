"""What the public pages of news, press releases and events show."""

from base.contesti import contesto_di, risposta_di

from . import views
from .models import ComunicatoPage, EventoPage, NotiziaPage, NotizieIndexPage, SezioneNotiziePage
from .prenotazioni.selettori import posti_da_mostrare
from .selettori import contesto_elenco, contesto_evento, contesto_pezzo


@contesto_di(NotizieIndexPage, SezioneNotiziePage)
def elenco(pagina, request):
    return contesto_elenco(pagina, request.GET)


@contesto_di(NotiziaPage, ComunicatoPage)
def pezzo(pagina, request):
    return contesto_pezzo(pagina, request)


@contesto_di(EventoPage)
def evento(pagina, request):
    return {**contesto_pezzo(pagina, request), **contesto_evento(pagina), "posti": posti_da_mostrare(pagina)}


for view in (views.flusso_atom, views.per_la_stampa, views.calendario_del_mese, views.calendario_ics):
    risposta_di(NotizieIndexPage, SezioneNotiziePage, su=view.__name__)(view)
risposta_di(EventoPage, su="ics")(views.evento_ics)
