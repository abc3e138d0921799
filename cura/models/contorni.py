"""The outlines that the map draws, of a territory that the District's own file says."""

from django.db import models


class Contorno(models.Model):
    """The outline of a municipality, by its key, or of water, which has none; read from `confini.geojson`."""

    comune = models.CharField("comune", max_length=60, blank=True)
    codice = models.CharField("codice Istat", max_length=6, blank=True)
    nome = models.CharField("nome", max_length=80)
    fonte = models.CharField("fonte e licenza", max_length=200)
    poligoni = models.JSONField("poligoni", help_text="Longitudine e latitudine, in gradi")

    class Meta:
        verbose_name = "contorno"
        verbose_name_plural = "contorni"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["comune"], condition=~models.Q(comune=""), name="un_contorno_per_comune")
        ]

    def __str__(self):
        return self.nome
