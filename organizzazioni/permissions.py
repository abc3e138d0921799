"""Who may act. Everything here only ever takes rights away from Wagtail's own, or answers a question."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import Page, TaskState

from base.contesti import permessi_di, risposta_di
from base.permissions import PaginaPermissionTester
from organizzazioni.models import Chiunque

from .models import ApprovazioneTask, Incarico, Organizzazione, OrganizzazionePage, SezionePage, Utente

DEI_RUOLI = ("approva", "approva_del_manager", "legge_tutto")
"""Permissions that only a role gives."""


def e_manager(utente: Chiunque) -> bool:
    """Whether `utente` approves what the organisations write; superusers too."""
    return utente.has_perm("organizzazioni.approva")


def e_coordinamento(utente: Chiunque) -> bool:
    """Whether `utente` approves what the manager wrote; superusers too."""
    return utente.has_perm("organizzazioni.approva_del_manager")


def legge_tutto(utente: Chiunque) -> bool:
    """Whether `utente` reads every evidence and the whole score."""
    return utente.has_perm("organizzazioni.legge_tutto")


def puo_chiudere_accesso(utente: Chiunque, persona: Utente) -> bool:
    """Whether `utente` deactivates `persona` or makes them anonymous: who manages users; never oneself, nor a
    superuser unless one is."""
    if not utente.has_perm("organizzazioni.change_utente") or utente.pk == persona.pk:
        return False
    return utente.is_superuser or not persona.is_superuser


def deve_avere_secondo_fattore(utente: Chiunque) -> bool:
    """Whether the password alone is too little for `utente`: who decides, who reads everything, superusers."""
    return e_manager(utente) or e_coordinamento(utente) or legge_tutto(utente)


def puo_azzerare_secondo_fattore(utente: Chiunque, persona: Utente) -> bool:
    """Whether `utente` takes away the second factor that `persona` lost: superusers; managers where it is not
    required, so that who wrote something never weakens who is to approve it."""
    if utente.pk == persona.pk or not e_manager(utente):
        return False
    return utente.is_superuser or not deve_avere_secondo_fattore(persona)


def ruolo_di(utente: Chiunque) -> Group | None:
    """The group of the role that `utente` holds: manager, Coordinamento or agency. Nobody holds two."""
    return (
        utente.groups.filter(
            permissions__content_type__app_label="organizzazioni",
            permissions__codename__in=DEI_RUOLI,
            organizzazione=None,
        )
        .order_by("pk")
        .first()
    )


def ruolo_che_passa(utente: Chiunque) -> Group | None:
    """The role that `utente` may hand over: one's own, not that of who stands in for somebody."""
    ruolo = ruolo_di(utente) if utente.is_active else None
    oggi = timezone.localdate()
    if ruolo is None or Incarico.objects.in_corso_al(oggi).filter(persona=utente, gruppo=ruolo, delega=True).exists():
        return None
    return ruolo


def puo_terminare(utente: Chiunque, incarico: Incarico) -> bool:
    """Whether `utente` ends `incarico`: who gave it, who has it, and superusers; once it is over nobody does."""
    if incarico.finito_il is not None or not utente.is_active:
        return False
    return utente.is_superuser or utente.pk in (incarico.dato_da_id, incarico.persona_id)


def puo_agire_per(utente: Chiunque, organizzazione: Organizzazione) -> bool:
    """Whether `utente` may write in the name of `organizzazione`, which must be active."""
    if utente.is_superuser and utente.is_active:
        return organizzazione.attiva
    return Organizzazione.objects.di(utente).filter(pk=organizzazione.pk).exists()


def chi_decide_per_le_organizzazioni() -> set:
    """Ids of everyone whose own writing goes to Coordinamento: managers and superusers, active or not."""
    return set(
        Utente.objects.with_perm(
            "organizzazioni.approva", is_active=None, backend="django.contrib.auth.backends.ModelBackend"
        ).values_list("pk", flat=True)
    )


def puo_decidere_su(utente: Chiunque, autori: Iterable[int], decisori: Any, del_manager: bool = False) -> bool:
    """The four-eyes rule, of which every other one is made: whether `utente` decides on what `autori` (ids) wrote.

    Nobody, superusers included, approves what they wrote any part of. What someone in `decisori` (see
    `chi_decide_per_le_organizzazioni`) had a hand in is for Coordinamento, the rest for the managers. `del_manager`
    says that it counts as the manager's own writing although nobody signed it.
    """
    if not utente.is_active or utente.pk in autori:
        return False
    return e_coordinamento(utente) if del_manager or autori & decisori else e_manager(utente)


def autori_dall_ultima_approvazione(pagina: Page, revisione: Any = None) -> set:
    """Ids of the users who saved a revision of `pagina` after the last one approved in the workflow.

    All its authors when none was ever approved. Revisions saved by nobody (imports) count for nobody. With
    `revisione` the question is asked as of that revision: who wrote it, up to it, since the approval before.
    """
    approvate = TaskState.objects.filter(
        status=TaskState.STATUS_APPROVED,
        revision__object_id=str(pagina.pk),
        revision__base_content_type=pagina.get_base_content_type(),
    )
    revisioni = pagina.revisions.exclude(user=None)
    if revisione is not None:
        approvate = approvate.filter(revision__lt=revisione.pk)
        revisioni = revisioni.filter(pk__lte=revisione.pk)
    ultima = approvate.order_by("-revision_id", "-finished_at").values_list("revision_id", "finished_at").first()
    return {
        autore
        for pk, creata_il, autore in revisioni.values_list("pk", "created_at", "user_id")
        if successiva(pk, creata_il, ultima)
    }


def successiva(revisione: Any, creata_il: Any, approvata: Any) -> bool:
    """Whether a revision came after `approvata`, the (id, instant of approval) of the last approved one, or None.

    The editor saves over its user's own latest revision: the same id may hold words that nobody approved yet.
    """
    return approvata is None or revisione > approvata[0] or creata_il > approvata[1]


@risposta_di(ApprovazioneTask, su="chi approva")
def puo_approvare_pagina(utente: Chiunque, pagina: Page) -> bool:
    """Whether `utente` may approve what waits on `pagina`."""
    if not utente.is_active or not (e_manager(utente) or e_coordinamento(utente)):
        return False
    return puo_decidere_su(utente, autori_dall_ultima_approvazione(pagina), chi_decide_per_le_organizzazioni())


@permessi_di(SezionePage)
class SezionePermissionTester(PaginaPermissionTester):
    """A section is a place, not a content: only entries below it are added; it is never edited, copied or moved."""

    def can_edit(self) -> bool:
        return False

    def can_copy(self) -> bool:
        return False

    def can_move(self) -> bool:
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return self.user.is_superuser and self.page.is_leaf()


@permessi_di(OrganizzazionePage)
class PaginaFissaPermissionTester(PaginaPermissionTester):
    """A page that exists once for its object: edited in place, never copied, moved or deleted."""

    def can_copy(self) -> bool:
        return False

    def can_move(self) -> bool:
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return False
