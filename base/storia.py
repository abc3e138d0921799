"""What was known, from when and by whom: the dated history of the fields on which something must stand for ever.

A model is watched from `AppConfig.ready`:

    storia.osserva(Organizzazione, ["aderente_dal", "aderente_fino_al"])

From then on whatever saves it (a form, an operation, an import, a script) adds a `Versione` when one of those fields
says something new; for `update()` and `bulk_create()` its QuerySet must be a `QuerySetOsservato`. Versions are only
added. `valori_al` answers with what was known at an instant; before anything was, with what was known first.
"""

import json
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime, time

from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models.signals import post_save
from django.utils import timezone
from wagtail.log_actions import LogContext, get_active_log_context

from .solo_aggiunte import SoloAggiunte, SoloAggiunteQuerySet

_osservati: dict[str, tuple[str, ...]] = {}


class VersioneQuerySet(SoloAggiunteQuerySet):
    def di(self, modello, chiavi: Iterable[int] | models.QuerySet):
        """Those of the objects of `modello` with these keys, in the order in which they were written."""
        return self.filter(modello=modello._meta.label_lower, oggetto__in=chiavi).order_by("pk")


class Versione(SoloAggiunte):
    """What the watched fields of an object said from a moment on; the last one written is the one that holds."""

    modello = models.CharField(max_length=80)
    oggetto = models.PositiveBigIntegerField()
    valori = models.JSONField()
    dal = models.DateTimeField()
    chi = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = VersioneQuerySet.as_manager()

    class Meta:
        verbose_name = "versione"
        verbose_name_plural = "versioni"
        ordering = ["pk"]
        indexes = [models.Index(fields=["modello", "oggetto"], name="versione_oggetto")]

    def __str__(self):
        return f"{self.modello} {self.oggetto}, {self.dal:%Y-%m-%d %H:%M}"


class QuerySetOsservato(models.QuerySet):
    """A QuerySet whose `update` and `bulk_create` write the history too."""

    def update(self, **campi):
        if not set(campi) & set(_osservati.get(self.model._meta.label_lower, ())):
            return super().update(**campi)
        chiavi = list(self.order_by().values_list("pk", flat=True))
        with transaction.atomic(using=self.db):
            righe = super().update(**campi)
            annota(self.model, chiavi)
        return righe

    update.alters_data = True

    def bulk_create(self, objs, *args, **kwargs):
        with transaction.atomic(using=self.db):
            creati = super().bulk_create(objs, *args, **kwargs)
            annota(self.model, [oggetto.pk for oggetto in creati if oggetto.pk])
        return creati


def osserva(modello, campi: Iterable[str]) -> None:
    """Keep the history of these fields of `modello`."""
    _osservati[modello._meta.label_lower] = tuple(campi)
    post_save.connect(_salvato, sender=modello, dispatch_uid=f"storia-{modello._meta.label_lower}")


def completa(using=DEFAULT_DB_ALIAS, **kwargs) -> None:
    """After every migration: what a field that was added says is known from now, and so first of all.

    A receiver of `post_migrate`; a database that was brought to a step of the past is left alone.
    """
    esecutore = MigrationExecutor(connections[using])
    if not esecutore.migration_plan(esecutore.loader.graph.leaf_nodes()):
        for etichetta in _osservati:
            modello = apps.get_model(etichetta)
            annota(modello, modello._base_manager.values_list("pk", flat=True))


def _salvato(sender, instance, update_fields, **kwargs):
    if update_fields is None or set(update_fields) & set(_osservati[sender._meta.label_lower]):
        annota(sender, [instance.pk])


def annota(modello, chiavi: Iterable[int]) -> None:
    """Add a version of each of these objects whose watched fields say something new, from now, by who is at work."""
    campi, chiavi = _osservati[modello._meta.label_lower], list(chiavi)
    ultime = {versione.oggetto: versione.valori for versione in Versione.objects.di(modello, chiavi)}
    adesso, chi = timezone.now(), get_active_log_context().user
    nuove = []
    for oggetto in modello._base_manager.filter(pk__in=chiavi):
        valori = json.loads(json.dumps({nome: getattr(oggetto, nome) for nome in campi}, cls=DjangoJSONEncoder))
        if valori != ultime.get(oggetto.pk):
            nuove.append(
                Versione(
                    modello=modello._meta.label_lower,
                    oggetto=oggetto.pk,
                    valori=valori,
                    dal=adesso,
                    chi=chi if chi is not None and chi.pk else None,
                )
            )
    Versione.objects.bulk_create(nuove)


def fine_del_giorno(giorno: date) -> datetime:
    """The last instant of `giorno` in the portal's time zone."""
    return datetime.combine(giorno, time.max, tzinfo=timezone.get_default_timezone())


def valori_al(modello, versioni: Iterable[Versione], istante: datetime) -> dict[int, dict]:
    """Key of an object -> its watched fields as they were known at `istante`, as Python holds them.

    `versioni` in the order in which they were written. A field of which nothing was known yet has the first value
    that was ever known of it.
    """
    primi: dict[int, dict] = {}
    noti: dict[int, dict] = {}
    for versione in versioni:
        primi[versione.oggetto] = versione.valori | primi.get(versione.oggetto, {})
        if versione.dal <= istante:
            noti[versione.oggetto] = versione.valori
    return {
        chiave: {
            nome: modello._meta.get_field(nome).to_python(valore)
            for nome, valore in (valori | noti.get(chiave, {})).items()
            if nome in _osservati[modello._meta.label_lower]
        }
        for chiave, valori in primi.items()
    }


def a_nome_di(utente) -> AbstractContextManager:
    """While it lasts, what is written in the history is written by `utente`."""
    if utente is None or get_active_log_context().user == utente:
        return nullcontext()
    return LogContext(user=utente)
