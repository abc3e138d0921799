"""An entry of the guide that its organisation asks to take off."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from cura.models import RichiestaDiRitiroAstratta


class RichiestaDiRitiro(RichiestaDiRitiroAstratta):
    """An organisation asks to take an entry off the guide."""

    legame = "servizio"

    servizio = models.ForeignKey("guide.ServizioPage", on_delete=models.CASCADE, related_name="ritiri")
    nome = models.CharField("servizio", max_length=255)

    class Meta(RichiestaDiRitiroAstratta.Meta):
        constraints = [
            models.UniqueConstraint(fields=["servizio"], condition=Q(esito=""), name="un_ritiro_alla_volta"),
        ]

    def get_absolute_url(self):
        return reverse("guida:ritiro", args=[self.pk])
