"""The plan of a year in the admin: what the manager writes, and who plans reads."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin import messages

from programma import alimentazione

from ..models import PezzoProgrammato
from . import operazioni, permissions, selettori
from .forms import PianoForm
from .views import PedMixin


class UltimoPianoView(PedMixin, View):
    """To the plan of the newest year that may be read."""

    def get(self, request):
        anni = selettori.anni_del_piano(request.user)
        if not anni:
            messages.warning(request, "Il piano dell'anno non è ancora pronto")
            return redirect("ped:mese")
        return redirect("ped:piano", anni[0])


class PianoView(PedMixin, View):
    """The plan of a year: the manager writes it, who plans reads it once it is marked as present."""

    template_name = "notizie/ped/piano.html"

    @cached_property
    def piano(self):
        piano = selettori.piano_dell_anno(self.kwargs["anno"])
        if piano is None or not permissions.puo_leggere_piano(self.request.user, piano):
            raise Http404
        return piano

    def get_page_title(self):
        return f"Piano editoriale {self.kwargs['anno']}"

    def pagina(self, modulo=None):
        piano = self.piano
        scrive = permissions.puo_scrivere_piano(self.request.user) and not piano.programma.chiuso
        return self.mostra(
            piano=piano,
            modulo=(modulo or PianoForm(instance=piano)) if scrive else None,
            parti=piano.parti(),
            pezzi=PezzoProgrammato.objects.del_programma(piano.programma).count() if scrive else 0,
            evidenze=alimentazione.evidenze_nate_da(piano) if scrive and piano.pk else [],
            fuori=bool(piano.completo_dal and not piano.programma.comprende(piano.completo_dal)),
            anni=selettori.anni_del_piano(self.request.user),
        )

    def get(self, request, anno):
        return self.pagina()

    def post(self, request, anno):
        piano = self.piano
        if not permissions.puo_scrivere_piano(request.user):
            raise Http404
        presente = {"1": True, "0": False}.get(request.POST.get("presente", ""))
        modulo = PianoForm(request.POST, instance=piano)
        if modulo.is_valid():
            try:
                operazioni.salva_piano(modulo.save(commit=False), request.user, presente)
            except ValidationError as errore:
                modulo.add_error(None, errore)
                messages.error(request, f"Non salvato. {' '.join(errore.messages)}")
            else:
                messages.success(request, "Piano salvato")
                return redirect("ped:piano", anno)
        return self.pagina(modulo)
