"""The life of a document: the words that people write, the versions that are final, what of them is public."""

import secrets

from django.conf import settings
from django.db import models
from django.urls import reverse

from base.archivio import archivio_privato
from base.formati.nomi_di_file import estensione
from base.solo_aggiunte import SoloAggiunte, SoloAggiunteQuerySet
from programma.models import ProgrammaPage

from ..corpo import Corpo, da_json


class NarrazioneQuerySet(SoloAggiunteQuerySet):
    def ultime(self, programma, tipo):
        """The last of each block of a document, with who wrote it."""
        sua = self.filter(programma=programma, tipo=tipo)
        altre = type(self)(self.model).filter(programma=programma, tipo=tipo, blocco=models.OuterRef("blocco"))
        ultima = altre.order_by("-numero").values("numero")[:1]
        return sua.filter(numero=models.Subquery(ultima)).select_related("scritta_da")


class Narrazione(SoloAggiunte):
    """What somebody wrote in a block of a document: `numero` 1, 2, 3… of that block; the last one is in the document.

    `fatti` is what the document said when it was written (`cambiamenti.fatti_in_breve`).
    """

    programma = models.ForeignKey(ProgrammaPage, on_delete=models.PROTECT, related_name="narrazioni")
    tipo = models.SlugField("documento", max_length=60)
    blocco = models.SlugField("parte", max_length=40)
    numero = models.PositiveIntegerField("versione")
    testo = models.TextField("testo", blank=True)
    fatti = models.JSONField("fatti di allora", default=dict)
    scritta_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="scritta da", on_delete=models.PROTECT, related_name="+"
    )
    scritta_il = models.DateTimeField("scritta il")

    objects = NarrazioneQuerySet.as_manager()

    class Meta:
        verbose_name = "parte scritta di un documento"
        verbose_name_plural = "parti scritte dei documenti"
        ordering = ["-numero", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programma", "tipo", "blocco", "numero"], name="una_narrazione_per_parte_e_numero"
            )
        ]

    def __str__(self):
        return f"{self.tipo} {self.programma.anno}, {self.blocco}, versione {self.numero}"


def percorso_del_definitivo(definitivo, nome):
    """A random name: nothing in the path tells what it is."""
    return f"definitivi/{secrets.token_urlsafe(24)}.{estensione(nome)}"


class Definitivo(SoloAggiunte):
    """A document made final: `numero` 1, 2, 3… of its kind and year. Body, data and files as they were; never changed.

    `corpo` is the whole text with its figures (`corpo.in_json`), `dati` the JSON of the same moment.
    """

    programma = models.ForeignKey(ProgrammaPage, on_delete=models.PROTECT, related_name="definitivi")
    tipo = models.SlugField("documento", max_length=60)
    numero = models.PositiveIntegerField("numero")
    titolo = models.CharField("titolo", max_length=250)
    al = models.DateField("situazione al")
    fatto_il = models.DateTimeField("definitivo dal")
    fatto_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="reso definitivo da", on_delete=models.PROTECT, related_name="+"
    )
    autori = models.JSONField("chi ha scritto", default=list)
    corpo = models.JSONField("testo e figure")
    dati = models.TextField("dati")
    dati_sha256 = models.CharField("impronta dei dati", max_length=64)
    pdf = models.FileField(upload_to=percorso_del_definitivo, storage=archivio_privato, max_length=200)
    pdf_sha256 = models.CharField("impronta del PDF", max_length=64)
    docx = models.FileField(upload_to=percorso_del_definitivo, storage=archivio_privato, max_length=200)
    docx_sha256 = models.CharField("impronta del DOCX", max_length=64)

    class Meta:
        verbose_name = "documento definitivo"
        verbose_name_plural = "documenti definitivi"
        ordering = ["-fatto_il", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["programma", "tipo", "numero"], name="un_definitivo_per_tipo_e_numero")
        ]

    def __str__(self):
        return f"{self.titolo}, n. {self.numero}"

    def get_absolute_url(self):
        return reverse("documenti:definitivo", args=[self.pk])

    @property
    def url(self):
        """Where an evidence born from it sends who reads it."""
        return self.get_absolute_url()

    @property
    def detto(self) -> Corpo:
        """The body as it was kept."""
        return da_json(self.corpo)

    def nome_del_file(self, formato):
        """ "report-annuale-2025-n1.pdf"."""
        return f"{self.tipo}-{self.programma.anno}-n{self.numero}.{formato}"


class PubblicazioneQuerySet(SoloAggiunteQuerySet):
    def in_vigore(self):
        """What the public reads now."""
        return self.filter(ritirata_il=None)


class Pubblicazione(SoloAggiunte):
    """A final document that the public reads, without what is not public, as it was when the manager published it.

    Taken away it stays here, with who took it away and when.
    """

    si_cambia = frozenset({"ritirata_il", "ritirata_da"})

    definitivo = models.ForeignKey(Definitivo, on_delete=models.PROTECT, related_name="pubblicazioni")
    corpo = models.JSONField("testo e figure")
    pubblicata_il = models.DateTimeField("pubblicata il")
    pubblicata_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="pubblicata da", on_delete=models.PROTECT, related_name="+"
    )
    ritirata_il = models.DateTimeField("tolta il", null=True, editable=False)
    ritirata_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="tolta da", null=True, on_delete=models.PROTECT, related_name="+"
    )
    pdf = models.FileField(upload_to=percorso_del_definitivo, storage=archivio_privato, max_length=200)
    pdf_sha256 = models.CharField("impronta del PDF", max_length=64)
    dimensione = models.PositiveIntegerField("dimensione in byte")

    objects = PubblicazioneQuerySet.as_manager()

    class Meta:
        verbose_name = "documento pubblicato"
        verbose_name_plural = "documenti pubblicati"
        ordering = ["-pubblicata_il", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["definitivo"], condition=models.Q(ritirata_il=None), name="un_definitivo_e_pubblico_una_volta"
            )
        ]

    def __str__(self):
        return str(self.definitivo)

    def get_absolute_url(self):
        return reverse("documenti_pubblici:documento", args=[self.pk])

    @property
    def detto(self) -> Corpo:
        """What the public reads."""
        return da_json(self.corpo)
