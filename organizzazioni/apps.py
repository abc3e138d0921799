from django.apps import AppConfig


class OrganizzazioniConfig(AppConfig):
    name = "organizzazioni"
    verbose_name = "Organizzazioni"

    def ready(self):
        from .notifiche import collega

        collega()
