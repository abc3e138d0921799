"""How many times something may be done from one network address, counted on the cache. The address is never kept."""

import ipaddress
from dataclasses import dataclass

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from .moduli_pubblici import indirizzo_di


@dataclass(frozen=True)
class Limite:
    """`quante` times in `secondi`, which start at the first. `nome` tells it from other counts."""

    nome: str
    quante: int
    secondi: int

    def impronta(self, request) -> str:
        """What stands for the address in the count and in logs: it cannot be read back without the secret key."""
        da = _rete(indirizzo_di(request))
        return salted_hmac(f"base.limiti {self.nome}", da, algorithm="sha256").hexdigest()[:16]

    def ammette(self, request) -> bool:
        """Whether it may be done once more; nothing is counted."""
        return cache.get(self._chiave(request), 0) < self.quante

    def conta(self, request) -> bool:
        """Count one; whether another is still admitted."""
        chiave = self._chiave(request)
        cache.add(chiave, 0, self.secondi)
        try:
            return cache.incr(chiave) < self.quante
        except ValueError:  # it expired between the two
            return True

    def _chiave(self, request):
        return f"limiti:{self.nome}:{self.impronta(request)}"


def _rete(indirizzo: str) -> str:
    """The address, or for IPv6 the network of one house, where every device has millions of them."""
    try:
        ip = ipaddress.ip_address(indirizzo)
    except ValueError:
        return indirizzo
    return str(ipaddress.ip_network((ip, 64), strict=False)) if ip.version == 6 else str(ip)
