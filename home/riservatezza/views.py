"""For managers: the register of processing, and where a person is named. For anyone else these pages do not exist."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views import View
from wagtail.admin import messages

from base.views import PaginaAdminMixin
from organizzazioni.schermate import DelManagerMixin

from .nominati import CORTA, LUNGA, cerca, esporta, oscura
from .trattamenti import TRATTAMENTI

SPAZIO = "riservatezza"


class RiservatezzaMixin(DelManagerMixin, PaginaAdminMixin, View):
    nascosta = True
    header_icon = "lock"


class RegistroView(RiservatezzaMixin):
    page_title = "Registro dei trattamenti"
    template_name = "home/admin/trattamenti.html"

    def get(self, request):
        return self.mostra(trattamenti=[(kind, kind.quanto()) for kind in TRATTAMENTI])


class CercaPersonaForm(forms.Form):
    parole = forms.CharField(
        label="Nome o indirizzo",
        min_length=CORTA,
        max_length=LUNGA,
        help_text="Com'è scritto: «Maria Rossi», poi «Rossi Maria», poi la sua e-mail",
    )


class OscuraForm(CercaPersonaForm):
    motivo = forms.CharField(
        label="Motivo",
        max_length=500,
        help_text="Resta nel registro: per esempio il protocollo della richiesta. Non scriverci il nome",
        error_messages={"required": "Scrivi il motivo: resta nel registro"},
    )


class PersonaView(RiservatezzaMixin):
    """Ask for words; show who holds them; take them away from the rows that were ticked."""

    page_title = "Cerca una persona"
    template_name = "home/admin/cerca_persona.html"

    def get(self, request):
        form = CercaPersonaForm(request.GET or None)
        trovati = cerca(form.cleaned_data["parole"]) if form.is_valid() else None
        if trovati is not None and request.GET.get("formato") == "json":
            risposta = HttpResponse(esporta(form.cleaned_data["parole"]), content_type="application/json")
            risposta["Content-Disposition"] = 'attachment; filename="persona.json"'
            return risposta
        return self._mostra(form, trovati)

    def post(self, request):
        form = OscuraForm(request.POST)
        if not form.is_valid():
            parole = request.POST.get("parole", "").strip()
            trovati = cerca(parole) if CORTA <= len(parole) <= LUNGA else None
            return self._mostra(CercaPersonaForm({"parole": parole}), trovati, form)
        scelte = set(request.POST.getlist("riga"))
        quanti = oscura(form.cleaned_data["parole"], scelte, form.cleaned_data["motivo"], request.user)
        if quanti:
            messages.success(request, f"Il nome non è più in {quanti} {'punto' if quanti == 1 else 'punti'}")
        else:
            messages.warning(request, "Non hai scelto nulla da cui togliere il nome")
        return redirect(f"{SPAZIO}:persona")

    def _mostra(self, form, trovati, oscura_form=None):
        return self.mostra(form=form, trovati=trovati, oscura=oscura_form or OscuraForm())


urlpatterns = [
    path("", RegistroView.as_view(), name="registro"),
    path("persona/", PersonaView.as_view(), name="persona"),
]
