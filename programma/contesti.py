"""What the public pages of the programme show."""

from base.contesti import contesto_di

from .models import AzionePage, ProgrammaPage, ProgrammiIndexPage
from .selettori import contesto_azione, contesto_programma, programmi_pubblici


@contesto_di(ProgrammiIndexPage)
def elenco(pagina, request):
    return {"programmi": programmi_pubblici(pagina)}


@contesto_di(ProgrammaPage)
def programma(pagina, request):
    return contesto_programma(pagina)


@contesto_di(AzionePage)
def azione(pagina, request):
    return contesto_azione(pagina)
