"""The only functions that change the guide's state, by subject."""

from .estate import aggiorna_posti, aggiungi_settimane, offri_monitoraggio, prepara_anno, prepara_tutti
from .indice import indicizza, reindicizza, togli
from .ricerche import annota_vana

__all__ = [
    "aggiorna_posti",
    "aggiungi_settimane",
    "annota_vana",
    "indicizza",
    "offri_monitoraggio",
    "prepara_anno",
    "prepara_tutti",
    "reindicizza",
    "togli",
]
