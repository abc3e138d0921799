"""Registrations in the admin, and nothing else."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from . import pagine_admin, riferimenti, testo_ricco

hooks.register("insert_global_admin_js", lambda: format_html('<script src="{}"></script>', static("js/admin.js")))
hooks.register("register_rich_text_features", testo_ricco.registra, order=10)  # after Wagtail's own
hooks.register("before_serve_document", riferimenti.esigi_documento_leggibile)
hooks.register("register_admin_viewset", lambda: pagine_admin.pagine, order=10)  # in the place of Wagtail's own
