"""What the home page shows; plain pages show themselves."""

from base.contesti import contesto_di, senza_contesto

from .models import ContenutoPage, HomePage
from .selettori import contesto_home

senza_contesto(ContenutoPage)


@contesto_di(HomePage)
def pagina_iniziale(pagina, request):
    return contesto_home(pagina)
