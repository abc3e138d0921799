"""The only functions that change the guide's state, by subject."""

from .indice import indicizza, reindicizza, togli
from .ricerche import annota_vana

__all__ = ["annota_vana", "indicizza", "reindicizza", "togli"]
