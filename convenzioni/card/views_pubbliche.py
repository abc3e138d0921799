"""Cards in public: checked by anyone, kept on the phone, good to read the reserved terms. No account.

Nothing here is cached by others, followed by search engines, or told to other sites; only `CondizioniView` sets a
cookie. Forms need no CSRF token: they ask with a number and use no session that another site could ride.
"""

from django.conf import settings
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from base.seriali import a_gruppi

from .cookie import dimentica, ha_card, ricorda
from .forms import NumeroForm
from .riscontro import TroppeProve, chiedi, esito_di
from .selettori import condizioni_riservate

IGNOTO = "Nessuna card ha questo numero: ricontrollalo"


class DiscretaView(View):
    """A page about one card: nobody keeps it, indexes it, or learns from where one comes."""

    cache = "no-store"

    @classmethod
    def as_view(cls, **iniziali):
        """Here and not on `dispatch`, which a subclass may write over."""
        return csrf_exempt(super().as_view(**iniziali))

    def dispatch(self, request, *args, **kwargs):
        try:
            risposta = super().dispatch(request, *args, **kwargs)
        except TroppeProve:
            risposta = render(request, "convenzioni/card/troppe.html", status=429)
            risposta["Retry-After"] = "3600"
        risposta["Cache-Control"] = self.cache if risposta.status_code == 200 else "no-store"
        risposta["X-Robots-Tag"] = "noindex, nofollow"
        risposta["Referrer-Policy"] = "no-referrer"
        return risposta

    def esito(self, esito):
        """What a card is worth: an unknown one and one written wrong are the same page, and not found."""
        return render(
            self.request,
            "convenzioni/card/esito.html",
            {"esito": esito},
            status=200 if esito.card is not None else 404,
        )


class CardView(DiscretaView):
    """The number typed by hand, in the body of the request: it is in no address and in no log."""

    def get(self, request):
        return self.modulo(NumeroForm())

    def post(self, request):
        modulo = NumeroForm(request.POST)
        if not modulo.is_valid():
            return self.modulo(modulo)
        esito = chiedi(modulo.cleaned_data["numero"], request)
        if esito.card is None:
            modulo.add_error("numero", IGNOTO)
            return self.modulo(modulo, status=404)
        if "apri" in request.POST:
            return redirect("card_pubblica:telefono", esito.card.seriale)
        return self.esito(esito)

    def modulo(self, modulo, status=200):
        return render(self.request, "convenzioni/card/card.html", {"modulo": modulo}, status=status)


class VerificaView(DiscretaView):
    """What the QR code opens, for who has the card in front of them."""

    http_method_names = ["get", "head"]

    def get(self, request, seriale):
        return self.esito(chiedi(seriale, request))


class TelefonoView(DiscretaView):
    """The card itself, to be kept on the phone: it opens without network once it was opened (`static/js/card.js`)."""

    http_method_names = ["get", "head"]
    cache = "private, no-cache"

    def get(self, request, seriale):
        esito = chiedi(seriale, request)
        if esito.card is None:
            return self.esito(esito)
        proprio = reverse("card_pubblica:telefono", args=[esito.card.seriale])
        if request.path != proprio:
            return redirect(proprio)
        return render(
            request,
            "convenzioni/card/telefono.html",
            {
                "esito": esito,
                "numero": a_gruppi(esito.card.seriale),
                "indirizzo": da_verificare(request, esito.card),
            },
        )


class CondizioniView(DiscretaView):
    """The terms of a convention that are reserved to card holders, at an address of their own."""

    cache = "private, no-store"

    def dispatch(self, request, *args, **kwargs):
        risposta = super().dispatch(request, *args, **kwargs)
        patch_vary_headers(risposta, ["Cookie"])
        return risposta

    def get(self, request, pk):
        return self.pagina(self.condizioni(pk), NumeroForm())

    def post(self, request, pk):
        condizioni = self.condizioni(pk)
        if "esci" in request.POST:
            risposta = redirect(request.path)
            dimentica(risposta)
            return risposta
        modulo = NumeroForm(request.POST)
        if not modulo.is_valid():
            return self.pagina(condizioni, modulo)
        esito = chiedi(modulo.cleaned_data["numero"], request)
        if not esito.valida:
            modulo.add_error("numero", self.perche_no(esito))
            return self.pagina(condizioni, modulo)
        risposta = redirect(request.path)
        ricorda(risposta, esito.card)
        return risposta

    def condizioni(self, pk):
        condizioni = condizioni_riservate(pk)
        if condizioni is None:
            raise Http404
        return condizioni

    def pagina(self, condizioni, modulo):
        card = ha_card(self.request)
        return render(
            self.request,
            "convenzioni/card/condizioni.html",
            {
                "convenzione": condizioni.convenzione,
                "condizioni": condizioni,
                "modulo": modulo,
                "esito": esito_di(card) if card else None,
                "aperte": card is not None and condizioni.aperte_a(card),
            },
        )

    def perche_no(self, esito):
        return {
            "scaduta": "Questa card è scaduta: chiedi quella nuova a chi te l'ha data",
            "revocata": "Questa card non vale più: chiedi a chi te l'ha data",
        }.get(esito.stato, IGNOTO)


@require_safe
def servizio(request):
    """The service worker, from where its scope may be one card: it must not be below /static/."""
    risposta = FileResponse(
        (settings.BASE_DIR / "static" / "js" / "card-sw.js").open("rb"), content_type="text/javascript; charset=utf-8"
    )
    risposta["Cache-Control"] = "no-cache"
    return risposta


def da_verificare(request, card):
    """The full address that the QR code of `card` opens."""
    return request.build_absolute_uri(reverse("card_pubblica:verifica", args=[card.seriale]))
