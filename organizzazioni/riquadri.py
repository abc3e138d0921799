"""The register of boxes that other apps add to an organisation's public page.

An app calls `registra` in its `AppConfig.ready` with a function `organizzazione -> Riquadro`; each costs
the page one query.
"""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Riquadro:
    """A titled list on the page of an organisation, drawn by `template`; without items it is not shown."""

    titolo: str
    template: str
    voci: list = field(default_factory=list)


_registro: dict[str, tuple[int, Callable]] = {}


def registra(chiave: str, funzione: Callable, ordine: int) -> None:
    """Add the box `chiave`, shown in the given `ordine` (low first); the same key twice keeps the last."""
    _registro[chiave] = (ordine, funzione)


def riquadri_di(organizzazione) -> list[Riquadro]:
    """The boxes that have something to show, in order."""
    funzioni = [funzione for _, funzione in sorted(_registro.values(), key=lambda coppia: coppia[0])]
    return [r for r in (funzione(organizzazione) for funzione in funzioni) if r.voci]
