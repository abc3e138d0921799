"""The documents of the demonstration: final ones, each on its day, and what the page of documents lists."""

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Page

from base.models import Documento
from base.stampa import StampaNonDisponibile
from documenti import operazioni
from documenti.models import DocumentiPage, RigaDeiDocumenti
from documenti.selettori import anteprima_pubblica, lavorazione
from documenti.tipi import tipi_di
from programma.models import ProgrammaPage

from .file import crea_file
from .fonti import leggi
from .orologio import momento, orologio

MANAGER = "manager"


def racconta_documenti(mondo):
    """Nothing of a year that is still open; without Pango the words are there, and no final version."""
    for voce in leggi("documenti"):
        programma = ProgrammaPage.objects.get(anno=voce["anno"])
        if programma.chiuso:
            _racconta(voce, programma, mondo.utenti[MANAGER])


def elenca_documenti(mondo):
    """The rows of the page of documents, published by the manager."""
    detto, manager = leggi("documenti-pubblici"), mondo.utenti[MANAGER]
    pagina = DocumentiPage.objects.get()
    with orologio(max(momento(detto["scritti"]), pagina.latest_revision_created_at)):
        pagina.righe = [_riga(voce, manager) for voce in detto["documenti"]]
        pagina.save_revision(user=manager).publish(user=manager)


def _riga(voce, manager):
    file = ContentFile(crea_file(voce["file"], [voce["titolo"], *voce["righe"]]), name=voce["file"])
    return RigaDeiDocumenti(
        documento=Documento.objects.create(title=voce["titolo"], file=file, uploaded_by_user=manager),
        genere=voce["genere"],
        anno=voce.get("anno"),
        licenza=voce["licenza"],
        gemello=Page.objects.get(slug=voce["gemello"], depth=3) if "gemello" in voce else None,
    )


def _racconta(voce, programma, manager):
    nome = voce["tipo"]
    with orologio(_quando(voce["scritto"])):
        for chiave, testo in voce["parti"].items():
            operazioni.scrivi_parte(programma, nome, chiave, testo, 0, manager)
    try:
        with orologio(_quando(voce["definitivo"])):
            letto = lavorazione(programma, nome, tipi_di(programma)[nome]).impronta
            definitivo = operazioni.rendi_definitivo(programma, nome, manager, letto)
        with orologio(_quando(voce["pubblicato"])):
            operazioni.pubblica(definitivo, manager, anteprima_pubblica(definitivo)[1])
    except StampaNonDisponibile:
        return


def _quando(detto):
    """As the file tells it, or now where that is still to come."""
    return min(momento(detto), timezone.now())
