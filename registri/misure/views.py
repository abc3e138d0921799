"""The yearly measures: what a body answers, on a phone too, and what all of them say together."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from base.views import PaginaAdminMixin

from ..models import MisureDellEnte, Rilevazione
from ..permissions import legge_i_nomi, puo_aprire, puo_compilare, puo_gestire
from ..schermate import NON_SALVATO, GestoMixin
from . import esportazioni, operazioni, selettori
from .forms import MisureForm
from .quesiti import in_parole

SALVATO = "Salvato: puoi continuare quando vuoi, poi invia"
SALVATE_IN_PARTE = "Salvato ciò che si legge: correggi i punti segnati, poi salva di nuovo"
NON_INVIATE = "Non ancora inviate, ma ciò che si legge è salvato: correggi i punti segnati, poi invia di nuovo"


class MisureMixin(PaginaAdminMixin):
    """For who works in no body, and reads nothing, these pages do not exist."""

    header_icon = "form"
    page_title = "Misure delle organizzazioni"

    def dispatch(self, request, *args, **kwargs):
        if not puo_aprire(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def percorso(self):
        return [{"url": reverse("misure:elenco"), "label": MisureMixin.page_title}]


class ElencoView(MisureMixin, View):
    template_name = "registri/misure/elenco.html"

    def percorso(self):
        return []

    def get(self, request):
        return self.mostra(
            rilevazioni=selettori.con_i_conti(request.user),
            da_compilare=selettori.da_compilare(request.user),
            legge_tutto=legge_i_nomi(request.user),
            gestisce=puo_gestire(request.user),
        )

    def get_header_buttons(self):
        if not puo_gestire(self.request.user):
            return []
        return [HeaderButton("Nuova rilevazione", url=reverse("misure:nuova"), icon_name="plus")]


class UnaRilevazioneMixin(MisureMixin):
    """One collection that the person may open, or 404 as for one that does not exist."""

    nome = "rilevazione"

    @cached_property
    def oggetto(self):
        viste = Rilevazione.objects.filter(pk__in=Rilevazione.objects.visibili_a(self.request.user).values("pk"))
        return get_object_or_404(viste, pk=self.kwargs["pk"])

    def get_page_title(self):
        return str(self.oggetto)

    def percorso(self):
        return [*super().percorso(), {"url": self.oggetto.get_absolute_url(), "label": str(self.oggetto)}]


class SintesiView(UnaRilevazioneMixin, View):
    """The answers read together; who reads everything sees them body by body, the others once it is closed."""

    template_name = "registri/misure/sintesi.html"
    http_method_names = ["get"]

    def get_page_title(self):
        return f"{self.oggetto}: insieme"

    def get(self, request, pk):
        rilevazione, tutto = self.oggetto, legge_i_nomi(request.user)
        if rilevazione.aperta and not tutto:
            raise Http404
        sintesi = selettori.sintesi_di(rilevazione, riservata=not tutto)
        enti = ente_per_ente(rilevazione) if tutto else {}
        sezioni = [
            (nome, [(riga, enti.get(riga.ora.quesito.chiave, ())) for riga in righe]) for nome, righe in sintesi.sezioni
        ]
        formati = list(esportazioni.FORMATI) if tutto else []
        return self.mostra(
            rilevazione=rilevazione, sintesi=sintesi, sezioni=sezioni, legge_tutto=tutto, formati=formati
        )


def ente_per_ente(rilevazione):
    """By question, what each body that sent answered, in words; of who left it empty nothing."""
    inviate = [una for una in selettori.misure_di(rilevazione) if una.inviata_il]
    return {
        quesito.chiave: [
            (una.organizzazione, detto) for una in inviate if (detto := in_parole(quesito, una.valore(quesito)))
        ]
        for quesito in rilevazione.quesiti
    }


class EsportaView(UnaRilevazioneMixin, View):
    """The answers as a table, for who reads everything: all together with the year before, or `per_ente`."""

    http_method_names = ["get"]
    per_ente = False

    def get(self, request, pk):
        rilevazione, formato = self.oggetto, request.GET.get("formato", "csv")
        if not legge_i_nomi(request.user) or formato not in esportazioni.FORMATI:
            raise Http404
        if self.per_ente:
            tabella = esportazioni.tabella_delle_risposte(rilevazione.quesiti, selettori.misure_di(rilevazione))
        else:
            tabella = esportazioni.tabella_della_sintesi(selettori.sintesi_di(rilevazione, riservata=False))
        tipo, scrivi = esportazioni.FORMATI[formato]
        risposta = HttpResponse(scrivi(str(rilevazione), *tabella), tipo)
        nome = f"misure-{rilevazione.anno}{'-enti' if self.per_ente else ''}.{formato}"
        risposta["Content-Disposition"] = f'attachment; filename="{nome}"'
        risposta["Cache-Control"] = "private, no-store"
        return risposta


class EnteView(GestoMixin, MisureMixin, View):
    """What a body answers: read, kept while it is written, sent. Wrong answers are told, the others are kept."""

    template_name = "registri/misure/ente.html"
    nome = "misure"

    @cached_property
    def oggetto(self):
        loro = MisureDellEnte.objects.visibili_a(self.request.user).select_related(
            "rilevazione", "organizzazione", "inviata_da", "scritta_da"
        )
        return get_object_or_404(loro, rilevazione=self.kwargs["pk"], organizzazione=self.kwargs["ente"])

    def get_page_title(self):
        return f"Misure {self.oggetto.rilevazione.anno} di {self.oggetto.organizzazione}"

    def percorso(self):
        rilevazione = self.oggetto.rilevazione
        return [*super().percorso(), {"url": rilevazione.get_absolute_url(), "label": str(rilevazione)}]

    @property
    def si_scrive(self):
        return self.oggetto.rilevazione.aperta and puo_compilare(self.request.user, self.oggetto)

    def chiedi(self):
        return self.mostra_le(self.modulo() if self.si_scrive else None)

    def modulo(self, *dati):
        return MisureForm(self.oggetto, selettori.risposte_di_prima(self.oggetto), *dati)

    def mostra_le(self, modulo, status=200):
        misure = self.oggetto
        lette = [
            (nome, [(quesito, in_parole(quesito, misure.valore(quesito))) for quesito in suoi])
            for nome, suoi in misure.rilevazione.sezioni
        ]
        per_conto = puo_gestire(self.request.user)
        anno_scorso = misure.rilevazione.anno - 1
        return self.mostra(
            status, misure=misure, modulo=modulo, lette=lette, per_conto=per_conto, anno_scorso=anno_scorso
        )

    def fai(self, request):
        modulo = self.modulo(request.POST)
        modulo.is_valid()
        if "versione" in modulo.errors:
            return self.di_nuovo_le(modulo, NON_SALVATO)
        versione = modulo.cleaned_data["versione"]
        try:
            if "invia" in request.POST and modulo.pronta():
                operazioni.invia_misure(self.oggetto, request.user, modulo.valori(tutte=True), versione)
                return self.torna("Inviate: grazie. Puoi correggerle finché la rilevazione è aperta")
            if self.oggetto.inviata_il:
                return self.di_nuovo_le(modulo, "Non inviate: valgono ancora quelle di prima. Correggi i punti segnati")
            salvate = operazioni.salva_misure(self.oggetto, request.user, modulo.valori(), versione)
        except ValidationError as errore:
            self.cambiata(modulo, errore)
            return self.di_nuovo_le(modulo, NON_SALVATO)
        if not modulo.errors:
            return self.torna(SALVATO)
        modulo.data = modulo.data.copy()
        modulo.data["versione"] = str(salvate.versione)
        return self.di_nuovo_le(modulo, NON_INVIATE if "invia" in request.POST else SALVATE_IN_PARTE)

    def di_nuovo_le(self, modulo, detto):
        messages.error(self.request, detto)
        return self.mostra_le(modulo, 422)
