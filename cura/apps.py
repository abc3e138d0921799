from django.apps import AppConfig
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.models.signals import post_migrate


class CuraConfig(AppConfig):
    name = "cura"
    verbose_name = "Cura dei contenuti"

    def ready(self):
        from wagtail.permissions import register_permission_policy

        from . import controlli  # noqa: F401  (system checks)
        from .models import Sinonimo
        from .permissions import SoloDelManager

        register_permission_policy(Sinonimo, SoloDelManager(Sinonimo), exact_class=True)
        post_migrate.connect(riempi_gli_indici, sender=self, dispatch_uid="cura-riempie-gli-indici")


def riempi_gli_indici(using, **kwargs):
    """A kind of entry that is new to the index, or whose table is new, is found from the first day.

    Only once every migration was applied: midway, the tables are not those of the models.
    """
    from .operazioni import reindicizza
    from .registro import tutte

    esecutore = MigrationExecutor(connections[using])
    if esecutore.migration_plan(esecutore.loader.graph.leaf_nodes()):
        return
    for cura in tutte():
        if not cura.voci.exists() and cura.pubblicati().exists():
            reindicizza(cura)
