"""The only functions that change the guide's state, by subject."""

from .categorie import InUso, aggiorna_servizi_di, libera
from .estate import aggiorna_posti, aggiungi_settimane, offri_monitoraggio, prepara_anno, prepara_tutti
from .fascicoli import Occupata, rifai, segna_da_rifare
from .indice import indicizza, reindicizza, togli
from .istantanee import congela, proponi
from .ricerche import annota_vana
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
    "aggiorna_servizi_di",
    "aggiungi_settimane",
    "annota_vana",
    "chiedi_ritiro",
    "conferma",
    "conferma_ritiro",
    "congela",
    "crea_bozza",
    "indicizza",
    "libera",
    "offri_monitoraggio",
    "prendi_in_carico",
    "prepara_anno",
    "prepara_tutti",
    "proponi",
    "proponi_servizio",
    "registra_pubblicazione",
    "reindicizza",
    "riapri",
    "rifai",
    "rifiuta_ritiro",
    "ripristina",
    "risolvi",
    "segna_da_rifare",
    "segnala_errore",
    "sollecita",
    "togli",
]
