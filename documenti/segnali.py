"""What the documents do by themselves when something happens in the programme."""

from programma.operazioni import approvazione_annullata, programma_approvato

from .operazioni import ritira_approvato
from .tasks import ferma_programma


def alla_approvazione(programma, utente, quando, **altro):
    """Who approved it has read it: the worker keeps it as it is. A set-up file is nobody's act."""
    if utente is not None:
        ferma_programma.enqueue(programma.pk, utente.pk, quando.isoformat())


def alla_annullata(programma, utente, approvato_il, **altro):
    ritira_approvato(programma, utente, approvato_il)


def collega():
    approvazione_annullata.connect(alla_annullata, dispatch_uid="documenti-programma")
    programma_approvato.connect(alla_approvazione, dispatch_uid="documenti-programma")
