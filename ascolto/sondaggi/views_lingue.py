"""A survey in another language, while it is written."""

from django.core.exceptions import ValidationError
from django.http import Http404

from base.lingue import DA_DESTRA

from . import operazioni
from .forms_lingue import TraduzioneForm
from .operazioni.preparare import ALTRE_LINGUE
from .views_gesti import GestoView


class TraduciView(GestoView):
    """Every text beside the Italian; without a title the language is not offered."""

    template_name = "ascolto/sondaggi/admin/traduci.html"

    @property
    def lingua(self):
        if self.kwargs["lingua"] not in ALTRE_LINGUE:
            raise Http404
        return self.kwargs["lingua"]

    def get_page_title(self):
        return f"In {ALTRE_LINGUE[self.lingua]}"

    def chiedi(self):
        if not self.oggetto.in_bozza:
            return self.torna()
        return self.con_modulo(TraduzioneForm(sondaggio=self.oggetto, lingua=self.lingua))

    def con_modulo(self, modulo, **contesto):
        return super().con_modulo(modulo, lingua=self.lingua, verso="rtl" if self.lingua in DA_DESTRA else "ltr")

    def fai(self, request):
        modulo = TraduzioneForm(request.POST, sondaggio=self.oggetto, lingua=self.lingua)
        if not modulo.is_valid():
            return self.di_nuovo(modulo)
        versione = modulo.cleaned_data["versione"]
        try:
            operazioni.traduci_sondaggio(
                self.oggetto, request.user, self.lingua, modulo.parole, modulo.domande, versione
            )
        except ValidationError as errore:
            return self.di_nuovo(modulo, errore)
        return self.torna(f"Salvato: {self.get_page_title().lower()}")
