"""What the registers have in common: kinds that are data, the criteria that one may serve, files on private storage."""

import secrets

from django.conf import settings
from django.db import models
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.admin.widgets.slug import SlugInput
from wagtail.models import Orderable

from base.archivio import archivio_privato
from base.formati.nomi_di_file import dentro_la_firma
from base.righe import ModuloConRighe
from base.ritocchi import TitoloPanel
from organizzazioni.models import Organizzazione


class Tipo(ClusterableModel):
    """A kind of what a register holds, with the rows `criteri` that one of its kind may serve."""

    chiave = models.SlugField("chiave", max_length=60, unique=True, help_text="Compare nei file: non si cambia")
    nome = models.CharField("nome", max_length=80)
    ordine = models.PositiveSmallIntegerField("ordine", default=0, help_text="Prima i numeri più bassi")

    base_form_class = ModuloConRighe

    class Meta:
        abstract = True
        ordering = ["ordine", "nome"]

    def __str__(self):
        return self.nome

    @property
    def condizioni(self) -> list:
        """What one of this kind must have, criterion by criterion."""
        return [criterio.condizioni for criterio in self.criteri.all()]


def pannelli_del_tipo(*altri):
    """The form of a kind, with its own fields `altri`."""
    return [
        TitoloPanel("nome", targets=["chiave"], placeholder=False, classname=""),
        FieldRowPanel([FieldPanel("chiave", widget=SlugInput), FieldPanel("ordine"), *map(FieldPanel, altri)]),
        InlinePanel("criteri", heading="Criteri che può servire", label="Criterio"),
    ]


class CriterioServito(ClusterableModel, Orderable):
    """A criterion, by its code, that something of a kind may serve; the code is looked for in the year's programme."""

    codice = models.CharField("codice", max_length=10, help_text="Come nel programma dell'anno: M2, P1.1")
    manager = models.BooleanField("presente il manager", default=False)
    enti = ParentalManyToManyField(
        Organizzazione, verbose_name="presente qualcuno di", blank=True, related_name="+", help_text="Tutti questi"
    )

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self):
        return self.codice

    @property
    def nomi_degli_enti(self) -> tuple[str, ...]:
        return tuple(str(ente) for ente in self.enti.all())


def percorso_del_file(file, nome):
    """A random name: nothing in the path tells what it is."""
    return f"{file.CARTELLA}/{secrets.token_urlsafe(24)}"


class FileRiservato(models.Model):
    """A file of a register: on private storage, served by one view of its own."""

    chiave = models.CharField(max_length=43, unique=True, default=secrets.token_urlsafe, editable=False)
    file = models.FileField(upload_to=percorso_del_file, storage=archivio_privato, max_length=120)
    nome = models.CharField("nome", max_length=200)
    tipo = models.CharField("tipo", max_length=100)
    caricato_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    CARTELLA = ""
    """Where such files stand in the storage."""

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self):
        return self.nome

    @property
    def firmato(self):
        """The name of the file inside a signed envelope, which is never opened; nothing of any other."""
        return dentro_la_firma(self.nome)
