"""The only functions that change the guide's state, by subject."""

from .categorie import InUso, libera
from .estate import aggiorna_posti, aggiungi_settimane, offri_monitoraggio, prepara_anno, prepara_tutti
from .fascicoli import Occupata, rifai, segna_da_rifare
from .istantanee import congela, proponi
from .ritiri import chiedi_ritiro, conferma_ritiro, rifiuta_ritiro, ripristina
from .segnalazioni import (
    PassaggioImpossibile,
    crea_bozza,
    prendi_in_carico,
    proponi_servizio,
    riapri,
    risolvi,
    segnala_errore,
)
from .verifiche import (
    CambiataNelFrattempo,
    GiaConfermata,
    aggiorna_scadenze,
    conferma,
    registra_pubblicazione,
    sollecita,
)

__all__ = [
    "CambiataNelFrattempo",
    "GiaConfermata",
    "InUso",
    "Occupata",
    "PassaggioImpossibile",
    "aggiorna_posti",
    "aggiorna_scadenze",
    "aggiungi_settimane",
    "chiedi_ritiro",
    "conferma",
    "conferma_ritiro",
    "congela",
    "crea_bozza",
    "libera",
    "offri_monitoraggio",
    "prendi_in_carico",
    "prepara_anno",
    "prepara_tutti",
    "proponi",
    "proponi_servizio",
    "registra_pubblicazione",
    "riapri",
    "rifai",
    "rifiuta_ritiro",
    "ripristina",
    "risolvi",
    "segna_da_rifare",
    "segnala_errore",
    "sollecita",
]
