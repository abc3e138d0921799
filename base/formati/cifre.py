"""Numbers as Italians write them and read them. Pure."""

import re
from decimal import Decimal

TETTO = Decimal(10**9)
"""No number that somebody types is bigger, where nothing else is said."""
MIGLIAIA = re.compile(r"\d{1,3}([.' ]\d{3})+(,\d*)?")


def leggi_numero(testo: str, unita: str = "", decimali: int = 0, massimo: Decimal | None = None) -> Decimal:
    """A number as Italians write it: `1.250`, `1 250`, `12,5`; `12.5` too. Raises `ValueError`."""
    cifre = " ".join(testo.split()).removesuffix(unita).strip().removesuffix("%").strip()
    if MIGLIAIA.fullmatch(cifre):
        cifre = re.sub("[.' ]", "", cifre)
    cifre = cifre.replace(",", ".")
    if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,9})?", cifre):
        raise ValueError("Scrivi un numero, senza altre parole: per esempio 12")
    numero = Decimal(cifre)
    if numero != round(numero, decimali):
        quanti = f"al massimo {decimali} cifre" if decimali > 1 else "una cifra sola"
        raise ValueError(f"Dopo la virgola {quanti}" if decimali else "Scrivi un numero intero")
    massimo = TETTO if massimo is None else massimo
    if numero > massimo:
        raise ValueError(f"Al massimo {in_cifre(massimo)}: controlla se c'è una cifra di troppo")
    return numero


def in_cifre(numero: Decimal, migliaia: bool = True) -> str:
    """ "1.250", "12,5": nothing after the comma that is zero."""
    testo = f"{numero:{',' if migliaia else ''}f}"
    intero, _, resto = testo.partition(".")
    resto = resto.rstrip("0")
    return intero.replace(",", ".") + (f",{resto}" if resto else "")
