"""Registrations in the admin, and nothing else."""

from django.urls import include, path
from wagtail import hooks

from .importazione import CARICATO


@hooks.register("register_admin_urls")
def url_delle_evidenze():
    return [path("evidenze/", include("programma.urls", namespace="programma"))]


@hooks.register("register_log_actions")
def azioni_del_registro(azioni):
    azioni.register_action(CARICATO, "Carica da file", "Caricato da un file di fatti")
    azioni.register_action("programma.approva", "Approva il programma", "Programma approvato")
    azioni.register_action("programma.chiudi", "Chiudi il programma", "Programma chiuso")
    azioni.register_action("programma.riapri", "Riapri il programma", "Programma riaperto")
