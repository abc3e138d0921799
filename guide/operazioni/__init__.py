"""The only functions that change the guide's state, by subject."""

from .categorie import InUso, libera
from .estate import aggiorna_posti, aggiungi_settimane, offri_monitoraggio, prepara_anno, prepara_tutti
from .fascicoli import Occupata, rifai, segna_da_rifare
from .istantanee import congela, proponi
from .segnalazioni import proponi_servizio, segnala_errore, segnala_problema
from .verifiche import (
    aggiorna_scadenze,
    chiedi_conferma,
    conferma,
    correggi,
    registra_pubblicazione,
    sollecita,
)

__all__ = [
    "InUso",
    "Occupata",
    "aggiorna_posti",
    "aggiorna_scadenze",
    "aggiungi_settimane",
    "chiedi_conferma",
    "conferma",
    "congela",
    "correggi",
    "libera",
    "offri_monitoraggio",
    "prepara_anno",
    "prepara_tutti",
    "proponi",
    "proponi_servizio",
    "registra_pubblicazione",
    "rifai",
    "segna_da_rifare",
    "segnala_errore",
    "segnala_problema",
    "sollecita",
]
