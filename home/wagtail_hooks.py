"""Registrations in the admin, and nothing else."""

from django.urls import include, path, reverse, reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from base.menu import VoceRiservata
from organizzazioni.permissions import e_manager
from registri.permissions import puo_aprire

from . import agenda, manuale
from .demo.caricamento import CARICATA
from .menu import menu_del_manager
from .pannelli import componi_casa
from .riservatezza.nominati import OSCURATO
from .riservatezza.views import SPAZIO, urlpatterns

hooks.register("construct_homepage_panels", componi_casa, order=100)
hooks.register("construct_main_menu", menu_del_manager, order=100)
hooks.register("construct_help_menu", manuale.aiuto_nostro, order=100)


@hooks.register("register_admin_urls")
def url_della_riservatezza():
    return [
        path("riservatezza/", include((urlpatterns, SPAZIO))),
        path("calendario-dell-anno/", include((agenda.urlpatterns, agenda.SPAZIO))),
        path("manuale/", include((manuale.urlpatterns, manuale.SPAZIO))),
    ]


@hooks.register("register_admin_menu_item")
def voce_del_calendario():
    indirizzo = reverse(f"{agenda.SPAZIO}:quest_anno")
    return VoceRiservata("Calendario", indirizzo, puo_aprire, name="calendario", icon_name="date", order=147)


@hooks.register("register_help_menu_item")
def voce_del_manuale():
    return MenuItem("Manuale", reverse_lazy(f"{manuale.SPAZIO}:manuale"), name="manuale", icon_name="help", order=100)


@hooks.register("register_settings_menu_item")
def voce_della_riservatezza():
    indirizzo = reverse_lazy(f"{SPAZIO}:registro")
    return VoceRiservata("Riservatezza", indirizzo, e_manager, name="riservatezza", icon_name="lock")


@hooks.register("register_log_actions")
def azioni_del_registro(azioni):
    azioni.register_action(OSCURATO, "Toglie un nome", "Nome tolto dai testi, a richiesta")
    azioni.register_action(CARICATA, "Carica i dati dimostrativi", "Dati dimostrativi caricati")
