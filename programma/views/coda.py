"""The queue of who decides, and the page on which a waiting page is read and decided."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator
from wagtail.models import Page

from base.chiavi import chiavi_in
from base.formati.caratteri import pulito
from base.tempo import giorno_in_parole
from base.views import PaginaAdminMixin
from organizzazioni.operazioni import approva_pagina, restituisci_pagina
from organizzazioni.permissions import puo_approvare_pagina

from .. import operazioni, permissions
from ..forms import MotivoForm
from ..models import Evidenza
from ..selettori.coda import Coda
from ..selettori.in_attesa import PaginaInAttesa
from .evidenze import vai_alla_prossima

PER_PAGINA = 20


class CodaView(PaginaAdminMixin, View):
    """Everything that waits for the person, oldest first; evidences may be approved several at once."""

    template_name = "programma/admin/coda.html"
    page_title = "Da approvare"
    header_icon = "tasks"

    def dispatch(self, request, *args, **kwargs):
        if not permissions.decide(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self.mostra()

    def post(self, request):
        versioni = self.versioni_spuntate()
        evidenze = Evidenza.objects.visibili_a(request.user).filter(pk__in=versioni).order_by("inviata_il", "pk")
        if not evidenze:
            messages.warning(request, "Spunta almeno un'evidenza da approvare")
            return redirect("programma:coda")
        fatte, rifiutate = operazioni.approva_insieme(evidenze, request.user, versioni)
        return self.mostra(fatte=fatte, rifiutate=rifiutate)

    def versioni_spuntate(self):
        """Primary key -> version, as the page showed it, of each evidence ticked; what is no number is left out."""
        coppie = [chiavi_in(voce.split("-")) for voce in self.request.POST.getlist("evidenza")]
        return {pk: versione[0] if versione else None for pk, *versione in filter(None, coppie)}

    def get_context_data(self, **kwargs):
        coda = Coda(self.request.user)
        paginatore = WagtailPaginator(coda, PER_PAGINA)
        pagina = paginatore.get_page(self.request.GET.get("p"))
        voci = list(pagina.object_list)
        return super().get_context_data(
            coda=coda,
            page_obj=pagina,
            voci=voci,
            elided_page_range=paginatore.get_elided_page_range(pagina.number),
            evidenze_qui=sum(voce.evidenza is not None for voce in voci),
            **kwargs,
        )


class PaginaInAttesaView(PaginaAdminMixin, View):
    """A page that waits: what changes, the preview, the decision. Coordinamento needs no page permission here."""

    template_name = "programma/admin/pagina.html"
    header_icon = "doc-full-inverse"

    @cached_property
    def attesa(self):
        return PaginaInAttesa(get_object_or_404(Page, pk=self.kwargs["pk"]))

    def get_page_title(self):
        return self.attesa.titolo

    def percorso(self):
        return [{"url": "../..", "label": CodaView.page_title}]

    def dispatch(self, request, *args, **kwargs):
        if not permissions.decide(request.user):
            raise Http404
        if not self.attesa.aspetta:
            messages.warning(request, "Questa pagina non aspetta più una decisione")
            return redirect("programma:coda")
        if not puo_approvare_pagina(request.user, self.attesa.pagina):
            messages.warning(request, "Questa pagina la decide un'altra persona")
            return redirect("programma:coda")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, pk):
        return self.mostra()

    def post(self, request, pk):
        if (revisione := request.POST.get("revisione")) != self.attesa.letta:
            non_letta = "Non si sa quale versione hai letto: leggi la pagina, poi decidi"
            cambiata = "La pagina è cambiata mentre la leggevi: rileggila, poi decidi"
            messages.warning(request, cambiata if revisione else non_letta)
            return redirect("programma:pagina", pk)
        if request.POST.get("azione") not in ("approva", "restituisci"):
            raise Http404
        return getattr(self, request.POST["azione"])()

    def approva(self):
        titolo, esce = self.attesa.titolo, self.attesa.esce
        commento = pulito(self.request.POST.get("commento", "").replace("\0", ""))[:2000]
        approva_pagina(self.attesa.pagina, self.request.user, commento, letta=self.attesa.letta)
        detto = f"Approvata e pubblicata: «{titolo}»"
        if esce:
            detto = f"Approvata: «{titolo}» esce da sola {giorno_in_parole(esce, dopo='il')}, ore {esce:%H:%M}"
        messages.success(self.request, detto)
        return vai_alla_prossima(self.request.user, self.attesa.stato.started_at)

    def restituisci(self):
        modulo = MotivoForm(self.request.POST, prefix="restituisci")
        if not modulo.is_valid():
            messages.error(self.request, "Manca il motivo: scrivilo nel punto segnato")
            return self.mostra(modulo_restituisci=modulo, errore=True)
        motivo = modulo.cleaned_data["motivo"]
        restituisci_pagina(self.attesa.pagina, self.request.user, motivo, letta=self.attesa.letta)
        messages.success(self.request, f"Restituita: «{self.get_page_title()}». Chi l'ha scritta è stato avvisato")
        return vai_alla_prossima(self.request.user, self.attesa.stato.started_at)

    def get_context_data(self, **kwargs):
        contesto = {**self.attesa.contesto(self.request), "modulo_restituisci": MotivoForm(prefix="restituisci")}
        return super().get_context_data(**{**contesto, **kwargs})
