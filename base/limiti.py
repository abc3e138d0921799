"""How many times something may be done from one network address, and by all together, counted on the cache.

The address is never kept. The counts are those of one cache: with more processes it must be shared (`base.controlli`).
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

    def impronta(self, request) -> str:
        """What stands for the address in the count and in logs: it cannot be read back without the secret key."""
        da = rete(indirizzo_di(request))
        return salted_hmac(f"base.limiti {self.nome}", da, algorithm="sha256").hexdigest()[:16]

    def ammette(self, request) -> bool:
        """Whether it may be done once more from there; nothing is counted."""
        return cache.get(self._chiave(request), 0) < self.quante

    def conta(self, request) -> bool:
        """Count one; whether another is still admitted from there."""
        return self._aggiungi(self._chiave(request)) < self.quante

    def passa(self, request) -> bool:
        """Count one; whether it is within both limits. What one address does beyond its own is not counted for all."""
        if self._aggiungi(self._chiave(request)) > self.quante:
            return False
        return self.in_tutto is None or self._aggiungi(f"limiti:{self.nome}") <= self.in_tutto

    def _chiave(self, request):
        return f"limiti:{self.nome}:{self.impronta(request)}"

    def _aggiungi(self, chiave):
        cache.add(chiave, 0, self.secondi)
        try:
            return cache.incr(chiave)
        except ValueError:  # it expired between the two
            return 1


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
