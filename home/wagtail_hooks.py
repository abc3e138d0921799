"""Registrations in the admin, and nothing else."""

from wagtail import hooks

from programma.importazione import CARICATO


@hooks.register("register_log_actions")
def azioni_del_registro(actions):
    actions.register_action(CARICATO, "Carica da file", "Caricato da un file di fatti")
