from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Sito"

    def ready(self):
        from cura.registro import registra
        from cura.segnali import collega

        from .dichiarazione import PAGINE

        for cura in PAGINE:
            registra(cura)
            collega(cura)
