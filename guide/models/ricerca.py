"""What the public search reads: made at publication by `guide.operazioni`, never written by hand.

Everything here can be thrown away and made again by `manage.py reindicizza_guida`.
"""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from ..scheda import Scheda


class VoceGuida(models.Model):
    """A published entry, as the public sees it. `posizione` is its bit in the sets of `InsiemeFaccetta` and of
    `InsiemeTermine`; `parole` are its words, each with what it weighs."""

    posizione = models.PositiveIntegerField(primary_key=True)
    servizio = models.OneToOneField("guide.ServizioPage", on_delete=models.CASCADE, related_name="voce")
    ordine = models.CharField(max_length=120, db_index=True)
    dati = models.JSONField(encoder=DjangoJSONEncoder)
    parole = models.JSONField(default=dict)
    cambiata = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        verbose_name = "voce della guida"
        verbose_name_plural = "voci della guida"

    def __str__(self):
        return self.scheda.nome

    @property
    def scheda(self):
        return Scheda.da_dati(self.dati)


class InsiemeFaccetta(models.Model):
    """The positions of the entries under one value of one facet; see `guide.filtri.Indice`.

    Two rows are of no facet: `TUTTI` has every entry, `ORDINE` has their positions in order of name.
    """

    TUTTI, ORDINE = ("", ""), ("", "ordine")

    faccetta = models.CharField(max_length=10)
    valore = models.CharField(max_length=60, blank=True)
    posizioni = models.BinaryField(default=bytes)

    class Meta:
        verbose_name = "insieme di voci"
        verbose_name_plural = "insiemi di voci"
        constraints = [models.UniqueConstraint(fields=["faccetta", "valore"], name="insieme_unico")]

    def __str__(self):
        return f"{self.faccetta}={self.valore}"


class Termine(models.Model):
    """A word of the guide's vocabulary, without accents, and its stem."""

    parola = models.CharField(max_length=40, unique=True)
    radice = models.CharField(max_length=40, db_index=True)

    class Meta:
        verbose_name = "termine"
        verbose_name_plural = "termini"

    def __str__(self):
        return self.parola


class InsiemeTermine(models.Model):
    """The positions of the entries in which a word weighs `peso`: the heaviest of the places where it is."""

    termine = models.ForeignKey(Termine, on_delete=models.CASCADE, related_name="insiemi")
    peso = models.PositiveSmallIntegerField()
    posizioni = models.BinaryField(default=bytes)

    class Meta:
        verbose_name = "voci di un termine"
        verbose_name_plural = "voci dei termini"
        constraints = [models.UniqueConstraint(fields=["termine", "peso"], name="peso_una_volta_per_termine")]

    def __str__(self):
        return f"{self.termine_id}: {self.peso}"


class RicercaVana(models.Model):
    """Words that found nothing, and how many times in a month. Nothing of who wrote them, nor of when in the month
    but for the last day. See `guide.operazioni.annota_vana`."""

    parole = models.CharField(max_length=60)
    mese = models.DateField(help_text="Il suo primo giorno")
    volte = models.PositiveIntegerField(default=1)
    ultima = models.DateField()

    class Meta:
        verbose_name = "ricerca senza risultati"
        verbose_name_plural = "ricerche senza risultati"
        constraints = [models.UniqueConstraint(fields=["mese", "parole"], name="ricerca_vana_una_al_mese")]

    def __str__(self):
        return f"{self.parole}: {self.volte}"
