"""Registrations in the admin, and nothing else."""

from django.urls import include, path, reverse
from wagtail import hooks

from base.menu import VoceRiservata
from cura.permissions import tiene_qualcosa

from .cura.pannelli import componi_casa
from .operazioni import CESSATA, CONCESSE, CONFERMATA, DA_CORREGGERE, EMESSE, FIRMATA, REVOCATA
from .viewsets import CategorieViewSet

hooks.register("construct_homepage_panels", componi_casa, order=25)


@hooks.register("register_admin_viewset")
def categorie_delle_convenzioni():
    return CategorieViewSet()


@hooks.register("register_admin_urls")
def url_delle_convenzioni():
    return [
        path("convenzioni/", include("convenzioni.urls", namespace="convenzioni")),
        path("card/", include("convenzioni.card.urls", namespace="card")),
    ]


@hooks.register("register_admin_menu_item")
def voce_convenzioni():
    return VoceRiservata(
        "Convenzioni",
        reverse("convenzioni:registro"),
        tiene_qualcosa,
        name="convenzioni",
        icon_name="form",
        order=145,
    )


@hooks.register("register_admin_menu_item")
def voce_card():
    return VoceRiservata(
        "Card",
        reverse("card:lotti"),
        tiene_qualcosa,
        name="card",
        icon_name="key",
        order=146,
    )


@hooks.register("register_log_actions")
def azioni_delle_convenzioni(azioni):
    azioni.register_action(FIRMATA, "Registra la firma", "Firma della convenzione registrata")
    azioni.register_action(CESSATA, "Fa cessare la convenzione", "Convenzione cessata")
    azioni.register_action(CONFERMATA, "Conferma", "Confermata dal partner")
    azioni.register_action(DA_CORREGGERE, "Chiede una correzione", "Il partner chiede una correzione")
    azioni.register_action(CONCESSE, "Concedi le card", "Card concesse")
    azioni.register_action(EMESSE, "Emetti le card", "Card emesse")
    azioni.register_action(REVOCATA, "Revoca la card", "Card revocata")
