"""Evaluation criteria (V.A.M.T.): one pair of indicator and percentage of the act each."""

from django.db import models
from django.db.models import Q

from base.storia import QuerySetOsservato
from organizzazioni.models import Organizzazione

from ..punteggi.lingua import Nome, nome_dell_unita
from .pagine import AzionePage, ProgrammaPage

DUE_CIFRE = {"max_digits": 12, "decimal_places": 2}


class CriterioQuerySet(QuerySetOsservato):
    """Criteria in the order of the act, and who may serve them."""

    def in_ordine(self):
        """Duties of the manager first, then the actions, each in the order of the act."""
        return self.order_by("programma__anno", "posizione")

    def aperti(self):
        """Criteria for which evidence may still be given: those of approved programmes, newest first."""
        return self.aperti_o([])

    def aperti_o(self, chiavi):
        """The open ones, and those whose pk is in `chiavi` though their programme is not open any more."""
        aperto = Q(programma__stato=ProgrammaPage.Stato.APPROVATO)
        return self.filter(aperto | Q(pk__in=chiavi)).order_by("-programma__anno", "posizione")

    def del_programma(self, programma):
        return self.filter(programma=programma)

    def del_gruppo(self, gruppo):
        """Those of one action or duty, by its code (`P5`, `M3`), in any programme; see `Criterio.gruppo`."""
        return self.filter(Q(codice=gruppo) | Q(codice__startswith=f"{gruppo}."))

    def filtrabili_da(self, utente):
        """Those by which `utente` may filter evidence: the words of a draft programme are for who reads everything."""
        if utente.is_active and utente.has_perm("organizzazioni.legge_tutto"):
            return self
        return self.exclude(programma__stato=ProgrammaPage.Stato.BOZZA)

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
        azioni = AzionePage.objects.filter(Q(referenti__organizzazione__in=enti) | Q(altre__in=enti))
        return self.filter(azione__in=azioni.values("pk"))


class Criterio(models.Model):
    """One criterion of a programme: of an action, or of the manager's own duties.

    `evidenza` lists the fields that an evidence must fill, by field name; a pair joined by `|` asks for at
    least one of the two. `alimentato_da` is the kind of published content that feeds it by itself.
    """

    class Regola(models.TextChoices):
        PER_UNITA = "per_unita", "per unità"
        REALIZZAZIONE = "realizzazione", "realizzazione"
        SOGLIA = "soglia", "soglia"
        MONITORAGGIO = "monitoraggio", "monitoraggio"

    class Genere(models.TextChoices):
        MASCHILE = "maschile", "maschile"
        FEMMINILE = "femminile", "femminile"

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
    evidenza = models.JSONField("campi richiesti", default=list, blank=True)
    luogo = models.CharField("luogo", max_length=200, blank=True)
    nota = models.CharField("nota di lettura", max_length=300, blank=True)
    alimentato_da = models.SlugField("alimentato da", max_length=40, blank=True)
    link_ammessi = models.JSONField("siti ammessi per i link", default=list, blank=True)
    testo_atto = models.TextField(
        "parole dell'atto", blank=True, help_text="Le parole esatte dell'atto, se vuoi averle sotto gli occhi"
    )

    objects = CriterioQuerySet.as_manager()

    class Meta:
        verbose_name = "criterio"
        verbose_name_plural = "criteri"
        ordering = ["posizione"]
        constraints = [
            models.UniqueConstraint(fields=["programma", "codice"], name="codice_unico_nel_programma"),
            models.CheckConstraint(
                condition=Q(regola="monitoraggio") | Q(percentuale__gt=0), name="percentuale_se_non_monitoraggio"
            ),
        ]

    def __str__(self):
        return f"{self.codice} · {self.indicatore}"

    @property
    def del_manager(self):
        """Whether it is one of the manager's own duties (M1-M9), which have no public page."""
        return self.azione_id is None

    @property
    def nome_unita(self) -> Nome:
        """The noun of its unit, as the sums say it."""
        return nome_dell_unita(self.unita, self.unita_plurale, self.unita_genere == self.Genere.FEMMINILE)

    @property
    def gruppo(self):
        """The key under which it is summed up: `P5` for its action, its own code for a duty."""
        return self.codice.split(".")[0]
