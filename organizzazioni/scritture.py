"""Who wrote what: a revision that says so is kept, whatever throws old revisions away (Wagtail's `purge_revisions`)."""

from django.db.models import ProtectedError
from django.db.models.signals import pre_delete
from wagtail.models import Revision, TaskState


def collega() -> None:
    """Listen to who deletes revisions; those of an object that is deleted go with it."""
    pre_delete.connect(_resta, sender=Revision, dispatch_uid="scritture-restano")


def _resta(instance, origin=None, **kwargs):
    da_sola = isinstance(origin, Revision) or getattr(origin, "model", None) is Revision
    if da_sola and dice_chi_ha_scritto(instance):
        raise ProtectedError("Questa revisione dice chi ha scritto, o che cosa è stato approvato: resta", {instance})


def dice_chi_ha_scritto(revisione: Revision) -> bool:
    """Whether nothing else would say that its author wrote, between the approval before it and the one after.

    What was approved, and what is public, stay too: who approved is asked of them.
    """
    sue = Revision.objects.filter(
        base_content_type=revisione.base_content_type_id, object_id=revisione.object_id, pk__gte=revisione.pk
    )
    approvate = TaskState.objects.filter(status=TaskState.STATUS_APPROVED, revision__in=sue)
    traguardi = {*approvate.values_list("revision_id", flat=True), _pubblica(revisione)} - {None}
    if revisione.pk in traguardi:
        return True
    if revisione.user_id is None:
        return False
    dopo = sue.filter(user=revisione.user_id).exclude(pk=revisione.pk)
    seguente = min((traguardo for traguardo in traguardi if traguardo > revisione.pk), default=None)
    return not (dopo if seguente is None else dopo.filter(pk__lte=seguente)).exists()


def _pubblica(revisione):
    return getattr(revisione.content_object, "live_revision_id", None)
