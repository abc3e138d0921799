"""Cards in the admin: who acts for an organisation issues and revokes its own, the manager grants and sees all."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin import messages

from base.chiavi import chiavi_in
from base.formati import tabelle
from base.seriali import leggi
from base.stampa import StampaNonDisponibile
from base.views import PaginaAdminMixin
from cura.permissions import tiene_qualcosa
from organizzazioni.models import Distretto

from .. import operazioni, permissions
from ..filtri import FiltroLotti
from .esportazioni import conti_tabella, elenco_tabella
from .forms import ConcediForm, EmettiForm, NumeroForm, RevocaForm
from .selettori import card_da_stampare, card_di, emissioni_di, lotti_di, totale_di
from .stampa import fogli
from .views_pubbliche import da_verificare

PER_PAGINA = 50
SCRITTORI = {
    "csv": (tabelle.TIPO_CSV, lambda titolo, tabella: tabelle.csv_per_excel(*tabella)),
    "xlsx": (tabelle.TIPO_XLSX, lambda titolo, tabella: tabelle.xlsx(titolo, *tabella)),
}


class CardMixin(PaginaAdminMixin):
    """For who gives no cards these pages do not exist."""

    header_icon = "key"
    page_title = "Card del Dipendente"

    def dispatch(self, request, *args, **kwargs):
        if not tiene_qualcosa(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def percorso(self):
        return [{"url": reverse("card:lotti"), "label": CardMixin.page_title}]

    def tabella(self, titolo, nome, tabella):
        """`tabella` as a file in the format that was asked for."""
        formato = self.request.GET.get("formato", "csv")
        if formato not in SCRITTORI:
            messages.error(self.request, "Non posso preparare il file: riprova da qui")
            return redirect("card:lotti")
        tipo, scrivi = SCRITTORI[formato]
        return _file(scrivi(titolo, tabella), tipo, f"{nome}.{formato}")


class LottiView(CardMixin, View):
    """The counts of each organisation and year."""

    template_name = "convenzioni/card/admin/lotti.html"

    def percorso(self):
        return []

    def get(self, request):
        filtro = FiltroLotti(request.GET, request.user)
        anno, lotti = filtro.scelto, list(filtro.qs)
        return self.mostra(
            filtro=filtro.form,
            lotti=lotti,
            trova=NumeroForm(),
            totale=totale_di(lotti) if anno else None,
            puo_concedere=permissions.puo_concedere(request.user),
            anno=anno or "",
        )


class EsportaView(CardMixin, View):
    """The same counts as a file."""

    def get(self, request):
        filtro = FiltroLotti(request.GET, request.user)
        return self.tabella("Card", f"card-{filtro.scelto}" if filtro.scelto else "card", conti_tabella(filtro.qs))


class ConcediView(CardMixin, View):
    """How many cards an organisation may give: the manager's word."""

    template_name = "convenzioni/card/admin/concedi.html"
    page_title = "Concedi le card"

    def dispatch(self, request, *args, **kwargs):
        if not permissions.puo_concedere(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        """`?lotto=` is the one to be corrected."""
        lotto = lotti_di(request.user).filter(pk__in=chiavi_in([request.GET.get("lotto", "")])).first()
        return self.mostra(modulo=ConcediForm(initial=_concessa(lotto) if lotto else None))

    def post(self, request):
        modulo = ConcediForm(request.POST)
        if modulo.is_valid():
            d = modulo.cleaned_data
            try:
                lotto = operazioni.concedi(d["organizzazione"], d["anno"], d["concesse"], d["fino_al"], request.user)
            except ValidationError as errore:
                modulo.add_error(None, errore)
            else:
                messages.success(request, f"{lotto}: {lotto.concesse} concesse")
                return redirect("card:lotti")
        messages.error(request, "Non concesse: correggi i punti segnati")
        return self.mostra(modulo=modulo)


class TrovaView(CardMixin, View):
    """From a number to its card, to revoke it; the number is in the body of the request, in no address."""

    http_method_names = ["post"]

    def post(self, request):
        card = card_di(request.user).filter(seriale=leggi(request.POST.get("numero", "")) or "").first()
        if card is None:
            messages.error(request, "Nessuna delle tue card ha questo numero: ricontrollalo")
            return redirect("card:lotti")
        return redirect("card:revoca", card.pk)


class UnLottoMixin(CardMixin):
    """One batch of who looks; anyone else's is as if it did not exist."""

    @cached_property
    def lotto(self):
        return get_object_or_404(lotti_di(self.request.user), pk=self.kwargs["pk"])

    def get_page_title(self):
        return str(self.lotto)


class LottoView(UnLottoMixin, View):
    """A batch: its issues and its cards; here new ones are made."""

    template_name = "convenzioni/card/admin/lotto.html"

    def get(self, request, pk):
        return self.pagina(EmettiForm())

    def post(self, request, pk):
        modulo = EmettiForm(request.POST)
        lotto = self.lotto
        if modulo.is_valid():
            try:
                quante = modulo.cleaned_data["quante"]
                emissione = operazioni.emetti(lotto, quante, request.user, dopo=modulo.cleaned_data["dopo"])
            except (PermissionDenied, ValidationError) as errore:
                modulo.add_error("quante", getattr(errore, "messages", [str(errore)]))
            else:
                detto = "Una card emessa" if quante == 1 else f"{quante} card emesse"
                fogli_pdf = messages.button(reverse("card:fogli", args=[pk, emissione]), "Scarica i fogli (PDF)")
                messages.success(request, detto, buttons=[fogli_pdf])
                return redirect("card:lotto", pk)
        return self.pagina(modulo)

    def pagina(self, modulo):
        oggi, lotto = timezone.localdate(), self.lotto
        emissioni = emissioni_di(lotto)
        pagina = Paginator(lotto.card.order_by("-posto"), PER_PAGINA).get_page(self.request.GET.get("p"))
        return self.mostra(
            lotto=lotto,
            modulo=modulo,
            emissioni=emissioni,
            ultima=emissioni[0].numero if emissioni else 0,
            restano=max(0, lotto.concesse - lotto.emesse + lotto.revocate),
            scaduto=lotto.ultimo_giorno < oggi,
            puo_emettere=permissions.puo_emettere(self.request.user, lotto),
            trova=NumeroForm(),
            pagina=pagina,
            puo_revocare=permissions.puo_revocare(self.request.user, lotto),
            insieme=operazioni.INSIEME,
            puo_concedere=permissions.puo_concedere(self.request.user),
        )


class ElencoView(UnLottoMixin, View):
    """The list on which the employer writes, in its own copy, who has which. The portal never learns it."""

    def get(self, request, pk):
        def sul_telefono(card):
            return request.build_absolute_uri(reverse("card_pubblica:telefono", args=[card.seriale]))

        card = self.lotto.card.per_lettura().order_by("posto")
        tabella = elenco_tabella(card, sul_telefono, timezone.localdate())
        return self.tabella(str(self.lotto), f"elenco-card-{self.lotto.anno}-{pk}", tabella)


class FogliView(UnLottoMixin, View):
    """The cards of one issue, to be printed; those revoked are left out."""

    def get(self, request, pk, emissione):
        card = card_da_stampare(self.lotto, emissione)
        if not card:
            raise Http404
        sito = request.build_absolute_uri(reverse("card_pubblica:card")).split("://")[1].rstrip("/")
        try:
            pdf = fogli(card, Distretto.for_request(request), lambda una: da_verificare(request, una), sito)
        except StampaNonDisponibile as errore:
            messages.error(request, str(errore))
            return redirect("card:lotto", pk)
        return _file(pdf, "application/pdf", f"card-{self.lotto.anno}-{pk}-{emissione}.pdf")


class RevocaView(CardMixin, View):
    """Revoke one card, after asking why."""

    template_name = "convenzioni/card/admin/revoca.html"

    @cached_property
    def card(self):
        return get_object_or_404(card_di(self.request.user), pk=self.kwargs["pk"])

    def percorso(self):
        return [*super().percorso(), {"url": self.card.lotto.get_absolute_url(), "label": str(self.card.lotto)}]

    def get_page_title(self):
        return f"Card n. {self.card.posto}"

    def get(self, request, pk):
        return self.mostra(card=self.card, modulo=RevocaForm())

    def post(self, request, pk):
        modulo = RevocaForm(request.POST)
        card = self.card
        if not modulo.is_valid():
            return self.mostra(card=card, modulo=modulo)
        try:
            operazioni.revoca(card, modulo.cleaned_data["motivo"], request.user)
        except PermissionDenied as errore:
            messages.error(request, str(errore))
        except ValidationError as errore:
            messages.warning(request, " ".join(errore.messages))
        else:
            messages.success(request, "Revocata: da adesso non vale più, e puoi emetterne un'altra")
        return redirect("card:lotto", card.lotto_id)


def _concessa(lotto):
    """What was granted, to be corrected."""
    return {
        "organizzazione": lotto.organizzazione_id,
        "anno": lotto.anno,
        "concesse": lotto.concesse,
        "fino_al": lotto.valido_fino_al,
    }


def _file(contenuto, tipo, nome):
    risposta = HttpResponse(contenuto, tipo)
    risposta["Content-Disposition"] = f'attachment; filename="{nome}"'
    return risposta
