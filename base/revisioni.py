"""What differs between two revisions of a page, read from what they store: no query."""

from modelcluster.models import get_all_child_relations

SERVIZIO = {
    "id",
    "page_ptr",
    "path",
    "depth",
    "numchild",
    "locale",
    "content_type",
    "wagtail_admin_comments",
    "draft_title",
    "first_published_at",
    "last_published_at",
    "latest_revision",
    "latest_revision_created_at",
    "live_revision",
    "alias_of",
}
"""Stored with a revision, but nobody writes them."""


def campi_cambiati(modello, prima: dict, dopo: dict) -> list[str]:
    """The names, in Italian, of the fields of `modello` whose stored value differs, in the model's order."""
    nomi = {campo.name: campo.verbose_name for campo in modello._meta.get_fields() if _scritto(campo)}
    nomi |= {
        relazione.get_accessor_name(): relazione.related_model._meta.verbose_name_plural
        for relazione in get_all_child_relations(modello)
    }
    return [
        str(nome)
        for campo, nome in nomi.items()
        if campo not in SERVIZIO and _confrontabile(prima.get(campo)) != _confrontabile(dopo.get(campo))
    ]


def _scritto(campo):
    return not campo.auto_created and (campo.concrete or campo.many_to_many) and campo.editable


def _confrontabile(valore):
    """Rows of a child relation get their keys only when they are published: those say nothing."""
    if isinstance(valore, list):
        return [{k: v for k, v in voce.items() if k != "pk"} if isinstance(voce, dict) else voce for voce in valore]
    return valore
