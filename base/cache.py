"""The shared cache, and the database while it does not answer: pages, logins and limits go on, a little slower."""

import base64
import logging
import pickle
import time

from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.db import DatabaseCache
from django.db import transaction
from django.utils import timezone

PAUSA = 5
"""Seconds for which a cache that did not answer is not asked again by this process."""

logger = logging.getLogger(__name__)


class ConRiserva(BaseCache):
    """`vera` of `CACHES`, or `riserva` while the first does not answer. What was counted in one is not in the other."""

    rotta_fino_a = 0.0  # of the process: threads share it

    def __init__(self, location, params):
        super().__init__(params)

    def risponde(self) -> bool:
        """Whether the shared cache answers now."""
        try:
            caches["vera"].get("salute")
        except Exception:  # noqa: BLE001  (each library has its own errors)
            return False
        return True

    def _chiedi(self, verbo, *args, **kwargs):
        if time.monotonic() >= ConRiserva.rotta_fino_a:
            try:
                return getattr(caches["vera"], verbo)(*args, **kwargs)
            except (ValueError, TypeError):  # what was asked is wrong, or `incr` found nothing
                raise
            except Exception as errore:  # noqa: BLE001  (each library has its own errors)
                ConRiserva.rotta_fino_a = time.monotonic() + PAUSA
                logger.warning("La cache non risponde (%s): si usa il database", type(errore).__name__)
        return getattr(caches["riserva"], verbo)(*args, **kwargs)


def _verbo(nome):
    def verbo(self, *args, **kwargs):
        return self._chiedi(nome, *args, **kwargs)

    return verbo


VERBI = ("add", "get", "set", "touch", "delete", "has_key", "incr", "clear", "get_many", "set_many", "delete_many")
for _nome in VERBI:
    setattr(ConRiserva, _nome, _verbo(_nome))


class CacheNelDatabase(DatabaseCache):
    """Django's, in the table of `VoceDiRiserva`, with a count that loses none and does not start its time again."""

    def incr(self, key, delta=1, version=None):
        from .models import VoceDiRiserva

        chiave = self.make_and_validate_key(key, version=version)
        with transaction.atomic():
            voce = VoceDiRiserva.objects.select_for_update().filter(pk=chiave, expires__gt=timezone.now()).first()
            if voce is None:
                raise ValueError(f"Key '{key}' not found")
            valore = pickle.loads(base64.b64decode(voce.value)) + delta  # noqa: S301  (written by Django, read by Django)
            voce.value = base64.b64encode(pickle.dumps(valore, self.pickle_protocol)).decode("latin1")
            voce.save(update_fields=["value"])
        return valore
