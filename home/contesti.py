"""What the home page and the plain pages show."""

from base.contesti import contesto_di

from .models import ContenutoPage, HomePage
from .selettori import contesto_home, sottopagine


@contesto_di(HomePage)
def pagina_iniziale(pagina, request):
    return contesto_home(pagina)


@contesto_di(ContenutoPage)
def contenuto(pagina, request):
    return {"sottopagine": sottopagine(pagina)}
