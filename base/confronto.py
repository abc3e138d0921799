"""Bringing objects to the values that a file states, and saying what changed."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Differenza:
    """One value that the site had and the file changes."""

    percorso: str
    prima: object
    dopo: object

    def __str__(self):
        return f"{self.percorso}: {_mostra(self.prima)} → {_mostra(self.dopo)}"


def _mostra(valore) -> str:
    if valore in (None, "", (), []):
        return "vuoto"
    if isinstance(valore, bool):
        return "sì" if valore else "no"
    if isinstance(valore, date):
        return valore.isoformat()
    if isinstance(valore, list | tuple):
        return ", ".join(str(voce) for voce in valore)
    return f"«{valore}»"


def imposta(oggetto, valori: dict, percorso: str, differenze: list[Differenza], chiavi: dict | None = None) -> bool:
    """Set on `oggetto` the `valori` that differ, adding each to `differenze`; whether there were any.

    `chiavi` says how the file calls a field, where the name is another.
    """
    cambiati = {nome: valore for nome, valore in valori.items() if getattr(oggetto, nome) != valore}
    for nome, valore in cambiati.items():
        chiave = (chiavi or {}).get(nome, nome)
        differenze.append(Differenza(f"{percorso}.{chiave}", getattr(oggetto, nome), valore))
        setattr(oggetto, nome, valore)
    return bool(cambiati)
