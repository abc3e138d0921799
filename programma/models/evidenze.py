"""What an organisation did, shown for one or more criteria. A plain model with its own states and views."""

import secrets
import uuid
from functools import reduce
from operator import or_

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from base.formati.nomi_di_file import dentro_la_firma, estensione
from base.solo_aggiunte import SoloAggiunte, SoloAggiunteQuerySet
from organizzazioni.models import Organizzazione
from organizzazioni.permissions import chi_decide_per_le_organizzazioni, e_coordinamento, e_manager, legge_tutto

from .. import flusso
from ..collegamenti import link_non_validi
from ..requisiti import NUOVA, RINNOVO
from .criteri import DUE_CIFRE, Criterio
from .pagine import AzionePage, ProgrammaPage


class EvidenzaQuerySet(models.QuerySet):
    """Who sees what, and what waits for whom."""

    def visibili_a(self, utente):
        """Evidence whose text and files `utente` may read; every view loads through this one.

        The organisations' people read their own, the managers everything; Coordinamento and ACS no draft of others.
        """
        if not utente.is_active:
            return self.none()
        proprie = Q(organizzazione__in=Organizzazione.objects.di(utente))
        if e_manager(utente):
            return self
        return self.filter(proprie | ~Q(stato=flusso.BOZZA)) if legge_tutto(utente) else self.filter(proprie)

    def in_attesa(self):
        """Sent, and not decided yet."""
        return self.filter(stato=flusso.INVIATA)

    def che_stanno(self):
        """Sent, returned or approved: neither drafts nor revoked."""
        return self.exclude(stato__in=(flusso.BOZZA, flusso.REVOCATA))

    def che_contano_per(self, criteri):
        """Sent or approved for some of `criteri`: what counts, or will if it is approved; drafts are nobody's yet."""
        legami = Evidenza.criteri.through.objects.filter(criterio__in=criteri)
        return self.filter(pk__in=legami.values("evidenza"), stato__in=(flusso.INVIATA, flusso.APPROVATA))

    def accanto_a(self, evidenza, criteri):
        """Other evidence, sent and not revoked, of the same body and day or for some of `criteri` (keys)."""
        legami = Evidenza.criteri.through.objects.filter(criterio__in=criteri)
        vicine = Q(organizzazione=evidenza.organizzazione_id, data=evidenza.data) | Q(pk__in=legami.values("evidenza"))
        altre = self.filter(vicine).exclude(pk=evidenza.pk).exclude(stato__in=(flusso.BOZZA, flusso.REVOCATA))
        if evidenza.fonte_id is not None:
            altre = altre.exclude(fonte_tipo=evidenza.fonte_tipo_id, fonte_id=evidenza.fonte_id)
        return altre.select_related("organizzazione").prefetch_related("criteri")

    def in_attesa_al(self, istante):
        """Those that were waiting at `istante` (an aware datetime): their last passage by then had sent them."""
        passaggi = Passaggio.objects.filter(evidenza=models.OuterRef("pk"), quando__lte=istante)
        ultimo = passaggi.order_by("-quando", "-pk").values("a")[:1]
        return self.alias(stato_allora=models.Subquery(ultimo)).filter(stato_allora=flusso.INVIATA)

    def rivedibili(self):
        """What waits or counts, oldest fact first, with `ultima_decisione`, when something was last decided on it."""
        rivedibili = self.filter(stato__in=flusso.RIVEDIBILI).annotate(ultima_decisione=models.Max("passaggi__quando"))
        return (
            rivedibili.select_related("organizzazione", "programma").prefetch_related("criteri").order_by("data", "pk")
        )

    def che_servono(self, criteri):
        """Those given for some of `criteri` (keys)."""
        return self.filter(pk__in=Evidenza.criteri.through.objects.filter(criterio__in=criteri).values("evidenza"))

    def nate_da(self, fonte):
        """Those born from a content and not revoked: at most one for each criterion."""
        return self._della_fonte(fonte).exclude(stato=flusso.REVOCATA)

    def revocate_di(self, fonte):
        """Those born from a content and revoked since."""
        return self._della_fonte(fonte).filter(stato=flusso.REVOCATA)

    def _della_fonte(self, fonte):
        return self.filter(fonte_tipo=ContentType.objects.get_for_model(fonte), fonte_id=fonte.pk)

    def con_restituzioni(self):
        """Annotate `restituzioni`, how many times each was sent back."""
        passaggi = Passaggio.objects.filter(evidenza=models.OuterRef("pk"), a=flusso.DA_INTEGRARE)
        volte = passaggi.order_by().values("evidenza").annotate(n=models.Count("pk")).values("n")
        return self.annotate(restituzioni=Coalesce(models.Subquery(volte), 0))

    def corrispondenti(
        self,
        testo="",
        stato="",
        azione="",
        criterio=None,
        organizzazione=None,
        anno=None,
        dal=None,
        al=None,
        tardive=False,
    ):
        """Those that satisfy every given condition; `azione` is a group of criteria (`P5`, `M3`)."""
        evidenze = self
        if testo:
            campi = ("titolo", "argomento", "descrizione", "persone_coinvolte", "luogo")
            evidenze = evidenze.filter(reduce(or_, (Q(**{f"{campo}__icontains": testo}) for campo in campi)))
        if azione or criterio:
            criteri = Criterio.objects.del_gruppo(azione) if azione else Criterio.objects.all()
            criteri = criteri.filter(pk=criterio.pk) if criterio else criteri
            legami = Evidenza.criteri.through.objects.filter(criterio__in=criteri)
            evidenze = evidenze.filter(pk__in=legami.values("evidenza"))
        precise = {
            "stato": stato,
            "organizzazione": organizzazione,
            "programma__anno": anno,
            "data__gte": dal,
            "data__lte": al,
            "tardiva": tardive,
        }
        return evidenze.filter(**{campo: valore for campo, valore in precise.items() if valore})

    def per_elenco(self):
        """With what a row of the register shows."""
        return self.select_related("organizzazione", "programma").prefetch_related("criteri")

    def per_esportazione(self):
        """With what a row of the export holds."""
        return (
            self.complete().select_related("inviata_da").prefetch_related("riconoscimenti__criterio", "passaggi__chi")
        )

    def complete(self):
        """With all that a list or an export shows, in a constant number of queries."""
        return self.select_related("organizzazione", "programma", "progettualita").prefetch_related(
            "criteri__azione", "organizzazioni", "allegati", "autori"
        )

    def decidibili_da(self, utente):
        """What waits for `utente`: `permissions.puo_decidere` in the database's words, as a test sees to."""
        in_attesa = self.in_attesa().exclude(programma__stato=ProgrammaPage.Stato.CHIUSO)
        if not utente.is_active:
            return self.none()
        in_attesa = in_attesa.exclude(autori=utente)
        manager, coordinamento = e_manager(utente), e_coordinamento(utente)
        if manager and coordinamento:
            return in_attesa
        del_manager = Evidenza.objects.all()._per_coordinamento().values("pk")
        if coordinamento:
            return in_attesa.filter(pk__in=del_manager)
        return in_attesa.exclude(pk__in=del_manager) if manager else self.none()

    def _per_coordinamento(self):
        """What a manager had a hand in, or counts as theirs (see `Evidenza.del_manager_senza_firma`)."""
        firme = Evidenza.autori.through.objects
        loro = Q(pk__in=firme.filter(utente__in=chi_decide_per_le_organizzazioni()).values("evidenza"))
        senza_firma = Q(origine=Evidenza.Origine.IMPORTAZIONE) | ~Q(pk__in=firme.values("evidenza"))
        compiti = Evidenza.criteri.through.objects.filter(criterio__azione=None).values("evidenza")
        return self.filter(loro | senza_firma & (Q(organizzazione__distretto__isnull=False) | Q(pk__in=compiti)))


class Evidenza(models.Model):
    """One fact, with its date and proof, that serves one or more criteria of a programme."""

    class Stato(models.TextChoices):
        BOZZA = flusso.BOZZA, flusso.ETICHETTE[flusso.BOZZA]
        INVIATA = flusso.INVIATA, flusso.ETICHETTE[flusso.INVIATA]
        DA_INTEGRARE = flusso.DA_INTEGRARE, flusso.ETICHETTE[flusso.DA_INTEGRARE]
        APPROVATA = flusso.APPROVATA, flusso.ETICHETTE[flusso.APPROVATA]
        REVOCATA = flusso.REVOCATA, flusso.ETICHETTE[flusso.REVOCATA]

    class Origine(models.TextChoices):
        MODULO = "modulo", "Modulo"
        IMPORTAZIONE = "importazione", "Importazione"
        CONTENUTO = "contenuto", "Contenuto pubblicato"

    class Novita(models.TextChoices):
        NUOVA = NUOVA, "Nuova"
        RINNOVO = RINNOVO, "Rinnovo di una che c'era"

    chiave = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programma = models.ForeignKey(
        ProgrammaPage, verbose_name="programma", null=True, on_delete=models.PROTECT, related_name="evidenze"
    )
    organizzazione = models.ForeignKey(
        Organizzazione, verbose_name="organizzazione", on_delete=models.PROTECT, related_name="evidenze"
    )
    criteri = models.ManyToManyField(Criterio, verbose_name="criteri", blank=True, related_name="evidenze")
    stato = models.CharField("stato", max_length=15, choices=Stato, default=Stato.BOZZA, editable=False)
    origine = models.CharField("origine", max_length=15, choices=Origine, default=Origine.MODULO, editable=False)
    data = models.DateField("data del fatto", null=True, blank=True)
    titolo = models.CharField("titolo", max_length=200, blank=True)
    argomento = models.CharField("argomento", max_length=300, blank=True)
    persone_coinvolte = models.TextField("persone coinvolte", blank=True)
    organizzazioni = models.ManyToManyField(
        Organizzazione, verbose_name="organizzazioni coinvolte", blank=True, related_name="evidenze_in_cui_figura"
    )
    luogo = models.CharField("luogo", max_length=200, blank=True)
    descrizione = models.TextField("descrizione", blank=True)
    quantita = models.DecimalField("quantità", null=True, blank=True, **DUE_CIFRE)
    link = models.JSONField("link", default=list, blank=True)
    novita = models.CharField("nuova o rinnovo", max_length=10, blank=True, choices=Novita)
    perche_insieme = models.TextField("perché vale per più criteri", blank=True)
    progettualita = models.ForeignKey(
        AzionePage,
        verbose_name="scheda del progetto fuori programma",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="evidenze_m4",
    )
    autori = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, editable=False, related_name="evidenze_scritte"
    )
    tardiva = models.BooleanField("tardiva", default=False, editable=False)
    fonte_tipo = models.ForeignKey(ContentType, null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    fonte_id = models.PositiveBigIntegerField(null=True, editable=False)
    fonte = GenericForeignKey("fonte_tipo", "fonte_id")
    fonte_criterio = models.ForeignKey(
        Criterio, null=True, editable=False, on_delete=models.PROTECT, related_name="evidenze_alimentate"
    )
    creata_il = models.DateTimeField("creata il", auto_now_add=True)
    modificata_il = models.DateTimeField("modificata il", auto_now=True)
    inviata_il = models.DateTimeField("inviata il", null=True, editable=False)
    inviata_da = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="inviata da",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="evidenze_inviate",
    )
    versione = models.PositiveIntegerField(default=1, editable=False)

    objects = EvidenzaQuerySet.as_manager()

    class Meta:
        verbose_name = "evidenza"
        verbose_name_plural = "evidenze"
        ordering = ["-data", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(quantita=None) | Q(quantita__gte=0), name="quantita_non_negativa"),
            models.UniqueConstraint(
                fields=["fonte_tipo", "fonte_id", "fonte_criterio"],
                condition=Q(fonte_criterio__isnull=False) & ~Q(stato="revocata"),
                name="una_evidenza_viva_per_fonte_e_criterio",
            ),
        ]
        indexes = [
            models.Index(fields=["stato", "inviata_il"], name="evidenza_coda"),
            models.Index(fields=["organizzazione", "stato"], name="evidenza_di_chi"),
        ]

    def __str__(self):
        return self.titolo or "Evidenza senza titolo"

    def get_absolute_url(self):
        return reverse("programma:evidenza", args=[self.pk])

    @property
    def modificabile(self):
        """Whether its own state lets someone edit it; see `permissions.puo_modificare` for who."""
        return self.stato in flusso.MODIFICABILI and self.origine != self.Origine.CONTENUTO

    def id_autori(self):
        """Ids of everyone who wrote any part of it; empty for an import."""
        return {autore.pk for autore in self.autori.all()}

    @property
    def del_manager_senza_firma(self):
        """Whether it counts as the manager's own writing though nobody signed it: what came from a file, or has no
        author, for one of the manager's duties or in the name of the District itself."""
        if self.origine != self.Origine.IMPORTAZIONE and self.id_autori():
            return False
        return hasattr(self.organizzazione, "distretto") or any(c.del_manager for c in self.criteri.all())

    @property
    def collegamenti(self):
        """(address, whether it may be opened): a draft keeps what was typed, `javascript:` included."""
        non_validi = set(link_non_validi(self.link))
        return [(indirizzo, indirizzo not in non_validi) for indirizzo in self.link]

    @property
    def quantita_dichiarata(self):
        """Declared units: empty is 1."""
        return 1 if self.quantita is None else self.quantita


def archivio_allegati():
    """The private storage of attachments, outside MEDIA_ROOT."""
    return storages["allegati"]


def percorso_allegato(allegato, nome):
    """A random name: nothing in the path tells what, or whose, it is."""
    return f"{secrets.token_hex(2)}/{secrets.token_urlsafe(24)}.{estensione(nome)}"


class Allegato(models.Model):
    """A file that proves an evidence, on private storage, served by one view that asks `puo_leggere`."""

    evidenza = models.ForeignKey(Evidenza, on_delete=models.CASCADE, related_name="allegati")
    chiave = models.CharField(max_length=43, unique=True, default=secrets.token_urlsafe, editable=False)
    file = models.FileField(upload_to=percorso_allegato, storage=archivio_allegati, max_length=120)
    nome = models.CharField("nome", max_length=200)
    tipo = models.CharField("tipo", max_length=100)
    dimensione = models.PositiveIntegerField("dimensione in byte")
    caricato_da = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    caricato_il = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "allegato"
        verbose_name_plural = "allegati"
        ordering = ["pk"]

    def __str__(self):
        return self.nome

    def get_absolute_url(self):
        return reverse("programma:allegato", args=[self.evidenza_id, self.chiave])

    @property
    def firmato(self):
        """The name of the file inside a signed envelope, which is never opened; nothing of any other."""
        return dentro_la_firma(self.nome)


class PassaggioQuerySet(SoloAggiunteQuerySet):
    def di_no(self, fonte, criterio):
        """The passages by which a person said no to what `fonte` proves of `criterio`, or took it away; last first."""
        return self.filter(
            evidenza__in=Evidenza.objects.all()._della_fonte(fonte).filter(fonte_criterio=criterio),
            a__in=(flusso.REVOCATA, flusso.DA_INTEGRARE),
            chi__isnull=False,
        )

    def revoche_da_sapere(self, utente, dal):
        """Approvals that others than `utente` undid since `dal` (an aware datetime), in programmes still open."""
        revoche = self.filter(a=flusso.REVOCATA, quando__gte=dal).exclude(chi=utente)
        aperte = revoche.exclude(evidenza__programma__stato=ProgrammaPage.Stato.CHIUSO)
        return aperte.select_related("chi", "evidenza__organizzazione").prefetch_related("evidenza__criteri")


class Passaggio(SoloAggiunte):
    """One change of state: who, when, from where to where, why. Never changed; it goes only with a draft."""

    evidenza = models.ForeignKey(Evidenza, on_delete=models.CASCADE, related_name="passaggi")
    quando = models.DateTimeField("quando", default=timezone.now)
    chi = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="chi", null=True, on_delete=models.PROTECT, related_name="+"
    )
    da = models.CharField("da", max_length=15, choices=Evidenza.Stato, blank=True)
    a = models.CharField("a", max_length=15, choices=Evidenza.Stato)
    motivo = models.TextField("motivo", blank=True)
    caduta = models.BooleanField(
        default=False, editable=False, help_text="È caduto il contenuto da cui è nata: nessuno ha giudicato l'evidenza"
    )

    objects = PassaggioQuerySet.as_manager()

    class Meta:
        verbose_name = "decisione"
        verbose_name_plural = "registro delle decisioni"
        ordering = ["-quando", "-pk"]

    def __str__(self):
        return f"{self.evidenza}: {self.get_a_display()}"
