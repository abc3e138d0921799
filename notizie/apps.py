from django.apps import AppConfig


class NotizieConfig(AppConfig):
    name = "notizie"
    verbose_name = "Notizie"

    def ready(self):
        from organizzazioni.sezioni import TipoSezione, registra
        from programma.alimentazione import registra_fonte

        registra(TipoSezione("notizie.NotizieIndexPage", "notizie.SezioneNotiziePage", "Notizie", "notizie"))
        registra_fonte("notizie.NotiziaPage")
