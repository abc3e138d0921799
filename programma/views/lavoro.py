"""The year's work: what is missing and who owes it, internal deadlines, letters, one's own calendar."""

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View
from django.views.decorators.http import require_safe
from wagtail.admin import messages

from base.formati.calendario import scrivi_ics
from base.views import PaginaAdminMixin
from organizzazioni.models import Organizzazione

from .. import operazioni, permissions
from ..forms_lavoro import LetteraForm, TermineForm
from ..models import AvvisiPersonali, TermineInterno
from ..selettori.dovuti import anno_da_fare, persone_di
from ..selettori.riassunto import CalendarioPersonale, in_evento, persona_dell_indirizzo
from ..testi_pronti import sollecito
from .programmi import UnProgrammaMixin


class LavoroView(UnProgrammaMixin, View):
    """All that a programme still asks, of whom, by when; the members that gave nothing; the internal deadlines."""

    template_name = "programma/admin/lavoro.html"

    def get_page_title(self):
        return f"Che cosa manca nel {self.programma.anno}"

    def get(self, request, pk):
        termini = TermineInterno.objects.del_programma(self.programma).select_related("azione")
        return self.mostra(
            programma=self.programma, anno=anno_da_fare(self.programma, timezone.localdate()), termini=termini
        )


class TermineView(UnProgrammaMixin, View):
    """Add an internal deadline, or change, close or delete the one that is named."""

    template_name = "programma/admin/termine.html"

    @cached_property
    def termine(self):
        if "termine" not in self.kwargs:
            return TermineInterno()
        propri = TermineInterno.objects.del_programma(self.programma).select_related("azione")
        return get_object_or_404(propri, id=self.kwargs["termine"])

    def percorso(self):
        url = reverse("programma:lavoro", args=[self.programma.pk])
        return [*super().percorso(), {"url": url, "label": f"Che cosa manca nel {self.programma.anno}"}]

    def get_page_title(self):
        return "Cambia il termine interno" if self.termine.pk else "Nuovo termine interno"

    def get(self, request, pk, termine=None):
        return self.mostra_modulo(TermineForm(instance=self.termine, programma=self.programma))

    def post(self, request, pk, termine=None):
        azione = request.POST.get("azione_da_fare", "salva")
        if azione == "salva":
            return self.salva()
        if not self.termine.pk or azione not in ("fatto", "da_fare", "togli"):
            raise Http404
        try:
            if azione == "togli":
                operazioni.togli_termine(self.termine, self.programma, request.user)
            else:
                operazioni.segna_termine(self.termine, self.programma, request.user, fatto=azione == "fatto")
        except PermissionDenied as errore:
            messages.error(request, operazioni.motivo_di(errore))
        else:
            esito = {"togli": "tolto", "fatto": "segnato come fatto", "da_fare": "di nuovo da fare"}[azione]
            messages.success(request, f"«{self.termine.che_cosa}»: {esito}")
        return redirect("programma:lavoro", pk)

    def salva(self):
        form = TermineForm(self.request.POST, instance=self.termine, programma=self.programma)
        if form.is_valid():
            try:
                operazioni.salva_termine(form.instance, self.programma, self.request.user)
            except ValidationError as errore:
                form.add_error(None, errore)
            except PermissionDenied as errore:
                messages.error(self.request, operazioni.motivo_di(errore))
                return redirect("programma:lavoro", self.programma.pk)
            else:
                messages.success(self.request, f"Salvato: {form.instance}")
                return redirect("programma:lavoro", self.programma.pk)
        messages.error(self.request, "Non salvato: correggi i punti segnati")
        return self.mostra_modulo(form)

    def mostra_modulo(self, form):
        return self.mostra(programma=self.programma, termine=self.termine, form=form)


class ScriviView(UnProgrammaMixin, View):
    """A letter to the people of a body, ready with what it owes."""

    template_name = "programma/admin/scrivi.html"
    header_icon = "mail"

    @cached_property
    def ente(self):
        return get_object_or_404(Organizzazione, id=self.kwargs["ente"])

    def percorso(self):
        url = reverse("programma:lavoro", args=[self.programma.pk])
        return [*super().percorso(), {"url": url, "label": f"Che cosa manca nel {self.programma.anno}"}]

    def get_page_title(self):
        return f"Scrivi a {self.ente}"

    def get(self, request, pk, ente):
        oggetto, testo = sollecito(anno_da_fare(self.programma, timezone.localdate()), self.ente)
        return self.mostra_modulo(LetteraForm(initial={"oggetto": oggetto, "testo": testo}))

    def post(self, request, pk, ente):
        form = LetteraForm(request.POST)
        if form.is_valid():
            dati = form.cleaned_data
            try:
                persone = operazioni.scrivi_al_referente(
                    self.programma, self.ente, request.user, dati["oggetto"], dati["testo"]
                )
            except (PermissionDenied, ValidationError) as errore:
                form.add_error(None, operazioni.motivo_di(errore))
            else:
                messages.success(request, f"Messaggio in partenza per {', '.join(map(str, persone))}")
                return redirect("programma:lavoro", pk)
        messages.error(request, "Non spedito: correggi i punti segnati")
        return self.mostra_modulo(form)

    def mostra_modulo(self, form):
        pagina = getattr(self.ente, "pagina", None)
        return self.mostra(
            programma=self.programma,
            ente=self.ente,
            persone=persone_di(self.ente),
            ufficio=pagina.email if pagina else "",
            form=form,
        )


class ScadenzeView(PaginaAdminMixin, View):
    """One's own deadlines, the secret address that gives them to a calendar, and the weekly digest."""

    page_title = "Le mie scadenze"
    header_icon = "date"
    template_name = "programma/admin/scadenze.html"

    def dispatch(self, request, *args, **kwargs):
        if not permissions.puo_leggere_punteggio(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        avvisi = AvvisiPersonali.objects.filter(persona=request.user).first() or AvvisiPersonali(persona=request.user)
        return self.mostra(
            scadenze=CalendarioPersonale(request.user, timezone.localdate()).scadenze,
            avvisi=avvisi,
            indirizzo=request.build_absolute_uri(reverse("scadenze", args=[avvisi.chiave])) if avvisi.chiave else "",
        )

    def post(self, request):
        azione = request.POST.get("azione")
        if azione in ("crea", "togli"):
            operazioni.cambia_indirizzo(request.user, togli=azione == "togli")
            detto = "L'indirizzo di prima non vale più" if azione == "togli" else "Ecco il nuovo indirizzo"
        elif azione in ("riassunto", "niente_riassunto"):
            operazioni.scegli_riassunto(request.user, azione == "riassunto")
            detto = "Salvato"
        else:
            raise Http404
        messages.success(request, detto)
        return redirect("programma:scadenze")


@require_safe
def scadenze(request, chiave):
    """The calendar behind a secret address: nothing else is asked, and nothing is said of one that is not there."""
    if (persona := persona_dell_indirizzo(chiave)) is None:
        raise Http404
    eventi = map(in_evento, CalendarioPersonale(persona, timezone.localdate()).scadenze)
    return calendario_segreto(eventi, "Scadenze del Distretto")


def calendario_segreto(eventi, nome):
    """The answer of a secret address: kept by nobody, found by no search engine."""
    risposta = HttpResponse(scrivi_ics(eventi, nome, settings.WAGTAIL_SITE_NAME), "text/calendar; charset=utf-8")
    risposta["Cache-Control"], risposta["X-Robots-Tag"] = "private, no-store", "noindex"
    risposta["Referrer-Policy"] = "no-referrer"
    return risposta
