"""What did not go by itself, to managers: mails that have not left, tasks of the worker that failed."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.views import View

from base import compiti
from base.models import MessaggioInUscita
from base.posta.operazioni import rispedisci
from base.views import PaginaAdminMixin

from .schermate import DelManagerMixin

SPAZIO = "posta"


class PostaMixin(DelManagerMixin, PaginaAdminMixin, View):
    nascosta = True
    page_title = "Posta in uscita"
    header_icon = "mail"


class PostaView(PostaMixin):
    template_name = "organizzazioni/admin/posta.html"

    def get(self, request):
        messaggi = MessaggioInUscita.objects
        pagina = self.pagina_di(messaggi.fermi().defer("contenuto"))
        return self.mostra(**pagina, attesa=messaggi.in_attesa().count(), non_partiti=messaggi.non_partiti().count())


class RispedisciView(PostaMixin):
    """Send one again, or all those that surely did not leave."""

    http_method_names = ["post"]

    def post(self, request, pk=None):
        righe = MessaggioInUscita.objects
        quante = rispedisci(righe.non_partiti() if pk is None else righe.filter(pk=pk))
        if quante:
            messages.success(request, "Il messaggio riparte" if quante == 1 else f"Ripartono {quante} messaggi")
        else:
            messages.error(request, "Non c'è più nulla da rimandare: forse è già partito")
        return redirect(f"{SPAZIO}:elenco")


class TogliView(PostaMixin):
    """Whoever was to be told knows already: do not send it."""

    http_method_names = ["post"]

    def post(self, request, pk):
        tolti, _ = MessaggioInUscita.objects.fermi().filter(pk=pk).delete()
        if tolti:
            messages.success(request, "Messaggio tolto: non parte più")
        else:
            messages.error(request, "Questo messaggio non c'è più: forse è già partito")
        return redirect(f"{SPAZIO}:elenco")


class LavoroView(PostaMixin):
    """A task that failed: again, or no more to be shown."""

    http_method_names = ["post"]

    def post(self, request, pk, azione):
        fatto = {"rifai": compiti.rifai, "dimentica": compiti.dimentica}.get(azione)
        if fatto is None:
            raise Http404
        if fatto(pk):
            messages.success(request, "Si riprova tra poco" if azione == "rifai" else "Non compare più")
        else:
            messages.error(request, "Non c'è più: qualcuno ci ha già pensato")
        return redirect("wagtailadmin_home")


urlpatterns = [
    path("lavori/<uuid:pk>/<slug:azione>/", LavoroView.as_view(), name="lavoro"),
    path("", PostaView.as_view(), name="elenco"),
    path("rispedisci/", RispedisciView.as_view(), name="rispedisci_tutti"),
    path("<int:pk>/rispedisci/", RispedisciView.as_view(), name="rispedisci"),
    path("<int:pk>/togli/", TogliView.as_view(), name="togli"),
]
