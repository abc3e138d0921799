"""The manager's screens of a collection of measures: opened, followed, closed."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views import View
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from base.chiavi import chiavi_in
from organizzazioni.models import Organizzazione

from ..models import Quesito
from ..permissions import legge_i_nomi, puo_gestire
from ..schermate import NON_SALVATO, GestoMixin, SoloChiGestisceMixin
from . import operazioni, selettori
from .forms import RilevazioneForm, ScadenzaForm
from .views import MisureMixin, UnaRilevazioneMixin


class NuovaView(SoloChiGestisceMixin, MisureMixin, View):
    """Which year, until when; the members are told at once."""

    template_name = "registri/misure/nuova.html"
    page_title = "Nuova rilevazione"

    def get(self, request):
        oggi = timezone.localdate()
        iniziali = {"anno": selettori.anno_proposto(oggi), "scade_il": oggi + selettori.FINO_A}
        return self.chiedi(RilevazioneForm(initial=iniziali))

    def chiedi(self, modulo, status=200):
        anno = modulo.cleaned_data.get("anno") if modulo.is_bound else modulo.initial["anno"]
        enti = list(selettori.enti_da_chiedere(anno, timezone.localdate())) if anno else []
        persone = selettori.persone_degli_enti(enti)
        domande = Quesito.objects.filter(si_chiede=True)
        righe = [(ente, len(persone[ente.pk])) for ente in enti]
        return self.mostra(status, modulo=modulo, enti=righe, anno=anno, domande=domande)

    def post(self, request):
        modulo = RilevazioneForm(request.POST)
        if modulo.is_valid():
            dati = modulo.cleaned_data
            try:
                nuova = operazioni.apri_rilevazione(dati["anno"], dati["scade_il"], request.user)
            except ValidationError as errore:
                modulo.add_error(None, errore)
            else:
                messages.success(request, "Aperta: chi lavora per le organizzazioni riceve una mail")
                return redirect(nuova)
        messages.error(request, NON_SALVATO)
        return self.chiedi(modulo, 422)


class RilevazioneView(UnaRilevazioneMixin, View):
    """Who answered, who is writing, who is silent; for a referent, the bodies for which they answer."""

    template_name = "registri/misure/rilevazione.html"
    http_method_names = ["get"]

    def percorso(self):
        return MisureMixin.percorso(self)

    def get(self, request, pk):
        rilevazione, oggi, tutto = self.oggetto, timezone.localdate(), legge_i_nomi(request.user)
        gestisce = puo_gestire(request.user)
        loro = [] if tutto else rilevazione.misure.visibili_a(request.user).select_related("organizzazione")
        righe = selettori.a_che_punto(rilevazione, oggi) if tutto else []
        return self.mostra(
            rilevazione=rilevazione,
            righe=righe,
            inviate=sum(riga.misure.stato == "inviata" for riga in righe),
            loro=loro,
            scaduta=rilevazione.scade_il < oggi,
            oggi=oggi,
            gestisce=gestisce,
            non_chiesti=selettori.enti_non_chiesti(rilevazione) if gestisce and rilevazione.aperta else [],
            si_elimina=gestisce and all(riga.misure.stato == "in silenzio" for riga in righe),
        )

    def get_header_buttons(self):
        if self.oggetto.aperta and not legge_i_nomi(self.request.user):
            return []
        indirizzo = reverse("misure:sintesi", args=[self.oggetto.pk])
        return [HeaderButton("Le risposte insieme", url=indirizzo, icon_name="list-ul")]


class GestoSullaRilevazioneMixin(SoloChiGestisceMixin, GestoMixin, UnaRilevazioneMixin):
    """One collection, and what the manager does with it."""

    def get_page_title(self):
        return self.page_title


class SollecitaView(GestoSullaRilevazioneMixin, View):
    """Write now to who has not answered; with `ente`, to one of them."""

    def fai(self, request):
        chiavi = chiavi_in([request.POST["ente"]]) if request.POST.get("ente") else [None]
        if not chiavi:
            raise ValidationError("Non c'è nessuno a cui scrivere")
        fatti = operazioni.sollecita_adesso(self.oggetto, request.user, chiavi[0])
        return self.torna(f"Messaggio in partenza per {', '.join(str(una.organizzazione) for una in fatti)}")


class AggiungiView(GestoSullaRilevazioneMixin, View):
    """A member that came in later."""

    def fai(self, request):
        ente = get_object_or_404(Organizzazione, pk__in=chiavi_in([request.POST.get("ente", "")]))
        operazioni.aggiungi_ente(self.oggetto, ente, request.user)
        return self.torna(f"{ente}: chiesta. Chi lavora per lei riceve una mail")


class ScadenzaView(GestoSullaRilevazioneMixin, View):
    template_name = "registri/misure/scadenza.html"
    page_title = "Cambia l'ultimo giorno"

    def chiedi(self):
        return self.mostra(rilevazione=self.oggetto, modulo=ScadenzaForm(initial={"scade_il": self.oggetto.scade_il}))

    def fai(self, request):
        modulo = ScadenzaForm(request.POST)
        if modulo.is_valid():
            try:
                operazioni.cambia_scadenza(self.oggetto, modulo.cleaned_data["scade_il"], request.user)
            except ValidationError as errore:
                modulo.add_error(None, errore)
            else:
                return self.torna("Salvato")
        return self.di_nuovo(modulo=modulo)


class ChiudiView(GestoSullaRilevazioneMixin, View):
    template_name = "registri/misure/chiudi.html"
    page_title = "Chiudi la rilevazione"

    def chiedi(self):
        righe = selettori.a_che_punto(self.oggetto, timezone.localdate())
        mancano = [riga.misure for riga in righe if not riga.misure.inviata_il]
        return self.mostra(rilevazione=self.oggetto, mancano=mancano)

    def fai(self, request):
        operazioni.chiudi_rilevazione(self.oggetto, request.user)
        return self.torna("Chiusa: gli aderenti leggono le risposte insieme, e il report annuale le riporta")


class RiapriView(GestoSullaRilevazioneMixin, View):
    def fai(self, request):
        operazioni.riapri_rilevazione(self.oggetto, request.user)
        return self.torna("Riaperta: si risponde e si corregge di nuovo")


class EliminaView(GestoSullaRilevazioneMixin, View):
    template_name = "registri/misure/elimina.html"
    page_title = "Elimina la rilevazione"

    def chiedi(self):
        return self.mostra(rilevazione=self.oggetto)

    def fai(self, request):
        operazioni.elimina_rilevazione(self.oggetto, request.user)
        messages.success(request, f"«{self.oggetto}» eliminata")
        return redirect("misure:elenco")
