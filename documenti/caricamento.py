"""The page of documents of a new site."""

from wagtail.models import Page

from organizzazioni.operazioni import pubblica_nuova

from .models import DocumentiPage

SOMMARIO = "Atti, accordo, programmi, relazioni, studi e guide del Distretto, da leggere e da scaricare."


def crea_pagina_documenti(sotto: Page) -> None:
    """Make it under `sotto`, if there is none."""
    if not DocumentiPage.objects.exists():
        pagina = DocumentiPage(title="Documenti", slug="documenti", sommario=SOMMARIO, show_in_menus=True)
        pubblica_nuova(sotto, pagina)
