from django.apps import AppConfig


class GuideConfig(AppConfig):
    name = "guide"
    verbose_name = "Family Guide"

    def ready(self):
        from wagtail.permissions import register_permission_policy

        from cura.permissions import SoloDelManager
        from cura.registro import registra as registra_cura
        from cura.segnali import collega as segui
        from organizzazioni.riquadri import registra as registra_riquadro
        from organizzazioni.sezioni import TipoSezione, registra
        from programma.alimentazione import registra_fonte

        from .dichiarazione import CuraDeiServizi
        from .models import CATEGORIE
        from .segnali import collega
        from .selettori import riquadro_servizi

        registra(TipoSezione("guide.GuidaIndexPage", "guide.SezioneGuidaPage", "Family Guide", "family-guide", 10))
        registra_riquadro("guide", riquadro_servizi, ordine=10)
        cura = CuraDeiServizi()
        registra_cura(cura)
        segui(cura)
        registra_fonte("guide.EstatePage", a_parte=True)
        registra_fonte("guide.Istantanea", a_parte=True, letta_in="guide.GuidaIndexPage")
        collega()
        for modello in CATEGORIE:
            register_permission_policy(modello, SoloDelManager(modello), exact_class=True)
