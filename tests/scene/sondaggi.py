"""Surveys for the tests: one with every kind of question, opened, answered by many."""

from datetime import timedelta

from django.utils import timezone

from ascolto.models import Sondaggio
from ascolto.sondaggi import operazioni
from ascolto.sondaggi.questionario import DomandaPosta

DOMANDE = (
    DomandaPosta("d1", "Hai figli?", "una", "Chi sei", scelte=("Sì", "No"), obbligatoria=True),
    DomandaPosta("d2", "Che cosa ti serve?", "piu", "Chi sei", scelte=("Nido", "Estate", "Tempo")),
    DomandaPosta("d3", "Quanto sei contento?", "scala", "I servizi", dal="per nulla", al="molto"),
    DomandaPosta("d4", "Quanti figli?", "numero", "I servizi", massimo=20, se="d1", se_scelte=(0,)),
    DomandaPosta("d5", "Come vanno?", "griglia", "I servizi", scelte=("Bene", "Male"), righe=("Orari", "Costi")),
    DomandaPosta("d6", "Che cosa cambieresti?", "lungo", "I servizi"),
)


SONDAGGI_LETTI = [
    f"sondaggi:{vista}" for vista in ("elenco", "sondaggio", "prova", "risultati", "esporta", "pubblica", "restituisci")
]
"""Screens that more than the manager opens, for the walls."""
SONDAGGI_DEL_MANAGER = [
    f"sondaggi:{vista}"
    for vista in (
        *("nuovo", "modifica", "nuova_domanda", "domanda", "sposta_domanda", "togli_domanda", "traduci"),
        *("apri", "scadenza", "codici", "chiudi", "testi", "elimina", "proponi", "ritira", "offri"),
    )
]


def nuovo_sondaggio(manager, domande=DOMANDE, **campi):
    """A draft, with its questions."""
    valori = {
        "titolo": "La famiglia oggi",
        "anno": 2025,
        "pubblico": "dipendenti",
        "accesso": "codici",
        "introduzione": "Dieci minuti",
        "fino_al": timezone.localdate() + timedelta(days=20),
    }
    sondaggio = operazioni.salva_sondaggio(Sondaggio(**{**valori, **campi}), manager)
    for domanda in domande:
        sondaggio = operazioni.scrivi_domanda(sondaggio, manager, domanda)
    return sondaggio


def aperto(manager, domande=DOMANDE, **campi):
    return operazioni.apri_sondaggio(nuovo_sondaggio(manager, domande, **campi), manager)


def rispondono(sondaggio, manager, valori):
    """Each of `valori` answered by somebody, with a code where one is needed."""
    valori = list(valori)
    codici = operazioni.dai_codici(sondaggio, manager, len(valori)) if sondaggio.con_codici else [""] * len(valori)
    for codice, suoi in zip(codici, valori, strict=True):
        operazioni.consegna(sondaggio, suoi, codice)


def chiuso(manager, valori, domande=DOMANDE, **campi):
    sondaggio = aperto(manager, domande, **campi)
    rispondono(sondaggio, manager, valori)
    return operazioni.chiudi_sondaggio(sondaggio, manager)
