"""The only functions that change surveys, their codes and what is answered."""

from .preparare import (
    apri_sondaggio,
    chiudi_sondaggio,
    elimina_sondaggio,
    prolunga_sondaggio,
    salva_sondaggio,
    scrivi_domanda,
    sposta_domanda,
    togli_domanda,
    traduci_sondaggio,
)
from .pubblicare import (
    offri_sondaggio,
    proponi_sondaggio,
    pubblica_sondaggio,
    restituisci_sondaggio,
    ritira_sondaggio,
)
from .rispondere import (
    CodiceNonValido,
    SondaggioChiuso,
    consegna,
    dai_codici,
    dimentica_risposte,
    salva_bozza_di_risposta,
)
from .rivedere import rivedi_testo

__all__ = [
    "CodiceNonValido",
    "SondaggioChiuso",
    "apri_sondaggio",
    "chiudi_sondaggio",
    "consegna",
    "dai_codici",
    "dimentica_risposte",
    "elimina_sondaggio",
    "offri_sondaggio",
    "prolunga_sondaggio",
    "proponi_sondaggio",
    "pubblica_sondaggio",
    "restituisci_sondaggio",
    "ritira_sondaggio",
    "rivedi_testo",
    "salva_bozza_di_risposta",
    "salva_sondaggio",
    "scrivi_domanda",
    "sposta_domanda",
    "togli_domanda",
    "traduci_sondaggio",
]
