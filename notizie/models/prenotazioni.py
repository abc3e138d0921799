"""The places at an event that anyone may book without an account, and who booked one."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from .eventi import EventoPage

POSTI_MASSIMO = 2000
GIORNI_MASSIMO = 180
PRESENTI_MASSIMO = 100_000


class PostiQuerySet(models.QuerySet):
    def con_presenti(self):
        """Of which somebody has said how many came."""
        return self.exclude(presenti_dipendenti=None, presenti_comunita=None)

    def con_conti(self, adesso):
        """With how many are booked, wait in the list, and have one kept until they confirm (`adesso` is aware)."""
        stati = Prenotazione.Stato
        tenute = Q(prenotazioni__stato=stati.DA_CONFERMARE)
        return self.annotate(
            prenotati=Count("prenotazioni", filter=Q(prenotazioni__stato=stati.CONFERMATA)),
            in_attesa=Count("prenotazioni", filter=Q(prenotazioni__stato=stati.IN_ATTESA)),
            da_confermare=Count("prenotazioni", filter=tenute),
            tenuti=Count("prenotazioni", filter=tenute & Q(prenotazioni__tenuta_fino_a__gt=adesso)),
        )


class PostiDellEvento(models.Model):
    """That an event is booked: how many places, until when, how long the names are kept; and how many came.

    Outside of the page's revisions: nothing of it is a text that the public reads, and it changes with who books.
    """

    evento = models.OneToOneField(EventoPage, on_delete=models.CASCADE, related_name="posti")
    quanti = models.PositiveSmallIntegerField(
        "posti",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(POSTI_MASSIMO)],
        help_text="Vuoto: senza limite. Finiti i posti si entra in lista d'attesa",
    )
    fino_al = models.DateField(
        "ci si prenota fino al", null=True, blank=True, help_text="Vuoto: fino a quando l'evento comincia"
    )
    conserva = models.PositiveSmallIntegerField(
        "giorni dopo i quali i nomi si cancellano",
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(GIORNI_MASSIMO)],
        help_text="Dall'ultimo giorno dell'evento. Lo legge chi si prenota: dopo si può solo abbreviare",
    )
    chiuse = models.BooleanField("prenotazioni chiuse", default=False, help_text="Chi ha già un posto lo tiene")
    presenti_dipendenti = models.PositiveIntegerField(
        "dipendenti delle organizzazioni", null=True, blank=True, validators=[MaxValueValidator(PRESENTI_MASSIMO)]
    )
    presenti_comunita = models.PositiveIntegerField(
        "altre persone della comunità", null=True, blank=True, validators=[MaxValueValidator(PRESENTI_MASSIMO)]
    )
    prenotati_alla_fine = models.PositiveIntegerField(null=True, editable=False)
    """How many had a place when their names were deleted."""
    detto = models.JSONField(default=dict, editable=False)
    """When, where and whether it is on, as who booked was last told: see `operazioni.detto_di`."""
    versione = models.PositiveIntegerField(default=1, editable=False)

    objects = PostiQuerySet.as_manager()

    class Meta:
        verbose_name = "evento con prenotazioni"
        verbose_name_plural = "eventi con prenotazioni"

    def __str__(self):
        return f"Posti di «{self.evento}»"

    def get_absolute_url(self):
        return reverse("prenotazioni:registro", args=[self.evento_id])

    @property
    def url(self):
        """Where an evidence born from it sends who reads it."""
        return self.get_absolute_url()

    @property
    def presenti(self):
        """How many came; None when nobody has said it."""
        detti = [uno for uno in (self.presenti_dipendenti, self.presenti_comunita) if uno is not None]
        return sum(detti) if detti else None


class Prenotazione(models.Model):
    """One person's place at an event, or in its list. Given back, nothing of it is left.

    An address that nobody has confirmed is of nobody: its name is shown to nobody.
    """

    class Stato(models.TextChoices):
        DA_CONFERMARE = "da_confermare", "Da confermare"
        CONFERMATA = "confermata", "Ha un posto"
        IN_ATTESA = "in_attesa", "In lista d'attesa"

    posti = models.ForeignKey(PostiDellEvento, on_delete=models.CASCADE, related_name="prenotazioni")
    nome = models.CharField("nome e cognome", max_length=120)
    email = models.EmailField("e-mail", help_text="In minuscolo")
    ente = models.CharField("organizzazione da cui viene", max_length=160, blank=True)
    consenso = models.CharField("versione del consenso", max_length=20)
    stato = models.CharField("stato", max_length=15, choices=Stato, default=Stato.DA_CONFERMARE)
    chiesta_il = models.DateTimeField("chiesta il", default=timezone.now)
    scritto_il = models.DateTimeField("ultimo messaggio a chi la chiede", null=True)
    tenuta_fino_a = models.DateTimeField("posto tenuto fino a", null=True)
    confermata_il = models.DateTimeField("confermata il", null=True)
    ricordata_il = models.DateTimeField("promemoria mandato il", null=True)

    class Meta:
        verbose_name = "prenotazione"
        verbose_name_plural = "prenotazioni"
        ordering = ["confermata_il", "pk"]
        constraints = [models.UniqueConstraint(fields=["posti", "email"], name="un_indirizzo_un_posto")]

    def __str__(self):
        """Without the name, which must not end in a log."""
        return f"Prenotazione {self.pk}"

    def get_absolute_url(self):
        return self.posti.get_absolute_url()

    @property
    def stato_del_collegamento(self):
        """What a link to confirm changes."""
        return f"{self.email} {self.confermata_il}"
