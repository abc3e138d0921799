"""Registrations in the admin, and nothing else."""

from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from wagtail import hooks

from base.menu import VoceRiservata
from cura.permissions import tiene_qualcosa
from cura.views.giudizi import GiudiziView
from organizzazioni.permissions import e_manager

from . import permissions
from .azioni_di_pagina import pulsanti_del_servizio
from .cura.pannelli import componi_casa
from .operazioni.estate import POSTI
from .viewsets import CategorieGruppo

hooks.register("construct_homepage_panels", componi_casa, order=20)
hooks.register("register_page_header_buttons", pulsanti_del_servizio)


@hooks.register("register_admin_viewset")
def categorie_della_guida():
    return CategorieGruppo()


@hooks.register("insert_global_admin_css")
def stile_della_guida():
    return format_html('<link rel="stylesheet" href="{}">', static("css/guida-admin.css"))


@hooks.register("register_admin_urls")
def url_dei_centri_estivi():
    return [path("centri-estivi/", include("guide.estate.urls", namespace="estate"))]


@hooks.register(CategorieGruppo.submenu_hook)
def voce_centri_estivi():
    return VoceRiservata(
        "Centri estivi",
        reverse("estate:centri"),
        tiene_qualcosa,
        name="centri-estivi",
        icon_name="calendar-alt",
        order=-30,
    )


@hooks.register("register_admin_urls")
def url_della_cura():
    return [path("guida/", include("guide.cura.urls_admin", namespace="guida"))]


@hooks.register(CategorieGruppo.submenu_hook)
def voce_cura_della_guida():
    return VoceRiservata(
        "Cura della guida",
        reverse("guida:freschezza"),
        e_manager,
        name="cura-della-guida",
        icon_name="clipboard-list",
        order=-40,
    )


@hooks.register(CategorieGruppo.submenu_hook)
def voce_giudizi():
    return VoceRiservata(
        GiudiziView.page_title,
        reverse("guida:giudizi"),
        tiene_qualcosa,
        name="giudizi",
        icon_name=GiudiziView.header_icon,
        order=-35,
    )


@hooks.register("register_log_actions")
def azioni_dei_centri_estivi(azioni):
    azioni.register_action(POSTI, "Aggiorna i posti liberi", "Posti liberi aggiornati")


@hooks.register("register_admin_urls")
def url_dei_fascicoli():
    return [path("guida-stampata/", include("guide.fascicoli.urls"))]


@hooks.register(CategorieGruppo.submenu_hook)
def voce_guida_stampata():
    return VoceRiservata(
        "Guida stampata",
        reverse("fascicoli:fascicoli"),
        permissions.puo_stampare,
        name="guida-stampata",
        icon_name="doc-full-inverse",
        order=-20,
    )


@hooks.register("register_admin_urls")
def url_del_foglio():
    return [path("servizi-in-un-foglio/", include("guide.foglio.urls", namespace="guida_foglio"))]


@hooks.register(CategorieGruppo.submenu_hook)
def voce_del_foglio():
    return VoceRiservata(
        "Servizi in un foglio",
        reverse("guida_foglio:foglio"),
        tiene_qualcosa,
        name="servizi-in-un-foglio",
        icon_name="table",
        order=-10,
    )


@hooks.register("register_log_actions")
def azioni_del_registro(azioni):
    azioni.register_action("guide.verifica", "Conferma la scheda", "Scheda confermata")
    azioni.register_action("guide.da_correggere", "Chiede una correzione", "L'organizzazione chiede una correzione")
