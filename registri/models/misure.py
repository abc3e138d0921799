"""What members are asked once a year: questions that are data, a collection, the answers of each body."""

from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.widgets.slug import SlugInput

from base.formati.caratteri import pulito
from base.ritocchi import TitoloPanel
from organizzazioni.models import Organizzazione
from organizzazioni.permissions import e_manager, legge_tutto

from ..misure import quesiti
from ..misure.quesiti import QuesitoFermo, Valore


class Quesito(models.Model):
    """A question. Data: the manager edits them; a collection that is open keeps those that it began with."""

    testo = models.CharField("domanda", max_length=300)
    chiave = models.SlugField(
        "chiave",
        max_length=60,
        unique=True,
        help_text="Con la stessa chiave le risposte si confrontano da un anno all'altro: non si cambia",
    )
    sezione = models.CharField("sezione", max_length=80, help_text="Le domande della stessa sezione stanno insieme")
    genere = models.CharField("come si risponde", max_length=10, choices=list(quesiti.GENERI.items()))
    aiuto = models.CharField("aiuto", max_length=300, blank=True, help_text="Che cosa contare, e che cosa no")
    unita = models.CharField("unità", max_length=30, blank=True, help_text="Di un numero: persone, ore, %")
    decimali = models.PositiveSmallIntegerField(
        "cifre dopo la virgola", default=0, choices=[(0, "Nessuna"), (1, "Una"), (2, "Due")]
    )
    massimo = models.DecimalField(
        "numero più grande", max_digits=12, decimal_places=2, null=True, blank=True, help_text="Per una quota: 100"
    )
    si_somma = models.BooleanField(
        "le risposte si sommano", default=True, help_text="Di un numero: persone e ore sì; una quota, o un orario, no"
    )
    scelte = models.TextField("scelte", blank=True, max_length=2000, help_text="Una per riga")
    obbligatorio = models.BooleanField("deve avere una risposta", default=False)
    aggregato = models.BooleanField(
        "si mostra nell'insieme",
        default=True,
        help_text="Sommata con le altre, la leggono gli aderenti e sta nel report annuale; mai di un ente solo",
    )
    si_chiede = models.BooleanField("si chiede", default=True)
    ordine = models.PositiveSmallIntegerField("ordine", default=0, help_text="Prima i numeri più bassi")

    panels = [
        TitoloPanel("testo", targets=["chiave"], placeholder=False, classname=""),
        FieldPanel("chiave", widget=SlugInput),
        FieldRowPanel([FieldPanel("sezione"), FieldPanel("ordine")]),
        FieldPanel("genere"),
        FieldPanel("aiuto"),
        FieldRowPanel([FieldPanel("unita"), FieldPanel("decimali"), FieldPanel("massimo")]),
        FieldPanel("si_somma"),
        FieldPanel("scelte"),
        FieldPanel("obbligatorio"),
        FieldPanel("aggregato"),
        FieldPanel("si_chiede"),
    ]

    class Meta:
        verbose_name = "domanda sulle misure"
        verbose_name_plural = "domande sulle misure"
        ordering = ["ordine", "pk"]

    def __str__(self):
        return self.testo

    def clean(self):
        con_scelte = self.genere in quesiti.CON_SCELTE
        if con_scelte and len(self.righe_di_scelte) < 2:
            raise ValidationError({"scelte": "Scrivi almeno due scelte diverse, una per riga"})
        if not con_scelte and self.righe_di_scelte:
            raise ValidationError({"scelte": "Le scelte servono solo a «Una scelta» e «Più scelte»"})
        if any(len(scelta) > quesiti.LETTERE[quesiti.BREVE] for scelta in self.righe_di_scelte):
            raise ValidationError({"scelte": f"Ogni scelta ha al massimo {quesiti.LETTERE[quesiti.BREVE]} lettere"})

    @property
    def righe_di_scelte(self) -> tuple[str, ...]:
        righe = (pulito(riga, una_riga=True) for riga in self.scelte.splitlines())
        return tuple(dict.fromkeys(riga for riga in righe if riga))

    @property
    def fermo(self) -> QuesitoFermo:
        """As it is asked from now on by a collection that opens."""
        uguali = ("chiave", "testo", "genere", "sezione", "aiuto", "unita", "decimali", "massimo", "si_somma")
        return QuesitoFermo(
            **{nome: getattr(self, nome) for nome in uguali},
            scelte=self.righe_di_scelte,
            obbligatorio=self.obbligatorio,
            aggregato=self.aggregato,
        )


class RilevazioneQuerySet(models.QuerySet):
    def visibili_a(self, utente):
        """All of them for who reads everything; for the others those in which a body of theirs is asked."""
        if not utente.is_active:
            return self.none()
        if e_manager(utente) or legge_tutto(utente):
            return self
        return self.filter(misure__organizzazione__in=Organizzazione.objects.di(utente)).distinct()

    def aperte(self):
        return self.filter(chiusa_il=None)


class Rilevazione(models.Model):
    """The measures of a year, asked of the members: open until the manager closes it, whatever the last day says.

    `domande` are the questions as they were when it opened.
    """

    anno = models.PositiveSmallIntegerField("anno delle misure", unique=True)
    scade_il = models.DateField("rispondere entro il")
    domande = models.JSONField("domande", editable=False)
    aperta_il = models.DateTimeField(default=timezone.now, editable=False)
    aperta_da = models.ForeignKey(settings.AUTH_USER_MODEL, editable=False, on_delete=models.PROTECT, related_name="+")
    chiusa_il = models.DateTimeField(null=True, editable=False)

    objects = RilevazioneQuerySet.as_manager()

    class Meta:
        verbose_name = "rilevazione delle misure"
        verbose_name_plural = "rilevazioni delle misure"
        ordering = ["-anno"]

    def __str__(self):
        return f"Misure {self.anno}"

    def get_absolute_url(self):
        return reverse("misure:rilevazione", args=[self.pk])

    @cached_property
    def quesiti(self) -> tuple[QuesitoFermo, ...]:
        return tuple(quesiti.da_dati(dati) for dati in self.domande)

    @property
    def sezioni(self) -> list[tuple[str, list[QuesitoFermo]]]:
        return in_sezioni(self.quesiti)

    @property
    def aperta(self) -> bool:
        return self.chiusa_il is None

    @property
    def giorno_di_chiusura(self):
        return timezone.localdate(self.chiusa_il) if self.chiusa_il else None


def in_sezioni(tutti: Iterable[QuesitoFermo]) -> list[tuple[str, list[QuesitoFermo]]]:
    """The questions below the name of their section, each section once, where it is first met."""
    sezioni: dict[str, list[QuesitoFermo]] = {}
    for quesito in tutti:
        sezioni.setdefault(quesito.sezione, []).append(quesito)
    return list(sezioni.items())


class MisureQuerySet(models.QuerySet):
    def visibili_a(self, utente):
        """Each body reads its own; who reads everything reads all."""
        if not utente.is_active:
            return self.none()
        if e_manager(utente) or legge_tutto(utente):
            return self
        return self.filter(organizzazione__in=Organizzazione.objects.di(utente))

    def inviate(self):
        return self.exclude(inviata_il=None)


class MisureDellEnte(models.Model):
    """What one body answers to a collection: kept while it is written, sent when it is complete.

    `risposte` holds, by question, what was answered; None where it was left empty on purpose.
    """

    rilevazione = models.ForeignKey(Rilevazione, on_delete=models.PROTECT, related_name="misure")
    organizzazione = models.ForeignKey(Organizzazione, on_delete=models.PROTECT, related_name="+")
    risposte = models.JSONField("risposte", default=dict, editable=False)
    chiesta_il = models.DateField(default=timezone.localdate, editable=False)
    scritta_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    scritta_il = models.DateTimeField(null=True, editable=False)
    inviata_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    inviata_il = models.DateTimeField(null=True, editable=False)
    per_conto = models.BooleanField("scritta dal manager, da ciò che l'ente ha dato", default=False, editable=False)
    solleciti = models.PositiveSmallIntegerField(default=0, editable=False)
    ultimo_sollecito = models.DateField(null=True, editable=False)
    versione = models.PositiveIntegerField(default=1, editable=False)

    objects = MisureQuerySet.as_manager()

    class Meta:
        verbose_name = "misure di un ente"
        verbose_name_plural = "misure degli enti"
        ordering = ["organizzazione__denominazione"]
        constraints = [
            models.UniqueConstraint(fields=["rilevazione", "organizzazione"], name="misure_una_volta_per_ente")
        ]

    def __str__(self):
        return f"{self.rilevazione}, {self.organizzazione}"

    def get_absolute_url(self):
        return reverse("misure:ente", args=[self.rilevazione_id, self.organizzazione_id])

    @property
    def stato(self) -> str:
        if self.inviata_il:
            return "inviata"
        return "iniziata" if self.risposte else "in silenzio"

    @property
    def giorno_di_invio(self):
        return timezone.localdate(self.inviata_il) if self.inviata_il else None

    def valore(self, quesito: QuesitoFermo) -> Valore:
        return quesiti.riprendi(quesito, self.risposte.get(quesito.chiave))

    @property
    def date(self) -> int:
        """To how many questions there is an answer."""
        return sum(tenuto is not None for tenuto in self.risposte.values())
