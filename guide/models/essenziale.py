"""What who does not read Italian needs first: a page for each language, with the names of the needs in it."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.blocks import CharBlock, ListBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.models import Orderable

from base.blocks import CorpoBlock
from base.lingue import DA_DESTRA
from base.models import BasePage
from base.telefoni import TelefonoBlock

from .categorie import Bisogno, Lingua

CODICE = re.compile(r"[a-z]{2,3}")


class NumeroTradottoBlock(StructBlock):
    """How a number of the emergency strip is called in the language; the number itself is the guide's."""

    numero = TelefonoBlock(max_length=40, help_text="Com'è nella Family Guide")
    nome = CharBlock(max_length=80)
    quando = CharBlock(max_length=160, required=False, label="quando chiamarlo")


class NumeriTradottiBlock(StructBlock):
    """The emergency numbers of the guide, each in the words of the language where they are written here."""

    numeri = ListBlock(NumeroTradottoBlock(), label="In questa lingua")

    class Meta:
        icon = "warning"
        label = "Numeri di emergenza"
        template = "guide/blocks/numeri_tradotti.html"


class BisogniBlock(StructBlock):
    """The needs, with the names that the page gives them, each with the services that answer."""

    in_lingua = CharBlock(
        max_length=120,
        label="invito ai servizi in questa lingua",
        help_text="I bisogni si scrivono in fondo; qui come si dice: «I servizi in cui si parla italiano»",
    )

    class Meta:
        icon = "list-ul"
        label = "I bisogni"
        template = "guide/blocks/bisogni.html"


class FraseBlock(StructBlock):
    """A sentence to show at a desk: in Italian for who reads it there, and what it says for who shows it."""

    italiano = CharBlock(max_length=200)
    traduzione = CharBlock(max_length=200)

    class Meta:
        icon = "openquote"
        label = "Frase da mostrare"
        template = "guide/blocks/frase.html"


class CorpoEssenzialeBlock(CorpoBlock):
    """Body of such a page."""

    numeri = NumeriTradottiBlock()
    bisogni = BisogniBlock()
    frase = FraseBlock()


class EssenzialePage(BasePage):
    """What is essential, in one language. Its address is the code of the language, which the whole page then has."""

    in_altra_lingua = True

    lingua = models.ForeignKey(
        Lingua,
        verbose_name="servizi in lingua",
        on_delete=models.PROTECT,
        related_name="essenziali",
        help_text="La pagina porta ai servizi che si danno in questa lingua",
    )
    attesa = models.CharField(
        "avviso, nella lingua",
        max_length=200,
        help_text="Come si dice: «Nessuna persona di madrelingua ha ancora riletto questo testo»",
    )
    riletta_il = models.DateField(
        "riletta da una persona di madrelingua il",
        null=True,
        blank=True,
        help_text="Finché è vuoto la pagina mostra l'avviso. Svuotalo quando il testo cambia",
    )
    corpo = StreamField(CorpoEssenzialeBlock(), verbose_name="testo", blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("lingua"),
        FieldPanel("attesa"),
        FieldPanel("riletta_il"),
        FieldPanel("corpo"),
        InlinePanel("nomi", heading="I bisogni, nella lingua", label="Bisogno"),
    ]
    nome_pubblico = "l'essenziale in un'altra lingua"
    parent_page_types = ["guide.GuidaIndexPage"]
    subpage_types: list = []

    class Meta:
        verbose_name = "l'essenziale in un'altra lingua"
        verbose_name_plural = "l'essenziale nelle altre lingue"

    def clean(self):
        super().clean()
        if not CODICE.fullmatch(self.slug):
            raise ValidationError(
                {"slug": "È il codice della lingua, in due o tre lettere: de, en, ar (scheda «Promuovi»)"}
            )

    @property
    def da_destra(self):
        return self.slug in DA_DESTRA

    @classmethod
    def per_lettura(cls):
        return cls.objects.select_related("lingua")


class NomeDelBisogno(Orderable):
    """What a need is called in the language of the page, and the other words for it: both are found by searching."""

    pagina = ParentalKey(EssenzialePage, on_delete=models.CASCADE, related_name="nomi")
    bisogno = models.ForeignKey(Bisogno, verbose_name="bisogno", on_delete=models.CASCADE, related_name="nomi")
    nome = models.CharField("nome", max_length=80)
    anche = models.CharField(
        "si cerca anche con", max_length=250, blank=True, help_text="Altre parole o frasi, separate da virgole"
    )

    panels = [FieldPanel("bisogno"), FieldPanel("nome"), FieldPanel("anche")]

    class Meta(Orderable.Meta):
        verbose_name = "nome di un bisogno"
        verbose_name_plural = "nomi dei bisogni"
        constraints = [models.UniqueConstraint(fields=["pagina", "bisogno"], name="bisogno_con_un_nome_per_lingua")]

    def __str__(self):
        return self.nome
