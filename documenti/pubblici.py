"""What the public finds in the page of documents: listed by hand, published by the manager, made by the portal."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from ascolto.sondaggi.selettori import pubblicati
from base.elenchi import senza_raccolte_riservate, senza_riservate
from base.models import Documento
from guide.models import Fascicolo, GuidaIndexPage
from programma.models import ProgrammaPage
from registri.consultazioni.selettori import pubblicate as consultazioni_pubblicate

from .models import DocumentiPage, GenereDiDocumento, Licenza, Pubblicazione, RigaDeiDocumenti
from .tipi import PROGRAMMA

PER_PAGINA = 30
SBAGLIATO = {"invalid_choice": "Questa scelta non c'è: mostriamo tutto"}


@dataclass(frozen=True)
class DocumentoPubblico:
    """A row of the list. `formato` is empty for a page; `gemello` is where the same is read by who cannot read it."""

    titolo: str
    genere: str
    anno: int | None
    url: str
    formato: str = ""
    dimensione: int | None = None
    licenza: str = ""
    gemello: str = ""
    gemello_nome: str = ""

    @property
    def che_cos_e(self) -> str:
        return GenereDiDocumento(self.genere).label


class FiltroDocumentiForm(forms.Form):
    """Kind and year. What does not exist is an error, and the list is then shown whole."""

    genere = forms.ChoiceField(label="Che cosa", required=False, error_messages=SBAGLIATO)
    anno = forms.TypedChoiceField(label="Anno", required=False, coerce=int, empty_value=None, error_messages=SBAGLIATO)

    def __init__(self, dati, documenti: list[DocumentoPubblico]):
        super().__init__(dati)
        presenti = {uno.genere for uno in documenti}
        anni = sorted({uno.anno for uno in documenti if uno.anno}, reverse=True)
        self.fields["genere"].choices = [
            ("", "Tutto"),
            *(uno for uno in GenereDiDocumento.choices if uno[0] in presenti),
        ]
        self.fields["anno"].choices = [("", "Tutti"), *((anno, anno) for anno in anni)]

    @property
    def scelte(self):
        """The filters chosen and valid, by name; none when something is wrong."""
        return {nome: valore for nome, valore in self.cleaned_data.items() if valore} if self.is_valid() else {}


def contesto_documenti(pagina: DocumentiPage, dati) -> dict:
    """The documents, filtered by the GET parameters `dati`: the newest year first, those without one at the end."""
    tutti = documenti_pubblici(pagina)
    form = FiltroDocumentiForm(dati, tutti)
    trovati = [uno for uno in tutti if all(getattr(uno, nome) == valore for nome, valore in form.scelte.items())]
    return {
        "form": form,
        "filtrata": bool(form.scelte),
        "documenti": Paginator(trovati, PER_PAGINA).get_page(dati.get("pagina")),
    }


def documenti_pubblici(pagina: DocumentiPage) -> list[DocumentoPubblico]:
    """All of them, in a number of queries that does not grow."""
    posti = list(GenereDiDocumento.values)
    trovati = [*senza_pagina(pagina), *_programmi(), *_guida(_licenza_di(pagina))]
    return sorted(trovati, key=lambda uno: (-(uno.anno or 0), posti.index(uno.genere), uno.titolo))


def senza_pagina(pagina: DocumentiPage) -> list[DocumentoPubblico]:
    """Those that no page of the site is: listed by hand, final documents, results of surveys, outcomes."""
    licenza = _licenza_di(pagina)
    return [*_in_elenco(pagina), *_pubblicati(licenza), *_sondaggi(), *_consultazioni(licenza)]


def _licenza_di(pagina: DocumentiPage) -> str:
    return Licenza(pagina.licenza).label if pagina.licenza else ""


def _in_elenco(pagina: DocumentiPage) -> Iterator[DocumentoPubblico]:
    righe = RigaDeiDocumenti.objects.filter(pagina=pagina).select_related("documento", "gemello", "gemello_file")
    pubbliche = senza_raccolte_riservate(righe, "documento__collection__path")
    gemelle = pubbliche.filter(Q(gemello__live=True) | Q(gemello_file__isnull=False))
    pagine = {*senza_riservate(gemelle.filter(gemello__live=True), "gemello__path").values_list("pk", flat=True)}
    file = {
        *senza_raccolte_riservate(
            gemelle.filter(gemello_file__isnull=False), "gemello_file__collection__path"
        ).values_list("pk", flat=True)
    }
    for riga in pubbliche:
        documento = riga.documento
        gemello, nome = "", ""
        if riga.pk in pagine:
            gemello, nome = riga.gemello.url or "", riga.gemello.title
        elif riga.pk in file:
            gemello, nome = riga.gemello_file.url, riga.gemello_file.title
        yield DocumentoPubblico(
            documento.title,
            riga.genere,
            riga.anno,
            documento.url,
            documento.file_extension.upper(),
            _peso(documento),
            riga.get_licenza_display() if riga.licenza else "",
            gemello,
            nome,
        )


def _peso(documento: Documento) -> int | None:
    """Bytes of the file, also where nobody wrote them down; None where it is not on the disk."""
    try:
        return documento.file_size or documento.file.size
    except OSError:
        return None


def _pubblicati(licenza: str) -> Iterator[DocumentoPubblico]:
    vive = Pubblicazione.objects.in_vigore().defer("corpo", "definitivo__corpo", "definitivo__dati")
    for una in vive.select_related("definitivo__programma"):
        yield DocumentoPubblico(
            una.definitivo.titolo,
            GenereDiDocumento.PROGRAMMA if una.definitivo.tipo == PROGRAMMA else GenereDiDocumento.RELAZIONE,
            una.definitivo.programma.anno,
            reverse("documenti_pubblici:pdf", args=[una.pk]),
            "PDF",
            una.dimensione,
            licenza,
            una.get_absolute_url(),
            "leggi nel sito",
        )


def _programmi() -> Iterator[DocumentoPubblico]:
    for programma in senza_riservate(ProgrammaPage.objects.live()):
        yield DocumentoPubblico(programma.title, GenereDiDocumento.PROGRAMMA, programma.anno, programma.url or "")
        if programma.atto_indirizzo:
            detto = " n. ".join(filter(None, (programma.atto_tipo or "Atto", programma.atto_numero)))
            titolo = f"{detto}: {programma.title}"
            yield DocumentoPubblico(
                titolo, GenereDiDocumento.ATTO, programma.anno, programma.atto_indirizzo, licenza=Licenza.ATTO.label
            )


def _sondaggi() -> Iterator[DocumentoPubblico]:
    """Surveys of which the results are on the site, as a page and as data."""
    for sondaggio in pubblicati():
        dati = reverse("sondaggi_pubblici:risultati_csv", args=[sondaggio.chiave])
        yield DocumentoPubblico(
            sondaggio.titolo, GenereDiDocumento.STUDIO, sondaggio.anno, sondaggio.url, licenza=Licenza.CC_BY.label,
            gemello=dati, gemello_nome="i dati in CSV",
        )  # fmt: skip


def _consultazioni(licenza: str) -> Iterator[DocumentoPubblico]:
    """Consultations of which the outcome is on the site."""
    for una in consultazioni_pubblicate():
        yield DocumentoPubblico(una.titolo, GenereDiDocumento.STUDIO, una.anno, una.url, licenza=licenza)


def _guida(licenza: str) -> Iterator[DocumentoPubblico]:
    """The guide as it was last printed, whole."""
    intera = Fascicolo.objects.filter(chiave="").first()
    guida = senza_riservate(GuidaIndexPage.objects.live()).first() if intera else None
    if intera and guida:
        anno = timezone.localdate(intera.fatto_il).year
        yield DocumentoPubblico(
            intera.titolo, GenereDiDocumento.GUIDA, anno, intera.get_absolute_url(), "PDF", intera.dimensione, licenza,
            guida.url or "", guida.title,
        )  # fmt: skip
