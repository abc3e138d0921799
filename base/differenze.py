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


VUOTI: tuple = (None, "", (), [])


def _mostra(valore) -> str:
    if valore in VUOTI:
        return "vuoto"
    if isinstance(valore, bool):
        return "sì" if valore else "no"
    if isinstance(valore, date):
        return valore.isoformat()
    if isinstance(valore, list | tuple):
        return ", ".join(str(voce) for voce in valore)
    return f"«{valore}»"


def imposta(
    oggetto,
    valori: dict,
    percorso: str,
    differenze: list[Differenza],
    chiavi: dict | None = None,
    lasciate: list[Differenza] | None = None,
) -> bool:
    """Set on `oggetto` the `valori` that differ, adding each to `differenze`; whether there were any.

    `chiavi` says how the file calls a field, where the name is another. With `lasciate` only what is empty is set:
    what somebody wrote stays, and goes there when the file says something else.
    """
    cambiati = {nome: valore for nome, valore in valori.items() if getattr(oggetto, nome) != valore}
    if lasciate is not None:
        scritti = {nome: valore for nome, valore in cambiati.items() if getattr(oggetto, nome) not in VUOTI}
        cambiati = {nome: valore for nome, valore in cambiati.items() if nome not in scritti}
        lasciate += [
            Differenza(f"{percorso}.{(chiavi or {}).get(nome, nome)}", getattr(oggetto, nome), valore)
            for nome, valore in scritti.items()
            if valore not in VUOTI
        ]
    for nome, valore in cambiati.items():
        chiave = (chiavi or {}).get(nome, nome)
        differenze.append(Differenza(f"{percorso}.{chiave}", getattr(oggetto, nome), valore))
        setattr(oggetto, nome, valore)
    return bool(cambiati)
