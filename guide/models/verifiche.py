"""Who verified each entry of the guide: apart from pages and their revisions, which never touch it."""

from django.conf import settings
from django.db import models

from cura.models import PERSONA, SollecitiAstratti


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
