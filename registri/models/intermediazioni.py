"""The manager's log of contacts: with whom, about what, what came of it. The manager's alone."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse

from organizzazioni.models import Organizzazione


class IntermediazioneQuerySet(models.QuerySet):
    def da_seguire(self):
        """Those that ask for something that is not done yet, the nearest day first."""
        aperte = self.exclude(seguito="").filter(fatto_il=None)
        return aperte.order_by(models.F("entro").asc(nulls_last=True), "pk")


class Intermediazione(models.Model):
    """A contact of the manager with a body, or what a member says back: the day, the subject, the outcome, what next.

    `riunione` is the meeting that was made from it, `pagine` the drafts of conventions and services.
    """

    class Genere(models.TextChoices):
        CONTATTO = "contatto", "Contatto"
        RISCONTRO = "riscontro", "Riscontro di un aderente"

    class Interlocutore(models.TextChoices):
        PRODUTTIVO = "produttivo", "Mondo produttivo"
        PUBBLICO = "pubblico", "Ente pubblico"
        TERZO_SETTORE = "terzo_settore", "Terzo settore"
        ALTRO = "altro", "Altro"

    chiave = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    genere = models.CharField("genere", max_length=10, choices=Genere, default=Genere.CONTATTO)
    giorno = models.DateField("giorno")
    organizzazione = models.ForeignKey(
        Organizzazione,
        verbose_name="organizzazione della rete",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    altro_ente = models.CharField("altro ente", max_length=200, blank=True)
    interlocutore = models.CharField(
        "interlocutore", max_length=15, choices=Interlocutore, default=Interlocutore.PRODUTTIVO
    )
    argomento = models.CharField("argomento", max_length=200)
    esito = models.TextField("esito", blank=True, max_length=4000)
    seguito = models.CharField("che cosa c'è da fare", max_length=300, blank=True)
    entro = models.DateField("entro il", null=True, blank=True)
    fatto_il = models.DateField("fatto il", null=True, editable=False)
    riunione = models.ForeignKey(
        "registri.Riunione", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    pagine = models.ManyToManyField("wagtailcore.Page", editable=False, related_name="+")
    scritta_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, editable=False, null=True, on_delete=models.PROTECT, related_name="+"
    )
    versione = models.PositiveIntegerField(default=1, editable=False)

    objects = IntermediazioneQuerySet.as_manager()

    class Meta:
        verbose_name = "intermediazione"
        verbose_name_plural = "intermediazioni"
        ordering = ["-giorno", "-pk"]

    def __str__(self):
        return self.argomento

    def get_absolute_url(self):
        return reverse("intermediazione:modifica", args=[self.pk])

    @property
    def ente(self) -> str:
        return str(self.organizzazione) if self.organizzazione else self.altro_ente
