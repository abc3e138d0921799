"""Registrations in the admin, and nothing else."""

from wagtail import hooks


@hooks.register("register_log_actions")
def azioni_del_registro(actions):
    actions.register_action("organizzazioni.attiva", "Attiva", "Organizzazione attivata")
    actions.register_action("organizzazioni.disattiva", "Disattiva", "Organizzazione disattivata")
