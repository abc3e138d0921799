"""The public page of a link by which who answers for an entry says that it is right, or what is not."""

from abc import ABC, abstractmethod
from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from base.collegamenti import Aperto, CollegamentoNonValido, CollegamentoScaduto, TipoDiCollegamento

from ..forms import CorrezioneForm
from ..operazioni import CambiataNelFrattempo, GiaRisposto

SCADUTO, USATO, SBAGLIATO, FINITA = "scaduto", "usato", "sbagliato", "finita"


class NonVale(Exception):
    """The link does nothing, and why; `pagina` is the entry, where it may be told."""

    def __init__(self, perche: str, pagina: Any = None):
        self.perche, self.pagina = perche, pagina


@method_decorator([csrf_exempt, never_cache], name="dispatch")  # what it does is in the link, not in who is signed in
class ConfermaView(ABC, View):
    """The entry as it is published, and two buttons. Only a POST answers: mail scanners open links.

    An app says how the link is made, what it is about (`leggi`) and what an answer does.
    """

    http_method_names = ["get", "head", "post"]
    collegamento: TipoDiCollegamento
    template_name, template_non_vale = "", ""
    correzione = CorrezioneForm

    @abstractmethod
    def leggi(self, aperto: Aperto) -> Any:
        """The published entry that the link is about. Raises `NonVale`."""

    @abstractmethod
    def conferma(self, pagina: Any, aperto: Aperto, letta: str) -> str:
        """Keep that it is right; where to go."""

    @abstractmethod
    def correggi(self, pagina: Any, aperto: Aperto, letta: str, testo: str) -> str:
        """Keep what is not; where to go."""

    @abstractmethod
    def contesto(self, pagina: Any) -> dict[str, Any]:
        """What the page shows of the entry."""

    def get(self, request, gettone):
        try:
            return self.mostra(self.leggi(self.apri(gettone)), self.correzione())
        except NonVale as motivo:
            return self.non_vale(motivo)

    def post(self, request, gettone):
        modulo = self.correzione(request.POST if "correggi" in request.POST else None)
        letta = request.POST.get("letta", "")
        try:
            aperto = self.apri(gettone)
            pagina = self.leggi(aperto)
            try:
                if "correggi" not in request.POST:
                    return redirect(self.conferma(pagina, aperto, letta))
                if modulo.is_valid():
                    return redirect(self.correggi(pagina, aperto, letta, modulo.cleaned_data["testo"]))
            except CambiataNelFrattempo:
                return self.mostra(self.leggi(aperto), modulo, cambiata=True)
            except GiaRisposto:
                return self.non_vale(NonVale(USATO, type(pagina).objects.get(pk=pagina.pk)))
            except PermissionDenied:
                return self.non_vale(NonVale(FINITA))
            return self.mostra(pagina, modulo)
        except NonVale as motivo:
            return self.non_vale(motivo)

    def apri(self, gettone: str) -> Aperto:
        try:
            return self.collegamento.apri(gettone)
        except CollegamentoScaduto as errore:
            raise NonVale(SCADUTO) from errore
        except CollegamentoNonValido as errore:
            raise NonVale(SBAGLIATO) from errore

    def mostra(self, pagina, modulo, cambiata=False):
        return render(
            self.request,
            self.template_name,
            {"pagina": pagina, "modulo": modulo, "cambiata": cambiata, **self.contesto(pagina)},
        )

    def non_vale(self, motivo: NonVale):
        """Why the link does nothing, and what to do next."""
        contesto = {"perche": motivo.perche, "pagina": motivo.pagina, "giorni": self.collegamento.giorni}
        return render(self.request, self.template_non_vale, contesto, status=404 if motivo.perche == SBAGLIATO else 410)
