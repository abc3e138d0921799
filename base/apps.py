from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class BaseConfig(AppConfig):
    name = "base"
    verbose_name = "Base"

    def ready(self):
        from . import contesti, controlli, porta, ritocchi  # noqa: F401  (system checks)
        from .posta.operazioni import metti_in_dubbio
        from .pronte.deposito import svuota
        from .pronte.tabelle_scritte import smetti, sorveglia
        from .salvataggio import ripristinato

        contesti.scopri()
        pre_migrate.connect(smetti, sender=self)
        post_migrate.connect(sorveglia, sender=self)
        porta.apri()
        ritocchi.dice_ogni_errore()
        ritocchi.esporta_senza_formule()
        ripristinato.connect(metti_in_dubbio)
        ripristinato.connect(svuota)
