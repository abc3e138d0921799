"""The care of the guide at home: what is due of one's organisations, and for the manager how it stands."""

from django.forms import Media
from django.middleware.csrf import get_token
from wagtail.admin.ui.components import Component

from organizzazioni.models import Organizzazione
from organizzazioni.permissions import e_manager

from . import selettori


class SchedeDaConfermare(Component):
    """What is due and what is reported wrong, of one's own organisations."""

    name, order = "schede_da_confermare", 110
    template_name = "guide/admin/home/da_confermare.html"

    def get_context_data(self, parent_context):
        request = parent_context["request"]
        verifiche, errori = selettori.da_fare_di(request.user)
        return {"verifiche": verifiche, "errori": errori, "csrf_token": get_token(request)}


class CuraDellaGuida(Component):
    """How much of the guide is verified, and what waits for the manager."""

    name, order = "cura_della_guida", 150
    template_name = "guide/admin/home/cura.html"
    media = Media(css={"all": ["css/gestione.css"]})

    def get_context_data(self, parent_context):
        return selettori.quadro()


def componi_casa(request, pannelli):
    if e_manager(request.user):
        pannelli.append(CuraDellaGuida())
    if Organizzazione.objects.di(request.user).exists():
        pannelli.append(SchedeDaConfermare())
