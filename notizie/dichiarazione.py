"""How news, press releases and events are found in the search of the whole site."""

from cura.fatte_di_pagine import CuraDiPagina

from .models import ComunicatoPage, EventoPage, NotiziaPage

PEZZI = (
    CuraDiPagina("notizie", NotiziaPage, "notizia", "notizie", testi=("corpo",), rilievo=0.75),
    CuraDiPagina("comunicati", ComunicatoPage, "comunicato stampa", "comunicati stampa", testi=("corpo",), rilievo=0.7),
    CuraDiPagina(
        "eventi",
        EventoPage,
        "evento",
        "eventi",
        testi=("corpo", "costo", "avviso"),
        contesto=("luogo", "comune", "pubblico", "organizzatore", "altri_partner"),
        rilievo=0.85,
    ),
)
