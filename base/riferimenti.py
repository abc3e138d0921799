"""What a page names by key (images, documents, other pages): nobody names what they could not have chosen.

Wagtail's choosers offer what a person may choose, but its forms then take any key, and answer with title, file name
and picture of what it belongs to. Whoever sends a key that no chooser offered them is refused before anything is drawn.
"""

from collections import defaultdict

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import ForeignKey, ManyToManyField
from django.forms import HiddenInput, ModelMultipleChoiceField, UUIDField
from django.http import Http404
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminPageChooser, BaseChooser
from wagtail.blocks.base import BlockField
from wagtail.documents import get_document_model
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry
from wagtail.rich_text import extract_references_from_rich_text

from .chiavi import SceltaTotale, chiavi_in
from .righe import RigheLette, esigi_conti_veri


class PaginaForm(RigheLette, WagtailAdminPageForm):
    """The form of every page. The address of a new one may be left out: it is made from the title.

    `chiave_nuova` is made when the form of a new page is opened, and becomes the page's own: sent twice, one page.
    """

    chiave_nuova = UUIDField(required=False, widget=HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            del self.fields["chiave_nuova"]
        else:
            self.initial["chiave_nuova"] = self.instance.translation_key
            if "slug" in self.fields:
                self.fields["slug"].required = False
        if self.is_bound:
            self.illeggibili += [self.fields[nome].label or nome for nome in self.fields if not self._si_legge(nome)]

    def _si_legge(self, nome):
        """Whether what was sent for a body has its shape; if not, the form has what is in the page, and says so."""
        campo = self.fields[nome]
        if not isinstance(campo, BlockField):
            return True
        prefisso = self.add_prefix(nome)
        try:
            valore = campo.widget.value_from_datadict(self.data, self.files, prefisso)
            esigi_conti_veri(self.data, prefisso, len(valore))
        except Exception:  # noqa: BLE001  (no count, a block without its order: whatever was forged)
            attuale = self.get_initial_for_field(campo, nome)
            campo.widget.value_from_datadict = lambda *ricevuti: attuale
            return False
        return True

    def is_valid(self):
        if self.is_bound:
            _esigi_scelte_ammesse(self)
        return super().is_valid()

    def save(self, commit=True):
        chiave = self.cleaned_data.get("chiave_nuova")
        if chiave and not Page.objects.filter(translation_key=chiave).exists():
            self.instance.translation_key = chiave
        return super().save(commit)


class SceltaDiPagina(AdminPageChooser):
    """A page that was chosen, by the title that the public reads: the one that waits is only its authors' to know."""

    def get_display_title(self, instance):
        return instance.title if instance.live else super().get_display_title(instance)


register_form_field_override(
    ForeignKey,
    to=Page,
    override=lambda campo: {"widget": SceltaDiPagina(target_models=[campo.remote_field.model])},
)


class PiuScelte(SceltaTotale, ModelMultipleChoiceField):
    """Some objects, in the editor; a number too long to be a key is none of them."""


register_form_field_override(ManyToManyField, override={"form_class": PiuScelte})


def nominati_da(form):
    """(model, key) of whatever the data sent to `form` name, valid or not, in its inlines too.

    `PermissionDenied` for a choice that is no key at all: no chooser offered it, and the database would choke on it.
    """
    from wagtail.admin.rich_text import DraftailRichTextArea  # not before every model is loaded

    for campo in form:
        if isinstance(campo.field.widget, BaseChooser):
            scelta = str(campo.data or "")
            chiavi = chiavi_in([scelta])
            if scelta and not chiavi:
                raise PermissionDenied
            yield from ((campo.field.widget.model_class, chiave) for chiave in chiavi)
        elif isinstance(campo.field, BlockField):
            yield from _coppie(campo.field.block.extract_references(campo.data))
        elif isinstance(campo.field.widget, DraftailRichTextArea):
            yield from _coppie(extract_references_from_rich_text(campo.data or ""))
    for formset in getattr(form, "formsets", {}).values():
        for uno in formset.forms:
            yield from nominati_da(uno)


def _coppie(riferimenti):
    return ((modello, int(chiave)) for modello, chiave, *_ in riferimenti)


def _esigi_scelte_ammesse(form):
    """Raise `PermissionDenied` where the data name what the user may not choose and no version of the page had."""
    per_modello = defaultdict(set)
    for modello, chiave in nominati_da(form):
        per_modello[modello].add(chiave)
    if form.for_user is None or form.for_user.is_superuser:
        return
    for modello, chiavi in per_modello.items():
        ammesse = sceglibili(modello, form.for_user).filter(pk__in=chiavi).values_list("pk", flat=True)
        estranee = chiavi - set(ammesse)
        if estranee and estranee - _gia_nella_pagina(form.instance, modello):
            raise PermissionDenied


def sceglibili(modello, utente):
    """What of `modello` the choosers offer to `utente` (a QuerySet); of pages, every public one besides."""
    politica = policy_registry.get_by_type(modello)
    if issubclass(modello, Page):
        sue = politica.explorable_instances(utente).order_by().values("pk")
        return modello.objects.live() | modello.objects.filter(pk__in=sue)
    return politica.instances_user_has_any_permission_for(utente, ["choose"])


def esigi_documento_leggibile(documento, request):
    """A document is public when a public page names it; before that only who may choose it reads it. Else 404."""
    pagine = (
        ReferenceIndex.get_references_to(documento)
        .filter(base_content_type=ContentType.objects.get_for_model(Page))
        .values_list("object_id", flat=True)
    )
    if Page.objects.live().filter(pk__in=[int(chiave) for chiave in pagine]).exists():
        return
    if not request.user.is_authenticated or documento not in sceglibili(type(documento), request.user):
        raise Http404


def documenti_nominati(pagina) -> list:
    """The documents that this version of a page names, in its fields, blocks and texts."""
    modello = get_document_model()
    tipo = ReferenceIndex._get_base_content_type(modello).pk
    chiavi = {int(c) for suo_tipo, c, *_ in ReferenceIndex._extract_references_from_object(pagina) if suo_tipo == tipo}
    return list(modello.objects.filter(pk__in=chiavi).order_by("title", "pk")) if chiavi else []


def _gia_nella_pagina(pagina, modello):
    """Keys that some version of the page names: who put them there could."""
    if pagina.pk is None:
        return set()
    tipo = ReferenceIndex._get_base_content_type(modello).pk
    versioni = (revisione.as_object() for revisione in pagina.revisions.order_by("-pk"))
    return {
        int(chiave)
        for versione in (type(pagina).objects.get(pk=pagina.pk), *versioni)
        for suo_tipo, chiave, _, _ in ReferenceIndex._extract_references_from_object(versione)
        if suo_tipo == tipo
    }
