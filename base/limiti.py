"""How many times something may be done from one network address, to one account, by all together: on the cache.

Whose it is, is never kept. The counts are those of one cache: with more processes it must be shared (`base.controlli`).
"""

import ipaddress
import re
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac

_CON_PORTA = re.compile(r"\[(?P<sei>[^\]]+)\](:\d+)?|(?P<quattro>[\d.]+):\d+")
"""An address as some proxies write it: with its port, which changes at every request."""


@dataclass(frozen=True)
class Limite:
    """`quante` times in `secondi`, which start at the first. `nome` tells it from other counts.

    `in_tutto`: how many from everywhere in the same time, for what fills a queue; without it there is no such ceiling.
    """

    nome: str
    quante: int
    secondi: int
    in_tutto: int | None = None

    def impronta(self, di) -> str:
        """What stands for whose count it is, in the cache and in logs: it cannot be read back without the secret key.

        `di` is a request, of which the network address counts, or the words that are counted by (an account).
        """
        di = di if isinstance(di, str) else rete(indirizzo_di(di))
        return salted_hmac(f"base.limiti {self.nome}", di, algorithm="sha256").hexdigest()[:16]

    def ammette(self, di) -> bool:
        """Whether it may be done once more; nothing is counted."""
        return cache.get(self._chiave(di), 0) < self.quante

    def conta(self, di) -> bool:
        """Count one; whether another is still admitted."""
        return self._aggiungi(self._chiave(di)) < self.quante

    def passa(self, di) -> bool:
        """Count one; whether it is within both limits. What one does beyond their own is not counted for all."""
        if self._aggiungi(self._chiave(di)) > self.quante:
            return False
        return self.in_tutto is None or self._aggiungi(f"limiti:{self.nome}") <= self.in_tutto

    def togli(self, di) -> None:
        """One that was counted was none, after all."""
        if cache.get(self._chiave(di), 0) > 0:
            self._aggiungi(self._chiave(di), -1)

    def azzera(self, di) -> None:
        """The count starts again."""
        cache.delete(self._chiave(di))

    def _chiave(self, di):
        return f"limiti:{self.nome}:{self.impronta(di)}"

    def _aggiungi(self, chiave, quanti=1):
        cache.add(chiave, 0, self.secondi)
        try:
            return cache.incr(chiave, quanti)
        except ValueError:  # it expired between the two
            return quanti


def indirizzo_di(request) -> str:
    """Where a request comes from, past the proxies that are ours (`PROXY_FIDATI`); whatever is before them may lie."""
    saltati = settings.PROXY_FIDATI
    via = [parte.strip() for parte in request.headers.get("X-Forwarded-For", "").split(",") if parte.strip()]
    return via[-saltati] if saltati and len(via) >= saltati else request.META.get("REMOTE_ADDR", "")


def rete(indirizzo: str) -> str:
    """The address, or for IPv6 the network of one house, where every device has millions of them."""
    con_porta = _CON_PORTA.fullmatch(indirizzo)
    try:
        ip = ipaddress.ip_address((con_porta["sei"] or con_porta["quattro"]) if con_porta else indirizzo)
    except ValueError:
        return indirizzo
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return str(ipaddress.ip_network((int(ip), 64), strict=False)) if ip.version == 6 else str(ip)
