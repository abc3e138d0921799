"""The few blocks from which a body is written."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.db.models import prefetch_related_objects
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from .lingue import MARCHI_DI_LINGUA

TESTO = ["bold", "italic", "link", "document-link", "ol", "ul", *MARCHI_DI_LINGUA]


class TitoloBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = "Titolo di sezione"
        template = "base/blocks/titolo.html"


class FiguraBlock(blocks.StructBlock):
    """An image with its caption; the text read aloud is the image's own description."""

    immagine = ImageChooserBlock()
    didascalia = blocks.CharBlock(required=False, max_length=250)

    class Meta:
        icon = "image"
        label = "Immagine"
        template = "base/blocks/figura.html"

    def bulk_to_python(self, values):
        """All the figures of a body with their renditions, in one query more."""
        figure = super().bulk_to_python(values)
        prefetch_related_objects([f["immagine"] for f in figure if f["immagine"]], "renditions")
        return figure


class CitazioneBlock(blocks.StructBlock):
    testo = blocks.TextBlock()
    autore = blocks.CharBlock(required=False, max_length=120)

    class Meta:
        icon = "openquote"
        label = "Citazione"
        template = "base/blocks/citazione.html"


class CorpoBlock(blocks.StreamBlock):
    """Body of a page: headings, text, pictures, quotations and documents."""

    titolo = TitoloBlock(max_length=120)
    testo = blocks.RichTextBlock(features=TESTO, label="Testo")
    figura = FiguraBlock()
    citazione = CitazioneBlock()
    documento = DocumentChooserBlock(label="Documento", template="base/blocks/documento.html")


class DaCompletareBlock(blocks.StructBlock):
    """What only the District can write here: told to the manager until it is written, never shown to the public."""

    titolo = blocks.CharBlock(max_length=120)
    che_cosa = blocks.TextBlock(label="Che cosa manca")

    class Meta:
        icon = "warning"
        label = "Da completare (non si vede nel sito)"

    def get_searchable_content(self, value):
        return []


class CorpoDiPaginaBlock(CorpoBlock):
    """Body of a page that the product ships, where something is the District's to say."""

    da_completare = DaCompletareBlock()

    class Meta:
        template = "base/blocks/corpo_di_pagina.html"


def flusso(blocchi: Iterable[tuple[str, Any]]) -> str:
    """Stream data, as text, of blocks given by type and raw value, with an identity for each and for what is in its
    lists, as the editor gives: opening and saving changes nothing."""
    return json.dumps([_con_chiave(tipo, valore) for tipo, valore in blocchi])


def _con_chiave(tipo, valore):
    if isinstance(valore, dict):
        valore = {
            nome: [_con_chiave("item", una) for una in parte] if isinstance(parte, list) else parte
            for nome, parte in valore.items()
        }
    return {"type": tipo, "value": valore, "id": str(uuid4())}
