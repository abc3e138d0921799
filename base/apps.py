from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "base"
    verbose_name = "Base"

    def ready(self):
        from . import contesti, controlli, porta, ritocchi  # noqa: F401  (system checks)
        from .posta.operazioni import metti_in_dubbio
        from .salvataggio import ripristinato

        contesti.scopri()
        porta.apri()
        ritocchi.dice_ogni_errore()
        ritocchi.esporta_senza_formule()
        ripristinato.connect(metti_in_dubbio)
