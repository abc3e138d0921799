"""The guide on paper: the booklets as they are now, and what is kept of each year."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from base.archivio import archivio_privato
from base.solo_aggiunte import SoloAggiunte


class Fascicolo(models.Model):
    """A booklet as it was last printed. `chiave` is a need of the first level, or empty for the whole guide.

    `impronta` is that of its content (see `guide.fascicoli.stampa`): the same content is not printed again.
    `da_piegare` is the same imposed on A4 sheets; `grande`, of the whole guide alone, in large print.
    """

    chiave = models.SlugField(max_length=60, unique=True, blank=True)
    titolo = models.CharField(max_length=80)
    impronta = models.CharField(max_length=64)
    file = models.FileField(upload_to="fascicoli/", max_length=200)
    da_piegare = models.FileField(upload_to="fascicoli/", max_length=200, blank=True)
    grande = models.FileField(upload_to="fascicoli/", max_length=200, blank=True)
    pagine = models.PositiveIntegerField()
    servizi = models.PositiveIntegerField()
    dimensione = models.PositiveIntegerField("dimensione in byte")
    fatto_il = models.DateTimeField()

    class Meta:
        verbose_name = "fascicolo"
        verbose_name_plural = "fascicoli"
        ordering = ["pk"]

    def __str__(self):
        return self.titolo

    def get_absolute_url(self):
        return self._indirizzo("file")

    @property
    def url_da_piegare(self):
        return self._indirizzo("da_piegare") if self.da_piegare else ""

    @property
    def url_grande(self):
        return self._indirizzo("grande") if self.grande else ""

    @property
    def nomi_dei_file(self):
        return [uno.name for uno in (self.file, self.da_piegare, self.grande) if uno]

    def _indirizzo(self, forma):
        return reverse(f"fascicoli_pubblici:{forma}", kwargs={"chiave": self.chiave} if self.chiave else {})


class Stamperia(models.Model):
    """One row: whether the booklets wait to be looked at again, and whether someone is printing now."""

    da_rifare_dal = models.DateTimeField(null=True)
    in_corso_dal = models.DateTimeField(null=True)
    errore = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "stamperia"
        verbose_name_plural = "stamperia"

    def __str__(self):
        return "Stamperia"

    @classmethod
    def leggi(cls):
        return cls.objects.get_or_create(pk=1)[0]


class Istantanea(SoloAggiunte):
    """The guide of a year as it was on a day: the booklet, all its public data, and their SHA-256. Never changed."""

    anno = models.PositiveSmallIntegerField()
    fatta_il = models.DateTimeField()
    fatta_da = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    servizi = models.PositiveIntegerField()
    pagine = models.PositiveIntegerField()
    pdf = models.FileField(upload_to="istantanee/", storage=archivio_privato, max_length=200)
    pdf_sha256 = models.CharField(max_length=64)
    json = models.FileField(upload_to="istantanee/", storage=archivio_privato, max_length=200)
    json_sha256 = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = "istantanea"
        verbose_name_plural = "istantanee"
        ordering = ["-fatta_il", "-pk"]

    def __str__(self):
        return f"Family Guide {self.anno}, istantanea n. {self.pk}"

    def nome_del_file(self, formato):
        """ "family-guide-2025-istantanea-3.pdf"; `formato` is `pdf` or `json`."""
        return f"family-guide-{self.anno}-istantanea-{self.pk}.{formato}"
