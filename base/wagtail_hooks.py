"""Registrations in the admin, and nothing else."""

from wagtail import hooks

from . import riferimenti, testo_ricco

hooks.register("register_rich_text_features", testo_ricco.registra, order=10)  # after Wagtail's own
hooks.register("before_serve_document", riferimenti.esigi_documento_leggibile)
