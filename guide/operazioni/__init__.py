"""The only functions that change the guide's state, by subject."""

from .indice import indicizza, reindicizza, togli

__all__ = ["indicizza", "reindicizza", "togli"]
