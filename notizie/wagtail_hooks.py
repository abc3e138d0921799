"""Registrations in the admin, and nothing else."""

from django.urls import include, path, reverse
from wagtail import hooks

from base.menu import VoceRiservata

from .newsletter import operazioni as newsletter
from .newsletter.viewsets import NewsletterViewSet
from .ped.operazioni import ANNULLATO, ELIMINATO, NON_PRESENTE, PRESENTE, REGISTRATO
from .ped.pannelli import componi_casa
from .ped.permissions import puo_pianificare
from .prenotazioni import operazioni as prenotazioni
from .prenotazioni.azioni_di_pagina import pulsante_delle_prenotazioni

hooks.register("construct_homepage_panels", componi_casa, order=26)
hooks.register("register_page_header_buttons", pulsante_delle_prenotazioni)


@hooks.register("register_admin_urls")
def url_di_notizie():
    return [
        path("piano-editoriale/", include("notizie.ped.urls", namespace="ped")),
        path("prenotazioni/", include("notizie.prenotazioni.urls", namespace="prenotazioni")),
    ]


@hooks.register("register_admin_menu_item")
def voce_piano_editoriale():
    return VoceRiservata(
        "Piano editoriale",
        reverse("ped:mese"),
        puo_pianificare,
        name="piano-editoriale",
        icon_name="calendar-alt",
        order=140,
    )


@hooks.register("register_admin_menu_item")
def voce_prenotazioni():
    return VoceRiservata(
        "Prenotazioni",
        reverse("prenotazioni:elenco"),
        puo_pianificare,
        name="prenotazioni",
        icon_name="group",
        order=141,
    )


@hooks.register("register_log_actions")
def azioni_delle_prenotazioni(azioni):
    azioni.register_action(prenotazioni.APERTE, "Cambia i posti", "Prenotazioni aperte o cambiate")
    azioni.register_action(prenotazioni.PRESENTI, "Scrivi i presenti", "Presenti a un evento scritti")
    azioni.register_action(prenotazioni.TOLTA, "Togli una prenotazione", "Prenotazione tolta da chi organizza")


@hooks.register("register_log_actions")
def azioni_del_piano_editoriale(azioni):
    azioni.register_action(REGISTRATO, "Registra l'invio", "Invio registrato")
    azioni.register_action(ANNULLATO, "Annulla la registrazione", "Registrazione dell'invio annullata")
    azioni.register_action(ELIMINATO, "Elimina il pezzo", "Pezzo eliminato")
    azioni.register_action(PRESENTE, "Segna come presente", "Piano editoriale presente")
    azioni.register_action(NON_PRESENTE, "Togli il segno", "Piano editoriale non più presente")


@hooks.register("register_admin_viewset")
def numeri_della_newsletter():
    return NewsletterViewSet()


@hooks.register("register_log_actions")
def azioni_della_newsletter(azioni):
    azioni.register_action(newsletter.PROVATA, "Spedisci una prova", "Prova della newsletter spedita")
    azioni.register_action(newsletter.AVVIATA, "Invia la newsletter", "Invio della newsletter avviato")
    azioni.register_action(newsletter.RISPEDITE, "Rimanda i messaggi in dubbio", "Messaggi in dubbio rimandati")
    azioni.register_action(newsletter.INVIATA, "Newsletter inviata", "Newsletter inviata a tutti")
    azioni.register_action(newsletter.ALLARMATA, "Molti rifiuti", "Molte caselle rifiutano per colpa nostra")
