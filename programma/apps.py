from django.apps import AppConfig


class ProgrammaConfig(AppConfig):
    name = "programma"
    verbose_name = "Programma di lavoro"

    def ready(self):
        from organizzazioni.riquadri import registra

        from .selettori.pubblici import riquadro_azioni

        registra("azioni", riquadro_azioni, ordine=10)
