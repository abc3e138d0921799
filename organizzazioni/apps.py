from django.apps import AppConfig

MARCHI = ("family_audit", "family_in_trentino")
DELL_ELENCO = [
    *("denominazione", "aderente_dal", "aderente_fino_al"),
    *(f"{marchio}{quando}" for marchio in MARCHI for quando in ("", "_dal", "_fino_al")),
]
"""What the list of members says: its history is kept (`base.storia`)."""


class OrganizzazioniConfig(AppConfig):
    name = "organizzazioni"
    verbose_name = "Organizzazioni"

    def ready(self):
        from base.storia import osserva

        from . import notifiche, persone, scritture, secondo_fattore
        from .models import Organizzazione

        notifiche.collega()
        persone.collega()
        scritture.collega()
        secondo_fattore.collega()
        osserva(Organizzazione, DELL_ELENCO)
