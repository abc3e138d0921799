from django.apps import AppConfig


class DocumentiConfig(AppConfig):
    name = "documenti"
    verbose_name = "Documenti"

    def ready(self):
        from programma.alimentazione import registra_fonte

        from .segnali import collega

        registra_fonte("documenti.Definitivo", a_parte=True)
        collega()
