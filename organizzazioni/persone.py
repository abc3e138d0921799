"""People who wrote or decided something are never deleted: their name may go, their key stays with what they did."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import UserManager
from django.db.models import ProtectedError, QuerySet
from django.db.models.signals import pre_delete

SENZA_TRACCIA = {
    "organizzazioni.Utente_groups",
    "organizzazioni.Utente_user_permissions",
    "wagtailusers.UserProfile",
    "account.EmailAddress",
    "mfa.Authenticator",
    "wagtailadmin.EditingSession",
    "wagtailadmin.FormState",
    "wagtailcore.APIToken",
    "wagtailcore.PageSubscription",
    "notizie.PezzoProgrammato.responsabile",
    "programma.AvvisiPersonali.persona",
    "programma.Spunto.persona",
}
"""What points at a person and says nothing that they did: it goes with them, or is left to others. Models, or fields.

Anything else that points at them, of an app or of Wagtail and of whatever it will add, is a trace.
"""


class UtenteQuerySet(QuerySet):
    def delete(self):
        for persona in self:
            esigi_senza_tracce(persona)
        return super().delete()

    delete.alters_data = True


class GestoreUtenti(UserManager.from_queryset(UtenteQuerySet)):
    """Users, who are not deleted once they did something."""

    use_in_migrations = False


def collega() -> None:
    """Keep every person with a trace, whatever would delete them: Wagtail's own keys would only let them go.

    `Utente.delete` and its QuerySet ask first, when nothing is begun; this is for who deletes from further off.
    """
    pre_delete.connect(
        lambda instance, **kwargs: esigi_senza_tracce(instance),
        sender=get_user_model(),
        weak=False,
        dispatch_uid="persone-restano",
    )


def esigi_senza_tracce(persona) -> None:
    """`ProtectedError` when `persona` wrote, did or decided anything."""
    if tracce(persona):
        raise ProtectedError(
            "Chi ha scritto o deciso qualcosa non si elimina: si disattiva, o si rende anonimo", {persona}
        )


def tracce(persona) -> list[str]:
    """Labels of what `persona` wrote, did or decided; empty for who did nothing yet."""
    return [
        relazione.related_model._meta.label
        for relazione in persona._meta.get_fields(include_hidden=True)
        if relazione.auto_created
        and not relazione.concrete
        and not relazione.many_to_many
        and not {relazione.related_model._meta.label, f"{relazione.related_model._meta.label}.{relazione.field.name}"}
        & SENZA_TRACCIA
        and relazione.related_model._base_manager.filter(**{relazione.field.name: persona}).exists()
    ]
