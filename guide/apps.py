from django.apps import AppConfig


class GuideConfig(AppConfig):
    name = "guide"
    verbose_name = "Family Guide"

    def ready(self):
        from wagtail.permissions import register_permission_policy

        from organizzazioni.riquadri import registra as registra_riquadro
        from organizzazioni.sezioni import TipoSezione, registra

        from .models import CATEGORIE
        from .permissions import SoloDelManager
        from .segnali import collega
        from .selettori import riquadro_servizi

        registra(TipoSezione("guide.GuidaIndexPage", "guide.SezioneGuidaPage", "Family Guide", "family-guide"))
        registra_riquadro("guide", riquadro_servizi, ordine=10)
        collega()
        for modello in CATEGORIE:
            register_permission_policy(modello, SoloDelManager(modello), exact_class=True)
