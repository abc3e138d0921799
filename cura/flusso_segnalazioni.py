"""The states of what people report and the passages between them. Pure: no Django here."""

SOGGETTO = "Segnalazione"

NUOVA = "nuova"
IN_CARICO = "in_carico"
RISOLTA = "risolta"

ETICHETTE = {NUOVA: "Nuova", IN_CARICO: "In carico", RISOLTA: "Risolta"}

# action -> (states it starts from, state it leads to, whether a reason is required)
PASSAGGI: dict[str, tuple[frozenset[str], str, bool]] = {
    "prende_in_carico": (frozenset({NUOVA, IN_CARICO}), IN_CARICO, False),
    "crea_bozza": (frozenset({NUOVA, IN_CARICO}), IN_CARICO, False),
    "risolve": (frozenset({NUOVA, IN_CARICO}), RISOLTA, False),
    "riapre": (frozenset({RISOLTA}), IN_CARICO, False),
}


class PassaggioImpossibile(Exception):
    """It is no longer in a state that allows it; the text is for the user."""


def passa(azione: str, stato: str) -> str:
    """The state that `azione` leads to from `stato`. Raises `PassaggioImpossibile` when `stato` does not allow it."""
    partenze, arrivo, _ = PASSAGGI[azione]
    if stato not in partenze:
        gia = "è già" if stato == RISOLTA else "non è"
        raise PassaggioImpossibile(f"Questa segnalazione {gia} risolta")
    return arrivo
