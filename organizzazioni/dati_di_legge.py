"""What the law asks the District to say of itself and of the data that it treats. Data, written by the manager.

The public reads only what is written; what is missing is told to the manager (`mancano`).
"""

from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from base.telefoni import CampoTelefono

DA_DIRE = (
    "telefono",
    "indirizzo",
    "pec",
    "codice_fiscale",
    "titolare",
    "responsabile_dati",
    "basi_giuridiche",
    "destinatari",
    "conservazione",
    "dichiarazione",
    "trasparenza",
)
"""What is told to the manager as long as it is not written."""


class DatiDiLegge(models.Model):
    """Contacts of the body, privacy notice (GDPR, art. 13), accessibility statement (law 4/2004), transparency (decree
    33/2013)."""

    telefono = CampoTelefono("telefono", max_length=40, blank=True)
    indirizzo = models.CharField("indirizzo", max_length=200, blank=True, help_text="Via, numero, CAP e comune")
    pec = models.EmailField("PEC", blank=True)
    codice_fiscale = models.CharField("codice fiscale", max_length=16, blank=True)
    stampa = models.CharField(
        "per i giornalisti", max_length=200, blank=True, help_text="L'ufficio a cui scrivere. Vuoto: l'e-mail"
    )
    titolare = models.CharField(
        "titolare del trattamento", max_length=250, blank=True, help_text="L'ente, con indirizzo, telefono e PEC"
    )
    responsabile_dati = models.CharField(
        "responsabile della protezione dei dati", max_length=250, blank=True, help_text="I suoi recapiti (DPO)"
    )
    basi_giuridiche = models.TextField("basi giuridiche", blank=True, max_length=2000)
    destinatari = models.TextField("destinatari dei dati", blank=True, max_length=2000)
    conservazione = models.TextField("per quanto tempo si conservano", blank=True, max_length=2000)
    dichiarazione = models.URLField(
        "dichiarazione di accessibilità", blank=True, help_text="Quella compilata su form.agid.gov.it"
    )
    dichiarazione_del = models.DateField("dichiarazione aggiornata il", null=True, blank=True)
    trasparenza = models.URLField("Amministrazione trasparente dell'ente capofila", blank=True)

    class Meta:
        abstract = True

    @property
    def mancano(self) -> list[str]:
        """The names of what only the District can write, and has not yet."""
        return [self._meta.get_field(nome).verbose_name for nome in DA_DIRE if not getattr(self, nome)]


CONTATTI = [
    FieldPanel(nome) for nome in ("telefono", "indirizzo", "pec", "codice_fiscale", "email", "facebook", "sede_manager")
] + [FieldPanel("stampa")]
PANNELLI = [
    MultiFieldPanel(
        [
            FieldPanel(nome)
            for nome in ("titolare", "responsabile_dati", "basi_giuridiche", "destinatari", "conservazione")
        ],
        heading="Privacy",
    ),
    MultiFieldPanel(
        [FieldPanel("dichiarazione"), FieldPanel("dichiarazione_del"), FieldPanel("trasparenza")],
        heading="Accessibilità e trasparenza",
    ),
]
