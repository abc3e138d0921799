"""Mail about people and about pages that wait for approval: who is told, and of what. In place of Wagtail's own.

Core writes only to who submitted and to superusers; here everyone of the organisation is told what was
decided and why, and who approves is told that there is work.
"""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from wagtail import signals
from wagtail.models import Page, TaskState, WorkflowState

from base.posta import spedisci_dopo

from .decisioni_dalla_posta import DECISIONE_DI_PAGINA, indirizzo_della_pagina
from .models import Organizzazione, Utente
from .permissions import autori_dall_ultima_approvazione, chi_decide_per_le_organizzazioni, e_coordinamento

BACKEND = "django.contrib.auth.backends.ModelBackend"
MODELLI = "organizzazioni/email/"
PAGINA_DA_DECIDERE = "programma:pagina"
"""Name of the address where a waiting page is read and decided, in the app that has the queue."""


def approvatori(autori, del_manager=False):
    """Who is told that something by `autori` (a set of user ids) waits: never an author.

    Coordinamento when a manager or superuser had a hand in it, or when it counts as theirs (`del_manager`), the
    managers otherwise; superusers decide when asked, but get no mail unless a group makes them managers.
    """
    codice = "approva_del_manager" if del_manager or autori & chi_decide_per_le_organizzazioni() else "approva"
    return list(
        Utente.objects.with_perm(f"organizzazioni.{codice}", include_superusers=False, backend=BACKEND)
        .exclude(pk__in=autori)
        .order_by("pk")
    )


def interessati(pagina):
    """The active people of the organisation in whose section `pagina` stands, and whoever wrote it."""
    autori = autori_dall_ultima_approvazione(pagina)
    gruppi = Organizzazione.objects.filter(
        gruppo__page_permissions__page__in=pagina.get_ancestors(inclusive=True)
    ).values("gruppo")
    persone = Utente.objects.filter(is_active=True)
    return list((persone.filter(groups__in=gruppi) | persone.filter(pk__in=autori)).distinct().order_by("pk"))


def collega():
    """Put our mails in the place of core's; called once, when the app is ready.

    A signal keeps one receiver for each `dispatch_uid`: taking core's own ids keeps it out whichever of the two
    apps is ready first.
    """
    for segnale, mittente, nome, ricevitore in (
        (signals.task_submitted, TaskState, "group_approval_task_submitted_email_notification", pagina_inviata),
        (signals.workflow_submitted, WorkflowState, "workflow_state_submitted_email_notification", _nessuno),
        (signals.workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification", pagina_restituita),
        (signals.workflow_approved, WorkflowState, "workflow_state_approved_email_notification", pagina_approvata),
    ):
        segnale.disconnect(sender=mittente, dispatch_uid=nome)
        segnale.connect(ricevitore, sender=mittente, dispatch_uid=nome)


def _nessuno(**kwargs):
    """Nobody is told twice: the task that a submission starts has its own mail."""


def pagina_inviata(instance, user=None, **kwargs):
    """A page waits: tell who decides. Coordinamento may decide from the message itself."""
    pagina = instance.workflow_state.content_object
    if not isinstance(pagina, Page):
        return
    detto = {"chi": user, "pagina_admin": PAGINA_DA_DECIDERE, "giorni": DECISIONE_DI_PAGINA.giorni}
    for persona in approvatori(autori_dall_ultima_approvazione(pagina)):
        decidi = indirizzo_della_pagina(instance, persona) if e_coordinamento(persona) else ""
        _spedisci([persona], "pagina_inviata", "Da approvare", pagina, decidi=decidi, **detto)


def pagina_restituita(instance, user=None, **kwargs):
    """A page was returned: tell the organisation, with the reason."""
    _decisa(instance, user, "pagina_restituita", "Da rivedere")


def pagina_approvata(instance, user=None, **kwargs):
    """A page was approved: tell the organisation, with the comment if there is one."""
    _decisa(instance, user, "pagina_approvata", "Approvata")


def _decisa(stato, chi, modello, oggetto):
    pagina = stato.content_object
    if not isinstance(pagina, Page):
        return
    commento = stato.current_task_state.comment if stato.current_task_state else ""
    autori = interessati(pagina)
    if stato.requested_by and stato.requested_by.is_active and stato.requested_by not in autori:
        autori.append(stato.requested_by)
    _spedisci([persona for persona in autori if persona != chi], modello, oggetto, pagina, chi=chi, commento=commento)


def _spedisci(destinatari, modello, oggetto, pagina, pagina_admin="wagtailadmin_pages:edit", **contesto):
    titolo = pagina.get_admin_display_title()
    indirizzo = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse(pagina_admin, args=[pagina.pk])
    spedisci_dopo(
        destinatari,
        MODELLI + modello,
        f"{oggetto}: {titolo}",
        {"pagina": pagina, "titolo": titolo, "indirizzo": indirizzo, **contesto},
    )


def invito(persona, organizzazioni, chi):
    """Tell `persona` that they may now act for `organizzazioni`; with a link where they have no password yet."""
    nomi = ", ".join(str(organizzazione) for organizzazione in organizzazioni)
    _invita(persona, "invito", f"Invito al portale: {nomi}", {"organizzazioni": nomi, "chi": chi})


def incarico(persona, ruolo, dal, al, delega, chi):
    """Tell `persona` that from `dal` they hold `ruolo`; with a link where they have no password yet."""
    detto = {"ruolo": ruolo, "dal": dal, "al": al, "delega": delega, "chi": chi}
    _invita(persona, "incarico", f"Un incarico nel portale: {ruolo}", detto)


def _invita(persona, modello, oggetto, contesto):
    nuova = not persona.has_usable_password()
    percorso = (
        reverse(
            "organizzazioni:invito",
            args=[urlsafe_base64_encode(force_bytes(persona.pk)), default_token_generator.make_token(persona)],
        )
        if nuova
        else reverse("wagtailadmin_home")
    )
    spedisci_dopo(
        [persona],
        MODELLI + modello,
        oggetto,
        {
            **contesto,
            "nuova": nuova,
            "giorni": settings.PASSWORD_RESET_TIMEOUT // 86400,
            "indirizzo": settings.WAGTAILADMIN_BASE_URL.rstrip("/") + percorso,
        },
    )


def tentativi(persona):
    """Tell `persona` that somebody tries passwords on their account."""
    _di_accesso(persona, "tentativi", "Molte password sbagliate per il tuo accesso", "wagtailadmin_password_reset")


def codici_sbagliati(persona):
    """Tell `persona` that somebody who knows their password tries second factors."""
    _di_accesso(persona, "codici_sbagliati", "Qualcuno ha la tua password?", "wagtailadmin_password_reset")


def secondo_fattore(persona, cosa):
    """Tell `persona` of a change of their second factor, `cosa` in words."""
    _di_accesso(persona, "secondo_fattore", "È cambiato come entri nel portale", "mfa_index", cosa=cosa)


def accesso_chiuso(persona):
    """Tell `persona` that their account, unused since long, is closed."""
    _di_accesso(persona, "accesso_chiuso", "Il tuo accesso al portale è stato chiuso", "wagtailadmin_home")


def _di_accesso(persona, modello, oggetto, dove, **contesto):
    indirizzo = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse(dove)
    spedisci_dopo([persona], MODELLI + modello, oggetto, {"indirizzo": indirizzo, **contesto})
