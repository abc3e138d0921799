"""A piece of news."""

from wagtail.admin.panels import FieldPanel

from .pezzi import Pezzo


class NotiziaPage(Pezzo):
    """Something that happened, told."""

    tipo = "notizia"
    invito = "Scrivi una notizia"

    content_panels = Pezzo.content_panels + [
        FieldPanel("data"),
        FieldPanel("immagine"),
        FieldPanel("corpo"),
        *Pezzo.programma_panels,
    ]

    invito = "Scrivi una notizia"

    class Meta:
        verbose_name = "notizia"
        verbose_name_plural = "notizie"
