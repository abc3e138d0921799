"""Loading a set-up file: the site on an empty database, then the District, its bodies and one programme."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.html import escape, format_html
from wagtail.models import GroupApprovalTask, Page, Site, Workflow, WorkflowPage, WorkflowTask

from base.blocks import flusso
from base.differenze import Differenza
from base.formati.lettura_yaml import leggi_yaml
from base.formati.schema import FileNonValido, Problema
from convenzioni.caricamento import carica_categorie as carica_categorie_convenzioni
from cura.operazioni import carica_contorni
from documenti.caricamento import crea_pagina_documenti
from guide.caricamento import carica_categorie, crea_confronto_estivo, crea_essenziali
from organizzazioni.caricamento import importa_distretto, importa_organizzazioni
from organizzazioni.models import ApprovazioneTask, OrganizzazioniIndexPage
from organizzazioni.operazioni import crea_indici, crea_ruoli, pubblica_nuova
from programma.caricamento import gia_caricato, importa_programma
from programma.impianto import leggi_impianto
from programma.models import ProgrammaPage, ProgrammiIndexPage
from programma.operazioni import approva_programma
from registri.caricamento import carica_quesiti, carica_tipi

from .models import ContenutoPage, HomePage, SezioneHome

WORKFLOW = "Approvazione dei contenuti"
CHE_COS_E_UN_DISTRETTO = (
    "<p>Una rete di organizzazioni pubbliche e private che lavorano insieme per conciliare famiglia e lavoro.</p>"
)
PAGINE_DI_SERVIZIO = Path(__file__).parent / "dati" / "pagine-di-servizio.yaml"


class ProgrammaNonModificabile(Exception):
    """The file differs from an approved or closed programme; `differenze` lists where."""

    def __init__(self, programma: ProgrammaPage, differenze: list[Differenza]):
        self.programma = programma
        self.differenze = differenze
        stato = programma.get_stato_display().lower()
        super().__init__(f"Il programma {programma.anno} è {stato}: non si modifica da file")


@dataclass(frozen=True)
class Caricamento:
    """What a load did: nothing when `differenze` is empty. `avvisi` are for who loads."""

    anno: int
    differenze: tuple[Differenza, ...]
    avvisi: tuple[str, ...]


class _Prova(Exception):
    """Ends a dry run: everything was tried, nothing stays."""


def carica(percorso: Path, *, prova=False) -> Caricamento:
    """Load the set-up file at `percorso`, in one transaction; with `prova` nothing is written.

    A file `comuni.yaml` beside it has the District's municipalities, `tipi-riunione.yaml` and `tipi-progetto.yaml` its
    kinds of meeting and of project, `quesiti.yaml` its yearly questions, `confini.geojson` the outlines of its map,
    where the site has none yet.
    Raises `FileNonValido` with everything that is wrong, and `ProgrammaNonModificabile` when the programme is no
    longer a draft and the file differs from what the site holds.
    """
    dati, impronta = _leggi(percorso)
    impianto = leggi_impianto(dati)
    esito = None
    try:
        with transaction.atomic():
            esito = _carica(impianto, impronta, Path(percorso).parent / "comuni.yaml")
            carica_tipi(Path(percorso).parent)
            carica_quesiti(Path(percorso).parent)
            if (contorni := Path(percorso).parent / "confini.geojson").exists():
                carica_contorni(contorni)
            if prova:
                raise _Prova
    except _Prova:
        pass
    return esito


def _leggi(percorso):
    """The data of the file and a fingerprint that layout and comments do not change."""
    try:
        contenuto = Path(percorso).read_bytes()
    except OSError as errore:
        raise FileNonValido([Problema(str(percorso), f"il file non si legge ({_motivo(errore)})")]) from errore
    dati = leggi_yaml(contenuto)
    return dati, hashlib.sha256(json.dumps(dati, default=str, sort_keys=False).encode()).hexdigest()


def _motivo(errore: OSError) -> str:
    motivi = {FileNotFoundError: "non esiste", IsADirectoryError: "è una cartella", PermissionError: "accesso negato"}
    return motivi.get(type(errore), errore.strerror or "errore di lettura")


def _carica(impianto, impronta, comuni):
    home = _sito(impianto.distretto)
    crea_ruoli()
    carica_categorie(comuni)
    carica_categorie_convenzioni()
    crea_indici()
    crea_confronto_estivo()
    crea_essenziali()
    crea_pagina_documenti(ContenutoPage.objects.live().filter(slug="chi-siamo").first() or home)
    _workflow(home)
    programma = ProgrammaPage.objects.filter(anno=impianto.programma.anno).first()
    if programma is not None and gia_caricato(impianto.programma.anno, impronta):
        return Caricamento(impianto.programma.anno, (), ())
    era_bozza = programma is None or programma.stato == ProgrammaPage.Stato.BOZZA
    differenze: list[Differenza] = []
    organizzazioni = importa_organizzazioni(impianto.organizzazioni, differenze)
    importa_distretto(impianto.distretto, organizzazioni, Site.objects.get(is_default_site=True), differenze)
    programma = importa_programma(
        impianto.programma, organizzazioni, ProgrammiIndexPage.objects.get(), impronta, differenze
    )
    if differenze and not era_bozza:
        raise ProgrammaNonModificabile(programma, differenze)
    if impianto.programma.approvato and programma.stato == ProgrammaPage.Stato.BOZZA:
        approva_programma(programma)
    return Caricamento(impianto.programma.anno, tuple(differenze), _avvisi(impianto.distretto))


def _avvisi(distretto):
    if distretto.organizzazione:
        return ()
    return (
        f"Nessuna organizzazione si chiama «{distretto.denominazione}»: il Distretto resta senza sezioni proprie "
        "finché non ne scegli una in Impostazioni → Distretto",
    )


def _sito(distretto):
    """The home of the site, made with its index and service pages in place of Wagtail's welcome page if missing."""
    home = HomePage.objects.first()
    if home is not None:
        return home
    radice = Page.get_first_root_node()
    _togli_benvenuto()
    home = HomePage(title=distretto.denominazione, slug="home", introduzione=CHE_COS_E_UN_DISTRETTO)
    home.sezioni = SezioneHome.consuete()
    home = pubblica_nuova(radice, home)
    indirizzo = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "root_page": home,
            "site_name": distretto.denominazione,
            "hostname": indirizzo.hostname or "localhost",
            "port": indirizzo.port or (443 if indirizzo.scheme == "https" else 80),
        },
    )
    programmi = pubblica_nuova(home, ProgrammiIndexPage(title="Programma di lavoro", slug="programma"))
    organizzazioni = pubblica_nuova(home, OrganizzazioniIndexPage(title="Organizzazioni", slug="organizzazioni"))
    crea_indici()
    pagine = {"programma": _a(programmi), "organizzazioni": _a(organizzazioni)}
    for pagina in _pagine_di_servizio(distretto, pagine):
        pubblica_nuova(home, pagina)
    return home


def _togli_benvenuto():
    """Remove what Wagtail's own migrations leave on an empty database: a page, two groups and their workflow.

    Raises `FileNonValido` when the site already has pages of others.
    """
    pagine = Page.objects.filter(depth__gt=1)
    if pagine.exclude(slug="home", content_type__model="page").exists():
        raise FileNonValido([Problema("", "il sito contiene già pagine di altro tipo: serve una base di dati vuota")])
    Site.objects.all().delete()
    for pagina in pagine:
        pagina.delete()
    Workflow.objects.filter(workflow_tasks__task__in=GroupApprovalTask.objects.all()).delete()
    GroupApprovalTask.objects.all().delete()
    Group.objects.filter(name__in=("Moderators", "Editors"), user=None).delete()


def _a(pagina):
    """The beginning of a link to `pagina` in a rich text: it follows the page wherever it goes."""
    return f'<a linktype="page" id="{pagina.pk}">'


def _pagine_di_servizio(distretto, pagine):
    """Who the District is, the legal and help pages, from the texts that the product ships."""
    email = format_html('<a href="mailto:{0}">{0}</a>', distretto.email) if distretto.email else ""
    nomi = {
        "denominazione": escape(distretto.denominazione),
        "email": email or "chi gestisce il sito",
        "ente_capofila": escape(distretto.ente_capofila) or "da indicare",
        **pagine,
    }
    for voce in leggi_yaml(PAGINE_DI_SERVIZIO.read_bytes()):
        corpo = [
            (tipo, testo.format(**nomi) if isinstance(testo, str) else testo)
            for blocco in voce["corpo"]
            for tipo, testo in blocco.items()
        ]
        yield ContenutoPage(
            title=voce["titolo"],
            slug=voce["slug"],
            sommario=voce["sommario"],
            show_in_menus=voce.get("nel_menu", False),
            corpo=flusso(corpo),
        )


def _workflow(home):
    """One workflow of one task on the site's home. Left alone once it exists."""
    if WorkflowPage.objects.filter(page=home).exists():
        return
    task, _ = ApprovazioneTask.objects.get_or_create(name=WORKFLOW)
    workflow, nuovo = Workflow.objects.get_or_create(name=WORKFLOW)
    if nuovo:
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=home)
