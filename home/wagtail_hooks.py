"""Registrations in the admin, and nothing else."""

from wagtail import hooks

from .demo.caricamento import CARICATA
from .menu import menu_del_manager
from .pannelli import componi_casa

hooks.register("construct_homepage_panels", componi_casa, order=100)
hooks.register("construct_main_menu", menu_del_manager, order=100)


@hooks.register("register_log_actions")
def azioni_del_registro(azioni):
    azioni.register_action(CARICATA, "Carica i dati dimostrativi", "Dati dimostrativi caricati")
