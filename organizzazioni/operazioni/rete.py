"""The only functions that change organisations, their groups and their people."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    ModelLogEntry,
    Page,
    Site,
    TaskState,
)
from wagtail.users.models import UserProfile

from .. import decisioni_dalla_posta, notifiche, sezioni
from ..models import Incarico, Organizzazione, OrganizzazionePage, OrganizzazioniIndexPage, Utente
from ..permissions import e_manager, puo_azzerare_secondo_fattore, puo_chiudere_accesso

MANAGER = "Manager territoriale"
COORDINAMENTO = "Coordinamento"
ACS = "ACS"

_PAGINE_DEL_MANAGER = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page")
_PAGINE_DEI_REFERENTI = ("add_page", "change_page")
_RACCOLTA_DEL_MANAGER = ("add_{}", "change_{}", "delete_{}", "choose_{}")
_RACCOLTA_DEI_REFERENTI = ("add_{}", "change_{}", "choose_{}")

_PERMESSI_DEI_RUOLI = {
    MANAGER: (
        "wagtailadmin.access_admin",
        "organizzazioni.approva",
        "organizzazioni.legge_tutto",
        "organizzazioni.add_organizzazione",
        "organizzazioni.change_organizzazione",
        "organizzazioni.view_organizzazione",
        "organizzazioni.change_distretto",
        "wagtailredirects.add_redirect",
        "wagtailredirects.change_redirect",
        "wagtailredirects.delete_redirect",
    ),
    COORDINAMENTO: (
        "wagtailadmin.access_admin",
        "organizzazioni.approva_del_manager",
        "organizzazioni.legge_tutto",
    ),
    ACS: ("wagtailadmin.access_admin", "organizzazioni.legge_tutto"),
}


@transaction.atomic
def crea_ruoli():
    """Make the groups of the network's roles, and give them what they lack. Idempotent.

    Coordinamento needs no page permission, which would name the drafts below it: the workflow task opens what it must
    approve, and the queue's own page shows what changed.
    """
    gruppi = {}
    for nome, permessi in _PERMESSI_DEI_RUOLI.items():
        gruppi[nome], _ = Group.objects.get_or_create(name=nome)
        gruppi[nome].permissions.add(*(_permesso(*permesso.split(".")) for permesso in permessi))
    _concedi_pagina(gruppi[MANAGER], Page.get_first_root_node(), _PAGINE_DEL_MANAGER)
    _concedi_raccolta(gruppi[MANAGER], Collection.get_first_root_node(), _RACCOLTA_DEL_MANAGER)
    return gruppi


def crea_pagina(organizzazione):
    """Give `organizzazione` its public page, if it has none and the list of organisations exists."""
    indice = OrganizzazioniIndexPage.objects.first()
    if indice is None or OrganizzazionePage.objects.filter(organizzazione=organizzazione).exists():
        return
    pubblica_nuova(
        indice,
        OrganizzazionePage(
            title=organizzazione.denominazione, slug=organizzazione.chiave, organizzazione=organizzazione
        ),
    )


@transaction.atomic
def attiva(organizzazione, utente=None):
    """Give `organizzazione` its group, sections, collection and permissions. Idempotent.

    Its people then add and edit in their own sections and on their own page, and never publish. A section whose
    index does not exist yet is left to `riattiva`. Only managers may, when `utente` is given.
    """
    _esigi_manager(utente)
    organizzazione.gruppo = organizzazione.gruppo or _crea_gruppo(organizzazione)
    organizzazione.raccolta = organizzazione.raccolta or Collection.get_first_root_node().add_child(
        instance=Collection(name=str(organizzazione)[:255])
    )
    era_attiva, organizzazione.attiva = organizzazione.attiva, True
    organizzazione.save()
    organizzazione.gruppo.permissions.add(_permesso("wagtailadmin", "access_admin"))
    _concedi_raccolta(organizzazione.gruppo, organizzazione.raccolta, _RACCOLTA_DEI_REFERENTI)
    pagina = getattr(organizzazione, "pagina", None)
    if pagina is not None:
        _concedi_pagina(organizzazione.gruppo, pagina, ("change_page",))
    for tipo in sezioni.tipi():
        sezione = _sezione(tipo, organizzazione)
        if sezione is not None:
            _concedi_pagina(organizzazione.gruppo, sezione, _PAGINE_DEI_REFERENTI)
    if not era_attiva:
        log(instance=organizzazione, action="organizzazioni.attiva", user=utente)
    return organizzazione


@transaction.atomic
def disattiva(organizzazione, utente=None):
    """Take every right from the group of `organizzazione`; its people, its content and its queue stay as they are."""
    _esigi_manager(utente)
    if not organizzazione.attiva:
        return organizzazione
    organizzazione.attiva = False
    organizzazione.save(update_fields=["attiva"])
    if organizzazione.gruppo is not None:
        organizzazione.gruppo.permissions.clear()
        organizzazione.gruppo.page_permissions.all().delete()
        organizzazione.gruppo.collection_permissions.all().delete()
    log(instance=organizzazione, action="organizzazioni.disattiva", user=utente)
    return organizzazione


@transaction.atomic
def riattiva():
    """Give every active organisation what a new app adds, roles and index pages included. Returns them."""
    crea_ruoli()
    crea_indici()
    return [attiva(organizzazione) for organizzazione in Organizzazione.objects.attive()]


@transaction.atomic
def invita(email, nome, cognome, organizzazioni, utente, al=None):
    """Let the person with this `email` act for `organizzazioni`, all active, until `al` if it is given; write to them.

    Who has no password yet gets a link to choose one: it works once and for a few days, and a new invitation
    cancels the one before. Raises `PermissionDenied` unless `utente` is a manager, and `ValidationError` when the
    address belongs to a closed account or an organisation is not active.
    """
    _esigi_manager(utente)
    organizzazioni = list(organizzazioni)
    if not organizzazioni or not all(organizzazione.attiva for organizzazione in organizzazioni):
        raise ValidationError("Si può invitare solo per organizzazioni attive: prima attiva l'organizzazione")
    persona = persona_invitata(email, nome, cognome)
    nuovi = [o.gruppo for o in organizzazioni if al is None or not persona.groups.filter(pk=o.gruppo_id).exists()]
    persona.groups.add(*nuovi)
    if al is not None:
        oggi = timezone.localdate()
        for gruppo in nuovi:
            Incarico.objects.create(persona=persona, gruppo=gruppo, dal=oggi, al=al, dato_da=utente, iniziato_il=oggi)
    for organizzazione in organizzazioni:
        log(instance=organizzazione, action="organizzazioni.invita", user=utente, data={"persona": str(persona)})
    notifiche.invito(persona, organizzazioni, utente)
    return persona


@transaction.atomic
def persona_invitata(email, nome, cognome):
    """The person with this `email`, made if nobody has it; who has no password yet gets a new link, one before ends.

    `ValidationError` when the address belongs to a closed account.
    """
    persona = Utente.objects.filter(email__iexact=email).order_by("-is_active", "pk").first()
    if persona is None:
        persona = Utente(username=_nome_utente(email), email=email, first_name=nome, last_name=cognome)
    elif not persona.is_active:
        raise ValidationError("Questo indirizzo appartiene a un accesso chiuso: lo riapre chi amministra il portale")
    if persona.pk is None or not persona.has_usable_password():
        persona.set_unusable_password()
        persona.save()
    return persona


@transaction.atomic
def accetta_invito(persona, password):
    """Set the password that the invited `persona` chose: the link that brought them here no longer works."""
    persona.set_password(password)
    persona.save(update_fields=["password"])
    for organizzazione in Organizzazione.objects.di(persona):
        log(instance=organizzazione, action="organizzazioni.accetta", user=persona)
    return persona


@transaction.atomic
def togli_persona(organizzazione, persona, utente):
    """`persona` no longer acts for `organizzazione`; their account and what they wrote stay."""
    _esigi_manager(utente)
    if organizzazione.gruppo is None or not organizzazione.gruppo.user_set.filter(pk=persona.pk).exists():
        return
    organizzazione.gruppo.user_set.remove(persona)
    log(instance=organizzazione, action="organizzazioni.togli", user=utente, data={"persona": str(persona)})


@transaction.atomic
def sposta_persona(persona, da, a, utente):
    """`persona` no longer acts for `da` but for `a`, which must be active; what they wrote stays where it is."""
    _esigi_manager(utente)
    if not a.attiva or a.pk == da.pk:
        raise ValidationError("Si può spostare solo a un'altra organizzazione attiva")
    if da.gruppo is None or not da.gruppo.user_set.filter(pk=persona.pk).exists():
        raise ValidationError(f"{persona} non lavora per {da}")
    da.gruppo.user_set.remove(persona)
    persona.groups.add(a.gruppo)
    log(instance=da, action="organizzazioni.togli", user=utente, data={"persona": str(persona)})
    log(instance=a, action="organizzazioni.invita", user=utente, data={"persona": str(persona)})
    notifiche.invito(persona, [a], utente)


@transaction.atomic
def chiudi_accesso(persona, utente):
    """`persona` no longer signs in. What they wrote and decided stays in their name."""
    _esigi_che_chiuda(utente, persona)
    persona.is_active = False
    persona.save(update_fields=["is_active"])
    log(instance=persona, action="organizzazioni.chiudi_accesso", user=utente)
    return persona


@transaction.atomic
def azzera_secondo_fattore(persona, motivo, utente):
    """Take away the second factor that `persona` lost, recovery codes too: they enter with the password alone, and set
    another up. `motivo` is kept, and the person told. `utente` is nobody for a command."""
    if utente is not None and not puo_azzerare_secondo_fattore(utente, persona):
        raise PermissionDenied("Lo può fare il manager, o chi amministra il portale, e non per sé")
    if not motivo.strip():
        raise ValidationError("Scrivi il motivo: resta nel registro")
    Authenticator.objects.filter(user=persona).delete()
    log(
        instance=persona,
        action="organizzazioni.azzera_fattore",
        user=utente,
        data={"persona": str(persona), "motivo": motivo.strip()},
    )
    notifiche.secondo_fattore(
        persona, f"Il secondo fattore è stato azzerato da {utente or 'chi amministra il portale'}"
    )


@transaction.atomic
def anonimizza(persona, utente):
    """Take name, address and picture of `persona` away, for ever, from the account and from the log; the key stays.

    So do their groups: what a manager wrote is still Coordinamento's to decide, and nobody else's.
    """
    _esigi_che_chiuda(utente, persona)
    nome = str(persona)
    UserProfile.objects.filter(user=persona).delete()
    Authenticator.objects.filter(user=persona).delete()
    persona.username, persona.email = f"anonimo-{persona.pk}", ""
    persona.first_name, persona.last_name = "Persona", f"anonima {persona.pk}"
    persona.is_active = False
    persona.set_unusable_password()
    persona.save()
    registro = ModelLogEntry.objects.filter(data__persona=nome)
    for voce in registro:
        voce.data["persona"] = str(persona)
    ModelLogEntry.objects.bulk_update(registro, ["data"])
    ModelLogEntry.objects.for_instance(persona).update(label=str(persona))
    log(instance=persona, action="organizzazioni.anonimizza", user=utente)
    return persona


def crea_indici():
    """Make, under the site's home, the index page of every registered section type that has none."""
    home = Site.objects.get(is_default_site=True).root_page.specific
    for tipo in sezioni.tipi():
        if tipo.modello_indice.can_create_at(home):
            pubblica_nuova(home, tipo.modello_indice(title=tipo.titolo, slug=tipo.slug, show_in_menus=True))


def pubblica_nuova(genitore, pagina):
    """Add `pagina` under `genitore`, published, with the first revision that later edits compare with."""
    genitore.add_child(instance=pagina)
    pagina.save_revision(log_action=False).publish(log_action=False)
    return pagina


def approva_pagina(pagina, utente, commento="", letta=None):
    """Approve what waits on `pagina`, and publish it. `PermissionDenied` when it is not theirs to decide, or no more
    what they read: `letta` (`decisioni_dalla_posta.letta`), unless they say none."""
    _decidi_pagina(pagina, utente, "approve", commento, letta)


def restituisci_pagina(pagina, utente, motivo, letta=None):
    """Send back what waits on `pagina`, as above; `motivo` is required and reaches everyone of the organisation."""
    _decidi_pagina(pagina, utente, "reject", motivo, letta)


@transaction.atomic
def _decidi_pagina(pagina, utente, azione, commento, letta):
    stato = pagina.current_workflow_task_state
    if stato is None or stato.status != stato.STATUS_IN_PROGRESS:
        raise PermissionDenied("Questa pagina non aspetta più una decisione")
    attuale = TaskState.objects.select_for_update(of=("self",)).select_related("revision").get(pk=stato.pk)
    if letta not in (None, decisioni_dalla_posta.letta(attuale)):
        raise PermissionDenied("La pagina è cambiata mentre la leggevi: rileggila, poi decidi")
    stato.task.specific.on_action(stato, utente, azione, comment=commento.strip())


def _esigi_manager(utente):
    """Commands act for nobody; a person must be a manager."""
    if utente is not None and not e_manager(utente):
        raise PermissionDenied("Solo il manager territoriale può farlo")


def _esigi_che_chiuda(utente, persona):
    if not puo_chiudere_accesso(utente, persona):
        raise PermissionDenied("Lo può fare chi gestisce gli utenti, e non per sé")


def _nome_utente(email):
    """The address itself, which nobody forgets; with a number when someone else has taken it."""
    base = email.lower()[:140]
    nome, numero = base, 1
    while Utente.objects.filter(username=nome).exists():
        numero += 1
        nome = f"{base}-{numero}"
    return nome


def _crea_gruppo(organizzazione):
    nome = f"Referenti – {organizzazione}"[:150]
    if Group.objects.filter(name=nome).exists():
        nome = f"{nome[:98]} ({organizzazione.chiave})"
    return Group.objects.create(name=nome)


def _sezione(tipo, organizzazione):
    """The section of `organizzazione` of this type, made if it has none; None while there is no index."""
    sezione = tipo.modello_sezione.objects.filter(organizzazione=organizzazione).first()
    indice = tipo.modello_indice.objects.first()
    if sezione is not None or indice is None:
        return sezione
    return pubblica_nuova(
        indice,
        tipo.modello_sezione(title=str(organizzazione), slug=organizzazione.chiave, organizzazione=organizzazione),
    )


def _permesso(app, nome):
    return Permission.objects.get(content_type__app_label=app, codename=nome)


def _concedi_pagina(gruppo, pagina, nomi):
    for nome in nomi:
        GroupPagePermission.objects.get_or_create(
            group=gruppo, page_id=pagina.pk, permission=_permesso("wagtailcore", nome)
        )


def _concedi_raccolta(gruppo, raccolta, forme):
    """Wagtail asks the permissions of its own image and document models, whatever models are in use."""
    for app, nome in (("wagtailimages", "image"), ("wagtaildocs", "document")):
        for forma in forme:
            GroupCollectionPermission.objects.get_or_create(
                group=gruppo, collection=raccolta, permission=_permesso(app, forma.format(nome))
            )
