"""What one has in hand: mails sent on, the secret address they go to, and what a phone shares with the site."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.forms import modelform_factory
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from wagtail.admin.views.account import BaseSettingsPanel

from base.formati.nomi_di_file import nome_leggibile
from base.limiti import Limite
from base.posta.lettera import MASSIMO
from base.views import PaginaAdminMixin
from organizzazioni.models import Utente

from .. import operazioni, permissions
from ..forms_lavoro import MASSIMO_IN_INDIRIZZO
from ..indizi import MASSIMO_TITOLO, indizi_di
from ..models import AvvisiPersonali, Spunto

CONDIVISIONI = Limite("programma.condividi", quante=60, secondi=3600)
"""What one address may share in an hour."""


class InManoView(PaginaAdminMixin, View):
    """One's own: what waits to become a draft, and the address to which one sends a mail on."""

    page_title = "Le tue mail al portale"
    header_icon = "mail"
    template_name = "programma/admin/in_mano.html"

    def dispatch(self, request, *args, **kwargs):
        if not permissions.puo_scrivere_per(request.user).exists():
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        avvisi = AvvisiPersonali.objects.filter(persona=request.user).first()
        locale, _, dominio = settings.EVIDENZE_INDIRIZZO.partition("@")
        chiave = avvisi.chiave_posta if avvisi else None
        return self.mostra(
            spunti=Spunto.objects.aperti_di(request.user).prefetch_related("file"),
            indirizzo=settings.EVIDENZE_INDIRIZZO,
            si_riconosce=bool(settings.EVIDENZE_GARANTE),
            segreto=f"{locale}+{chiave}@{dominio}" if chiave and dominio else "",
            giorni=operazioni.CONSERVA_SPUNTI.days,
        )

    def post(self, request):
        azione = request.POST.get("azione")
        if azione in ("crea", "togli"):
            operazioni.cambia_indirizzo_di_posta(request.user, togli=azione == "togli")
            detto = "L'indirizzo di prima non vale più" if azione == "togli" else "Ecco il nuovo indirizzo"
        elif azione == "butta":
            chiave = request.POST.get("spunto", "").replace("\0", "")
            spunto = Spunto.objects.aperti_di(request.user).filter(chiave=chiave).first()
            if spunto:
                operazioni.butta(spunto, request.user)
            detto = "Buttato"
        else:
            raise Http404
        messages.success(request, detto)
        return redirect("programma:in_mano")


class InManoPanel(BaseSettingsPanel):
    """On one's own account page: where the address is to which one sends a mail on."""

    name = "in_mano"
    title = "Le tue mail al portale"
    order = 360
    template_name = "programma/admin/in_mano_nel_profilo.html"
    form_class = modelform_factory(Utente, fields=[])

    def is_active(self):
        return bool(settings.EVIDENZE_INDIRIZZO) and permissions.puo_scrivere_per(self.user).exists()

    def get_context_data(self):
        return {"form": self.get_form()}


class SoloNomi(FileUploadHandler):
    """Of who has not signed in no file is kept, not even for a moment: its name is noted, to say so."""

    def __init__(self, request):
        super().__init__(request)
        self.nomi = []

    def new_file(self, field_name, file_name, *args, **kwargs):
        self.nomi.append(nome_leggibile(file_name))
        raise SkipFile

    def receive_data_chunk(self, raw_data, start):
        return None

    def file_complete(self, file_size):
        return None


@method_decorator([csrf_exempt, never_cache], name="dispatch")  # a phone that shares has no token: see the decision
class CondividiView(View):
    """Where a phone sends what is shared with the site (`share_target` of its manifest).

    No evidence is made here. Words and addresses go along in the address of the next page, which asks to sign in; files
    only if whoever shares has signed in already, and not when another site sends them: in their own hands, for some
    days, until they make a draft of them in a form that has its token.
    """

    http_method_names = ["get", "post"]

    def get(self, request):
        return self.avanti(request.GET)

    def post(self, request):
        if not CONDIVISIONI.passa(request):
            return render(request, "429.html", status=429)
        suo = request.headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin")
        if not (suo and permissions.puo_scrivere_per(request.user).exists()):
            solo_nomi = SoloNomi(request)
            request.upload_handlers = [solo_nomi]
            avanti = self.avanti(request.POST)
            if not solo_nomi.nomi:
                return avanti
            contesto = {"nomi": solo_nomi.nomi[: operazioni.MASSIMO_ALLEGATI], "avanti": avanti.url}
            return render(request, "programma/condividi.html", contesto)
        file = request.FILES.getlist("file")
        if not file:
            return self.avanti(request.POST)
        detto = [request.POST.get(nome, "") for nome in ("titolo", "testo", "link")]
        letti = [(uno.name, uno.read(MASSIMO)) for uno in file]
        spunto = operazioni.ricevi_condivisione(request.user, indizi_di(*detto, timezone.localdate()), letti)
        for rifiuto in spunto.rifiuti:
            messages.warning(request, rifiuto)
        return redirect(f"{reverse('programma:nuova')}?{urlencode({'spunto': spunto.chiave})}")

    def avanti(self, detto):
        massimi = {"titolo": MASSIMO_TITOLO, "testo": MASSIMO_IN_INDIRIZZO, "link": 500}
        dati = {nome: detto.get(nome, "").replace("\0", "")[:massimo] for nome, massimo in massimi.items()}
        return redirect(f"{reverse('programma:nuova')}?{urlencode({k: v for k, v in dati.items() if v})}")
