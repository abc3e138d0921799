"""What we do in place of Wagtail, and which of its insides it was read in: `RITOCCHI`.

Each app that overrides has a module of this name. `tests/test_ritocchi.py` compares core's source with what was
read, and fails when an upgrade changes it: read both again, then write the new fingerprint.
"""

import hashlib
import inspect
from dataclasses import dataclass
from functools import wraps
from importlib import import_module
from pathlib import Path

from wagtail.admin.panels import TitleFieldPanel
from wagtail.models import PageViewRestriction

from .errori import elenca
from .formati.tabelle import senza_formula
from .percorsi import via

LETTA = "8.0.1"
"""The version of Wagtail in which everything here was read."""


@dataclass(frozen=True)
class Ritocco:
    """`nostro` is what stands in place of `loro`: "module:name", "module", or the path of a template of the admin.

    `impronta` is that of core's source as it was read (12 figures of SHA-256).
    """

    nostro: str
    loro: str
    impronta: str

    def ora(self) -> str:
        """The fingerprint of core's source as it is installed. Raises where it is no more."""
        return hashlib.sha256(self.sorgente().encode()).hexdigest()[:12]

    def sorgente(self) -> str:
        if self.loro.endswith((".html", ".txt")):
            admin = import_module("wagtail.admin").__file__ or ""
            return (Path(admin).parent / "templates" / self.loro).read_text()
        modulo, _, nome = self.loro.partition(":")
        oggetto = import_module(modulo)
        for parte in nome.split(".") if nome else ():
            oggetto = getattr(oggetto, parte)
        return inspect.getsource(oggetto)


class RestrizioniMixin:
    """One query instead of two for the restrictions of a page, when the way down is known and holds no alias; none
    where it is known that there are none."""

    def get_view_restrictions(self):
        if self.antenate is None or any(p.alias_of_id for p in (*self.antenate, self)):
            return super().get_view_restrictions()
        if self.via_libera:
            return PageViewRestriction.objects.none()
        return PageViewRestriction.objects.filter(page__path__in=via(self.path))


class TitoloPanel(TitleFieldPanel):
    """A title from which another field follows: an address, a key. Where that field is not there, or not to be changed
    any more, nothing follows: core leaves the browser an empty selector, which is an error in its console."""

    class BoundPanel(TitleFieldPanel.BoundPanel):
        def get_should_apply(self):
            seguono = [self.form.fields[nome] for nome in self.panel.targets if nome in self.form.fields]
            return any(not campo.disabled for campo in seguono) and super().get_should_apply()

        def get_attrs(self):
            attrs = super().get_attrs()
            if not self.get_should_apply() or not attrs["data-w-sync-target-value"]:
                for nome in ("data-w-sync-target-value", "data-action"):
                    attrs.pop(nome, None)
                attrs["data-controller"] = attrs["data-controller"].replace("w-sync", "").strip()
                if not attrs["data-controller"]:
                    del attrs["data-controller"]
            return attrs


def dice_ogni_errore() -> None:
    """Wagtail's editors say that something is wrong: ours says what, with the way to each field (`base.errori`)."""
    from wagtail.admin import messages  # not before every model is loaded

    messages.validation_error = wraps(messages.validation_error)(elenca)


def esporta_senza_formule() -> None:
    """Wagtail's own CSV (history of the site, reports) has titles as they are: none may be a formula there."""
    from wagtail.admin.views.mixins import SpreadsheetExportMixin  # not before every model is loaded

    di_wagtail = SpreadsheetExportMixin.preprocess_field_value

    @wraps(di_wagtail)
    def preprocess_field_value(vista, field, value, export_format):
        valore = di_wagtail(vista, field, value, export_format)
        return senza_formula(valore) if isinstance(valore, str) and export_format == vista.FORMAT_CSV else valore

    SpreadsheetExportMixin.preprocess_field_value = preprocess_field_value


RITOCCHI = [
    Ritocco("base.ritocchi:RestrizioniMixin", "wagtail.models:AbstractPage.get_view_restrictions", "f41021bde7cd"),
    Ritocco("base.ritocchi:TitoloPanel", "wagtail.admin.panels.title_field_panel", "f3d7f68e02d4"),
    Ritocco(
        "base.editor:EditorConNome",
        "wagtail.admin.rich_text.editors.draftail:DraftailRichTextArea.get_context",
        "1d454d9017e8",
    ),
    Ritocco(
        "base.editor:EditorInUnBlocco",
        "wagtail.admin.rich_text.editors.draftail:DraftailRichTextAreaAdapter",
        "583c674bfe28",
    ),
    Ritocco(
        "base.ritocchi:esporta_senza_formule",
        "wagtail.admin.views.mixins:SpreadsheetExportMixin.preprocess_field_value",
        "9929e55f29ea",
    ),
    Ritocco("base.errori:elenca", "wagtail.admin.messages:validation_error", "a045582962ed"),
    Ritocco("templates/wagtailadmin/skeleton.html", "wagtailadmin/skeleton.html", "e24190d53b6e"),
    Ritocco("templates/wagtailadmin/tables/boolean_cell.html", "wagtailadmin/tables/boolean_cell.html", "f52d1f7945b2"),
    Ritocco("base.permissions:PaginaPermissionTester", "wagtail.models:PagePermissionTester", "797acd98e920"),
    Ritocco(
        "base.models:BasePage._set_core_field_defaults",
        "wagtail.models:AbstractPage._set_core_field_defaults",
        "7c4e117e566c",
    ),
    Ritocco("base.testo_ricco:CollegamentoAPagina", "wagtail.rich_text.pages:PageLinkHandler", "8c6f48a3ccfb"),
    Ritocco(
        "base.testo_ricco:CollegamentoADocumento", "wagtail.documents.rich_text:DocumentLinkHandler", "4e7d06175ec5"
    ),
    Ritocco(
        "base.testo_ricco:PaginaNellEditor",
        "wagtail.admin.rich_text.converters.html_to_contentstate:PageLinkElementHandler",
        "d9d54857928f",
    ),
    Ritocco("base.testo_ricco:registra", "wagtail.rich_text.feature_registry:FeatureRegistry", "01384151c5ce"),
    Ritocco(
        "base.testo_ricco:_registra_lingua",
        "wagtail.admin.rich_text.converters.html_to_contentstate:InlineStyleElementHandler",
        "bf118c2f5d26",
    ),
    Ritocco(
        "base.testo_ricco:_registra_lingua",
        "wagtail.admin.rich_text.editors.draftail.features:InlineStyleFeature",
        "748b9a7fe75d",
    ),
    Ritocco("base.riferimenti", "wagtail.rich_text:extract_references_from_rich_text", "ed0a42e83eb2"),
    Ritocco("base.riferimenti:SceltaDiPagina", "wagtail.admin.widgets.chooser:AdminPageChooser", "7e2f874de32d"),
    Ritocco("base.riferimenti:PaginaForm", "wagtail.blocks.base:BlockField", "efebb43c7eb3"),
    Ritocco("base.pagine_admin:CreaUnaVolta", "wagtail.admin.views.pages.create:CreateView", "dad34a04c384"),
    Ritocco("base.pagine_admin:PagineViewSet", "wagtail.admin.viewsets.pages:PageViewSet", "925cf83c8df5"),
]
