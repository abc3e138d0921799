"""Registrations in the admin, and nothing else."""

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin import messages

from base.menu import VoceRiservata
from organizzazioni.models import Organizzazione

from . import permissions
from .caricamento import CARICATO
from .menu import VoceDaApprovare
from .modeladmin import RegistroDecisioni
from .operazioni.importa_atto import IMPORTATO
from .pannelli import componi_casa
from .pannelli_referente import PANNELLI_REFERENTE
from .selettori.evidenze import che_cosa_conta
from .views.in_mano import InManoPanel

registro_decisioni = RegistroDecisioni()
registro_decisioni.register_with_wagtail()
hooks.register("construct_homepage_panels", componi_casa)


@hooks.register("register_admin_urls")
def url_delle_evidenze():
    return [path("evidenze/", include("programma.urls", namespace="programma"))]


@hooks.register("construct_homepage_panels", order=10)
def casa_del_referente(request, panels):
    if not permissions.decide(request.user) and Organizzazione.objects.di(request.user).exists():
        panels[:] = [pannello() for pannello in PANNELLI_REFERENTE]


@hooks.register("before_delete_page")
def dice_che_cosa_conta(request, page):
    """Core's confirmation has no place for it but the messages above."""
    if request.method == "GET" and (evidenze := che_cosa_conta([page])):
        messages.warning(request, render_to_string("programma/admin/_che_cosa_conta.html", {"evidenze": evidenze}))


@hooks.register("insert_global_admin_css")
def stile_delle_evidenze():
    return format_html('<link rel="stylesheet" href="{}">', static("css/evidenze.css"))


@hooks.register("register_account_settings_panel")
def le_mie_mail(request, user, profile):
    return InManoPanel(request, user, profile)


@hooks.register("register_admin_menu_item")
def voce_punteggio():
    return VoceRiservata(
        "Punteggio V.A.M.T.",
        reverse("programma:punteggio"),
        permissions.puo_leggere_punteggio,
        name="punteggio",
        icon_name="clipboard-list",
        order=120,
    )


@hooks.register("register_admin_menu_item")
def voce_da_approvare():
    return VoceDaApprovare(reverse("programma:coda"), order=100)


@hooks.register("register_admin_menu_item")
def voce_evidenze():
    return VoceRiservata(
        "Evidenze",
        reverse("programma:evidenze"),
        permissions.puo_leggere_registro,
        name="evidenze",
        icon_name="list-ul",
        order=110,
    )


@hooks.register("register_admin_menu_item")
def voce_programmi():
    return VoceRiservata(
        "Programmi e criteri",
        reverse("programma:programmi"),
        permissions.puo_gestire_programma,
        name="programmi",
        icon_name="calendar-check",
        order=130,
    )


@hooks.register("register_reports_menu_item")
def voce_registro_decisioni():
    return VoceRiservata(
        "Registro delle decisioni",
        registro_decisioni.url_helper.index_url,
        permissions.puo_leggere_decisioni,
        name="registro-decisioni",
        icon_name="history",
        order=10,
    )


@hooks.register("register_log_actions")
def azioni_del_registro(azioni):
    azioni.register_action(CARICATO, "Carica da file", "Caricato da un file d'impianto")
    azioni.register_action("programma.prepara", "Prepara dal precedente", "Preparato dal programma dell'anno prima")
    azioni.register_action("programma.atti", "Scrivi gli atti", "Atti scritti")
    azioni.register_action(IMPORTATO, "Importa l'atto", "Importato l'atto ufficiale")
    azioni.register_action("programma.approva", "Approva il programma", "Programma approvato")
    azioni.register_action("programma.annulla", "Annulla l'approvazione", "Approvazione annullata")
    azioni.register_action("programma.correggi", "Correggi il programma approvato", "Programma riportato in bozza")
    azioni.register_action("programma.chiudi", "Chiudi il programma", "Programma chiuso")
    azioni.register_action("programma.riapri", "Riapri il programma", "Programma riaperto")
    azioni.register_action("programma.domanda", "Scrivi della domanda", "Scritto della domanda di contributo")
    azioni.register_action("programma.scrivi", "Scrivi al referente", "Scritto a chi deve ancora qualcosa")
    azioni.register_action("programma.criterio", "Scrivi un criterio", "Criterio cambiato")
