"""The manager's pages of programmes: their state, their criteria."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from base.views import PaginaAdminMixin

from .. import flusso, operazioni, permissions
from ..forms_programmi import ChiusuraForm, CriterioForm, RiaperturaForm
from ..models import Criterio, ProgrammaPage, ProgrammiIndexPage
from ..models.alimentazione import offerto_contato
from ..selettori.cambiati import da_rivedere
from ..selettori.lista_di_chiusura import pendenze_dell_anno
from ..selettori.programmi import programmi_con_conteggi
from ..selettori.prontezza import approvazioni_annullabili, che_si_congela, lacune
from ..selettori.punteggio import voci


class GestioneMixin(PaginaAdminMixin):
    """Only for who manages programmes: for anyone else these pages do not exist."""

    header_icon = "calendar-check"

    def dispatch(self, request, *args, **kwargs):
        if not permissions.puo_gestire_programma(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def percorso(self):
        return [{"url": reverse("programma:programmi"), "label": ProgrammiView.page_title}]


class ProgrammiView(GestioneMixin, View):
    """Every programme with its state and what may be done with it."""

    template_name = "programma/admin/programmi.html"
    page_title = "Programmi e criteri"

    def percorso(self):
        return []

    def get(self, request):
        programmi = programmi_con_conteggi()
        annullabili = approvazioni_annullabili(programmi)
        return self.mostra(programmi=programmi, annullabili=annullabili, indice=ProgrammiIndexPage.objects.first())


class UnProgrammaMixin(GestioneMixin):
    @cached_property
    def programma(self):
        return get_object_or_404(ProgrammaPage, id=self.kwargs["pk"])  # a `pk` past 64 bits would overflow


class StatoView(UnProgrammaMixin, View):
    """Ask before the state of a programme changes, then change it."""

    template_name = "programma/admin/stato_programma.html"
    titoli = {
        "approva": "Approva il programma",
        "annulla": "Annulla l'approvazione del programma",
        "correggi": "Riporta in bozza il programma",
        "chiudi": "Chiudi il programma",
        "riapri": "Riapri il programma",
    }
    con_motivo = ("correggi", "riapri")
    NON_FATTO = {"approva": "Non approvato: manca ancora qualcosa, è qui sotto"}

    def get_page_title(self):
        return f"{self.titoli[self.kwargs['azione']]} {self.programma.anno}"

    def dispatch(self, request, *args, **kwargs):
        if kwargs["azione"] not in self.titoli:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, pk, azione):
        return self.chiedi()

    def post(self, request, pk, azione):
        try:
            return getattr(self, azione)()
        except (PermissionDenied, flusso.PassaggioNonAmmesso) as errore:
            messages.error(request, operazioni.motivo_di(errore))
            return redirect("programma:programmi")
        except ValidationError as errore:
            messages.error(request, self.NON_FATTO.get(azione) or operazioni.motivo_di(errore))
            return redirect("programma:stato_programma", pk, azione)

    def approva(self):
        operazioni.approva_programma(self.programma, self.request.user)
        return self.fatto(
            "approvato: azioni e criteri sono bloccati. Se è stato un errore, annulla l'approvazione prima di "
            "riconoscere la prima evidenza"
        )

    def annulla(self):
        operazioni.annulla_approvazione(self.programma, self.request.user)
        return self.fatto("di nuovo in bozza, com'era prima dell'approvazione")

    def correggi(self):
        return self.con_il_motivo(operazioni.correggi_programma, "di nuovo in bozza: correggilo e approvalo di nuovo")

    def chiudi(self):
        aperti = self.programma.stato == ProgrammaPage.Stato.APPROVATO and pendenze_dell_anno(self.programma)
        if aperti and not (modulo := ChiusuraForm(self.request.POST)).is_valid():
            return self.chiedi(modulo)
        operazioni.chiudi_programma(self.programma, self.request.user)
        return self.fatto("chiuso")

    def riapri(self):
        return self.con_il_motivo(operazioni.riapri_programma, "riaperto")

    def con_il_motivo(self, operazione, come):
        modulo = RiaperturaForm(self.request.POST)
        if not modulo.is_valid():
            return self.chiedi(modulo)
        operazione(self.programma, self.request.user, modulo.cleaned_data["motivo"])
        return self.fatto(come)

    def fatto(self, come):
        messages.success(self.request, f"Programma {self.programma.anno} {come}")
        return redirect("programma:programmi")

    def chiedi(self, modulo=None):
        azione, programma = self.kwargs["azione"], self.programma
        contesto = {}
        if azione == "approva" and programma.stato == ProgrammaPage.Stato.BOZZA:
            contesto = {"lacune": lacune(programma), "congela": che_si_congela(programma)}
        if azione == "chiudi" and programma.stato == ProgrammaPage.Stato.APPROVATO:
            contesto = {"pendenze": pendenze_dell_anno(programma)}
            modulo = modulo or (ChiusuraForm() if contesto["pendenze"] else None)
        return self.mostra(
            programma=programma,
            azione=azione,
            etichetta=self.titoli[azione],
            modulo=modulo or (RiaperturaForm() if azione in self.con_motivo else None),
            **contesto,
        )


class DaRivedereView(UnProgrammaMixin, View):
    """What was given for criteria that changed since: each is read again, and decided, on its own page."""

    template_name = "programma/admin/da_rivedere.html"

    def get_page_title(self):
        return f"Evidenze da rivedere, {self.programma.anno}"

    def get(self, request, pk):
        return self.mostra(programma=self.programma, voci=da_rivedere(self.programma))


class CriteriView(UnProgrammaMixin, View):
    """The criteria of a programme, in the order of the act."""

    template_name = "programma/admin/criteri.html"

    def get_page_title(self):
        return f"Criteri del programma {self.programma.anno}"

    def get(self, request, pk):
        return self.mostra(programma=self.programma, voci=voci(self.programma))


class ScriviCriterioMixin(GestioneMixin):
    """One form for a new criterion and for one that is there."""

    template_name = "programma/admin/criterio.html"

    def percorso(self):
        programma = self.criterio.programma
        url = reverse("programma:criteri", args=[programma.pk])
        return [*super().percorso(), {"url": url, "label": f"Criteri {programma.anno}"}]

    def get(self, request, pk):
        return self.mostra_modulo(CriterioForm(instance=self.criterio, utente=request.user))

    def post(self, request, pk):
        form = CriterioForm(request.POST, instance=self.criterio, utente=request.user)
        if not form.is_valid():
            messages.error(request, "Non salvato: correggi i punti segnati")
            return self.mostra_modulo(form)
        try:
            operazioni.salva_criterio(form.instance, request.user)
        except PermissionDenied as errore:
            messages.error(request, operazioni.motivo_di(errore))
            return redirect("programma:criteri", self.criterio.programma_id)
        messages.success(request, f"Salvato: {form.instance.codice}")
        dopo = get_valid_next_url_from_request(request)
        return HttpResponseRedirect(dopo or reverse("programma:criteri", args=[self.criterio.programma_id]))

    def mostra_modulo(self, form):
        return self.mostra(
            form=form,
            criterio=self.criterio,
            contato=offerto_contato(self.criterio),
            programma=self.criterio.programma,
            dopo=get_valid_next_url_from_request(self.request),
            puo_eliminare=self.criterio.pk and permissions.puo_eliminare_criterio(self.request.user, self.criterio),
        )


class CriterioView(ScriviCriterioMixin, View):
    """Read a criterion, and write what of it may be written."""

    @cached_property
    def criterio(self):
        return get_object_or_404(Criterio.objects.select_related("programma", "azione"), pk=self.kwargs["pk"])

    def get_page_title(self):
        return f"Criterio {self.criterio.codice}"


class NuovoCriterioView(UnProgrammaMixin, ScriviCriterioMixin, View):
    """Add a criterion to a draft programme."""

    page_title = "Nuovo criterio"

    @cached_property
    def criterio(self):
        return Criterio(programma=self.programma)

    def dispatch(self, request, *args, **kwargs):
        if permissions.puo_gestire_programma(request.user) and not permissions.campi_del_criterio(
            request.user, self.criterio
        ):
            messages.warning(request, "I criteri si aggiungono solo finché il programma è in bozza")
            return redirect("programma:criteri", self.programma.pk)
        return super().dispatch(request, *args, **kwargs)


class EliminaCriterioView(CriterioView):
    """Ask, then remove a criterion of a draft programme."""

    template_name = "programma/admin/elimina_criterio.html"

    def get_page_title(self):
        return f"Elimina il criterio {self.criterio.codice}"

    def get(self, request, pk):
        return self.mostra(criterio=self.criterio, evidenze=self.criterio.evidenze.count())

    def post(self, request, pk):
        programma, codice = self.criterio.programma, self.criterio.codice
        try:
            operazioni.elimina_criterio(self.criterio, request.user)
        except (PermissionDenied, ValidationError) as errore:
            messages.error(request, operazioni.motivo_di(errore))
            return redirect("programma:criterio", pk)
        messages.success(request, f"Eliminato: {codice}")
        return redirect("programma:criteri", programma.pk)
