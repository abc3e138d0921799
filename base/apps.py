from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "base"
    verbose_name = "Base"

    def ready(self):
        from . import controlli, porta  # noqa: F401  (system checks)

        porta.apri()
