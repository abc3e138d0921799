"""The rich text editor, with a name."""

import json

from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.rich_text.editors.draftail import DraftailRichTextAreaAdapter
from wagtail.admin.telepath import register

ILLEGGIBILE = "\0"
"""Django refuses a null character in any text."""


class EditorConNome(DraftailRichTextArea):
    """Wagtail's editor hides the field that its label is for, so who listens to the page hears a box without a name
    (wagtail/wagtail#14205). The editor takes the label's id, if it is told.
    """

    def get_context(self, name, value, attrs):
        contesto = super().get_context(name, value, attrs)
        attributi = contesto["widget"]["attrs"]
        if "id" in attributi:
            opzioni = json.loads(attributi["data-w-init-detail-value"])
            opzioni["ariaLabelledBy"] = f"{attributi['id']}-label"
            attributi["data-w-init-detail-value"] = json.dumps(opzioni)
        return contesto

    def value_from_datadict(self, data, files, name):
        """What is no document of the editor becomes a text that every field refuses, with its message."""
        try:
            return super().value_from_datadict(data, files, name)
        except Exception:  # noqa: BLE001  (not JSON, JSON of another shape, a nest without an end: whatever was forged)
            return ILLEGGIBILE


class EditorInUnBlocco(DraftailRichTextAreaAdapter):
    """In a block of a StreamField, which has neither a label of its own nor an id before it is drawn."""

    def js_args(self, widget):
        return [{**widget.options, "ariaLabel": "Testo"}]


register(EditorInUnBlocco(), EditorConNome)
