"""The bookings of events in the admin: one's events, one event with its people, how it is booked, how many came."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from base.chiavi import chiavi_in
from base.stampa import StampaNonDisponibile
from base.views import PaginaAdminMixin
from programma.alimentazione import evidenze_nate_da

from ..models import PostiDellEvento
from ..ped.permissions import puo_pianificare
from . import operazioni, selettori
from .collegamenti import completo
from .esportazioni import FORMATI
from .forms import PostiForm, PresentiForm

NON_SALVATO = "Non salvato: correggi i punti segnati"


class PrenotazioniMixin(PaginaAdminMixin):
    """For who has no events these pages do not exist."""

    header_icon = "group"
    page_title = "Prenotazioni"

    def dispatch(self, request, *args, **kwargs):
        if not puo_pianificare(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def percorso(self):
        return [{"url": reverse("prenotazioni:elenco"), "label": PrenotazioniMixin.page_title}]


class ElencoView(PrenotazioniMixin, View):
    template_name = "notizie/prenotazioni/admin/elenco.html"

    def percorso(self):
        return []

    def get(self, request):
        pagina = self.pagina_di(selettori.registri(request.user))
        righe = [(uno, selettori.disponibilita(uno, uno.evento)) for uno in pagina["page_obj"].object_list]
        da_aprire, oggi = selettori.da_aprire(request.user), timezone.localdate()
        return self.mostra(righe=righe, da_aprire=da_aprire, oggi=oggi, **pagina)


class UnEventoMixin(PrenotazioniMixin):
    """One event of who looks; anyone else's is as if it did not exist."""

    template_name = "notizie/prenotazioni/admin/registro.html"

    @cached_property
    def evento(self):
        return get_object_or_404(selettori.eventi_gestiti(self.request.user), pk=self.kwargs["pk"])

    @cached_property
    def posti(self):
        """Its places, or new ones where nobody opened them yet."""
        suoi = PostiDellEvento.objects.con_conti(timezone.now()).filter(evento=self.evento).first()
        if suoi is None:
            return PostiDellEvento(evento=self.evento)
        suoi.evento = self.evento
        return suoi

    def dispatch(self, request, *args, **kwargs):
        if puo_pianificare(request.user):
            _ = self.evento
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self):
        return self.evento.title

    def post(self, request, pk):
        """Of who opened nothing there is nothing to change."""
        if self.posti.pk is None:
            return redirect("prenotazioni:posti", pk)
        try:
            return self.fai(request)
        except PermissionDenied as rifiuto:
            messages.error(request, str(rifiuto))
        except ValidationError as errore:
            messages.error(request, " ".join(errore.messages))
        return self.torna()

    def torna(self, detto=""):
        if detto:
            messages.success(self.request, detto)
        return redirect("prenotazioni:registro", self.evento.pk)

    def registro(self, presenti=None, status=200):
        evento, posti = self.evento, self.posti
        stato = selettori.disponibilita(posti, evento)
        return self.mostra(
            evento=evento,
            posti=posti,
            stato=stato,
            prenotati=selettori.prenotati(posti),
            pubblica=completo("prenota", evento.pk) if not stato.perche_chiuse else "",
            presenti=presenti or (PresentiForm(instance=posti) if evento.data <= timezone.localdate() else None),
            criteri=selettori.criteri_dei_presenti(evento) if posti.presenti is not None else [],
            evidenze=[*evidenze_nate_da(evento), *evidenze_nate_da(posti)],
            status=status,
        )


class RegistroView(UnEventoMixin, View):
    http_method_names = ["get"]

    def get(self, request, pk):
        return redirect("prenotazioni:posti", pk) if self.posti.pk is None else self.registro()

    def get_header_buttons(self):
        url = reverse("prenotazioni:posti", args=[self.evento.pk])
        return [HeaderButton("Posti e termini", url=url, icon_name="edit")]


class PostiView(UnEventoMixin, View):
    """How an event is booked; of one that nobody books yet, it opens the bookings."""

    template_name = "notizie/prenotazioni/admin/posti.html"

    def get(self, request, pk):
        return self.modulo(PostiForm(instance=self.posti))

    def modulo(self, modulo, status=200):
        fermo = selettori.perche_fermo(self.evento, timezone.now()) if self.evento.live else ""
        return self.mostra(modulo=modulo, posti=self.posti, evento=self.evento, fermo=fermo, status=status)

    def post(self, request, pk):
        modulo = PostiForm(request.POST, instance=PostiDellEvento(pk=self.posti.pk, evento=self.evento))
        if modulo.is_valid():
            try:
                operazioni.salva_posti(modulo.save(commit=False), request.user, modulo.cleaned_data["versione"])
            except ValidationError as errore:
                self.rifiutati(modulo, errore)
            else:
                return self.torna("Salvato")
        messages.error(request, NON_SALVATO)
        return self.modulo(modulo, status=422)

    def rifiutati(self, modulo, errore):
        """Say what is wrong; when somebody saved meanwhile, the next save of what was typed goes over theirs."""
        adesso = PostiDellEvento.objects.filter(evento=self.evento).values_list("versione", flat=True).first()
        modulo.data = modulo.data.copy()
        modulo.data["versione"] = "" if adesso is None else str(adesso)
        modulo.add_error(None, errore)


class PresentiView(UnEventoMixin, View):
    """How many came; the form stands in the register."""

    def get(self, request, pk):
        return self.torna()

    def fai(self, request):
        modulo = PresentiForm(request.POST, instance=PostiDellEvento.objects.get(pk=self.posti.pk))
        if not modulo.is_valid():
            messages.error(request, NON_SALVATO)
            return self.registro(modulo, status=422)
        dati = modulo.cleaned_data
        operazioni.scrivi_presenti(self.posti, request.user, dati["presenti_dipendenti"], dati["presenti_comunita"])
        return self.torna("Salvato: i numeri restano anche quando i nomi si cancellano")


class OffriView(UnEventoMixin, View):
    """How many came, as evidence of a criterion that collects values."""

    def get(self, request, pk):
        return self.torna()

    def fai(self, request):
        chiavi = chiavi_in([request.POST.get("criterio", "")])
        if not chiavi:
            raise ValidationError("Scegli un criterio")
        operazioni.offri_presenti(self.posti, request.user, chiavi[0])
        return self.torna("Offerto: l'evidenza aspetta chi approva")


class TogliView(UnEventoMixin, View):
    """For who asked by telephone."""

    def get(self, request, pk):
        return self.torna()

    def fai(self, request):
        chiavi = chiavi_in([request.POST.get("prenotazione", "")])
        if not chiavi or not operazioni.togli(self.posti, request.user, chiavi[0]):
            raise ValidationError("Questa prenotazione non c'è più")
        return self.torna("Prenotazione tolta: se qualcuno aspettava, il posto è suo")


class EsportaView(UnEventoMixin, View):
    """The list as a file; the PDF is the sheet that people sign."""

    http_method_names = ["get"]

    def get(self, request, pk):
        formato = request.GET.get("formato", "")
        if formato not in FORMATI or self.posti.pk is None:
            messages.error(request, "Non posso preparare il file: riprova da qui")
            return self.torna()
        tipo, scrivi = FORMATI[formato]
        try:
            risposta = HttpResponse(scrivi(self.evento, selettori.prenotati(self.posti)), tipo)
        except StampaNonDisponibile as errore:
            messages.error(request, str(errore))
            return self.torna()
        risposta["Content-Disposition"] = f'attachment; filename="prenotazioni-{self.evento.slug}.{formato}"'
        return risposta
