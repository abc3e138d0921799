"""Where public content names the action and the criterion that it realises."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from django.utils.text import get_text_list
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel

from base.chiavi import chiavi_in
from base.contesti import risposta
from base.riferimenti import PaginaForm

from ..parole_uguali import ha_parole
from ..requisiti import SENZA_FILE, mancanze
from ..widgets import CriteriDaSpuntare
from .criteri import Criterio, dello_stesso_livello
from .pagine import AzionePage


class CollegamentoForm(PaginaForm):
    """Offers the criteria of the day of the content, and those already chosen; says at once what would not count."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.gia_scelti = []
        if criteri := self.fields.get("criteri_serviti"):
            scelti = self.gia_scelti = [criterio.pk for criterio in self.instance.criteri_serviti.all()]
            criteri.queryset = Criterio.objects.del_giorno(self._giorno(), [*scelti, *self._inviati()])
            criteri.label_from_instance = lambda criterio: criterio.con_anno
        if azioni := self.fields.get("azioni_realizzate"):
            scelte = [azione.pk for azione in self.instance.azioni_realizzate.all()]
            azioni.queryset = (AzionePage.objects.live() | AzionePage.objects.filter(pk__in=scelte)).order_by("path")

    def _giorno(self):
        """The day of the content as the form has it now; None where it has none, or what was typed is no day."""
        if (campo := self.fields.get("data")) is None:
            return None
        if not self.is_bound:
            return self.get_initial_for_field(campo, "data") or timezone.localdate()
        try:
            return campo.clean(self["data"].data)
        except ValidationError:
            return None

    def _inviati(self):
        """What was ticked, of open programmes: what does not go with the day is refused with its reason."""
        inviati = chiavi_in(self["criteri_serviti"].data or []) if self.is_bound else []
        return Criterio.objects.aperti().filter(pk__in=inviati).values_list("pk", flat=True)

    def clean(self):
        dati = super().clean()
        giorno = dati.get("data")
        for criterio in dati.get("criteri_serviti") or []:
            if giorno and (messaggio := criterio.programma.perche_non_comprende(giorno)):
                self.add_error("criteri_serviti", f"{criterio.codice} {criterio.programma.anno}: {messaggio}")
            if criterio.tolto:
                self.add_error("criteri_serviti", f"{criterio.codice} non è più nel programma: scegline un altro")
            if criterio.pk not in self.gia_scelti:
                for messaggio in self._che_cosa_manca(criterio, dati):
                    self.add_error("criteri_serviti", f"{messaggio}. Usa «Aggiungi un'evidenza»")
        self._esigi_perche(dati, giorno)
        return dati

    def _esigi_perche(self, dati, giorno):
        """Ask why one content is proof of two criteria of a level, as of an evidence; not of what was so before."""
        scelti = dati.get("criteri_serviti")
        perche = dati.get("perche_insieme")
        if scelti is None or perche is None or ha_parole(perche):  # not in this form, or already refused
            return
        tutti = {c.pk: c for c in [*self.instance.alimentati_da_se(giorno), *scelti]}
        insieme = dello_stesso_livello(tutti.values())
        nuovi = {criterio.pk for criterio in scelti} - set(self.gia_scelti)
        if insieme and (nuovi or "perche_insieme" in self.changed_data):
            self.add_error(
                "perche_insieme", f"Scrivi perché lo stesso contenuto vale per {get_text_list(insieme, 'e')}"
            )

    @staticmethod
    def _che_cosa_manca(criterio, dati):
        """What a page cannot say of what `criterio` asks: it has a title, a summary and who publishes it."""
        titolo = dati.get("title") or ""
        valori = {"titolo": titolo, "argomento": titolo, "descrizione": dati.get("sommario") or ""}
        valori["organizzazioni"] = [] if criterio.distinte else ["chi pubblica"]
        return dict.fromkeys(messaggio for _, messaggio in mancanze(criterio.requisiti, valori, SENZA_FILE))


class CheCosaContaPanel(Panel):
    """In the editor: the evidence that the page feeds now, and what changing it does."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "programma/admin/pannello_che_cosa_conta.html"

        def evidenze(self):
            return risposta(self.instance, "che cosa conta")([self.instance]) if self.instance.pk else []

        def is_shown(self):
            return super().is_shown() and bool(self.evidenze())

        def get_context_data(self, parent_context=None):
            return {**super().get_context_data(parent_context), "evidenze": self.evidenze()}


class CollegamentoCriterio(models.Model):
    """Mixin of pages that may realise an action and give proof of criteria. Copies do not inherit the links.

    The page needs a `sommario`, a parent with `organizzazione`, and a method `fatti()` that returns a list of
    `alimentazione.Fatto`.
    """

    azioni_realizzate = ParentalManyToManyField(
        AzionePage,
        verbose_name="azioni del programma",
        blank=True,
        related_name="+",
        help_text="Il contenuto compare nella pagina pubblica di queste azioni",
    )
    criteri_serviti = ParentalManyToManyField(
        Criterio,
        verbose_name="criteri di valutazione",
        blank=True,
        related_name="+",
        help_text="Il contenuto vale come evidenza di questi criteri, quando è approvato",
    )

    perche_insieme = models.TextField(
        "perché vale per più criteri",
        blank=True,
        max_length=1000,
        help_text="Serve se lo stesso contenuto vale per due criteri della stessa azione, o per due compiti del "
        "manager: lo legge chi decide",
    )

    base_form_class = CollegamentoForm
    exclude_fields_in_copy = ["azioni_realizzate", "criteri_serviti", "perche_insieme"]
    programma_panels = [
        CheCosaContaPanel(heading="Vale come evidenza"),
        MultiFieldPanel(
            [
                FieldPanel("azioni_realizzate", widget=CheckboxSelectMultiple),
                FieldPanel("criteri_serviti", widget=CriteriDaSpuntare),
                FieldPanel("perche_insieme"),
            ],
            heading="Programma di lavoro",
            help_text="Facoltativo: serve se questo contenuto realizza un'azione",
            classname="collapsed",
        ),
    ]

    class Meta:
        abstract = True

    def alimentati_da_se(self, giorno):
        """The criteria that a content of this kind is proof of without naming them, on `giorno` (None when unknown)."""
        return []


_contatori: list[Callable[["Criterio"], str]] = []


def registra_contatore(contatore: Callable[["Criterio"], str]) -> None:
    """Declare who counts what is offered of a criterion with a threshold: where it does, as an address, or nothing."""
    if contatore not in _contatori:
        _contatori.append(contatore)


def offerto_contato(criterio: "Criterio") -> str:
    """Where what is offered of `criterio` is counted by itself; empty where the manager types it."""
    if criterio.pk is None or criterio.regola != Criterio.Regola.SOGLIA:
        return ""
    return next((dove for contatore in _contatori if (dove := contatore(criterio))), "")


_fonti: list[str] = []
_fonti_a_parte: list[str] = []
_luoghi: dict[str, str] = {}


def aggiungi_fonte(modello: str, a_parte: bool = False, letta_in: str = "") -> None:
    """Add a model (a label) from which evidence is born; see `programma.alimentazione.registra_fonte`."""
    elenco = _fonti_a_parte if a_parte else _fonti
    if modello not in elenco:
        elenco.append(modello)
    if letta_in:
        _luoghi[modello] = letta_in


def luoghi_pubblici() -> dict[str, str]:
    """Of sources that are no page, the page type where the public reads what they prove; labels."""
    return dict(_luoghi)


def fonti() -> list[str]:
    """Labels of the page models that carry the mixin, in order of registration."""
    return list(_fonti)


def fonti_a_parte() -> list[str]:
    """Labels of the other models from which evidence is born: no approved revision holds their facts."""
    return list(_fonti_a_parte)
