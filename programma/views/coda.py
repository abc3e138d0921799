"""The queue of who decides, and the page on which a waiting page is read and decided."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
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
from organizzazioni.selettori import organizzazioni_delle_pagine

from .. import operazioni, permissions
from ..forms import MotivoForm
from ..models import CollegamentoCriterio, Criterio, Evidenza, Passaggio, ProgrammaPage
from ..selettori.coda import Coda, che_cosa_cambia
from ..selettori.punteggio import prima_e_dopo_di
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


def letta(stato):
    """What tells the waiting words of `stato`, a task state, from others: its author writes over a revision."""
    return f"{stato.revision_id}-{stato.revision.created_at.timestamp()}"


class PaginaInAttesaView(PaginaAdminMixin, View):
    """A page that waits: what changes, the preview, the decision. Coordinamento needs no page permission here."""

    template_name = "programma/admin/pagina.html"
    header_icon = "doc-full-inverse"

    @cached_property
    def pagina(self):
        return get_object_or_404(Page, pk=self.kwargs["pk"]).specific

    @cached_property
    def stato(self):
        return self.pagina.current_workflow_task_state

    def get_page_title(self):
        return self.stato.revision.content["title"]

    def percorso(self):
        return [{"url": "../..", "label": CodaView.page_title}]

    def dispatch(self, request, *args, **kwargs):
        if not permissions.decide(request.user):
            raise Http404
        if self.stato is None or self.stato.status != self.stato.STATUS_IN_PROGRESS:
            messages.warning(request, "Questa pagina non aspetta più una decisione")
            return redirect("programma:coda")
        if not puo_approvare_pagina(request.user, self.pagina):
            messages.warning(request, "Questa pagina la decide un'altra persona")
            return redirect("programma:coda")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, pk):
        return self.mostra()

    def post(self, request, pk):
        if (revisione := request.POST.get("revisione")) != letta(self.stato):
            non_letta = "Non si sa quale versione hai letto: leggi la pagina, poi decidi"
            cambiata = "La pagina è cambiata mentre la leggevi: rileggila, poi decidi"
            messages.warning(request, cambiata if revisione else non_letta)
            return redirect("programma:pagina", pk)
        if request.POST.get("azione") not in ("approva", "restituisci"):
            raise Http404
        return getattr(self, request.POST["azione"])()

    @cached_property
    def proposta(self):
        return self.stato.revision.as_object()

    @property
    def esce(self):
        """When what waits goes out by itself, in local time; None when its approval publishes it."""
        quando = self.proposta.go_live_at
        return timezone.localtime(quando) if quando and quando > timezone.now() else None

    def approva(self):
        titolo, esce = self.get_page_title(), self.esce
        commento = pulito(self.request.POST.get("commento", "").replace("\0", ""))[:2000]
        approva_pagina(self.pagina, self.request.user, commento)
        detto = f"Approvata e pubblicata: «{titolo}»"
        if esce:
            detto = f"Approvata: «{titolo}» esce da sola {giorno_in_parole(esce, dopo='il')}, ore {esce:%H:%M}"
        messages.success(self.request, detto)
        return vai_alla_prossima(self.request.user, self.stato.started_at)

    def restituisci(self):
        modulo = MotivoForm(self.request.POST, prefix="restituisci")
        if not modulo.is_valid():
            messages.error(self.request, "Manca il motivo: scrivilo nel punto segnato")
            return self.mostra(modulo_restituisci=modulo, errore=True)
        restituisci_pagina(self.pagina, self.request.user, modulo.cleaned_data["motivo"])
        messages.success(self.request, f"Restituita: «{self.get_page_title()}». Chi l'ha scritta è stato avvisato")
        return vai_alla_prossima(self.request.user, self.stato.started_at)

    def differenze(self):
        """Wagtail's own comparisons, field by field, between the public page and what waits."""
        if not self.pagina.live:
            return []
        proposta = self.proposta
        pannelli = self.pagina.get_edit_handler().get_bound_panel(instance=self.pagina, request=self.request, form=None)
        confronti = [confronto(self.pagina, proposta) for confronto in pannelli.get_comparison()]
        return [confronto for confronto in confronti if confronto.has_changed()]

    def collegamenti(self):
        """The actions that the page would realise and the criteria it would serve, named by it or fed by its kind."""
        if not isinstance(self.proposta, CollegamentoCriterio):
            return {}
        fatti = [fatto for fatto in self.proposta.fatti() if fatto.criterio.programma.comprende(fatto.data)]
        serviti = [fatto.criterio.pk for fatto in fatti if not fatto.a_parte]
        criteri = list(Criterio.objects.aperti().filter(pk__in=serviti).select_related("azione", "programma"))
        no = [Passaggio.objects.di_no(self.pagina, criterio).select_related("chi").first() for criterio in criteri]
        return {
            "azioni": self.proposta.azioni_realizzate.all(),
            "perche_insieme": self.proposta.perche_insieme,
            "criteri": criteri,
            "prima_e_dopo": prima_e_dopo_di(
                self.pagina, [f for f in fatti if f.criterio.programma.stato == ProgrammaPage.Stato.APPROVATO]
            ),
            "revoche": [passaggio for passaggio in no if passaggio and not passaggio.caduta],
        }

    def get_context_data(self, **kwargs):
        contesto = {
            "pagina": self.pagina,
            "stato": self.stato,
            "letta": letta(self.stato),
            "tipo": self.pagina._meta.verbose_name,
            "organizzazione": organizzazioni_delle_pagine([self.pagina]).get(self.pagina.pk),
            "cambia": che_cosa_cambia(self.pagina, self.stato.revision),
            "differenze": self.differenze(),
            "esce": self.esce,
            **self.collegamenti(),
            "modulo_restituisci": MotivoForm(prefix="restituisci"),
        }
        return super().get_context_data(**{**contesto, **kwargs})
