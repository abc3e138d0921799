"""What the public pages of organisations show."""

from base.contesti import contesto_di

from .models import OrganizzazionePage, OrganizzazioniIndexPage
from .selettori import contesto_organizzazione, pagine_organizzazioni


@contesto_di(OrganizzazioniIndexPage)
def elenco(pagina, request):
    return pagine_organizzazioni()


@contesto_di(OrganizzazionePage)
def organizzazione(pagina, request):
    return contesto_organizzazione(pagina)
