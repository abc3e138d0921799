"""«Pronti per la domanda?»: the page, its switch and its window; `documenti` prints it."""

from django.shortcuts import redirect
from django.utils import timezone
from django.views import View
from wagtail.admin import messages

from .. import operazioni
from ..forms_lavoro import DomandaForm
from ..models import DomandaDiContributo
from ..selettori.domanda import prontezza
from .programmi import UnProgrammaMixin


class DomandaView(UnProgrammaMixin, View):
    """The duties with their state and proofs; whether this year asks, from when to when."""

    template_name = "programma/admin/domanda.html"

    def get_page_title(self):
        return f"Pronti per la domanda {self.programma.anno}?"

    def domanda(self):
        return DomandaDiContributo.objects.filter(programma=self.programma).first() or DomandaDiContributo(
            programma=self.programma
        )

    def get(self, request, pk):
        return self.mostra_modulo(DomandaForm(instance=self.domanda()))

    def post(self, request, pk):
        form = DomandaForm(request.POST, instance=self.domanda())
        if form.is_valid():
            operazioni.salva_domanda(form.instance, request.user)
            messages.success(request, "Salvato")
            return redirect("programma:domanda", pk)
        messages.error(request, "Non salvato: correggi i punti segnati")
        return self.mostra_modulo(form)

    def mostra_modulo(self, form):
        pronta = prontezza(self.programma, timezone.localdate())
        return self.mostra(programma=self.programma, pronta=pronta, form=form)
