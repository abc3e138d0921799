"""What was recognised: the one source of the score. Append-only but for the revocation."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from base.solo_aggiunte import NonSiCambia, SoloAggiunte, SoloAggiunteQuerySet
from organizzazioni.models import Organizzazione

from .criteri import DUE_CIFRE, Criterio
from .evidenze import Evidenza

UN_MOMENTO = timedelta(minutes=1)
"""Between saying when something happens and writing it."""


def _esigi_adesso(revocato_il):
    """A revocation dated in the past would change what the score said then."""
    if revocato_il is not None and revocato_il < timezone.now() - UN_MOMENTO:
        raise NonSiCambia


class RiconoscimentoQuerySet(SoloAggiunteQuerySet):
    def update(self, **campi):
        """Only a revocation may be written, once and when it happens."""
        if "revocato_il" in campi:
            _esigi_adesso(campi["revocato_il"])
        return super(RiconoscimentoQuerySet, self.filter(revocato_il=None)).update(**campi)

    update.alters_data = True

    def validi_al(self, istante):
        """Rows decided, and known, at or before `istante` (an aware datetime) and not revoked by then."""
        return self.filter(
            Q(noto_dal=None) | Q(noto_dal__lte=istante),
            Q(revocato_il=None) | Q(revocato_il__gt=istante),
            deciso_il__lte=istante,
        )

    def che_contano(self):
        """Rows with recognised units: a recognised quantity of 0 contributes nothing under any rule."""
        return self.filter(quantita_riconosciuta__gt=0)

    def del_programma(self, programma):
        return self.filter(criterio__programma=programma)

    def enti_nominati(self, criteri):
        """Triples (criterion, body, date of the fact) of the bodies named for `criteri`, once each."""
        righe = self.filter(criterio__in=criteri, organizzazioni__isnull=False)
        return righe.order_by().values_list("criterio", "organizzazioni", "data").distinct()

    def ultimo_valore(self, criterio, criteri):
        """The row of the latest fact, then the latest decided, of `criterio` if it is one of `criteri` (keys)."""
        return self.filter(criterio=criterio, criterio__in=criteri).order_by("-data", "-deciso_il", "-pk")[:1]


class Riconoscimento(SoloAggiunte):
    """One approved (evidence, criterion): the recognised units, and who decided when."""

    evidenza = models.ForeignKey(Evidenza, on_delete=models.PROTECT, related_name="riconoscimenti")
    criterio = models.ForeignKey(Criterio, on_delete=models.PROTECT, related_name="riconoscimenti")
    data = models.DateField("data del fatto")
    organizzazioni = models.ManyToManyField(Organizzazione, verbose_name="organizzazioni nominate", related_name="+")
    quantita_dichiarata = models.DecimalField("quantità dichiarata", **DUE_CIFRE)
    quantita_riconosciuta = models.DecimalField("quantità riconosciuta", **DUE_CIFRE)
    nota = models.CharField("nota", max_length=300, blank=True)
    deciso_il = models.DateTimeField("deciso il")
    deciso_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="deciso da", null=True, on_delete=models.PROTECT, related_name="+"
    )
    noto_dal = models.DateTimeField(
        "noto dal",
        null=True,
        editable=False,
        help_text="Se conta da dopo la decisione: un contenuto approvato che esce, o un fatto che avviene, più tardi",
    )
    revocato_il = models.DateTimeField("revocato il", null=True)
    revocato_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="revocato da", null=True, on_delete=models.PROTECT, related_name="+"
    )
    motivo = models.TextField("motivo della revoca", blank=True)

    si_cambia = frozenset({"revocato_il", "revocato_da", "motivo"})
    objects = RiconoscimentoQuerySet.as_manager()

    class Meta:
        verbose_name = "riconoscimento"
        verbose_name_plural = "riconoscimenti"
        ordering = ["criterio", "data"]
        constraints = [
            models.UniqueConstraint(fields=["evidenza", "criterio"], name="un_riconoscimento_per_evidenza_e_criterio"),
            models.CheckConstraint(
                condition=Q(quantita_riconosciuta__gte=0, quantita_dichiarata__gte=0), name="quantita_riconosciute"
            ),
            models.CheckConstraint(
                condition=Q(quantita_riconosciuta=models.F("quantita_dichiarata")) | ~Q(nota=""),
                name="nota_se_la_quantita_cambia",
            ),
        ]
        indexes = [models.Index(fields=["criterio", "deciso_il"], name="riconoscimento_punteggio")]

    def save(self, *args, **kwargs):
        nuovo = self._state.adding
        if not nuovo:
            if type(self).objects.filter(pk=self.pk).exclude(revocato_il=None).exists():
                raise NonSiCambia
            _esigi_adesso(self.revocato_il)
        super().save(*args, **kwargs)
        self.si_sta_scrivendo = nuovo  # the bodies that it names follow it, through this very object

    def __str__(self):
        return f"{self.criterio.codice}: {self.quantita_riconosciuta}"
