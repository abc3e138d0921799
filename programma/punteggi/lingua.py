"""The little Italian that a sum needs: numbers, and nouns that agree with them.

A noun comes with its plural and its gender, written by whoever writes the facts: no ending tells them
("uomo", "psicologo", "mail").
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Sostantivo:
    """A noun, or a noun with what goes with it: "ora di formazione", "ore di formazione", feminine."""

    singolare: str
    plurale: str
    femminile: bool = False


EVIDENZA = Sostantivo("evidenza", "evidenze", True)
UNITA = Sostantivo("unità", "unità", True)


def nome_dell_unita(singolare: str, plurale: str, femminile: bool) -> Sostantivo:
    """The noun of a unit; "unità" where there is none, "unità («psicologo»)" where its plural is not known."""
    if singolare and plurale:
        return Sostantivo(singolare, plurale, femminile)
    if singolare:
        return Sostantivo(*2 * (f"{UNITA.singolare} («{singolare}»)",), femminile=UNITA.femminile)
    return UNITA


def numero(valore: Decimal) -> str:
    """ "1,5", "20": a comma, and no zeros that say nothing."""
    intero = valore == valore.to_integral_value()
    return f"{valore:.0f}" if intero else f"{valore:f}".rstrip("0").replace(".", ",")


def quanti(valore: Decimal, nome: Sostantivo) -> str:
    """ "1 incontro", "0 incontri", "1,5 ore"."""
    return f"{numero(valore)} {nome.singolare if valore == 1 else nome.plurale}"


def participio(maschile: str, nome: Sostantivo, quantita: Decimal) -> str:
    """`maschile` ("approvato") in the gender of `nome` and the number of `quantita`."""
    if quantita == 1:
        return maschile[:-1] + ("a" if nome.femminile else "o")
    return maschile[:-1] + ("e" if nome.femminile else "i")
