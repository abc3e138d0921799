"""Registrations in the admin, and nothing else."""

from django.urls import include, path, reverse
from wagtail import hooks

from base.menu import VoceRiservata

from .operazioni.definitivi import FATTO, PUBBLICATO, RITIRATO
from .pannelli import componi_casa
from .permissions import puo_leggere_documenti
from .views import SCARICATO

hooks.register("construct_homepage_panels", componi_casa, order=29)


@hooks.register("register_admin_urls")
def url_dei_documenti():
    return [path("documenti-dell-anno/", include("documenti.urls", namespace="documenti"))]


@hooks.register("register_admin_menu_item")
def voce_documenti():
    return VoceRiservata(
        "Relazioni",
        reverse("documenti:documenti"),
        puo_leggere_documenti,
        name="documenti-dell-anno",
        icon_name="doc-full-inverse",
        order=160,
    )


@hooks.register("register_log_actions")
def azioni_dei_documenti(azioni):
    azioni.register_action(SCARICATO, "Scarica un documento", "Documento dell'anno scaricato")
    azioni.register_action(FATTO, "Rende definitivo un documento", "Documento dell'anno reso definitivo")
    azioni.register_action(PUBBLICATO, "Pubblica un documento", "Documento dell'anno pubblicato")
    azioni.register_action(RITIRATO, "Toglie un documento dal sito", "Documento dell'anno tolto dal sito")
