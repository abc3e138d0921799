from django.apps import AppConfig


class NotizieConfig(AppConfig):
    name = "notizie"
    verbose_name = "Notizie"

    def ready(self):
        from wagtail.permissions import register_permission_policy

        from base.salvataggio import ripristinato
        from cura.permissions import SoloDelManager
        from cura.registro import registra as registra_cura
        from cura.segnali import collega as segui
        from organizzazioni.riquadri import registra as registra_riquadro
        from organizzazioni.sezioni import TipoSezione, registra
        from programma.alimentazione import registra_fonte

        from .dichiarazione import PEZZI
        from .models import NumeroNewsletter
        from .newsletter.operazioni.invio import metti_in_dubbio
        from .prenotazioni.segnali import collega as segui_gli_eventi
        from .selettori import riquadro_notizie

        ripristinato.connect(metti_in_dubbio)
        segui_gli_eventi()

        registra(
            TipoSezione("notizie.NotizieIndexPage", "notizie.SezioneNotiziePage", "Eventi e notizie", "notizie", 30)
        )
        for modello in ("NotiziaPage", "ComunicatoPage", "EventoPage"):
            registra_fonte(f"notizie.{modello}")
        for modello in ("PezzoProgrammato", "PianoEditoriale", "NumeroNewsletter", "PostiDellEvento"):
            registra_fonte(f"notizie.{modello}", a_parte=True)
        for cura in PEZZI:
            registra_cura(cura)
            segui(cura)
        registra_riquadro("notizie", riquadro_notizie, ordine=20)
        register_permission_policy(NumeroNewsletter, SoloDelManager(NumeroNewsletter), exact_class=True)
