"""The only functions that change organisations, their groups and their people."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Site

from . import sezioni
from .models import Organizzazione

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

    Coordinamento needs no page permission: the workflow task opens to it what it must approve.
    """
    gruppi = {}
    for nome, permessi in _PERMESSI_DEI_RUOLI.items():
        gruppi[nome], _ = Group.objects.get_or_create(name=nome)
        gruppi[nome].permissions.add(*(_permesso(*permesso.split(".")) for permesso in permessi))
    _concedi_pagina(gruppi[MANAGER], Page.get_first_root_node(), _PAGINE_DEL_MANAGER)
    _concedi_raccolta(gruppi[MANAGER], Collection.get_first_root_node(), _RACCOLTA_DEL_MANAGER)
    return gruppi


@transaction.atomic
def attiva(organizzazione, utente=None):
    """Give `organizzazione` its group, sections, collection and permissions. Idempotent.

    Its people then add and edit in their own sections and on their own page, and never publish. A section whose
    index does not exist yet is left to `riattiva`.
    """
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
