"""Links that act for who has no session: signed, expiring, good once.

No table holds them. A token carries what it is about and a fingerprint of the state of that thing when it was made:
whatever the link does must change that state, so it works once, and a thing that changed otherwise cancels every link
made before. Opening one never changes anything (mail scanners open links): only a POST does.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac


class CollegamentoNonValido(Exception):
    """Not ours, or tampered with."""


class CollegamentoScaduto(CollegamentoNonValido):
    """Ours, and too old."""


@dataclass(frozen=True)
class Aperto:
    """What a good link says: the keys it was made with, in their order, and whether a state is still that one."""

    chiavi: tuple[int, ...]
    impronta: str
    _impronta_di: Callable[[tuple[int, ...], object], str]

    def vale_per(self, stato: object) -> bool:
        """Whether the thing is still in the state in which the link was made: if not, it was used."""
        return constant_time_compare(self.impronta, self._impronta_di(self.chiavi, stato))


@dataclass(frozen=True)
class TipoDiCollegamento:
    """One purpose: a link made for it opens nothing else. `scopo` is unique in the portal, as `guide.verifica`."""

    scopo: str
    durata: timedelta

    @property
    def giorni(self) -> int:
        """How long it lasts, in whole days, to be said in the mail."""
        return self.durata.days

    def gettone(self, *chiavi: int, stato: object) -> str:
        """The token for these primary keys, to be put in an address; `stato` never leaves, only its fingerprint does.

        `stato` must read the same (`str`) until the link is used, and differently from then on.
        """
        return signing.dumps([*chiavi, self._impronta(chiavi, stato)], salt=self._sale)

    def apri(self, gettone: str) -> Aperto:
        """Read a token. Raises `CollegamentoScaduto`, or `CollegamentoNonValido` for whatever else is not good."""
        try:
            *chiavi, impronta = signing.loads(gettone, salt=self._sale, max_age=self.durata)
        except signing.SignatureExpired as errore:
            raise CollegamentoScaduto from errore
        except (signing.BadSignature, ValueError, TypeError) as errore:
            raise CollegamentoNonValido from errore
        return Aperto(tuple(chiavi), impronta, self._impronta)

    @property
    def _sale(self) -> str:
        return f"collegamenti.{self.scopo}"

    def _impronta(self, chiavi: tuple[int, ...], stato: object) -> str:
        return salted_hmac(self._sale, f"{chiavi}{stato}", algorithm="sha256").hexdigest()[:32]
