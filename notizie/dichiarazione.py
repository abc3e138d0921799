"""How news, press releases and events are found in the search of the whole site."""

from django.utils.text import slugify

from cura.detti import FASCIA, SIGLE
from cura.fatte_di_pagine import CuraDiPagina

from .models import ComunicatoPage, EventoPage, NotiziaPage


class CuraDegliEventi(CuraDiPagina):
    """Events, of which it is known where, on what day of the week, and whether they are free."""

    def valori(self, pagina, scheda, cornice):
        valori = {(FASCIA, SIGLE[pagina.data.weekday()])}
        valori |= {("comune", slugify(pagina.comune))} if slugify(pagina.comune) else set()
        return valori | ({("costo", "gratuito")} if pagina.gratuito else set())


PEZZI = (
    CuraDiPagina("notizie", NotiziaPage, "notizia", "notizie", testi=("corpo",), rilievo=0.75),
    CuraDiPagina("comunicati", ComunicatoPage, "comunicato stampa", "comunicati stampa", testi=("corpo",), rilievo=0.7),
    CuraDegliEventi(
        "eventi",
        EventoPage,
        "evento",
        "eventi",
        testi=("corpo", "costo", "avviso"),
        contesto=("luogo", "comune", "pubblico", "organizzatore", "altri_partner"),
        rilievo=0.85,
    ),
)
