"""What the manager's screens of the registers have in common: a form of one thing, a gesture that may be refused."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from wagtail.admin import messages

from .permissions import puo_gestire

NON_SALVATO = "Non salvato: correggi i punti segnati"


class SoloChiGestisceMixin:
    """For who writes the registers; to the others these screens do not exist."""

    def dispatch(self, request, *args, **kwargs):
        if not puo_gestire(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class GestoMixin:
    """One thing and a form of it: `chiedi` shows the form, `fai` does what it says or returns what is wrong.

    `oggetto` is the thing, `nome` how the template calls it, `rifiuti` the errors that are for the user to read.
    """

    rifiuti: tuple = ()

    def get(self, request, **kwargs):
        return self.chiedi()

    def post(self, request, **kwargs):
        try:
            risposta = self.fai(request)
        except type(self.oggetto).DoesNotExist as errore:  # someone deleted it meanwhile
            raise Http404 from errore
        except (PermissionDenied, *self.rifiuti) as rifiuto:
            messages.error(request, str(rifiuto))
        except ValidationError as errore:
            messages.error(request, " ".join(errore.messages))
        else:
            return risposta
        return self.torna()

    def chiedi(self):
        return self.torna()

    def torna(self, detto=""):
        if detto:
            messages.success(self.request, detto)
        return redirect(self.oggetto)

    def di_nuovo(self, **contesto):
        """The same form with what was typed and what is wrong."""
        messages.error(self.request, NON_SALVATO)
        return self.mostra(status=422, **{self.nome: self.oggetto}, **contesto)

    def cambiata(self, modulo, errore):
        """Say what is wrong; when somebody saved meanwhile, the next save of what was typed goes over theirs."""
        modello = type(self.oggetto)
        modulo.data = modulo.data.copy()
        modulo.data["versione"] = str(modello.objects.values_list("versione", flat=True).get(pk=self.oggetto.pk))
        modulo.add_error(None, errore)
