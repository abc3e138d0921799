"""Registrations in the admin, and nothing else."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from .viewsets import CategorieGruppo


@hooks.register("register_admin_viewset")
def categorie_della_guida():
    return CategorieGruppo()


@hooks.register("insert_global_admin_css")
def stile_della_guida():
    return format_html('<link rel="stylesheet" href="{}">', static("css/guida-admin.css"))
