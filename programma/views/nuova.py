"""A new evidence: what happened, or what one has in hand, leads to a criterion; then the form."""

from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin import messages

from base.chiavi import chiavi_in
from base.formati.caratteri import pulito
from base.views import PaginaAdminMixin

from .. import operazioni, permissions
from ..forms import EvidenzaForm, QuandoForm
from ..forms_lavoro import InManoForm
from ..models import Criterio, Evidenza, Spunto
from ..selettori.alimentazione import perche_senza_criteri
from ..selettori.programmi import giorno_proposto
from ..selettori.scelta import scelta_del_criterio
from .evidenze import ScriviMixin


class NuovaView(ScriviMixin, View):
    """Without a criterion, the choice of one; with it, the form."""

    page_title = "Aggiungi un'evidenza"

    def dispatch(self, request, *args, **kwargs):
        if not permissions.puo_scrivere_per(request.user).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def spunto(self):
        """What one has in hand and this becomes a draft of; None without."""
        chiave = InManoForm(self.request.GET).portati.get("spunto", "")
        return Spunto.objects.filter(persona=self.request.user, chiave=chiave).first() if chiave else None

    def get(self, request):
        quando, in_mano = QuandoForm(request.GET), InManoForm(request.GET)
        if self.spunto and self.spunto.usato_il:
            messages.success(request, "Di questo c'è già una bozza")
            return redirect(self.spunto.evidenza or "programma:nuova")
        indizi = self.spunto.indizi if self.spunto else in_mano.indizi(timezone.localdate())
        chiavi = chiavi_in(request.GET.getlist("criterio"))
        scelti = list(Criterio.objects.del_giorno(quando.giorno).filter(pk__in=chiavi)) if chiavi else []
        if not scelti:
            return self.mostra_scelta(quando, in_mano, indizi)
        detti = {"data": quando.giorno, "titolo": indizi.titolo, "descrizione": indizi.testo, "link": list(indizi.link)}
        iniziali = {"criteri": scelti, **{campo: valore for campo, valore in detti.items() if valore}}
        return self.mostra(
            form=EvidenzaForm(utente=request.user, initial=iniziali), evidenza=Evidenza(), spunto=self.spunto
        )

    def salva(self, evidenza, form):
        """The files that came with what one has in hand go with the draft."""
        evidenza, rifiuti = super().salva(evidenza, form)
        if self.spunto:
            rifiuti += operazioni.versa(self.spunto, evidenza, self.request.user)
            evidenza = Evidenza.objects.complete().get(pk=evidenza.pk)
        return evidenza, rifiuti

    def mostra_scelta(self, quando, in_mano, indizi):
        """What happened leads to a few criteria of that day, words to the others; the whole list comes last."""
        self.template_name = "programma/admin/scelta_criterio.html"
        oggi, richiesta = timezone.localdate(), self.request.GET
        giorno = quando.giorno or giorno_proposto(indizi.data or oggi) or giorno_proposto(oggi)
        cerca = pulito(richiesta.get("cerca", "").replace("\0", ""))[:100].strip()
        tipo = richiesta.get("che_cosa", "") or (indizi.tipo if in_mano.portati else "")
        contesto = PaginaAdminMixin.get_context_data(
            self,
            quando=QuandoForm({"data": giorno.isoformat()}) if giorno and not quando.errors else quando,
            in_mano=in_mano,
            indizi=indizi,
            spunto=self.spunto,
            casella=settings.EVIDENZE_INDIRIZZO,
            altri_in_mano=Spunto.objects.aperti_di(self.request.user).exists() and not self.spunto,
            in_piu=f"&{urlencode(piu)}" if (piu := in_mano.portati_il(giorno)) else "",
            **scelta_del_criterio(self.request.user, giorno, tipo, cerca, indizi.link),
        )
        return self.render_to_response(contesto)

    def post(self, request):
        form = EvidenzaForm(request.POST, request.FILES, utente=request.user)
        form.is_valid()
        chiave = form.cleaned_data.get("chiave")
        gia = self.con_chiave(chiave)
        if gia:  # the same page sent twice: one draft, not two
            if not permissions.puo_modificare(request.user, gia):
                messages.success(request, "Questa evidenza è già stata inviata")
                return redirect("programma:evidenza", gia.pk)
            return self.elabora(gia, EvidenzaForm(request.POST, request.FILES, instance=gia, utente=request.user))
        if not form.cleaned_data.get("organizzazione"):
            form.add_error("organizzazione", "Scegli per quale organizzazione scrivi")
            return self.mostra(form=form, evidenza=Evidenza())
        if chiave and not Evidenza.objects.filter(chiave=chiave).exists():  # another's key is no key of mine
            form.instance.chiave = chiave
        try:
            return self.elabora(form.instance, form)
        except IntegrityError:
            if self.con_chiave(chiave):  # the first of two identical posts was saved meanwhile
                return self.post(request)
            raise

    def con_chiave(self, chiave):
        """The evidence that this very page has saved already, if it has."""
        return Evidenza.objects.visibili_a(self.request.user).filter(chiave=chiave).first()


class CriteriDelGiornoView(View):
    """The criteria that a fact of `?data=` may serve, for `static/js/criteri.js`: for who may write evidence at all."""

    def get(self, request):
        if not permissions.puo_scrivere_per(request.user).exists():
            raise PermissionDenied
        giorno = QuandoForm(request.GET).giorno
        criteri = [{"pk": c.pk, "nome": c.con_anno} for c in Criterio.objects.del_giorno(giorno)]
        perche = perche_senza_criteri(giorno) if giorno else ""
        frase = f"Nessun criterio: {perche}" if perche else "Sono i criteri di questo giorno: controlla la scelta"
        return JsonResponse({"criteri": criteri, "frase": frase})
