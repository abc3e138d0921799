"""A year that begins: made from the one before, compared with it, printed, and the acts of its path."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect
from django.views import View
from wagtail.admin import messages

from .. import operazioni
from ..forms_anno import AnnoForm, AttiForm
from ..models import AttoDelProgramma, ProgrammaPage
from ..selettori.confronto_anni import confronta, programma_precedente
from ..selettori.prontezza import ultime_parole
from .programmi import UnProgrammaMixin


class NuovoAnnoView(UnProgrammaMixin, View):
    """The programme of next year from this one: one submit makes the draft."""

    template_name = "programma/admin/nuovo_anno.html"

    def get_page_title(self):
        return f"Programma {self.programma.anno + 1} da quello del {self.programma.anno}"

    def get(self, request, pk):
        if gia := ProgrammaPage.objects.filter(anno=self.programma.anno + 1).first():
            messages.warning(request, f"Il programma {gia.anno} c'è già")
            return redirect("programma:confronto", gia.pk)
        return self.mostra_modulo(AnnoForm(azioni=ultime_parole(self.programma)))

    def post(self, request, pk):
        form = AnnoForm(request.POST, azioni=ultime_parole(self.programma))
        if form.is_valid():
            try:
                nuovo = operazioni.prepara_programma(self.programma, request.user, form.scelte(), form.nuove())
            except ValidationError as errore:
                form.add_error(None, errore)
            else:
                detto = f"Il programma {nuovo.anno} è in bozza, e prende già le evidenze dei suoi giorni"
                messages.success(request, f"{detto}. Rileggi che cosa cambia")
                return redirect("programma:confronto", nuovo.pk)
        messages.error(request, "Non preparato: correggi i punti segnati")
        return self.mostra_modulo(form)

    def mostra_modulo(self, form):
        aree = dict.fromkeys(azione.area for azione in form.azioni)
        return self.mostra(programma=self.programma, anno=self.programma.anno + 1, form=form, aree=aree)


class ConfrontoView(UnProgrammaMixin, View):
    """What a programme changes of that of the year before."""

    template_name = "programma/admin/confronto.html"

    def get_page_title(self):
        return f"Che cosa cambia nel {self.programma.anno}"

    def get(self, request, pk):
        precedente = programma_precedente(self.programma)
        return self.mostra(programma=self.programma, precedente=precedente, voci=confronta(self.programma))


class AttiView(UnProgrammaMixin, View):
    """The steps of the path, with their days and their files."""

    template_name = "programma/admin/atti.html"

    def get_page_title(self):
        return f"Atti del programma {self.programma.anno}"

    def get(self, request, pk):
        return self.mostra(programma=self.programma, form=AttiForm(instance=self.programma))

    def post(self, request, pk):
        form = AttiForm(request.POST, request.FILES, instance=get_object_or_404(ProgrammaPage, pk=self.programma.pk))
        if form.is_valid():
            togli = form.cleaned_data.get("togli", [])
            try:
                operazioni.scrivi_atti(self.programma, request.user, form.cleaned_data, form.accettati, togli)
            except PermissionDenied as errore:
                messages.error(request, operazioni.motivo_di(errore))
            else:
                messages.success(request, "Salvato")
            return redirect("programma:atti", pk)
        messages.error(request, "Non salvato: correggi i punti segnati. I file si scelgono di nuovo")
        return self.mostra(programma=self.programma, form=form)


class AttoView(UnProgrammaMixin, View):
    """The only door to the file of an act."""

    def get(self, request, pk, atto):
        trovato = get_object_or_404(AttoDelProgramma, pk=atto, programma=self.programma)
        risposta = FileResponse(
            trovato.file.open("rb"), as_attachment=True, filename=trovato.nome, content_type=trovato.tipo
        )
        risposta["Cache-Control"] = "private, no-store"
        risposta["Content-Security-Policy"] = "sandbox"
        return risposta
