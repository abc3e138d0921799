"""Registrations in the admin, and nothing else."""

from django.urls import include, path, reverse
from wagtail import hooks

from base.menu import VoceRiservata

from .permissions import puo_leggere_sondaggi
from .sondaggi.operazioni import preparare, pubblicare, rispondere
from .sondaggi.pannelli import componi_casa

hooks.register("construct_homepage_panels", componi_casa, order=30)


@hooks.register("register_admin_urls")
def url_dell_ascolto():
    return [path("sondaggi/", include("ascolto.sondaggi.urls", namespace="sondaggi"))]


@hooks.register("register_admin_menu_item")
def voce_sondaggi():
    return VoceRiservata(
        "Sondaggi", reverse("sondaggi:elenco"), puo_leggere_sondaggi, name="sondaggi", icon_name="help", order=150
    )


@hooks.register("register_log_actions")
def azioni_dell_ascolto(azioni):
    azioni.register_action(preparare.APERTO, "Apri il sondaggio", "Sondaggio aperto")
    azioni.register_action(preparare.CHIUSO, "Chiudi il sondaggio", "Sondaggio chiuso")
    azioni.register_action(preparare.ELIMINATO, "Elimina il sondaggio", "Sondaggio in bozza eliminato")
    azioni.register_action(pubblicare.PROPOSTO, "Proponi i risultati", "Risultati di un sondaggio proposti per il sito")
    azioni.register_action(pubblicare.PUBBLICATO, "Pubblica i risultati", "Risultati di un sondaggio pubblicati")
    azioni.register_action(pubblicare.RESTITUITO, "Restituisci i risultati", "Risultati di un sondaggio restituiti")
    azioni.register_action(pubblicare.RITIRATO, "Togli i risultati", "Risultati di un sondaggio tolti dal sito")
    azioni.register_action(rispondere.CODICI_DATI, "Fai dei codici", "Codici per un sondaggio")
