"""What the public pages of organisations show, and what the step of the workflow asks."""

from base.contesti import contesto_di, risposta_di

from .forms import CommentoForm, RestituzioneForm
from .models import ApprovazioneTask, OrganizzazionePage, OrganizzazioniIndexPage
from .selettori import contesto_organizzazione, pagine_organizzazioni, revisioni_approvabili


@contesto_di(OrganizzazioniIndexPage)
def elenco(pagina, request):
    return pagine_organizzazioni()


@contesto_di(OrganizzazionePage)
def organizzazione(pagina, request):
    return contesto_organizzazione(pagina)


@risposta_di(ApprovazioneTask, su="con quale modulo")
def modulo(azione):
    return RestituzioneForm if azione == "reject" else CommentoForm


risposta_di(ApprovazioneTask, su="che cosa aspetta")(revisioni_approvabili)
