from django.apps import AppConfig


class RegistriConfig(AppConfig):
    name = "registri"
    verbose_name = "Registri"

    def ready(self):
        from wagtail.permissions import register_permission_policy

        from cura.permissions import SoloDelManager
        from programma.alimentazione import registra_contatore, registra_fonte

        from .formazione.selettori import registro_che_conta
        from .models import Quesito, TipoProgetto, TipoRiunione

        registra_fonte("registri.InvioElenco", a_parte=True)
        registra_fonte("registri.Riunione", a_parte=True)
        registra_fonte("registri.Progetto", a_parte=True)
        registra_fonte("registri.Corso", a_parte=True)
        registra_fonte("registri.Consultazione", a_parte=True)
        registra_contatore(registro_che_conta)
        for tipo in (TipoRiunione, TipoProgetto, Quesito):
            register_permission_policy(tipo, SoloDelManager(tipo), exact_class=True)
