"""Documents of the year: evidence that they tell of, words written in them, a version made final."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from base.allegati import esamina
from documenti import operazioni as documenti
from documenti.selettori import lavorazione
from documenti.tipi import tipi_di
from programma import operazioni
from programma.models import Evidenza


@pytest.fixture
def riconosciuta(organizzazione_a, referente_a, manager, programma):
    """Evidence that the manager approved, for the criteria with these codes."""

    def fai(*codici, titolo="Tavolo con il Comune", data=date(2025, 3, 5), **campi):
        campi = {"argomento": "Orari", "persone_coinvolte": "Rita Levi", "perche_insieme": "Una cosa sola", **campi}
        evidenza = Evidenza(organizzazione=organizzazione_a, titolo=titolo, data=data, **campi)
        operazioni.salva_bozza(evidenza, referente_a, programma.criteri.filter(codice__in=codici), [organizzazione_a])
        file = SimpleUploadedFile("verbale.txt", b"verbale")
        operazioni.allega(evidenza, referente_a, file, esamina(file))
        return operazioni.approva(operazioni.invia(evidenza, referente_a), manager)

    return fai


def impronta(programma, nome):
    """That of the document `nome` as it would be now."""
    return lavorazione(programma, nome, tipi_di(programma)[nome]).impronta


def definitivo(programma, nome, manager, **parole):
    """The document `nome` made final by `manager`, with these words in its parts."""
    for chiave, testo in parole.items():
        documenti.scrivi_parte(programma, nome, chiave, testo, 0, manager)
    return documenti.rendi_definitivo(programma, nome, manager, impronta(programma, nome))
