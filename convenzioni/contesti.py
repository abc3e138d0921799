"""What the public pages of conventions show."""

from base.contesti import contesto_di
from cura.elenco import contesto_elenco
from cura.registro import cura_di

from .models import ConvenzionePage, ConvenzioniIndexPage, SezioneConvenzioniPage
from .selettori import contesto_convenzione


@contesto_di(ConvenzioniIndexPage, SezioneConvenzioniPage)
def elenco(pagina, request):
    return contesto_elenco(cura_di(ConvenzionePage), pagina, request.GET)


@contesto_di(ConvenzionePage)
def convenzione(pagina, request):
    return contesto_convenzione(pagina, anteprima=getattr(request, "is_preview", False))
