"""Whether a year asks for the Province's contribution, and when that is asked."""

from django.db import models
from django.db.models import F, Q

from .pagine import ProgrammaPage


class DomandaDiContributo(models.Model):
    """The request of one year: asked for or not, the window in which it is presented, and where. Never an amount.

    Outside the revisions of the page: the window is known after the act, and changes.
    """

    programma = models.OneToOneField(ProgrammaPage, on_delete=models.CASCADE, related_name="domanda")
    si_chiede = models.BooleanField(
        "quest'anno si chiede il contributo",
        default=False,
        help_text="Se si chiede, i compiti del manager sono obbligatori",
    )
    apre = models.DateField("si presenta dal", null=True, blank=True)
    chiude = models.DateField("al", null=True, blank=True, help_text="Ultimo giorno")
    dove = models.CharField("dove si presenta", max_length=200, blank=True, help_text="L'ufficio o l'indirizzo web")
    cambiata_il = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "domanda di contributo"
        verbose_name_plural = "domande di contributo"
        constraints = [
            models.CheckConstraint(
                condition=Q(apre=None) | Q(chiude=None) | Q(chiude__gte=F("apre")), name="domanda_chiude_dopo_che_apre"
            )
        ]

    def __str__(self):
        return f"Domanda {self.programma.anno}"
