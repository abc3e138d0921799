"""Registrations in the admin, and nothing else."""

from django.core.exceptions import PermissionDenied
from django.urls import include, path, reverse_lazy
from taggit.models import Tag
from wagtail import hooks
from wagtail.admin import filters as filtri_admin
from wagtail.admin.views.pages import bulk_actions as delle_pagine
from wagtail.admin.views.pages.listing import GenericPageFilterSet, PageFilterSet
from wagtail.documents.views import bulk_actions as dei_documenti
from wagtail.images.views import bulk_actions as delle_immagini
from wagtail.images.views import chooser as scelta_di_immagini
from wagtail.log_actions import LogFormatter
from wagtail.users.views import bulk_actions as degli_utenti

from base.menu import VoceRiservata

from .azioni_di_pagina import InviaPerApprovazione
from .muri import chi_ha_scritto, chi_possiede, pagine_da_collegare, senza_nominare_altri
from .permissions import e_manager, ruolo_di
from .views_consegne import SPAZIO as SPAZIO_CONSEGNE
from .views_consegne import urlpatterns as url_consegne
from .views_posta import SPAZIO, urlpatterns
from .views_sicurezza import SecondoFattorePanel
from .views_utenti import RendiAnonimeBulkAction
from .viewsets import OrganizzazioneViewSet


@hooks.register("register_admin_viewset")
def gestione_organizzazioni():
    return OrganizzazioneViewSet()


@hooks.register("register_admin_urls")
def url_della_posta():
    return [path("posta/", include((urlpatterns, SPAZIO)))]


@hooks.register("register_admin_urls")
def url_delle_consegne():
    return [path("consegne/", include((url_consegne, SPAZIO_CONSEGNE)))]


@hooks.register("register_settings_menu_item")
def voce_delle_consegne():
    return VoceRiservata(
        "Passaggio di consegne",
        reverse_lazy(f"{SPAZIO_CONSEGNE}:consegne"),
        lambda utente: ruolo_di(utente) is not None,
        name="consegne",
        icon_name="group",
        order=900,
    )


@hooks.register("register_account_settings_panel")
def il_mio_secondo_fattore(request, user, profile):
    return SecondoFattorePanel(request, user, profile)


@hooks.register("register_log_actions")
def azioni_del_registro(actions):
    actions.register_action("organizzazioni.attiva", "Attiva", "Organizzazione attivata")
    actions.register_action("organizzazioni.disattiva", "Disattiva", "Organizzazione disattivata")
    actions.register_action("organizzazioni.accetta", "Accetta l'invito", "Invito accettato")
    actions.register_action("organizzazioni.chiudi_accesso", "Disattiva l'accesso", "Accesso disattivato")
    actions.register_action("organizzazioni.anonimizza", "Rendi anonima", "Persona resa anonima")

    class DellaPersona(LogFormatter):
        def format_message(self, log_entry):
            return f"{self.label}: {log_entry.data.get('persona', '')}"

    @actions.register_action("organizzazioni.azzera_fattore")
    class FattoreAzzerato(LogFormatter):
        label = "Secondo fattore azzerato"

        def format_message(self, log_entry):
            return f"{self.label}: {log_entry.data.get('motivo', '')}"

    @actions.register_action("organizzazioni.consegne")
    class ConsegnePassate(DellaPersona):
        label = "Consegne passate"

    @actions.register_action("organizzazioni.fine_incarico")
    class IncaricoTerminato(DellaPersona):
        label = "Incarico terminato"

    @actions.register_action("organizzazioni.invita")
    class Invito(DellaPersona):
        label = "Persona invitata"

    @actions.register_action("organizzazioni.togli")
    class PersonaTolta(DellaPersona):
        label = "Persona tolta"


@hooks.register("construct_main_menu")
def menu_essenziale(request, menu_items):
    """Reports on the whole site are for who runs it."""
    if not e_manager(request.user):
        menu_items[:] = [voce for voce in menu_items if voce.name != "reports"]


@hooks.register("before_move_page")
def sposta_solo_chi_puo(request, page, destination):
    """Core asks the permission when it moves, not when it shows the confirmation, which names the page."""
    if not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied


@hooks.register("construct_page_action_menu")
def prima_l_invio(menu_items, request, context):
    """Who cannot publish finds «submit» as the button, not under an arrow, and in plain words."""
    menu_items[:] = [InviaPerApprovazione(voce.order) if voce.name == "action-submit" else voce for voce in menu_items]
    if "action-publish" not in {voce.name for voce in menu_items}:
        menu_items.sort(key=lambda voce: voce.name != "action-submit")


@hooks.register("construct_page_chooser_queryset")
def solo_pagine_da_collegare(pages, request):
    return pages.filter(pk__in=pagine_da_collegare(request.user).order_by().values("pk"))


for _modulo in (delle_pagine, dei_documenti, delle_immagini, degli_utenti):
    for _nome in _modulo.__all__:
        hooks.register("register_bulk_action", senza_nominare_altri(getattr(_modulo, _nome)), order=100)
hooks.register("register_bulk_action", senza_nominare_altri(RendiAnonimeBulkAction), order=110)  # in place of «delete»

for _filtri in (PageFilterSet, GenericPageFilterSet):  # core offers every author of the site by name
    _filtri.base_filters["owner"].queryset = chi_possiede
    _filtri.base_filters["edited_by"].queryset = chi_ha_scritto

for _modulo in (filtri_admin, scelta_di_immagini):  # core offers the tags of everybody's images and documents
    _modulo.popular_tags_for_model = lambda model, count=10: Tag.objects.none()
