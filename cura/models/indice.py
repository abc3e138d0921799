"""What the public finds: made at publication by `cura.operazioni.indice`, never written by hand.

One index for every kind of entry, each in its own `ambito` (`Cura.ambito`) with positions of its own. Everything here
can be thrown away and made again: `operazioni.reindicizza`.
"""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from ..registro import cura_di_ambito


class VoceIndice(models.Model):
    """A published entry, as the public sees it. `posizione` is its bit in the sets of its `ambito`; `parole` are its
    words, each with what it weighs."""

    ambito = models.CharField(max_length=20)
    posizione = models.PositiveIntegerField()
    pagina = models.OneToOneField("wagtailcore.Page", on_delete=models.CASCADE, related_name="voce")
    ordine = models.CharField(max_length=120, db_index=True)
    dati = models.JSONField(encoder=DjangoJSONEncoder)
    parole = models.JSONField(default=dict)
    cambiata = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "voce dell'indice"
        verbose_name_plural = "voci dell'indice"
        constraints = [models.UniqueConstraint(fields=["ambito", "posizione"], name="posizione_unica_nell_ambito")]
        indexes = [models.Index(fields=["ambito", "cambiata"], name="ultima_dell_ambito")]

    def __str__(self):
        return f"{self.ambito}: {self.dati.get('nome', '')}"

    @property
    def cura(self):
        return cura_di_ambito(self.ambito)

    @property
    def scheda(self):
        return self.cura.scheda.da_dati(self.dati)

    @property
    def contenuto(self):
        """The page in its own type; joined by `Cura.voci`, it costs nothing."""
        return getattr(self.pagina, self.cura.nome_modello)


class InsiemeFaccetta(models.Model):
    """The positions of the entries of an `ambito` under one value of one facet; see `cura.insiemi.Indice`.

    Two rows of each `ambito` are of no facet: `TUTTI` has every entry, `ORDINE` has their positions in order of name.
    """

    TUTTI, ORDINE = ("", ""), ("", "ordine")

    ambito = models.CharField(max_length=20)
    faccetta = models.CharField(max_length=10)
    valore = models.CharField(max_length=60, blank=True)
    posizioni = models.BinaryField(default=bytes)

    class Meta:
        verbose_name = "insieme di voci"
        verbose_name_plural = "insiemi di voci"
        constraints = [
            models.UniqueConstraint(fields=["ambito", "faccetta", "valore"], name="insieme_unico_nell_ambito")
        ]

    def __str__(self):
        return f"{self.ambito}: {self.faccetta}={self.valore}"


class Parola(models.Model):
    """A word of the vocabulary of an `ambito`, without accents, and its stem, also from its end: `rovescia`."""

    ambito = models.CharField(max_length=20)
    parola = models.CharField(max_length=40)
    radice = models.CharField(max_length=40, db_index=True)
    rovescia = models.CharField(max_length=40, db_index=True)

    class Meta:
        verbose_name = "parola dell'indice"
        verbose_name_plural = "parole dell'indice"
        constraints = [models.UniqueConstraint(fields=["ambito", "parola"], name="parola_unica_nell_ambito")]

    def __str__(self):
        return self.parola


class InsiemeParola(models.Model):
    """The positions of the entries in which a word weighs `peso`: the heaviest of the places where it is."""

    parola = models.ForeignKey(Parola, on_delete=models.CASCADE, related_name="insiemi")
    peso = models.PositiveSmallIntegerField()
    posizioni = models.BinaryField(default=bytes)

    class Meta:
        verbose_name = "voci di una parola"
        verbose_name_plural = "voci delle parole"
        constraints = [models.UniqueConstraint(fields=["parola", "peso"], name="peso_una_volta_per_parola")]

    def __str__(self):
        return f"{self.parola_id}: {self.peso}"
