"""What the admin's home says of the site itself."""

from django.utils import timezone
from wagtail.admin.ui.components import Component

from base.compiti import non_riusciti
from base.models import MessaggioInUscita
from base.salute import guasti, ritardi_di_adesso
from organizzazioni.models import Distretto
from organizzazioni.permissions import e_manager

from .selettori import da_completare, ferme_da


class QualcosaSiEFermato(Component):
    name, order = "salute", 10
    template_name = "home/admin/salute.html"

    def __init__(self, guasti, ritardi):
        self.guasti, self.ritardi = guasti, ritardi

    def get_context_data(self, parent_context):
        return {"guasti": self.guasti, "ritardi": self.ritardi}


class LavoriNonRiusciti(Component):
    """What the worker could not do, or was killed while doing."""

    name, order = "lavori", 12
    template_name = "organizzazioni/admin/pannello_lavori.html"

    def __init__(self, lavori):
        self.lavori = lavori

    def get_context_data(self, parent_context):
        return {"lavori": self.lavori, "csrf_token": parent_context["csrf_token"]}


class PostaFerma(Component):
    """The mails that have not left: what was decided stands, who was to be told was not."""

    name, order = "posta", 11
    template_name = "organizzazioni/admin/pannello_posta.html"
    VOCI = 5

    def __init__(self, messaggi):
        self.messaggi = messaggi

    def get_context_data(self, parent_context):
        return {
            "messaggi": self.messaggi[: self.VOCI],
            "altri": len(self.messaggi) > self.VOCI,
            "request": parent_context["request"],
            "csrf_token": parent_context["csrf_token"],
        }


class DaCompletare(Component):
    """What only the District can write in the pages that the product ships, and where."""

    name, order = "da_completare", 210
    template_name = "home/admin/da_completare.html"

    def __init__(self, pagine, distretto):
        self.pagine, self.distretto = pagine, distretto

    def get_context_data(self, parent_context):
        return {"pagine": self.pagine, "distretto": self.distretto}


class NotizieFerme(Component):
    """For how long nothing new has come out: the public is not told."""

    name, order = "notizie_ferme", 205
    template_name = "home/admin/notizie_ferme.html"

    def __init__(self, dal):
        self.dal = dal

    def get_context_data(self, parent_context):
        return {"dal": self.dal}


def componi_casa(request, pannelli):
    """For the managers, only when there is something to say: what stopped before all, what is to be written last."""
    if not e_manager(request.user):
        return
    if dal := ferme_da(timezone.localdate()):
        pannelli.append(NotizieFerme(dal))
    pagine, distretto = da_completare(), Distretto.for_request(request)
    if pagine or distretto.mancano:
        pannelli.append(DaCompletare(pagine, distretto))
    if lavori := non_riusciti():
        pannelli.insert(0, LavoriNonRiusciti(lavori))
    if messaggi := MessaggioInUscita.objects.fermi().defer("contenuto")[: PostaFerma.VOCI + 1]:
        pannelli.insert(0, PostaFerma(messaggi))
    rotti, ritardi = guasti(), ritardi_di_adesso()
    if rotti or ritardi:
        pannelli.insert(0, QualcosaSiEFermato(rotti, ritardi))
