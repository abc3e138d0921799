"""What a plain page takes from the settings, so that it is written once."""

from wagtail import blocks

from base.blocks import CorpoDiPaginaBlock


class DalDistrettoBlock(blocks.ChoiceBlock):
    """A part of *Impostazioni → Distretto*, as the public reads it: only what is written there."""

    choices = [
        ("contatti", "I contatti"),
        ("privacy", "Titolare, responsabile della protezione dei dati, basi giuridiche"),
        ("accessibilita", "La dichiarazione di accessibilità"),
        ("trasparenza", "Amministrazione trasparente"),
    ]

    class Meta:
        icon = "cog"
        label = "Dalle impostazioni del Distretto"
        template = "home/blocks/dal_distretto.html"

    def get_searchable_content(self, value):
        return []


class CorpoDelSitoBlock(CorpoDiPaginaBlock):
    """Body of a plain page."""

    dal_distretto = DalDistrettoBlock()
