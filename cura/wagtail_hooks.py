"""Registrations in the admin, and nothing else."""

from wagtail import hooks

from .azioni_di_pagina import pulsante_del_ritiro
from .registro import tutte

hooks.register("register_page_header_buttons", pulsante_del_ritiro)


@hooks.register("register_log_actions")
def azioni_della_cura(azioni):
    """What is done with what people write and with withdrawals, under the name of each kind."""
    for cura in (c for c in tutte() if c.urls_admin):
        detta = cura.detta.capitalize()
        for azione, verbo, detto in (
            ("chiedi", "Chiedi conferma", "Conferma chiesta"),
            ("chiede_ritiro", "Chiede il ritiro", "Ritiro chiesto"),
            ("conferma_ritiro", f"Toglie {cura.tolta_da}", f"{detta} tolta {cura.tolta_da}"),
            ("rifiuta_ritiro", "Rifiuta il ritiro", "Ritiro rifiutato"),
            ("ripristina", "Rimette", f"{detta} rimessa {cura.resta_in}"),
            ("prende_in_carico", "Prende in carico", "Presa in carico"),
            ("risolve", "Risolve", "Risolta"),
            ("riapre", "Riapre", "Riaperta"),
            ("crea_bozza", "Crea una bozza", f"Bozza di {cura.detta} creata"),
        ):
            azioni.register_action(f"{cura.ambito}.{azione}", verbo, detto)
