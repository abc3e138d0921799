from django.apps import AppConfig


class OrganizzazioniConfig(AppConfig):
    name = "organizzazioni"
    verbose_name = "Organizzazioni"

    def ready(self):
        from base.storia import osserva

        from . import notifiche, persone, scritture
        from .models import Organizzazione

        notifiche.collega()
        persone.collega()
        scritture.collega()
        osserva(Organizzazione, ["aderente_dal", "aderente_fino_al"])
