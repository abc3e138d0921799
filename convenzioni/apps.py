from django.apps import AppConfig


class ConvenzioniConfig(AppConfig):
    name = "convenzioni"
    verbose_name = "Convenzioni"

    def ready(self):
        from wagtail.permissions import register_permission_policy

        from cura.permissions import SoloDelManager
        from cura.registro import registra as registra_cura
        from cura.segnali import collega as segui
        from organizzazioni.riquadri import registra as registra_riquadro
        from organizzazioni.sezioni import TipoSezione, registra
        from programma.alimentazione import registra_fonte

        from .dichiarazione import CuraDelleConvenzioni
        from .models import Categoria
        from .selettori import riquadro_convenzioni

        registra(
            TipoSezione(
                "convenzioni.ConvenzioniIndexPage",
                "convenzioni.SezioneConvenzioniPage",
                "Convenzioni e card",
                "convenzioni",
                20,
            )
        )
        registra_fonte("convenzioni.ConvenzionePage")
        registra_riquadro("convenzioni", riquadro_convenzioni, ordine=15)
        register_permission_policy(Categoria, SoloDelManager(Categoria), exact_class=True)
        cura = CuraDelleConvenzioni()
        registra_cura(cura)
        segui(cura)
