"""Links in rich text carry the key of a page or of a file, and a key is easily forged in what the editor sends.

Wagtail writes the address of whatever page is linked, and the address of a draft tells its title. Here a page that is
not public has no address, neither for who reads nor for who writes: to the editor it is as one that does not exist.
"""

from wagtail.admin.rich_text.converters.html_to_contentstate import InlineStyleElementHandler, PageLinkElementHandler
from wagtail.admin.rich_text.editors.draftail.features import InlineStyleFeature
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from .chiavi import chiavi_in
from .lingue import LINGUE


def _chiavi(attributi):
    return chiavi_in(str(uno.get("id", "")) for uno in attributi)


class CollegamentoAPagina(PageLinkHandler):
    """In a page or a preview: the link of a page that is not public leads nowhere."""

    @classmethod
    def get_many(cls, attrs_list):
        pagine = Page.objects.live().filter(pk__in=_chiavi(attrs_list)).defer_streamfields().specific()
        per_chiave = {str(pagina.pk): pagina for pagina in pagine}
        return [per_chiave.get(attrs.get("id")) for attrs in attrs_list]

    @classmethod
    def extract_references(cls, attrs):
        for chiave in _chiavi([attrs]):
            yield Page, str(chiave), "", ""


class CollegamentoADocumento(DocumentLinkHandler):
    """As Wagtail's, but total: a key that cannot be one leads nowhere."""

    @classmethod
    def get_many(cls, attrs_list):
        per_chiave = {str(pk): uno for pk, uno in cls.get_model().objects.in_bulk(_chiavi(attrs_list)).items()}
        return [per_chiave.get(attrs.get("id")) for attrs in attrs_list]

    @classmethod
    def extract_references(cls, attrs):
        for chiave in _chiavi([attrs]):
            yield cls.get_model(), str(chiave), "", ""


class PaginaNellEditor(PageLinkElementHandler):
    """In the editor: neither address nor parent of a page that is not public, as if it did not exist."""

    def get_attribute_data(self, attrs):
        if Page.objects.live().filter(pk__in=_chiavi([attrs])).exists():
            return super().get_attribute_data(attrs)
        return {"id": attrs.get("id"), "url": None, "parentId": None}


def registra(features):
    """Put these in the place of Wagtail's own, which must be there already."""
    features.register_link_type(CollegamentoAPagina)
    features.register_link_type(CollegamentoADocumento)
    regola = features.converter_rules_by_converter["contentstate"]["link"]
    features.register_converter_rule(
        "contentstate",
        "link",
        {
            **regola,
            "from_database_format": {
                **regola["from_database_format"],
                'a[linktype="page"]': PaginaNellEditor("LINK"),
            },
        },
    )
    for codice, nome in LINGUE.items():
        _registra_lingua(features, codice, nome)


def _registra_lingua(features, codice, nome):
    marchio, stile = f"lingua-{codice}", f"LINGUA-{codice.upper()}"
    bottone = {"type": stile, "label": codice, "description": f"Parole in {nome}"}
    features.register_editor_plugin("draftail", marchio, InlineStyleFeature(bottone))
    features.register_converter_rule(
        "contentstate",
        marchio,
        {
            "from_database_format": {f'span[lang="{codice}"]': InlineStyleElementHandler(stile)},
            "to_database_format": {"style_map": {stile: {"element": "span", "props": {"lang": codice}}}},
        },
    )
