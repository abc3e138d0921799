"""What keeps the guide good: who verified each entry, what people report, what is asked to be withdrawn.

All of it lives apart from pages and their revisions: a draft, or an older version brought back, never touches it.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from cura.models import PERSONA, RichiestaDiRitiroAstratta, SegnalazioneAstratta, SollecitiAstratti


class VerificaQuerySet(models.QuerySet):
    def pubblicate(self):
        """Those of the entries that the public reads."""
        return self.filter(servizio__live=True, servizio__alias_of=None)

    def scadute_al(self, giorno):
        """Published entries that on `giorno` (a date) are due to be confirmed."""
        return self.pubblicate().filter(scade_il__lte=giorno)


class Verifica(SollecitiAstratti):
    """When an entry was last said to be right, by whom, and what was asked since. Every passage is in the log.

    `scade_il` follows from it and from the needs of the entry (`guide.freschezza`); kept so that lists may ask for it.
    """

    class Modo(models.TextChoices):
        PUBBLICAZIONE = "pubblicazione", "con una modifica approvata"
        COLLEGAMENTO = "collegamento", "dal messaggio di posta"
        PORTALE = "portale", "dall'area riservata"

    servizio = models.OneToOneField("guide.ServizioPage", on_delete=models.CASCADE, related_name="verifica")
    verificata_il = models.DateTimeField("verificata il", null=True, blank=True)
    verificata_da = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="da", **PERSONA)
    modo = models.CharField("come", max_length=15, choices=Modo, blank=True)
    scade_il = models.DateField("da confermare dal", db_index=True)
    risposto_il = models.DateTimeField("correzione mandata il", null=True, blank=True)

    objects = VerificaQuerySet.as_manager()

    class Meta:
        verbose_name = "verifica"
        verbose_name_plural = "verifiche"

    def __str__(self):
        return f"{self.servizio_id}: {self.verificata_il or 'mai verificata'}"

    @property
    def stato_del_collegamento(self):
        """What a link to answer depends on: every verification, or correction sent, changes it."""
        quando = self.verificata_il.isoformat() if self.verificata_il else "mai"
        return f"{quando} {self.risposto_il.isoformat()}" if self.risposto_il else quando


class Segnalazione(SegnalazioneAstratta):
    """What someone without an account tells us: an error in an entry, or a service that is missing."""

    class Tipo(models.TextChoices):
        ERRORE = "errore", "Errore in una scheda"
        PROPOSTA = "proposta", "Servizio proposto"
        CORREZIONE = "correzione", "Correzione dell'organizzazione"

    legame = "servizio"

    tipo = models.CharField("tipo", max_length=10, choices=Tipo)
    servizio = models.ForeignKey(
        "guide.ServizioPage",
        verbose_name="scheda",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="segnalazioni",
    )
    nome = models.CharField("nome del servizio", max_length=160)
    ente = models.CharField("chi lo offre", max_length=160, blank=True)
    contatti = models.CharField("contatti del servizio", max_length=250, blank=True)
    bozza = models.ForeignKey(
        "guide.ServizioPage",
        verbose_name="scheda nata da questa proposta",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta(SegnalazioneAstratta.Meta):
        verbose_name = "segnalazione"
        verbose_name_plural = "segnalazioni"

    def get_absolute_url(self):
        return reverse("guida:segnalazione", args=[self.pk])


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
