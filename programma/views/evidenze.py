"""The pages on which an evidence is written, read and decided, inside the admin's frame."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin import messages

from base.allegati import FileRifiutato, esamina
from base.formati.caratteri import pulito
from base.views import PaginaAdminMixin

from .. import flusso, operazioni, permissions
from ..forms import EvidenzaForm, MotivoForm, RestituzioneForm, RevisioneForm, RiconoscimentoForm
from ..models import Allegato, Evidenza
from ..selettori.cambiati import cambi_da_leggere
from ..selettori.coda import prossima
from ..selettori.doppioni import doppioni_di
from ..selettori.evidenze import errori_di_invio
from ..selettori.punteggio import prima_e_dopo

CAMPI_SEMPLICI = ("titolo", "data", "argomento", "persone_coinvolte", "luogo", "descrizione", "quantita")
"""Fields whose value reads well as it is, for the comparison after a conflict."""

INVIA_LO_STESSO = "invia_lo_stesso"
"""What the button sends of who has read that the fact may have been said already."""


def vai_alla_prossima(utente, dal):
    """After a decision: to what waits next, or to the empty queue."""
    return redirect(prossima(utente, dal) or "programma:coda")


def letti_da(utente, evidenze):
    """Each of `evidenze`, and whether `utente` may open it."""
    visibili = set(
        Evidenza.objects.visibili_a(utente).filter(pk__in=[e.pk for e in evidenze]).values_list("pk", flat=True)
    )
    return [(evidenza, evidenza.pk in visibili) for evidenza in evidenze]


class UnaEvidenzaMixin(PaginaAdminMixin):
    """Load the evidence that the person may read, or answer 404 as for one that does not exist."""

    @cached_property
    def evidenza(self):
        return get_object_or_404(Evidenza.objects.visibili_a(self.request.user).complete(), pk=self.kwargs["pk"])

    def leggi(self):
        return redirect("programma:evidenza", self.evidenza.pk)


class ScriviMixin(PaginaAdminMixin):
    """Every post first saves a draft with its files, then checks: an error loses nothing."""

    template_name = "programma/admin/modulo.html"

    def salva(self, evidenza, form):
        """Save what could be read, files included; the evidence as saved, and the sentences about refused files."""
        form.is_valid()
        dati = form.cleaned_data
        evidenza = operazioni.salva_bozza(
            form.instance,
            self.request.user,
            criteri=dati.get("criteri", evidenza.criteri.all() if evidenza.pk else []),
            organizzazioni=dati.get("organizzazioni", []),
            versione=dati.get("versione"),
        )
        for allegato in evidenza.allegati.filter(chiave__in=self.request.POST.getlist("togli")):
            operazioni.togli_allegato(allegato, self.request.user)
        rifiuti = []
        for file in self.request.FILES.getlist("allegati"):
            try:
                operazioni.allega(evidenza, self.request.user, file, esamina(file))
            except FileRifiutato as rifiuto:
                rifiuti.append(str(rifiuto))
            except ValidationError as rifiuto:
                rifiuti.extend(rifiuto.messages)
        return Evidenza.objects.complete().get(pk=evidenza.pk), rifiuti

    def elabora(self, evidenza, form):
        """Answer a post: redirect when all is well, else the same page with what was typed and what is wrong."""
        try:
            evidenza, rifiuti = self.salva(evidenza, form)
        except operazioni.Conflitto as conflitto:
            return self.mostra_conflitto(form, conflitto)
        if rifiuti:
            form.add_error("allegati", rifiuti)
        azione = self.request.POST.get("azione")
        invia = azione in ("invia", INVIA_LO_STESSO)
        if invia:
            try:
                self.invia(evidenza, form, anche_se_detta=azione == INVIA_LO_STESSO)
            except operazioni.GiaDetta:
                messages.warning(
                    self.request, "La bozza è salva, ma non è stata inviata: forse il fatto è già stato detto"
                )
                return redirect("programma:modifica", evidenza.pk)
        if form.errors:
            messages.error(
                self.request,
                "La bozza è salva, ma non è stata inviata: correggi i punti segnati"
                if invia
                else "La bozza è salva, tranne i punti segnati",
            )
            form.data = form.data.copy()
            form.data["versione"] = str(evidenza.versione)
            return self.mostra(form=form, evidenza=evidenza)
        if invia:
            messages.success(self.request, "Evidenza inviata: chi approva è stato avvisato")
            return redirect("programma:evidenza", evidenza.pk)
        messages.success(self.request, "Bozza salvata")
        return redirect("programma:modifica", evidenza.pk)

    def invia(self, evidenza, form, anche_se_detta):
        """Send what was saved; what keeps it from being sent goes beside its field."""
        try:
            if not form.errors:
                operazioni.invia(evidenza, self.request.user, anche_se_detta=anche_se_detta)
                return
            mancano = errori_di_invio(evidenza, timezone.localdate())
        except ValidationError as rifiuto:
            mancano = rifiuto.message_dict
        for campo, motivi in mancano.items():
            if campo not in form.errors:  # what could not even be read has its own message
                form.add_error(campo if campo in form.fields else None, motivi)

    def mostra_conflitto(self, form, conflitto):
        """Keep what was typed, show what the other person left, and let the next save decide."""
        semplici = [nome for nome in form.changed_data if nome in CAMPI_SEMPLICI]
        diverse = [(form[nome].label, getattr(conflitto.attuale, nome)) for nome in semplici]
        form.data = form.data.copy()
        form.data["versione"] = str(conflitto.attuale.versione)
        messages.error(
            self.request,
            "Un'altra persona ha salvato questa evidenza mentre scrivevi: confronta con il tuo testo e salva di nuovo",
        )
        return self.mostra(form=form, evidenza=conflitto.attuale, conflitto=diverse, status=409)

    def get_context_data(self, form, evidenza, **kwargs):
        azione = reverse("programma:modifica", args=[evidenza.pk]) if evidenza.pk else self.request.get_full_path()
        return super().get_context_data(
            form=form,
            evidenza=evidenza,
            azione_modulo=azione,
            scelti=form.scelti,
            ultimo=evidenza.passaggi.first() if evidenza.pk else None,
            allegati=evidenza.allegati.all() if evidenza.pk else [],
            doppioni=letti_da(self.request.user, doppioni_di(evidenza)) if evidenza.pk else [],
            **kwargs,
        )


class ModificaView(UnaEvidenzaMixin, ScriviMixin, View):
    """A draft, or what was returned."""

    def get_page_title(self):
        return f"Modifica «{self.evidenza}»"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            raise PermissionDenied
        if not permissions.puo_modificare(request.user, self.evidenza):
            messages.warning(request, "Questa evidenza non si può modificare ora")
            return self.leggi()
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, pk):
        return self.mostra(form=EvidenzaForm(instance=self.evidenza, utente=request.user), evidenza=self.evidenza)

    def post(self, request, pk):
        return self.elabora(
            self.evidenza, EvidenzaForm(request.POST, request.FILES, instance=self.evidenza, utente=request.user)
        )


class EvidenzaView(UnaEvidenzaMixin, View):
    """The reading page: the evidence, its history and, for who decides, the decision."""

    template_name = "programma/admin/evidenza.html"

    def get_page_title(self):
        return str(self.evidenza)

    def get(self, request, pk):
        return self.mostra()

    def post(self, request, pk):
        nome = request.POST.get("azione")
        if nome not in ("approva", "restituisci", "revoca", "richiama", "rivedi"):
            raise Http404
        versione = request.POST.get("versione")
        if nome != "richiama" and versione != str(self.evidenza.versione):
            messages.warning(request, operazioni.CAMBIATA if versione else operazioni.NON_LETTA)
            return self.leggi()
        try:
            return getattr(self, nome)()
        except (PermissionDenied, flusso.PassaggioNonAmmesso, ValidationError) as errore:
            messages.error(request, operazioni.motivo_di(errore))
            return self.leggi()

    def moduli_di_riconoscimento(self, dati=None):
        dichiarata = self.evidenza.quantita_dichiarata
        return [RiconoscimentoForm(dati, criterio=c, dichiarata=dichiarata) for c in self.evidenza.criteri.all()]

    def approva(self):
        if not permissions.puo_decidere(self.request.user, self.evidenza):
            operazioni.approva(self.evidenza, self.request.user)  # which says why not
        moduli = self.moduli_di_riconoscimento(self.request.POST)
        if any([not modulo.is_valid() for modulo in moduli]):  # noqa: C419  (every form has to be checked)
            messages.error(self.request, "Non è stata approvata: correggi i punti segnati")
            return self.mostra(moduli=moduli, commento=self.request.POST.get("commento", ""), errore=True)
        riconosciuti = {modulo.criterio.pk: modulo.riconosciuto() for modulo in moduli}
        commento = pulito(self.request.POST.get("commento", "").replace("\0", ""))[:2000]
        operazioni.approva(self.evidenza, self.request.user, riconosciuti, commento, versione=self.evidenza.versione)
        messages.success(self.request, f"Approvata: «{self.evidenza}». Il punteggio è aggiornato")
        return vai_alla_prossima(self.request.user, self.evidenza.inviata_il)

    def restituisci(self):
        modulo = RestituzioneForm(self.request.POST, prefix="restituisci")
        riuscita = f"Restituita: «{self.evidenza}». L'organizzazione è stata avvisata"
        return self.con_motivo("restituisci", modulo, operazioni.restituisci, riuscita)

    def revoca(self):
        modulo = MotivoForm(self.request.POST, prefix="revoca")
        return self.con_motivo("revoca", modulo, operazioni.revoca, "Approvazione revocata: il punteggio è aggiornato")

    def rivedi(self):
        modulo = RevisioneForm(self.request.POST, evidenza=self.evidenza)
        if not modulo.is_valid():
            messages.error(self.request, "Non salvato: scegli nel punto segnato")
            return self.mostra(modulo_rivedi=modulo, errore=True)
        detto = modulo.al_posto_di(), modulo.cleaned_data["nota"]
        operazioni.rivedi(self.evidenza, self.request.user, *detto, versione=self.evidenza.versione)
        messages.success(self.request, f"Riletta: «{self.evidenza}» vale ancora")
        return self.leggi()

    def con_motivo(self, nome, modulo, operazione, riuscita):
        if not modulo.is_valid():
            messages.error(self.request, "Manca il motivo: scrivilo nel punto segnato")
            return self.mostra(**{f"modulo_{nome}": modulo}, errore=True)
        operazione(self.evidenza, self.request.user, modulo.cleaned_data["motivo"], versione=self.evidenza.versione)
        messages.success(self.request, riuscita)
        if nome == "restituisci":
            return vai_alla_prossima(self.request.user, self.evidenza.inviata_il)
        return self.leggi()

    def richiama(self):
        operazioni.richiama(self.evidenza, self.request.user)
        messages.success(self.request, "Evidenza richiamata: è di nuovo una bozza")
        return redirect("programma:modifica", self.evidenza.pk)

    def get_context_data(self, **kwargs):
        utente, evidenza = self.request.user, self.evidenza
        decide = permissions.puo_decidere(utente, evidenza)
        cambi = cambi_da_leggere(evidenza)
        rivede = cambi and not permissions.perche_non_decide(utente, evidenza)
        contesto = {
            "evidenza": evidenza,
            "cambi": cambi,
            "modulo_rivedi": RevisioneForm(evidenza=evidenza) if rivede else None,
            "passaggi": evidenza.passaggi.select_related("chi"),
            "riconoscimenti": evidenza.riconoscimenti.select_related("criterio", "deciso_da", "revocato_da"),
            "puo_decidere": decide,
            "puo_modificare": permissions.puo_modificare(utente, evidenza),
            "puo_richiamare": permissions.puo_richiamare(utente, evidenza),
            "puo_revocare": permissions.puo_revocare(utente, evidenza),
            "puo_eliminare": permissions.puo_eliminare(utente, evidenza),
            "moduli": self.moduli_di_riconoscimento() if decide else [],
            "prima_e_dopo": prima_e_dopo(evidenza) if decide else [],
            "doppioni": letti_da(utente, doppioni_di(evidenza)) if decide else [],
            "modulo_restituisci": RestituzioneForm(prefix="restituisci"),
            "modulo_revoca": MotivoForm(prefix="revoca"),
        }
        return super().get_context_data(**{**contesto, **kwargs})


class EliminaView(UnaEvidenzaMixin, View):
    """Throw a draft away, after a question."""

    template_name = "programma/admin/elimina.html"

    def get_page_title(self):
        return f"Elimina «{self.evidenza}»"

    def dispatch(self, request, *args, **kwargs):
        if not permissions.puo_eliminare(request.user, self.evidenza):
            messages.warning(request, "Si possono eliminare solo le proprie bozze")
            return self.leggi()
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, pk):
        return self.mostra(evidenza=self.evidenza)

    def post(self, request, pk):
        operazioni.elimina_bozza(self.evidenza, request.user)
        messages.success(request, "Bozza eliminata")
        return redirect("wagtailadmin_home")


class AllegatoView(View):
    """The only door to an evidence's files: who may not read the evidence gets a 404, whatever the URL."""

    def get(self, request, pk, chiave):
        allegato = get_object_or_404(Allegato.objects.select_related("evidenza"), chiave=chiave, evidenza=pk)
        if not permissions.puo_leggere(request.user, allegato.evidenza):
            raise Http404
        risposta = FileResponse(
            allegato.file.open("rb"), as_attachment=True, filename=allegato.nome, content_type=allegato.tipo
        )
        risposta["Cache-Control"] = "private, no-store"
        risposta["Content-Security-Policy"] = "sandbox"
        return risposta
