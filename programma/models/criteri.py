"""Evaluation criteria (V.A.M.T.): one pair of indicator and percentage of the act each."""

from collections import Counter
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Site

from base.storia import QuerySetOsservato
from organizzazioni.models import Organizzazione

from ..punteggi.lingua import Sostantivo, nome_dell_unita
from ..requisiti import Prova, in_parole
from .pagine import AzionePage, ProgrammaPage, azioni_di

DUE_CIFRE = {"max_digits": 12, "decimal_places": 2}
PORTALE = "portale"
"""Among the accepted sites, this very one, whatever its name; `portale/newsletter` is a folder of it."""


class CriterioQuerySet(QuerySetOsservato):
    """Criteria in the order of the act, and who may serve them."""

    def in_ordine(self):
        """Duties of the manager first, then the actions, each in the order of the act."""
        return self.order_by("programma__anno", "posizione")

    def aperti(self):
        """Criteria for which evidence may still be given: those of open programmes, newest first."""
        return self.aperti_o([])

    def aperti_o(self, chiavi):
        """The open ones, and those whose pk is in `chiavi` though their programme is not open any more."""
        return self._e_anche(Q(), chiavi)

    def del_giorno(self, giorno, chiavi=()):
        """Those that a fact of `giorno` may serve: of the open programme whose period holds it.

        All the open ones while the day is not known (None); and those whose pk is in `chiavi`, whatever the day.
        """
        del_giorno = Q(programma__dal__lte=giorno, programma__scadenza__gte=giorno) if giorno else Q()
        return self._e_anche(del_giorno, chiavi)

    def _e_anche(self, condizione, chiavi):
        aperti = Q(programma__stato__in=ProgrammaPage.APERTI, tolto=False) & condizione
        criteri = self.filter(aperti | Q(pk__in=chiavi)).order_by("-programma__anno", "posizione")
        return criteri.select_related("programma", "azione")

    def del_programma(self, programma):
        return self.filter(programma=programma)

    def in_vigore(self):
        """Without those that were taken off a draft: what they had served keeps naming them."""
        return self.filter(tolto=False)

    def del_gruppo(self, gruppo):
        """Those of one action or duty, by its code (`P5`, `M3`), in any programme; see `Criterio.gruppo`."""
        return self.filter(Q(codice=gruppo) | Q(codice__startswith=f"{gruppo}."))

    def filtrabili_da(self, utente):
        """Those by which `utente` may filter evidence: a draft that has not begun is for who reads all."""
        if utente.is_active and utente.has_perm("organizzazioni.legge_tutto"):
            return self
        return self.exclude(programma__stato=ProgrammaPage.Stato.BOZZA, programma__dal__gt=timezone.localdate())

    def con_punteggio_visibile_a(self, utente):
        """Criteria whose score `utente` may read; evidence may be given for any.

        Manager, Coordinamento and ACS read all of them; an organisation's people those of the actions that
        it leads or is involved in, once the programme is approved. Nobody else reads any.
        """
        if not utente.is_active:
            return self.none()
        if utente.has_perm("organizzazioni.legge_tutto"):
            return self
        suoi = self.delle_azioni_di(Organizzazione.objects.di(utente))
        return suoi.exclude(programma__stato=ProgrammaPage.Stato.BOZZA)

    def delle_azioni_di(self, enti):
        """Criteria of the actions that some of `enti` lead or are involved in."""
        return self.filter(azione__in=azioni_di(enti).values("pk"))


class Criterio(models.Model):
    """One criterion of a programme: of an action, or of the manager's own duties.

    `campi_richiesti` lists the fields that the act wants filled, by field name; a pair joined by `|` asks for at least
    one of the two. `prova` lists those that we ask for where the act is silent; see `requisiti.Prova` for the rest of
    what an evidence must bring. `alimentato_da` is the kind of published content that feeds it by itself.
    """

    class Regola(models.TextChoices):
        PER_UNITA = "per_unita", "per unità"
        REALIZZAZIONE = "realizzazione", "realizzazione"
        SOGLIA = "soglia", "soglia"
        MONITORAGGIO = "monitoraggio", "monitoraggio"

    class Genere(models.TextChoices):
        MASCHILE = "maschile", "maschile"
        FEMMINILE = "femminile", "femminile"

    class Somma(models.TextChoices):
        """How the values of a `monitoraggio` add up; no other rule asks."""

        SOMMA = "somma", "si sommano"
        ULTIMO = "ultimo", "vale l'ultimo"
        ENTI = "enti", "si contano gli enti nominati, ognuno una volta"

    programma = models.ForeignKey(ProgrammaPage, on_delete=models.PROTECT, related_name="criteri")
    azione = models.ForeignKey(AzionePage, null=True, blank=True, on_delete=models.PROTECT, related_name="criteri")
    area = models.CharField("area", max_length=120)
    titolo = models.CharField("titolo", max_length=200)
    codice = models.CharField("codice", max_length=10)
    posizione = models.PositiveSmallIntegerField("posizione nell'atto")
    indicatore = models.CharField("indicatore", max_length=250)
    regola = models.CharField("regola", max_length=15, choices=Regola)
    percentuale = models.DecimalField("percentuale", null=True, blank=True, max_digits=5, decimal_places=2)
    unita = models.CharField("unità", max_length=60, blank=True)
    unita_plurale = models.CharField("unità al plurale", max_length=60, blank=True)
    unita_genere = models.CharField("genere dell'unità", max_length=9, blank=True, choices=Genere)
    distinte = models.BooleanField("organizzazioni distinte", default=False)
    atteso = models.DecimalField("atteso", null=True, blank=True, **DUE_CIFRE)
    offerto = models.DecimalField(
        "offerto", null=True, blank=True, help_text="Totale offerto nell'anno, quando è noto", **DUE_CIFRE
    )
    somma = models.CharField("come si sommano i valori", max_length=10, choices=Somma, default=Somma.SOMMA)
    campi_richiesti = models.JSONField("campi richiesti dall'atto", default=list, blank=True)
    prova = models.JSONField("campi richiesti da noi", default=list, blank=True)
    parti = models.JSONField("parti della prova", default=list, blank=True)
    conta_link = models.BooleanField("conta i link diversi", default=False)
    intere = models.BooleanField("unità intere", default=True)
    solo_nuove = models.BooleanField("contano solo le nuove", default=False)
    luogo = models.CharField("luogo", max_length=200, blank=True)
    nota = models.CharField("nota di lettura", max_length=300, blank=True)
    alimentato_da = models.SlugField("alimentato da", max_length=40, blank=True)
    link_ammessi = models.JSONField("siti ammessi per i link", default=list, blank=True)
    testo_atto = models.TextField(
        "parole dell'atto", blank=True, help_text="Le parole esatte dell'atto, se vuoi averle sotto gli occhi"
    )

    precedente = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="seguenti"
    )
    tolto = models.BooleanField(
        "tolto", default=False, editable=False, help_text="Tolto da una bozza, dopo che qualche evidenza lo nominava"
    )

    objects = CriterioQuerySet.as_manager()

    class Meta:
        verbose_name = "criterio"
        verbose_name_plural = "criteri"
        ordering = ["posizione"]
        constraints = [
            models.UniqueConstraint(
                fields=["programma", "codice"], condition=Q(tolto=False), name="codice_unico_nel_programma"
            ),
            models.CheckConstraint(
                condition=Q(regola="monitoraggio") | Q(percentuale__gt=0), name="percentuale_se_non_monitoraggio"
            ),
        ]

    def __str__(self):
        return f"{self.codice} · {self.indicatore}"

    @property
    def con_anno(self):
        """Its name among those of other years."""
        return f"{self.programma.anno} · {self}"

    @property
    def del_manager(self):
        """Whether it is one of the manager's own duties (M1-M9), which have no public page."""
        return self.azione_id is None

    @property
    def nome_unita(self) -> Sostantivo:
        """The noun of its unit, as the sums say it."""
        return nome_dell_unita(self.unita, self.unita_plurale, self.unita_genere == self.Genere.FEMMINILE)

    @property
    def livello(self):
        """What it stands beside: the manager's other duties, or the other criteria of its action."""
        return "M" if self.del_manager else self.gruppo

    @property
    def chiede(self):
        """The fields that its evidence must fill: the act's, or ours where the act is silent."""
        return self.campi_richiesti or self.prova

    @property
    def nostra_scelta(self):
        """Whether what it asks for is ours, and not the act's."""
        return bool(self.prova) and not self.campi_richiesti

    @property
    def che_cosa_chiede(self):
        """Its demands, each in words."""
        return [in_parole(richiesta) for richiesta in self.chiede]

    @property
    def nomi_delle_parti(self):
        """What must all be there, each by its first name."""
        return [parte.split("|")[0] for parte in self.parti]

    @property
    def siti(self):
        """The accepted sites, this one by its names."""
        if not any(sito.split("/")[0] == PORTALE for sito in self.link_ammessi):
            return self.link_ammessi
        nomi = [urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname, *Site.objects.values_list("hostname", flat=True)]
        return [
            sito.replace(PORTALE, nome, 1) if sito.split("/")[0] == PORTALE else sito
            for sito in self.link_ammessi
            for nome in (dict.fromkeys(filter(None, nomi)) if sito.split("/")[0] == PORTALE else [sito])
        ]

    @property
    def nomi_dei_siti(self):
        """The accepted sites as a sentence names them."""
        return [
            sito.replace(PORTALE, "questo sito", 1) if sito.split("/")[0] == PORTALE else sito
            for sito in self.link_ammessi
        ]

    @property
    def requisiti(self):
        """What its evidence must bring, for `requisiti.mancanze`."""
        contate = self.intere and self.regola == self.Regola.PER_UNITA and not self.distinte
        return Prova(
            codice=self.codice,
            chiede=tuple(self.chiede),
            siti=tuple(self.siti),
            nomi_dei_siti=tuple(self.nomi_dei_siti),
            conta_link=self.conta_link,
            parti=tuple(self.parti),
            intere=contate or (self.intere and self.regola == self.Regola.MONITORAGGIO and bool(self.unita)),
            minimo=1 if contate else 0,
            solo_nuove=self.solo_nuove,
        )

    @property
    def gruppo(self):
        """The key under which it is summed up: `P5` for its action, its own code for a duty."""
        return self.codice.split(".")[0]


def dello_stesso_livello(criteri) -> list[str]:
    """The codes that ask why one fact serves all of them: two duties of the manager, or two criteria of one action."""
    criteri = list(criteri)
    livelli = Counter(criterio.livello for criterio in criteri)
    return [criterio.codice for criterio in criteri if livelli[criterio.livello] > 1]
