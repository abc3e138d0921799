"""Coordinamento decides from its mail: the reading page behind a signed link, and one confirmation."""

from abc import ABC, abstractmethod
from copy import copy
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from wagtail.models import TaskState

from base.collegamenti import CollegamentoNonValido, CollegamentoScaduto, TipoDiCollegamento
from organizzazioni.decisioni_dalla_posta import DECISIONE_DI_PAGINA, stato_della_pagina
from organizzazioni.models import Utente
from organizzazioni.operazioni import approva_pagina, restituisci_pagina
from organizzazioni.permissions import deve_avere_secondo_fattore, e_coordinamento, puo_approvare_pagina
from organizzazioni.secondo_fattore import ha_secondo_fattore

from .. import flusso, operazioni, permissions
from ..collegamenti_di_posta import DECISIONE, stato_di
from ..forms import MotivoForm
from ..models import Evidenza
from ..selettori.in_attesa import PaginaInAttesa
from ..selettori.punteggio import prima_e_dopo

AZIONI = ("approva", "restituisci")


@method_decorator([csrf_exempt, never_cache], name="dispatch")  # what it does is in the link, not in who is signed in
class DecisioneView(ABC, View):
    """What waits, as it was sent. Only a POST decides, once it was confirmed: mail scanners open links.

    The link is of one version of the thing: written again, it is good no more, and nobody decides what they did not
    read. Who must have a second factor, or has one, signs in instead: a mailbox is one factor only. A subclass says
    what the thing is (`carica`), whose it is to decide, and what deciding does.
    """

    http_method_names = ["get", "head", "post"]
    collegamento: TipoDiCollegamento
    modello = ""
    effetto = ""
    cosa: Any = None

    @abstractmethod
    def carica(self, chiave):
        """Put in `self.cosa` what the link is about; None when it is there no more."""

    @abstractmethod
    def stato(self):
        """What must be as it was when the link was made."""

    @abstractmethod
    def puo_decidere(self) -> bool:
        """Whether it is theirs to decide, by the rules of the admin."""

    @abstractmethod
    def nel_portale(self) -> str:
        """Where the same is read and decided after signing in."""

    @abstractmethod
    def decidi(self, azione, motivo):
        """Approve, or return with `motivo`, what was read."""

    @abstractmethod
    def contesto(self):
        """What the template shows of it."""

    def get(self, request, gettone, **kwargs):
        return self.risposta(request, gettone) or self.mostra()

    def post(self, request, gettone):
        if no := self.risposta(request, gettone):
            return no
        azione, confermo = request.POST.get("azione"), bool(request.POST.get("confermo"))
        modulo = MotivoForm(request.POST)
        if azione == "restituisci" and not modulo.is_valid():
            return self.mostra(modulo=modulo)
        if azione not in AZIONI or not confermo:
            return self.mostra(azione=azione if azione in AZIONI else "", modulo=modulo)
        presa = {"titolo": self.titolo(), "effetto": self.effetto, "azione": azione}
        try:
            self.decidi(azione, modulo.cleaned_data["motivo"] if azione == "restituisci" else "")
        except (PermissionDenied, flusso.PassaggioNonAmmesso, ValidationError) as errore:
            return self.mostra(errore=operazioni.motivo_di(errore))
        return render(request, "programma/decisione_presa.html", presa)

    def risposta(self, request, gettone):
        """What to answer instead of the page: the link is not good, or who has it must sign in. Else None."""
        try:
            aperto = self.collegamento.apri(gettone)
        except CollegamentoNonValido as errore:
            return self.non_vale("scaduto" if isinstance(errore, CollegamentoScaduto) else "sbagliato")
        chiave, chi = aperto.chiavi
        self.carica(chiave)
        self.persona = Utente.objects.filter(pk=chi, is_active=True).first()
        if self.cosa is None or self.persona is None or not aperto.vale_per(self.stato()):
            return self.non_vale("usato")
        if not (e_coordinamento(self.persona) and self.puo_decidere()):
            return self.non_vale("usato")
        richiesto = settings.SECONDO_FATTORE_RICHIESTO and deve_avere_secondo_fattore(self.persona)
        if richiesto or ha_secondo_fattore(self.persona):
            return redirect_to_login(self.nel_portale(), reverse("wagtailadmin_login"))
        return None

    def non_vale(self, perche):
        contesto = {"perche": perche, "giorni": self.collegamento.giorni}
        return render(self.request, "programma/decisione_non_vale.html", contesto, status=410)

    def mostra(self, azione="", modulo=None, errore=""):
        contesto = {
            "titolo": self.titolo(),
            "persona": self.persona,
            "azione": azione,
            "modulo": modulo or MotivoForm(),
            "errore": errore,
            "nel_portale": self.nel_portale(),
            **self.contesto(),
        }
        return riservata(render(self.request, self.modello, contesto))


def riservata(risposta):
    """The same answer, whose address is told to nobody."""
    risposta["Referrer-Policy"], risposta["X-Robots-Tag"] = "no-referrer", "noindex"
    return risposta


class DecisioneDiEvidenzaView(DecisioneView):
    collegamento = DECISIONE
    modello = "programma/decisione_evidenza.html"
    effetto = "il punteggio è aggiornato"

    def carica(self, chiave):
        self.cosa = Evidenza.objects.complete().filter(pk=chiave).first()

    def stato(self):
        return stato_di(self.cosa, self.persona)

    def puo_decidere(self):
        return permissions.puo_decidere(self.persona, self.cosa)

    def nel_portale(self):
        return self.cosa.get_absolute_url()

    def titolo(self):
        return str(self.cosa)

    def decidi(self, azione, motivo):
        versione = self.cosa.versione
        if azione == "approva":
            operazioni.approva(self.cosa, self.persona, versione=versione)
        else:
            operazioni.restituisci(self.cosa, self.persona, motivo, versione=versione)

    def contesto(self):
        return {"evidenza": self.cosa, "confronti": prima_e_dopo(self.cosa)}


class DecisioneDiPaginaView(DecisioneView):
    """A page in the workflow. What it asks of the public is asked of a preview: `?com_e` as it would be on the site,
    `?documento=KEY` a document that it names, which no public page may name yet."""

    collegamento = DECISIONE_DI_PAGINA
    modello = "programma/decisione_pagina.html"

    def get(self, request, gettone):
        if no := self.risposta(request, gettone):
            return no
        if "com_e" in request.GET:
            return riservata(self.cosa.proposta.make_preview_request(request, self.cosa.proposta.default_preview_mode))
        if chiesto := request.GET.get("documento"):
            return self.documento(chiesto)
        return self.mostra()

    def documento(self, chiesto):
        documento = next((d for d in self.cosa.documenti() if str(d.pk) == chiesto), None)
        if documento is None:
            raise Http404
        file = FileResponse(documento.file.open("rb"), as_attachment=True, filename=documento.filename)
        file["Content-Security-Policy"] = "sandbox"
        return riservata(file)

    def carica(self, chiave):
        stato = TaskState.objects.select_related("revision").filter(pk=chiave).first()
        pagina = stato.workflow_state.content_object if stato is not None else None
        attesa = PaginaInAttesa(pagina) if pagina is not None else None
        if attesa is not None and attesa.stato == stato:
            self.cosa = attesa

    def stato(self):
        return stato_della_pagina(self.cosa.stato, self.persona)

    def puo_decidere(self):
        return self.cosa.aspetta and puo_approvare_pagina(self.persona, self.cosa.pagina)

    def nel_portale(self):
        return reverse("programma:pagina", args=[self.cosa.pagina.pk])

    def titolo(self):
        return self.cosa.titolo

    @property
    def effetto(self):
        return "esce da sola quando è stato detto" if self.cosa.esce else "è pubblicata"

    def decidi(self, azione, motivo):
        if azione == "approva":
            approva_pagina(self.cosa.pagina, self.persona, letta=self.cosa.letta)
        else:
            restituisci_pagina(self.cosa.pagina, self.persona, motivo, letta=self.cosa.letta)

    def contesto(self):
        chi_confronta = copy(self.request)  # Wagtail asks who it is; on the page itself they are a visitor
        chi_confronta.user = self.persona
        contesto = self.cosa.contesto(chi_confronta)
        contenuto = [] if self.cosa.pagina.live else self.cosa.contenuto(chi_confronta)
        return {**contesto, "contenuto": contenuto, "documenti": self.cosa.documenti()}
