"""What the public pages of the programme show."""

from base.contesti import contesto_di, risposta_di

from .models import AzionePage, ProgrammaPage, ProgrammiIndexPage
from .models.alimentazione import CollegamentoCriterio
from .selettori import contesto_azione, contesto_programma, programmi_pubblici
from .selettori.confronto_anni import anni_vecchi, differenze
from .selettori.evidenze import che_cosa_conta


@contesto_di(ProgrammiIndexPage)
def elenco(pagina, request):
    return {"programmi": programmi_pubblici(pagina)}


@contesto_di(ProgrammaPage)
def programma(pagina, request):
    return contesto_programma(pagina)


@contesto_di(AzionePage)
def azione(pagina, request):
    return contesto_azione(pagina)


@risposta_di(AzionePage, su="che cosa cambia")
def che_cosa_cambia(azione):
    return {
        "diversi": differenze(azione, azione.precedente),
        "anni": anni_vecchi(azione, azione.get_parent().specific.anno),
    }


risposta_di(CollegamentoCriterio, su="che cosa conta")(che_cosa_conta)
