"""A chart with the table of its numbers after it. Pure."""

from collections.abc import Iterator
from decimal import Decimal

from base.grafici import Barra, barre

from .corpo import Blocco, Figura, Prospetto

IN_FIGURA = 20
"""How many bars a chart has at most."""


def in_figura(
    titolo: str,
    colonne: tuple[str, ...],
    figura: list[Barra],
    intero: Decimal | None = None,
    righe: tuple[tuple[str, ...], ...] | None = None,
) -> Iterator[Blocco]:
    """A chart of the first `IN_FIGURA` bars and the table of them all; the table alone where no bar has a length."""
    if any(uno.quanto for uno in figura):
        in_vista = figura[:IN_FIGURA]
        detto = "; ".join(f"{uno.nome} {uno.detto}" for uno in in_vista)
        primi = f": i primi {IN_FIGURA}" if len(figura) > IN_FIGURA else ""
        yield Figura(f"{titolo}{primi}", detto, barre(titolo, detto, in_vista, intero))
    tutte = righe or tuple((uno.nome, uno.detto) for uno in figura)
    yield Prospetto(in_numeri(titolo), colonne, tutte, con_nomi=True)


def in_numeri(titolo: str) -> str:
    """The title of the table beside a chart: after a question a new sentence begins."""
    return f"{titolo} In numeri" if titolo.endswith(("?", "!", "…", ".")) else f"{titolo}, in numeri"
