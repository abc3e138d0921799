"""A question as it is asked, and what is a good answer to it. Pure: no Django here.

A value is True or False, a `Decimal`, a text, a tuple of texts; None where nothing was answered.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from base.formati.cifre import in_cifre, leggi_numero

SI_NO, NUMERO, UNA, PIU, BREVE, LUNGO = "si_no", "numero", "una", "piu", "breve", "lungo"
GENERI = {
    SI_NO: "Sì o no",
    NUMERO: "Un numero",
    UNA: "Una scelta",
    PIU: "Più scelte",
    BREVE: "Poche parole",
    LUNGO: "Un testo",
}
CON_SCELTE, CON_PAROLE = (UNA, PIU), (BREVE, LUNGO)
SI, NO = "si", "no"
LETTERE = {BREVE: 200, LUNGO: 4000}
"""How long words may be."""

Valore = bool | Decimal | str | tuple[str, ...] | None


@dataclass(frozen=True)
class QuesitoFermo:
    """A question as a collection asks it: nobody changes it any more. `chiave` is the same from year to year."""

    chiave: str
    testo: str
    genere: str
    sezione: str = ""
    aiuto: str = ""
    unita: str = ""
    scelte: tuple[str, ...] = ()
    decimali: int = 0
    massimo: Decimal | None = None
    si_somma: bool = True
    obbligatorio: bool = False
    aggregato: bool = True

    def confrontabile(self, altro: "QuesitoFermo") -> bool:
        """Whether answers to it and to `altro`, the same of another year, are read side by side."""
        return (self.chiave, self.genere, self.unita) == (altro.chiave, altro.genere, altro.unita)


def in_dati(quesito: QuesitoFermo) -> dict[str, Any]:
    """As it is kept with its collection."""
    massimo = None if quesito.massimo is None else str(quesito.massimo)
    return {**asdict(quesito), "scelte": list(quesito.scelte), "massimo": massimo}


def da_dati(dati: dict[str, Any]) -> QuesitoFermo:
    """The same that `in_dati` kept."""
    massimo = None if dati["massimo"] is None else Decimal(dati["massimo"])
    return QuesitoFermo(**{**dati, "scelte": tuple(dati["scelte"]), "massimo": massimo})


def leggi(quesito: QuesitoFermo, scritto: str | Sequence[str]) -> Valore:
    """What was typed, as a value; None of nothing. Raises `ValueError` with what is wrong, for who typed it."""
    if quesito.genere == PIU:
        scelte = tuple(scelta for scelta in quesito.scelte if scelta in scritto)
        if len(scelte) < len({*scritto}):
            raise ValueError("Una delle scelte non è tra quelle offerte")
        return scelte or None
    testo = str(scritto).strip()
    if not testo:
        return None
    if quesito.genere == NUMERO:
        return leggi_numero(testo, quesito.unita, quesito.decimali, quesito.massimo)
    if quesito.genere == SI_NO:
        if testo not in (SI, NO):
            raise ValueError("Rispondi sì o no")
        return testo == SI
    if quesito.genere == UNA and testo not in quesito.scelte:
        raise ValueError("La scelta non è tra quelle offerte")
    if len(testo) > LETTERE.get(quesito.genere, len(testo)):
        raise ValueError(f"Al massimo {LETTERE[quesito.genere]} lettere: ne hai scritte {len(testo)}")
    return testo


def conserva(valore: Valore) -> Any:
    """A value as JSON keeps it."""
    if isinstance(valore, Decimal):
        return str(valore)
    return list(valore) if isinstance(valore, tuple) else valore


def riprendi(quesito: QuesitoFermo, tenuto: Any) -> Valore:
    """A value that was kept, for a question that may be another since: None where it would not be an answer now."""
    try:
        if isinstance(tenuto, bool):
            return tenuto if quesito.genere == SI_NO else None
        if quesito.genere == PIU:
            return leggi(quesito, tenuto) if isinstance(tenuto, list) else None
        return leggi(quesito, tenuto) if isinstance(tenuto, str) and quesito.genere != SI_NO else None
    except ValueError:
        return None


def scritto(valore: Valore) -> str | list[str]:
    """A value as a form shows it to be changed."""
    if isinstance(valore, bool):
        return SI if valore else NO
    if isinstance(valore, Decimal):
        return in_cifre(valore, migliaia=False)
    return list(valore) if isinstance(valore, tuple) else valore or ""


def in_parole(quesito: QuesitoFermo, valore: Valore) -> str:
    """A value for who reads it; empty of none."""
    if isinstance(valore, bool):
        return "sì" if valore else "no"
    if isinstance(valore, Decimal):
        return f"{in_cifre(valore)} {quesito.unita}".strip()
    return ", ".join(valore) if isinstance(valore, tuple) else valore or ""
