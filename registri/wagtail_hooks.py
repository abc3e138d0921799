"""Registrations in the admin, and nothing else."""

from django.urls import include, path, reverse
from wagtail import hooks

from base.menu import VoceRiservata

from .consultazioni import operazioni as consultazioni
from .consultazioni.pannelli import componi_casa as componi_casa_con_le_consultazioni
from .formazione.operazioni import CORSO_ELIMINATO
from .misure import operazioni as misure
from .misure.pannelli import componi_casa as componi_casa_con_le_misure
from .pannelli import componi_casa
from .permissions import ha_consultazioni, legge_i_nomi, puo_aprire, puo_gestire, puo_leggere_elenco
from .progetti.operazioni import PROGETTO_ELIMINATO
from .riunioni.operazioni import ELIMINATA
from .riunioni.pannelli import componi_casa as componi_casa_con_le_riunioni
from .viewsets import QuesitiViewSet, TipiDiProgettoViewSet, TipiDiRiunioneViewSet

hooks.register("construct_homepage_panels", componi_casa, order=28)
hooks.register("construct_homepage_panels", componi_casa_con_le_riunioni, order=27)
hooks.register("construct_homepage_panels", componi_casa_con_le_misure, order=29)
hooks.register("construct_homepage_panels", componi_casa_con_le_consultazioni, order=31)


@hooks.register("register_admin_urls")
def url_dei_registri():
    return [
        path("registri/", include("registri.urls", namespace="registri")),
        path("consultazioni/", include("registri.consultazioni.urls", namespace="consultazioni")),
        path("formazione/", include("registri.formazione.urls", namespace="formazione")),
        path("intermediazione/", include("registri.intermediazione.urls", namespace="intermediazione")),
        path("misure/", include("registri.misure.urls", namespace="misure")),
        path("progetti/", include("registri.progetti.urls", namespace="progetti")),
        path("riunioni/", include("registri.riunioni.urls", namespace="riunioni")),
    ]


@hooks.register("register_admin_menu_item")
def voce_aderenti():
    return VoceRiservata(
        "Aderenti", reverse("registri:aderenti"), puo_leggere_elenco, name="aderenti", icon_name="group", order=310
    )


@hooks.register("register_admin_menu_item")
def voce_riunioni():
    return VoceRiservata(
        "Riunioni", reverse("riunioni:elenco"), puo_aprire, name="riunioni", icon_name="group", order=145
    )


@hooks.register("register_admin_menu_item")
def voce_progetti():
    return VoceRiservata(
        "Progetti condivisi",
        reverse("progetti:elenco"),
        puo_aprire,
        name="progetti",
        icon_name="folder-open-inverse",
        order=146,
    )


@hooks.register("register_admin_menu_item")
def voce_formazione():
    return VoceRiservata(
        "Formazione del manager",
        reverse("formazione:elenco"),
        legge_i_nomi,
        name="formazione",
        icon_name="openquote",
        order=147,
    )


@hooks.register("register_admin_menu_item")
def voce_intermediazione():
    return VoceRiservata(
        "Intermediazione",
        reverse("intermediazione:elenco"),
        puo_gestire,
        name="intermediazione",
        icon_name="comment",
        order=148,
    )


@hooks.register("register_admin_menu_item")
def voce_misure():
    return VoceRiservata(
        "Misure",
        reverse("misure:elenco"),
        puo_aprire,
        name="misure",
        icon_name="form",
        order=149,
    )


@hooks.register("register_admin_menu_item")
def voce_consultazioni():
    return VoceRiservata(
        "Consultazioni",
        reverse("consultazioni:elenco"),
        ha_consultazioni,
        name="consultazioni",
        icon_name="group",
        order=151,
    )


@hooks.register("register_admin_viewset")
def tipi():
    return [TipiDiRiunioneViewSet(), TipiDiProgettoViewSet(), QuesitiViewSet()]


@hooks.register("register_log_actions")
def azioni_dei_registri(azioni):
    azioni.register_action(misure.APERTA, "Apri la rilevazione", "Misure dell'anno chieste agli aderenti")
    azioni.register_action(misure.CHIUSA, "Chiudi la rilevazione", "Rilevazione delle misure chiusa")
    azioni.register_action(misure.RIAPERTA, "Riapri la rilevazione", "Rilevazione delle misure riaperta")
    azioni.register_action(misure.RILEVAZIONE_ELIMINATA, "Elimina la rilevazione", "Rilevazione vuota eliminata")
    azioni.register_action(CORSO_ELIMINATO, "Elimina il corso", "Corso per il manager eliminato")
    azioni.register_action(PROGETTO_ELIMINATO, "Elimina il progetto", "Progetto condiviso eliminato")
    azioni.register_action(ELIMINATA, "Elimina la riunione", "Riunione in preparazione eliminata")
    azioni.register_action(consultazioni.PROPOSTA, "Proponi l'esito", "Esito di una consultazione proposto")
    azioni.register_action(consultazioni.PUBBLICATA, "Approva l'esito", "Esito di una consultazione approvato")
    azioni.register_action(consultazioni.RESTITUITA, "Restituisci l'esito", "Esito di una consultazione restituito")
    azioni.register_action(consultazioni.RITIRATA, "Togli l'esito", "Esito di una consultazione tolto dal sito")
    azioni.register_action(consultazioni.ELIMINATA, "Elimina la consultazione", "Consultazione vuota eliminata")
