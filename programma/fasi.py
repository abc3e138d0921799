"""The stage of an action in words, for the public: from dates and published content, never from the score."""

from dataclasses import dataclass
from datetime import date

from base.tempo import giorno_in_parole


@dataclass(frozen=True)
class Fase:
    """`chiave` names the look, `etichetta` is the word, `spiegazione` says where it comes from."""

    chiave: str
    etichetta: str
    spiegazione: str


def fase(dal: date, scadenza: date, chiuso: bool, contenuti: int, oggi: date) -> Fase:
    """The stage on the day `oggi` of an action of a programme from `dal` to `scadenza`, told by `contenuti` pages.

    It is over only where the year is `chiuso` and something says what came of it: a term past proves nothing.
    """
    fine = giorno_in_parole(scadenza, dopo="il")
    racconto = {0: "Non ci sono ancora contenuti pubblicati.", 1: "Un contenuto pubblicato la racconta."}.get(
        contenuti, f"{contenuti} contenuti pubblicati la raccontano."
    )
    if chiuso and contenuti:
        return Fase("conclusa", "Conclusa", f"L'anno di lavoro è finito {fine}. {racconto}")
    if chiuso or oggi > scadenza:
        return Fase("passata", "Termine passato", f"L'anno di lavoro è finito {fine}. {racconto}")
    if oggi < dal:
        return Fase("futura", "In partenza", f"L'anno di lavoro comincia {giorno_in_parole(dal, dopo='il')}.")
    if contenuti:
        return Fase("in_corso", "In corso", f"{racconto} L'anno di lavoro finisce {fine}.")
    return Fase("prevista", "In programma", f"{racconto} L'anno di lavoro finisce {fine}.")
