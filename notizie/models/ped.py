"""The editorial plan: a document for each programme, and the pieces that its calendar foresees."""

import secrets
import uuid
from datetime import date

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse

from organizzazioni.models import Organizzazione
from organizzazioni.permissions import e_manager


def archivio_immagini():
    """The private storage: the picture of a mail is nobody else's business."""
    return storages["allegati"]


def percorso_immagine(pezzo, nome):
    return f"ped/{secrets.token_urlsafe(24)}"


class PezzoProgrammatoQuerySet(models.QuerySet):
    """Who sees what, and what is late."""

    def visibili_a(self, utente):
        """Every piece to the managers, to the others those of the organisations that they act for."""
        return self if e_manager(utente) else self.filter(organizzazione__in=Organizzazione.objects.di(utente))

    def con_situazione(self):
        """Annotate `situazione`: the state, which is *pubblicato* as soon as the page that it foresees is live."""
        aperto = Q(stato__in=PezzoProgrammato.APERTI) & ~Q(canale__in=PezzoProgrammato.REGISTRABILI)
        pubblicato = When(aperto & Q(pagina__live=True), then=Value(PezzoProgrammato.Stato.PUBBLICATO.value))
        return self.annotate(situazione=Case(pubblicato, default=F("stato"), output_field=models.CharField()))

    def per_lettura(self):
        """With what a calendar, a list or an export shows, in one query."""
        return (
            self.con_situazione()
            .select_related("organizzazione", "responsabile", "azione", "criterio", "pagina")
            .order_by("data", "pk")
        )

    def che_sono_pagine(self):
        """Those that are one with the page that they name: a post about a page is another thing."""
        return (
            self.exclude(pagina=None)
            .exclude(canale__in=PezzoProgrammato.REGISTRABILI)
            .exclude(stato=PezzoProgrammato.Stato.ANNULLATO)
        )

    def in_ritardo(self, oggi):
        """Planned for a day before `oggi`, and not out yet."""
        return self.con_situazione().filter(data__lt=oggi, situazione__in=PezzoProgrammato.APERTI)

    def affidati_a(self, utente):
        """Those that `utente` has to do; where nobody is responsible, those of the organisations they act for."""
        di_nessuno = Q(responsabile=None, organizzazione__in=Organizzazione.objects.di(utente))
        return self.visibili_a(utente).filter(Q(responsabile=utente) | di_nessuno)

    def del_programma(self, programma):
        """Those that make the calendar of `programma`: in its period, and not called off."""
        return self.filter(data__range=(programma.dal, programma.scadenza)).exclude(
            stato=PezzoProgrammato.Stato.ANNULLATO
        )


class PezzoProgrammato(models.Model):
    """Something to be published on a channel on a day. Posts and mails, once sent, are recorded here with their proof.

    What is recorded is frozen: to correct it the recording is undone, and with it the evidence that it fed.
    """

    class Canale(models.TextChoices):
        SITO = "sito", "Sito"
        FACEBOOK = "facebook", "Facebook"
        MAIL = "mail", "Mail"
        NEWSLETTER = "newsletter", "Newsletter"
        COMUNICATO = "comunicato", "Comunicato stampa"
        ALTRO = "altro", "Altro"

    class Stato(models.TextChoices):
        IDEA = "idea", "Idea"
        IN_PREPARAZIONE = "in_preparazione", "In preparazione"
        PUBBLICATO = "pubblicato", "Pubblicato"
        ANNULLATO = "annullato", "Annullato"

    APERTI = (Stato.IDEA, Stato.IN_PREPARAZIONE)
    """States of what is still to be done."""
    REGISTRABILI = (Canale.FACEBOOK, Canale.MAIL)
    """Channels outside of the portal, of which it keeps what was sent."""

    chiave = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    titolo = models.CharField("titolo", max_length=200)
    canale = models.CharField("canale", max_length=12, choices=Canale)
    data = models.DateField("giorno previsto")
    organizzazione = models.ForeignKey(
        Organizzazione, verbose_name="organizzazione", on_delete=models.PROTECT, related_name="pezzi_programmati"
    )
    responsabile = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="responsabile",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="pezzi_programmati",
        help_text="Se resta in ritardo, lo legge nella sua pagina iniziale",
    )
    azione = models.ForeignKey(
        "programma.AzionePage",
        verbose_name="azione del programma",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    criterio = models.ForeignKey(
        "programma.Criterio",
        verbose_name="criterio di valutazione",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Per i post e le mail: quando registri l'invio, vale come evidenza di questo criterio",
    )
    stato = models.CharField("stato", max_length=15, choices=Stato, default=Stato.IDEA)
    pagina = models.ForeignKey(
        settings.WAGTAIL_PAGE_MODEL,
        verbose_name="pagina del sito",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Quando la pagina è pubblicata, lo è anche il pezzo",
    )

    testo = models.TextField("testo", blank=True)
    immagine = models.FileField(
        "immagine", upload_to=percorso_immagine, storage=archivio_immagini, max_length=120, blank=True
    )
    nome_immagine = models.CharField(max_length=200, blank=True, editable=False)
    tipo_immagine = models.CharField(max_length=100, blank=True, editable=False)
    url = models.URLField("indirizzo del post", max_length=500, blank=True)
    destinatari = models.CharField("destinatari", max_length=300, blank=True)
    inviato_il = models.DateField("inviato il", null=True, blank=True)
    registrato_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    autori = models.ManyToManyField(settings.AUTH_USER_MODEL, editable=False, related_name="+")
    creato_il = models.DateTimeField(auto_now_add=True)
    modificato_il = models.DateTimeField(auto_now=True)

    objects = PezzoProgrammatoQuerySet.as_manager()

    class Meta:
        verbose_name = "pezzo del piano editoriale"
        verbose_name_plural = "pezzi del piano editoriale"
        ordering = ["data", "pk"]
        indexes = [models.Index(fields=["organizzazione", "data"], name="pezzo_di_chi")]
        constraints = [
            models.CheckConstraint(
                condition=Q(inviato_il=None) | Q(stato="pubblicato", canale__in=["facebook", "mail"]),
                name="registrato_se_post_o_mail",
            ),
        ]

    def __str__(self):
        return self.titolo

    def get_absolute_url(self):
        return reverse("ped:pezzo", args=[self.pk])

    @property
    def prova(self):
        """The image of what was sent, as its evidence shows it: name and address; None without one."""
        return {"nome": self.nome_immagine, "url": reverse("ped:immagine", args=[self.pk])} if self.immagine else None

    @property
    def registrato(self):
        """Whether what was sent is kept here: then nothing of it changes."""
        return self.inviato_il is not None

    @property
    def registrabile(self):
        return self.canale in self.REGISTRABILI and self.stato in self.APERTI

    @property
    def aperto(self):
        """Whether it is still to be done, and so may move to another day."""
        return getattr(self, "situazione", self.stato) in self.APERTI

    def nel_calendario_di(self, programma):
        """Whether it is one of the pieces of `programma`: `PezzoProgrammatoQuerySet.del_programma` of one."""
        return programma.comprende(self.data) and self.stato != self.Stato.ANNULLATO

    def in_ritardo_il(self, oggi: date):
        return self.aperto and self.data < oggi


class PianoEditoriale(models.Model):
    """The PED of a programme. It is *presente* from the day the manager says so; with a calendar that has pieces it
    is complete, and `completo_dal` is the day of that fact."""

    programma = models.OneToOneField(
        "programma.ProgrammaPage", verbose_name="programma", on_delete=models.CASCADE, related_name="piano_editoriale"
    )
    obiettivi = models.TextField("obiettivi", blank=True, help_text="Che cosa deve cambiare, entro l'anno")
    pubblici = models.TextField("a chi parliamo", blank=True, help_text="Un pubblico per riga")
    canali = models.TextField("canali", blank=True, help_text="Dove, e che cosa va su ciascuno")
    tono = models.TextField("tono", blank=True, help_text="Come parliamo, e come no")
    cadenza = models.TextField("cadenza", blank=True, help_text="Ogni quanto, su ogni canale")
    responsabili = models.TextField("chi fa che cosa", blank=True, help_text="Ruoli o uffici")
    presente_dal = models.DateField("presente dal", null=True, editable=False)
    completo_dal = models.DateField("completo dal", null=True, editable=False)
    autori = models.ManyToManyField(settings.AUTH_USER_MODEL, editable=False, related_name="+")
    modificato_il = models.DateTimeField(auto_now=True)

    PARTI = ("obiettivi", "pubblici", "canali", "tono", "cadenza", "responsabili")

    class Meta:
        verbose_name = "piano editoriale"
        verbose_name_plural = "piani editoriali"
        ordering = ["-programma__anno"]

    def __str__(self):
        return f"Piano editoriale digitale {self.programma.anno}"

    def get_absolute_url(self):
        return reverse("ped:piano", args=[self.programma.anno])

    @property
    def presente(self):
        return self.presente_dal is not None

    def parti(self) -> list[tuple[str, str]]:
        """Each part as the form calls it, with what is written in it."""
        return [(self._meta.get_field(nome).verbose_name, getattr(self, nome)) for nome in self.PARTI]

    def parti_vuote(self) -> list[str]:
        """The parts that nobody wrote yet."""
        return [nome for nome, testo in self.parti() if not testo.strip()]
