from django.apps import AppConfig


class NotizieConfig(AppConfig):
    name = "notizie"
    verbose_name = "Notizie"

    def ready(self):
        from organizzazioni.riquadri import registra as registra_riquadro
        from organizzazioni.sezioni import TipoSezione, registra
        from programma.alimentazione import registra_fonte

        from .selettori import riquadro_notizie

        registra(TipoSezione("notizie.NotizieIndexPage", "notizie.SezioneNotiziePage", "Notizie", "notizie"))
        for modello in ("NotiziaPage", "ComunicatoPage", "EventoPage"):
            registra_fonte(f"notizie.{modello}")
        registra_riquadro("notizie", riquadro_notizie, ordine=20)
