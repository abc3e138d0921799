"""What an entry has more than one of: places, hours, seasons, costs, deadlines, contacts, attachments."""

from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.text import slugify
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from base.telefoni import CampoTelefono

from .. import orari
from .campi import ConPosizione
from .categorie import Comune


class EtichettaGuida(TagBase):
    """A free word of the guide, apart from the tags of images and documents."""

    class Meta:
        verbose_name = "etichetta della guida"
        verbose_name_plural = "etichette della guida"

    def slugify(self, tag, i=None):
        """Also of a word without letters."""
        return super().slugify(tag if slugify(tag, allow_unicode=True) else self._meta.verbose_name, i)


class ServizioTag(ItemBase):
    tag = models.ForeignKey(EtichettaGuida, related_name="servizi", on_delete=models.CASCADE)
    content_object = ParentalKey("guide.ServizioPage", on_delete=models.CASCADE, related_name="etichettature")


class Luogo(ConPosizione, Orderable):
    """Where the service is given. Of a protected place nothing leaves the admin, not even the municipality."""

    class Accessibilita(models.TextChoices):
        DA_VERIFICARE = "da_verificare", "Non ancora verificata"
        SI = "si", "Accessibile in carrozzina e con passeggino"
        NO = "no", "Non accessibile, o solo con aiuto"

    servizio = ParentalKey("guide.ServizioPage", on_delete=models.CASCADE, related_name="luoghi")
    nome = models.CharField("nome del luogo", max_length=120, blank=True, help_text="Per esempio: Biblioteca, 1º piano")
    indirizzo = models.CharField("via e numero", max_length=160, blank=True)
    comune = models.ForeignKey(Comune, verbose_name="comune", on_delete=models.PROTECT, related_name="luoghi")
    protetto = models.BooleanField(
        "indirizzo riservato",
        default=False,
        help_text="Luogo protetto: il pubblico non vede né l'indirizzo né il comune",
    )
    accessibilita = models.CharField(
        "accessibilità", max_length=15, choices=Accessibilita, default=Accessibilita.DA_VERIFICARE
    )
    note_accessibilita = models.CharField(
        "come si entra", max_length=200, blank=True, help_text="Ascensore, rampa, bagno, parcheggio"
    )

    panels = [
        FieldRowPanel([FieldPanel("nome"), FieldPanel("indirizzo")]),
        FieldRowPanel([FieldPanel("comune"), FieldPanel("protetto")]),
        FieldRowPanel([FieldPanel("accessibilita"), FieldPanel("note_accessibilita")]),
        FieldRowPanel([FieldPanel("latitudine"), FieldPanel("longitudine")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "luogo"
        verbose_name_plural = "luoghi"

    def vicino_a(self):
        comune = self.comune if self.comune_id else None
        return (comune.punto, comune.nome) if comune and comune.punto else ()


class FasciaOraria(Orderable):
    """Hours of a day of the week."""

    class Giorno(models.IntegerChoices):
        LUNEDI = 0, "Lunedì"
        MARTEDI = 1, "Martedì"
        MERCOLEDI = 2, "Mercoledì"
        GIOVEDI = 3, "Giovedì"
        VENERDI = 4, "Venerdì"
        SABATO = 5, "Sabato"
        DOMENICA = 6, "Domenica"

    servizio = ParentalKey("guide.ServizioPage", on_delete=models.CASCADE, related_name="orari")
    giorno = models.PositiveSmallIntegerField("giorno", choices=Giorno)
    dalle = models.TimeField("dalle")
    alle = models.TimeField("alle", help_text="Prima di «dalle»: il giorno dopo. 00:00–00:00: tutto il giorno")

    panels = [FieldRowPanel([FieldPanel("giorno"), FieldPanel("dalle"), FieldPanel("alle")])]

    class Meta(Orderable.Meta):
        verbose_name = "fascia oraria"
        verbose_name_plural = "orari"

    @property
    def fascia(self):
        return orari.Fascia(self.giorno, self.dalle, self.alle)


class PeriodoServizio(Orderable):
    """A season in which the service works, or days in which it is closed."""

    class Tipo(models.TextChoices):
        STAGIONE = "stagione", "Funziona solo in questi giorni"
        CHIUSURA = "chiusura", "Chiuso in questi giorni"

    servizio = ParentalKey("guide.ServizioPage", on_delete=models.CASCADE, related_name="periodi")
    tipo = models.CharField("tipo", max_length=10, choices=Tipo)
    dal = models.DateField("dal")
    al = models.DateField("al", help_text="Compreso")
    ogni_anno = models.BooleanField("ogni anno", default=False, help_text="Contano solo giorno e mese")
    nota = models.CharField("nota", max_length=120, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("tipo"), FieldPanel("nota")]),
        FieldRowPanel([FieldPanel("dal"), FieldPanel("al"), FieldPanel("ogni_anno")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "stagione o chiusura"
        verbose_name_plural = "stagioni e chiusure"

    def clean(self):
        super().clean()
        if self.dal and self.al and self.al < self.dal and not self.ogni_anno:
            raise ValidationError({"al": "L'ultimo giorno viene prima del primo"})

    @property
    def periodo(self):
        return orari.Periodo(self.tipo == self.Tipo.CHIUSURA, self.dal, self.al, self.ogni_anno)


class Tariffa(Orderable):
    """An amount, in euro, for how much, and until when it holds."""

    class Unita(models.TextChoices):
        UNA_VOLTA = "una_volta", "una volta"
        ORA = "ora", "all'ora"
        INCONTRO = "incontro", "a incontro"
        GIORNO = "giorno", "al giorno"
        SETTIMANA = "settimana", "a settimana"
        MESE = "mese", "al mese"
        ANNO = "anno", "all'anno"

    servizio = ParentalKey("guide.ServizioPage", on_delete=models.CASCADE, related_name="tariffe")
    descrizione = models.CharField("per che cosa", max_length=120, blank=True)
    importo = models.DecimalField("importo in euro", max_digits=8, decimal_places=2, validators=[MinValueValidator(0)])
    unita = models.CharField("ogni quanto", max_length=10, choices=Unita, default=Unita.UNA_VOLTA)
    valida_dal = models.DateField("valida dal", null=True, blank=True)
    valida_fino_al = models.DateField("valida fino al", null=True, blank=True)

    panels = [
        FieldPanel("descrizione"),
        FieldRowPanel([FieldPanel("importo"), FieldPanel("unita")]),
        FieldRowPanel([FieldPanel("valida_dal"), FieldPanel("valida_fino_al")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "importo"
        verbose_name_plural = "importi"

    def clean(self):
        super().clean()
        if self.valida_dal and self.valida_fino_al and self.valida_fino_al < self.valida_dal:
            raise ValidationError({"valida_fino_al": "L'ultimo giorno viene prima del primo"})


class Scadenza(Orderable):
    """A day by which something must be done.

    `chiave` follows the row through revisions, as its primary key does not: calendars know the deadline by it.
    """

    servizio = ParentalKey("guide.ServizioPage", on_delete=models.CASCADE, related_name="scadenze")
    descrizione = models.CharField("che cosa", max_length=140, help_text="Per esempio: Fine delle iscrizioni")
    data = models.DateField("entro il")
    chiave = models.UUIDField(default=uuid4, editable=False)

    panels = [FieldRowPanel([FieldPanel("descrizione"), FieldPanel("data")])]

    class Meta(Orderable.Meta):
        verbose_name = "scadenza"
        verbose_name_plural = "scadenze"


class Contatto(Orderable):
    """An office to turn to. What is hidden stays in the admin."""

    servizio = ParentalKey("guide.ServizioPage", on_delete=models.CASCADE, related_name="contatti")
    ruolo = models.CharField("ufficio o ruolo", max_length=120, help_text="Per esempio: Segreteria, Coordinatrice")
    telefono = CampoTelefono("telefono", blank=True)
    email = models.EmailField("e-mail", blank=True, help_text="Meglio una casella di ufficio")
    nota = models.CharField("nota", max_length=140, blank=True, help_text="Per esempio: la mattina, anche WhatsApp")
    nascosto = models.BooleanField("nascondi", default=False, help_text="Lo vede solo la redazione")

    panels = [
        FieldRowPanel([FieldPanel("ruolo"), FieldPanel("nascosto")]),
        FieldRowPanel([FieldPanel("telefono"), FieldPanel("email")]),
        FieldPanel("nota"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "contatto"
        verbose_name_plural = "contatti"

    def clean(self):
        super().clean()
        if not (self.telefono or self.email or self.nota):
            raise ValidationError({"telefono": "Scrivi un telefono, un'e-mail o almeno una nota"})


class AllegatoServizio(Orderable):
    """A form, a leaflet, a regulation."""

    servizio = ParentalKey("guide.ServizioPage", on_delete=models.CASCADE, related_name="allegati")
    documento = models.ForeignKey(
        "base.Documento", verbose_name="documento", on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("documento")]

    class Meta(Orderable.Meta):
        verbose_name = "allegato"
        verbose_name_plural = "allegati"
