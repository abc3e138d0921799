"""A convention that its organisation asks to take off the site: not one that ends, which stays to be read."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from cura.models import RichiestaDiRitiroAstratta


class RichiestaDiRitiro(RichiestaDiRitiroAstratta):
    """An organisation asks to take a convention off."""

    legame = "convenzione"

    convenzione = models.ForeignKey("convenzioni.ConvenzionePage", on_delete=models.CASCADE, related_name="ritiri")

    class Meta(RichiestaDiRitiroAstratta.Meta):
        verbose_name = "richiesta di togliere una convenzione"
        verbose_name_plural = "richieste di togliere una convenzione"
        constraints = [
            models.UniqueConstraint(
                fields=["convenzione"], condition=Q(esito=""), name="un_ritiro_di_convenzione_alla_volta"
            ),
        ]

    def get_absolute_url(self):
        return reverse("convenzioni:ritiro", args=[self.pk])
