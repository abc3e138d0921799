"""Registrations in the admin, and nothing else."""

from wagtail import hooks
from wagtail.log_actions import LogFormatter

from .viewsets import OrganizzazioneViewSet


@hooks.register("register_admin_viewset")
def gestione_organizzazioni():
    return OrganizzazioneViewSet()


@hooks.register("register_log_actions")
def azioni_del_registro(actions):
    actions.register_action("organizzazioni.attiva", "Attiva", "Organizzazione attivata")
    actions.register_action("organizzazioni.disattiva", "Disattiva", "Organizzazione disattivata")
    actions.register_action("organizzazioni.accetta", "Accetta l'invito", "Invito accettato")

    class DellaPersona(LogFormatter):
        def format_message(self, log_entry):
            return f"{self.label}: {log_entry.data.get('persona', '')}"

    @actions.register_action("organizzazioni.invita")
    class Invito(DellaPersona):
        label = "Persona invitata"

    @actions.register_action("organizzazioni.togli")
    class PersonaTolta(DellaPersona):
        label = "Persona tolta"
