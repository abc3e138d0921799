from django.apps import AppConfig


class OrganizzazioniConfig(AppConfig):
    name = "organizzazioni"
    verbose_name = "Organizzazioni"

    def ready(self):
        from base.storia import osserva

        from .models import Organizzazione
        from .notifiche import collega

        collega()
        osserva(Organizzazione, ["aderente_dal", "aderente_fino_al"])
