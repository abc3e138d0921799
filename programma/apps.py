from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ProgrammaConfig(AppConfig):
    name = "programma"
    verbose_name = "Programma di lavoro"

    def ready(self):
        from base.storia import completa, osserva
        from organizzazioni import consegne
        from organizzazioni.riquadri import registra

        from . import controlli, custodia  # noqa: F401  (system checks)
        from .models import Criterio, ProgrammaPage
        from .selettori.consegne import aperto_a
        from .selettori.pubblici import riquadro_azioni

        consegne.registra("programma", aperto_a)
        registra("azioni", riquadro_azioni, ordine=10)
        osserva(ProgrammaPage, ["dal", "scadenza", "stato"])
        osserva(Criterio, [c.name for c in Criterio._meta.concrete_fields if not (c.primary_key or c.is_relation)])
        custodia.collega()
        post_migrate.connect(completa, sender=self, dispatch_uid="storia-completa")
