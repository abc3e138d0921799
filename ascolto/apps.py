from django.apps import AppConfig


class AscoltoConfig(AppConfig):
    name = "ascolto"
    verbose_name = "Ascolto"

    def ready(self):
        from programma.alimentazione import registra_fonte

        registra_fonte("ascolto.Sondaggio", a_parte=True)
