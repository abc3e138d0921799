from django.apps import AppConfig


class AscoltoConfig(AppConfig):
    name = "ascolto"
    verbose_name = "Ascolto"
