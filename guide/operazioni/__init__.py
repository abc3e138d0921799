"""The only functions that change the guide's state, by subject."""

from .estate import aggiorna_posti, aggiungi_settimane, offri_monitoraggio, prepara_anno, prepara_tutti
from .fascicoli import Occupata, rifai, segna_da_rifare
from .indice import indicizza, reindicizza, togli
from .istantanee import congela, proponi
from .ricerche import annota_vana

__all__ = [
    "Occupata",
    "aggiorna_posti",
    "aggiungi_settimane",
    "annota_vana",
    "congela",
    "indicizza",
    "offri_monitoraggio",
    "prepara_anno",
    "prepara_tutti",
    "proponi",
    "reindicizza",
    "rifai",
    "segna_da_rifare",
    "togli",
]
