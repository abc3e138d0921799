from django.apps import AppConfig
from django.db.models.signals import post_save


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Sito"

    def ready(self):
        from cura.registro import registra
        from cura.segnali import chi_nomina, collega

        from .dichiarazione import DEI_DOCUMENTI, PAGINE, SENZA_PAGINA

        for cura in PAGINE:
            registra(cura)
            collega(cura)

        def elencato(instance, **kwargs):
            chi_nomina(DEI_DOCUMENTI, instance)

        for modello in SENZA_PAGINA:
            post_save.connect(elencato, sender=modello, weak=False, dispatch_uid=f"documenti-{modello.__name__}")
