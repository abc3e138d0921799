"""The little Italian that a sum needs: numbers, the plural of a unit, the gender of its participle.

Units are data written by an office ("mail o post condiviso"). The rules below are those of endings; a
word that they do not know stays as it is, which in Italian is how foreign words behave ("2 post").
"""

from decimal import Decimal

FERMANO = frozenset({"di", "del", "dello", "della", "dei", "degli", "delle", "d'", "da", "per", "con", "in", "a", "su"})
"""After one of these the words no longer agree with the unit: "ora di formazione" is "ore di formazione"."""

FEMMINILI_IN_E = ("zione", "sione", "gione", "trice", "udine")
ACCENTATE = "àèéìòù"
CONGIUNZIONI = frozenset({"o", "e", "ed"})
INVARIABILI = frozenset({"auto", "foto", "stampa", "video"})


def numero(valore: Decimal) -> str:
    """ "1,5", "20": a comma, and no zeros that say nothing."""
    intero = valore == valore.to_integral_value()
    return f"{valore:.0f}" if intero else f"{valore:f}".rstrip("0").replace(".", ",")


def quanti(valore: Decimal, nome: str) -> str:
    """ "1 incontro", "0 incontri", "1,5 ore"."""
    return f"{numero(valore)} {nome if valore == 1 else plurale(nome)}"


def participio(maschile: str, nome: str, quantita: Decimal) -> str:
    """`maschile` ("approvato") in the gender of `nome` and the number of `quantita`."""
    radice = maschile[:-1]
    if quantita == 1:
        return radice + ("a" if femminile(nome) else "o")
    return radice + ("e" if femminile(nome) else "i")


def femminile(nome: str) -> bool:
    """Whether the first noun of a unit is feminine by its ending; a coordination ("mail o post") is masculine."""
    parole = nome.split()
    if not parole or _coordinata(parole):
        return False
    prima = parole[0].lower()
    return prima.endswith(("a", *FEMMINILI_IN_E, "tà", "tù")) and not _maschile_in_a(prima)


def plurale(nome: str) -> str:
    """The plural of a unit: its noun and the adjectives that agree with it, up to the first preposition."""
    parole, fermo = [], False
    for parola in nome.split():
        fermo = fermo or parola.lower() in FERMANO
        parole.append(parola if fermo or parola.lower() in CONGIUNZIONI else _plurale_di(parola))
    return " ".join(parole)


def _coordinata(parole: list[str]) -> bool:
    return any(parola.lower() in CONGIUNZIONI for parola in parole)


def _maschile_in_a(parola: str) -> bool:
    return parola.endswith(("mma", "ema"))


def _plurale_di(parola: str) -> str:
    minuscola = parola.lower()
    if minuscola[-1] in ACCENTATE or minuscola[-1] not in "aeo" or minuscola in INVARIABILI:
        return parola
    if _maschile_in_a(minuscola):
        return parola[:-1] + "i"
    if minuscola.endswith("a"):
        return _femminile_plurale(parola)
    if minuscola.endswith("io"):
        return parola[:-1]
    if minuscola.endswith(("co", "go")) and not minuscola.endswith("ico"):
        return parola[:-1] + "hi"
    return parola[:-1] + "i"


def _femminile_plurale(parola: str) -> str:
    minuscola = parola.lower()
    if minuscola.endswith(("ca", "ga")):
        return parola[:-1] + "he"
    if minuscola.endswith(("cia", "gia")) and minuscola[-4:-3] not in "aeiou":
        return parola[:-2] + "e"
    return parola[:-1] + "e"
