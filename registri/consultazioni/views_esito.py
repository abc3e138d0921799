"""From the register to the site: proposed by who writes, decided by who wrote none of it, taken off."""

from django.http import Http404
from django.views import View

from base.chiavi import chiavi_in
from base.gesti import ConIlMotivoMixin
from programma.alimentazione import evidenze_nate_da

from ..permissions import ha_consultazioni
from ..schermate import GestoMixin
from . import operazioni, selettori
from .forms import PropostaForm
from .views import UnaConsultazioneMixin
from .views_raccolta import DiChiScriveMixin


class ProponiView(DiChiScriveMixin, View):
    """What the public will read, as it is counted now, and which criteria it is given to."""

    template_name = "registri/consultazioni/proponi.html"
    page_title = "Proponi l'esito"

    def mostra(self, *args, **contesto):
        return super().mostra(*args, esito=selettori.esito_letto(selettori.esito_di(self.oggetto)), **contesto)

    def modulo(self, *dati):
        return PropostaForm(self.oggetto, list(selettori.criteri_di(self.oggetto)), *dati)

    def salva(self, modulo):
        detto = modulo.cleaned_data
        enti, presenze = (next(iter(chiavi_in([detto[nome]])), None) for nome in ("criterio_enti", "criterio_presenze"))
        operazioni.proponi_consultazione(
            self.oggetto,
            self.request.user,
            detto["sintesi"],
            enti,
            presenze,
            detto["perche_insieme"],
            detto["versione"],
        )
        return "Proposto: lo approva chi non ne ha scritto nulla"


class DiChiApprovaView(GestoMixin, UnaConsultazioneMixin, View):
    """For who may approve this one; to the others it does not exist."""

    def dispatch(self, request, *args, **kwargs):
        if ha_consultazioni(request.user) and not selettori.puo_approvare(request.user, self.oggetto):
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class PubblicaView(DiChiApprovaView):
    def fai(self, request):
        lette = chiavi_in([request.POST.get("versione", "")])
        una = operazioni.pubblica_consultazione(self.oggetto, request.user, lette[0] if lette else None)
        nate = ", e le sue evidenze sono nate" if una.criterio_enti_id or una.criterio_presenze_id else ""
        return self.torna(f"Approvata: l'esito è sul sito{nate}")


class RestituisciView(ConIlMotivoMixin, DiChiApprovaView):
    gesto = staticmethod(operazioni.restituisci_consultazione)
    detto = "Restituita a chi la scrive"


class RitiraView(ConIlMotivoMixin, DiChiScriveMixin, View):
    """Take the outcome off the site; of a year that is closed the evidence stays."""

    gesto = staticmethod(operazioni.ritira_consultazione)

    @property
    def detto(self):
        if evidenze_nate_da(self.oggetto).exists():
            return "Tolta dal sito. Le sue evidenze restano: il programma è chiuso"
        return "Tolta dal sito: nessuna evidenza conta più per lei"

    def chiedi(self):
        return self.torna()
