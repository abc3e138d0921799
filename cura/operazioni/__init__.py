"""The only functions that change what this app keeps, by subject."""

from .indice import aggiorna, dimentica, indicizza, reindicizza, togli
from .ricerche import annota_vana

__all__ = ["aggiorna", "annota_vana", "dimentica", "indicizza", "reindicizza", "togli"]
