"""Cards: how many an organisation may give in a year, and each one's number. No field here can hold a name."""

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from base.seriali import LUNGHEZZA, a_gruppi
from organizzazioni.models import Organizzazione
from organizzazioni.permissions import e_manager

from ..card.stati import StatoCard, stato


class LottoQuerySet(models.QuerySet):
    def visibili_a(self, utente):
        """All for the managers, those of their organisations for anyone else."""
        return self if e_manager(utente) else self.filter(organizzazione__in=Organizzazione.objects.di(utente))

    def con_conti(self, oggi):
        """Each with `emesse`, `revocate`, and `attive`: those that are valid on `oggi`."""
        return self.annotate(
            emesse=Count("card"),
            revocate=Count("card", filter=Q(card__revocata_il__isnull=False)),
            attive=Count(
                "card",
                filter=Q(
                    Q(organizzazione__aderente_fino_al=None) | Q(organizzazione__aderente_fino_al__gte=oggi),
                    card__revocata_il=None,
                    valido_fino_al__gte=oggi,
                ),
            ),
        )


class Lotto(models.Model):
    """The cards that an organisation may give for a year: how many the manager granted, until when they hold."""

    organizzazione = models.ForeignKey(
        Organizzazione, verbose_name="organizzazione", on_delete=models.PROTECT, related_name="lotti_di_card"
    )
    anno = models.PositiveSmallIntegerField("anno")
    concesse = models.PositiveIntegerField("card concesse")
    valido_fino_al = models.DateField("valide fino al", help_text="Ultimo giorno")

    objects = LottoQuerySet.as_manager()

    class Meta:
        verbose_name = "lotto di card"
        verbose_name_plural = "lotti di card"
        ordering = ["-anno", "organizzazione__denominazione"]
        constraints = [models.UniqueConstraint(fields=["organizzazione", "anno"], name="un_lotto_all_anno")]

    def __str__(self):
        return f"Card {self.anno} di {self.organizzazione}"

    def get_absolute_url(self):
        return reverse("card:lotto", args=[self.pk])

    @property
    def ultimo_giorno(self):
        """The last day on which its cards are good: the cards of who leaves the District end with its membership."""
        return min(filter(None, (self.valido_fino_al, self.organizzazione.aderente_fino_al)))


class CardQuerySet(models.QuerySet):
    def visibili_a(self, utente):
        """As the batches that they come from."""
        return self.filter(lotto__in=Lotto.objects.visibili_a(utente))

    def non_revocate(self):
        return self.filter(revocata_il=None)

    def per_lettura(self):
        return self.select_related("lotto__organizzazione")


class Card(models.Model):
    """One card: a number, and whether it was revoked. Who holds it is known to the employer alone."""

    class Motivo(models.TextChoices):
        SMARRITA = "smarrita", "Smarrita o rubata"
        RESTITUITA = "restituita", "Restituita"
        ROVINATA = "rovinata", "Rovinata o stampata male"

    lotto = models.ForeignKey(Lotto, verbose_name="lotto", on_delete=models.PROTECT, related_name="card")
    seriale = models.CharField("numero", max_length=LUNGHEZZA, unique=True)
    emissione = models.PositiveSmallIntegerField("emissione")
    posto = models.PositiveIntegerField("numero d'ordine")
    emessa_il = models.DateTimeField("emessa il", default=timezone.now)
    revocata_il = models.DateTimeField("revocata il", null=True, blank=True)
    motivo = models.CharField("motivo", max_length=10, choices=Motivo, blank=True)

    objects = CardQuerySet.as_manager()

    class Meta:
        verbose_name = "card"
        verbose_name_plural = "card"
        ordering = ["lotto", "posto"]
        constraints = [
            models.UniqueConstraint(fields=["lotto", "posto"], name="un_posto_nel_lotto"),
            models.CheckConstraint(
                condition=Q(revocata_il=None, motivo="") | (Q(revocata_il__isnull=False) & ~Q(motivo="")),
                name="card_revocata_con_motivo",
            ),
        ]

    def __str__(self):
        """Without its number, which must not end in a log."""
        return f"Card {self.posto} del lotto {self.lotto_id}"

    @property
    def scritta(self):
        return a_gruppi(self.seriale)

    def stato_il(self, giorno):
        return stato(self.lotto.ultimo_giorno, self.revocata_il is not None, giorno)

    @property
    def stato(self):
        return self.stato_il(timezone.localdate())

    @property
    def valida(self):
        return self.stato == StatoCard.VALIDA
