"""A survey, and what is kept of who answers: nothing that says who they are, when they did, in which order."""

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from base.seriali import ALFABETO
from organizzazioni.permissions import e_manager, legge_tutto

from ..sondaggi import flusso_sondaggi as flusso
from ..sondaggi import questionario, tavole
from ..sondaggi.questionario import DomandaPosta
from ..sondaggi.tavole import Tavola

SIMBOLI = 6
"""Of the address of a survey: short enough to be typed from paper."""


class SiAllenta(Exception):
    """What was promised to who answers is never made less."""


def nuova_chiave() -> str:
    return "".join(secrets.choice(ALFABETO.lower()) for _ in range(SIMBOLI))


class SondaggioQuerySet(models.QuerySet):
    def visibili_a(self, utente):
        """All of them for who reads everything, those of the manager not being open yet for the manager alone."""
        if not utente.is_active:
            return self.none()
        if e_manager(utente):
            return self
        return self.exclude(stato=Sondaggio.Stato.BOZZA) if legge_tutto(utente) else self.none()

    def pubblicati(self):
        return self.filter(stato=Sondaggio.Stato.PUBBLICATO)

    def pubblici(self):
        """Those of which the public knows that they are: it answers, or reads what was answered."""
        return self.exclude(stato=Sondaggio.Stato.BOZZA)


class Sondaggio(models.Model):
    """A survey: written, open, closed, published. Once it is open its questions stay as they are; closed, it is never
    opened again. `domande` are its questions, `risultati` the tables that were made of the answers when it closed;
    `altre` holds its words in other languages."""

    class Stato(models.TextChoices):
        BOZZA = flusso.BOZZA, flusso.ETICHETTE[flusso.BOZZA]
        APERTO = flusso.APERTO, flusso.ETICHETTE[flusso.APERTO]
        CHIUSO = flusso.CHIUSO, flusso.ETICHETTE[flusso.CHIUSO]
        PROPOSTO = flusso.PROPOSTO, flusso.ETICHETTE[flusso.PROPOSTO]
        PUBBLICATO = flusso.PUBBLICATO, flusso.ETICHETTE[flusso.PUBBLICATO]

    class Pubblico(models.TextChoices):
        DIPENDENTI = "dipendenti", "Chi lavora nelle organizzazioni"
        AZIENDE = "aziende", "Aziende"
        ENTI = "enti", "Enti e associazioni"
        COMUNITA = "comunita", "La comunità"

    class Accesso(models.TextChoices):
        CODICI = "codici", "Con un codice: una risposta a testa"
        LIBERO = "libero", "Chiunque abbia l'indirizzo: può rispondere più volte"

    class Anonimato(models.TextChoices):
        ANONIMO = "anonimo", "Anonimo: non si mostra nulla di meno di cinque persone"
        STRETTO = "stretto", "Stretto: non si mostra nulla di meno di dieci persone"

    SOGLIE = {Anonimato.ANONIMO: 5, Anonimato.STRETTO: 10}
    CON_RISULTATI = (Stato.CHIUSO, Stato.PROPOSTO, Stato.PUBBLICATO)

    chiave = models.CharField("indirizzo", max_length=SIMBOLI, unique=True, default=nuova_chiave, editable=False)
    titolo = models.CharField("titolo", max_length=160)
    anno = models.PositiveSmallIntegerField("anno", help_text="Del report annuale in cui si leggono i risultati")
    pubblico = models.CharField("a chi si chiede", max_length=10, choices=Pubblico)
    accesso = models.CharField(
        "come si risponde", max_length=8, choices=Accesso, help_text="Si sceglie adesso e non si cambia"
    )
    anonimato = models.CharField(
        "anonimato",
        max_length=8,
        choices=Anonimato,
        default=Anonimato.ANONIMO,
        help_text="Si sceglie adesso: dopo si può solo rendere più stretto",
    )
    introduzione = models.TextField(
        "introduzione", max_length=2000, help_text="Perché si chiede, quanto tempo serve, che cosa se ne farà"
    )
    riservatezza = models.TextField(
        "come sono usate le risposte",
        max_length=2000,
        blank=True,
        help_text="Si legge dopo ciò che il portale dice già dell'anonimato: chi è il titolare, a chi scrivere",
    )
    fino_al = models.DateField("si risponde fino al")
    stato = models.CharField(max_length=10, choices=Stato, default=Stato.BOZZA, editable=False)
    domande = models.JSONField(default=list, editable=False)
    risultati = models.JSONField(default=list, editable=False)
    risposte_contate = models.PositiveIntegerField(null=True, editable=False)
    altre = models.JSONField(default=dict, editable=False)
    sintesi = models.TextField(
        "che cosa dicono le risposte",
        max_length=6000,
        blank=True,
        help_text="Si legge sopra le tabelle, nella pagina pubblica e nel report annuale",
    )
    motivo = models.TextField(max_length=1000, blank=True, editable=False)
    pubblicato_il = models.DateTimeField(null=True, editable=False)
    pubblicato_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    codici_dati = models.PositiveIntegerField(default=0, editable=False)
    autori = models.ManyToManyField(settings.AUTH_USER_MODEL, editable=False, related_name="+")
    aperto_il = models.DateField(null=True, editable=False)
    chiuso_il = models.DateTimeField(null=True, editable=False)
    versione = models.PositiveIntegerField(default=1, editable=False)

    objects = SondaggioQuerySet.as_manager()

    class Meta:
        verbose_name = "sondaggio"
        verbose_name_plural = "sondaggi"
        ordering = ["-anno", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(stato__in=["bozza", "aperto"]) | Q(risultati=[], risposte_contate=None),
                name="sondaggio_nessun_risultato_finche_e_aperto",
            ),
            models.CheckConstraint(
                condition=Q(anonimato__in=["anonimo", "stretto"], accesso__in=["codici", "libero"]),
                name="sondaggio_sempre_anonimo",
            ),
        ]

    def __str__(self):
        return self.titolo

    def save(self, *args, **kwargs):
        if self.pk:
            self._esigi_la_promessa()
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("sondaggi:sondaggio", args=[self.pk])

    def _esigi_la_promessa(self):
        """`SiAllenta` when who answers would be less hidden than they were told. The database says no too."""
        prima = type(self)._base_manager.filter(pk=self.pk).values("anonimato", "accesso", "stato", "domande").first()
        if prima is None:
            return
        fermo = prima["stato"] != self.Stato.BOZZA
        if self.SOGLIE[self.anonimato] < self.SOGLIE[prima["anonimato"]] or self.accesso != prima["accesso"]:
            raise SiAllenta("L'anonimato di un sondaggio si può solo rendere più stretto")
        if fermo and (self.domande != prima["domande"] or self.anonimato != prima["anonimato"]):
            raise SiAllenta("Le domande di un sondaggio aperto restano come sono")
        if _posto(self.stato) < _posto(prima["stato"]) and not _posto(self.stato) >= _posto(self.Stato.CHIUSO):
            raise SiAllenta("Un sondaggio aperto non torna in bozza, uno chiuso non si riapre")

    @property
    def indirizzo(self) -> str:
        """Where one answers."""
        return reverse("sondaggi_pubblici:rispondi", args=[self.chiave])

    @property
    def url(self) -> str:
        """Where an evidence born from it sends who reads it: what the public reads, or the survey in the admin."""
        if self.stato == self.Stato.PUBBLICATO:
            return reverse("sondaggi_pubblici:risultati", args=[self.chiave])
        return self.get_absolute_url()

    @property
    def soglia(self) -> int:
        return self.SOGLIE[self.Anonimato(self.anonimato)]

    @property
    def minimo(self) -> int:
        return tavole.minimo_di(self.soglia)

    def in_lingua(self, lingua: str) -> dict[str, str]:
        """Title, introduction and notice in another language; what was not translated is Italian."""
        suoi = ("titolo", "introduzione", "riservatezza")
        return {nome: self.altre.get(lingua, {}).get(nome) or getattr(self, nome) for nome in suoi}

    @property
    def con_codici(self) -> bool:
        return self.accesso == self.Accesso.CODICI

    @property
    def in_bozza(self) -> bool:
        return self.stato == self.Stato.BOZZA

    @property
    def aperto(self) -> bool:
        return self.stato == self.Stato.APERTO

    @property
    def si_risponde(self) -> bool:
        """Whether an answer is taken today: open, and its last day not past."""
        return self.aperto and timezone.localdate() <= self.fino_al

    @property
    def ha_risultati(self) -> bool:
        return self.stato in self.CON_RISULTATI

    @property
    def giorno_di_chiusura(self):
        return timezone.localdate(self.chiuso_il) if self.chiuso_il else None

    @cached_property
    def poste(self) -> tuple[DomandaPosta, ...]:
        return tuple(questionario.da_dati(dati) for dati in self.domande)

    @cached_property
    def tavole(self) -> tuple[Tavola, ...]:
        """What was answered, once it is closed; until then nothing."""
        return tuple(tavole.da_dati(dati) for dati in self.risultati) if self.ha_risultati else ()


def _posto(stato: str) -> int:
    return list(Sondaggio.Stato.values).index(stato)


class DiNessuno(models.Model):
    """A row of which neither key nor anything else says who made it, when, or after which other."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sondaggio = models.ForeignKey(Sondaggio, on_delete=models.CASCADE, related_name="+", editable=False)

    class Meta:
        abstract = True


class Codice(DiNessuno):
    """A code that may still be used, of which only a fingerprint is kept: the one that is used is deleted, in the same
    transaction in which its answer is kept, so that nothing of it is left to be joined with anything."""

    impronta = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        verbose_name = "codice di un sondaggio"
        verbose_name_plural = "codici dei sondaggi"

    def __str__(self):
        return "un codice"


class RispostaAlSondaggio(DiNessuno):
    """What one person answered, by question. Of a survey of codes nothing joins it to one; words are taken out of it
    when the survey closes, and all of it is written again in an order of chance."""

    dati = models.JSONField(editable=False)

    class Meta:
        verbose_name = "risposta a un sondaggio"
        verbose_name_plural = "risposte ai sondaggi"

    def __str__(self):
        return "una risposta"


class BozzaDiRisposta(DiNessuno):
    """What somebody wrote so far, closed with a key that is made of their code, and found by another: who has the
    database and not the code can neither read it nor say of which code it is."""

    impronta = models.CharField(max_length=64, unique=True, editable=False)
    cifrata = models.BinaryField(editable=False)

    class Meta:
        verbose_name = "risposta a metà"
        verbose_name_plural = "risposte a metà"

    def __str__(self):
        return "una risposta a metà"


class ParoleDaRivedere(DiNessuno):
    """Words that somebody wrote, apart from whatever else they answered; the public reads `pubblico`, if approved."""

    class Stato(models.TextChoices):
        DA_RIVEDERE = "da_rivedere", "Da rivedere"
        APPROVATO = "approvato", "Si pubblica"
        TOLTO = "tolto", "Non si pubblica"

    domanda = models.CharField(max_length=20, editable=False)
    testo = models.TextField(editable=False)
    stato = models.CharField(max_length=12, choices=Stato, default=Stato.DA_RIVEDERE)
    pubblico = models.TextField("come si pubblica", max_length=2000, blank=True)

    class Meta:
        verbose_name = "testo di un sondaggio"
        verbose_name_plural = "testi dei sondaggi"
        ordering = ["domanda", "id"]

    def __str__(self):
        return self.pubblico or "un testo"
