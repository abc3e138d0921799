"""Rows that are evidence of what was: they are added, and neither changed nor deleted by any route of the models."""

from django.db import models


class NonSiCambia(Exception):
    """This row is evidence: it is neither changed nor deleted."""


class SoloAggiunteQuerySet(models.QuerySet):
    def update(self, **campi):
        if not set(campi) <= self.model.si_cambia:
            raise NonSiCambia
        return super().update(**campi)

    update.alters_data = True

    def delete(self):
        raise NonSiCambia

    delete.alters_data = True


class SoloAggiunte(models.Model):
    """A row that is only added. `si_cambia` names the fields that may still be written, if any."""

    si_cambia: frozenset[str] = frozenset()

    objects = SoloAggiunteQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            self._esigi_ammesso()
        super().save(*args, **kwargs)

    def _esigi_ammesso(self):
        """`NonSiCambia` when a field other than those that may be written says something else than its row."""
        if not self.si_cambia:
            raise NonSiCambia
        scritta = type(self)._base_manager.get(pk=self.pk)
        for campo in self._meta.concrete_fields:
            cambia = getattr(scritta, campo.attname) != getattr(self, campo.attname)
            if cambia and campo.name not in self.si_cambia:
                raise NonSiCambia

    def delete(self, *args, **kwargs):
        raise NonSiCambia
