"""Registrations in the admin, and nothing else."""

from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from wagtail import hooks

from base.menu import VoceRiservata

from . import permissions
from .operazioni.estate import POSTI
from .viewsets import CategorieGruppo


@hooks.register("register_admin_viewset")
def categorie_della_guida():
    return CategorieGruppo()


@hooks.register("insert_global_admin_css")
def stile_della_guida():
    return format_html('<link rel="stylesheet" href="{}">', static("css/guida-admin.css"))


@hooks.register("register_admin_urls")
def url_dei_centri_estivi():
    return [path("centri-estivi/", include("guide.estate.urls", namespace="estate"))]


@hooks.register("register_admin_menu_item")
def voce_centri_estivi():
    return VoceRiservata(
        "Centri estivi", reverse("estate:centri"), permissions.puo_gestire_estate, name="centri-estivi",
        icon_name="calendar-alt", order=140,
    )


@hooks.register("register_log_actions")
def azioni_dei_centri_estivi(azioni):
    azioni.register_action(POSTI, "Aggiorna i posti liberi", "Posti liberi aggiornati")


@hooks.register("register_admin_urls")
def url_dei_fascicoli():
    return [path("guida-stampata/", include("guide.fascicoli.urls"))]


@hooks.register("register_admin_menu_item")
def voce_guida_stampata():
    return VoceRiservata(
        "Guida stampata", reverse("fascicoli:fascicoli"), permissions.puo_stampare, name="guida-stampata",
        icon_name="doc-full-inverse", order=312,
    )


@hooks.register("register_admin_urls")
def url_del_foglio():
    return [path("servizi-in-un-foglio/", include("guide.foglio.urls", namespace="guida_foglio"))]


@hooks.register("register_admin_menu_item")
def voce_del_foglio():
    return VoceRiservata(
        "Servizi in un foglio", reverse("guida_foglio:foglio"), permissions.puo_usare_il_foglio,
        name="servizi-in-un-foglio", icon_name="table", order=320,
    )
