"""The states of a programme and the passages between them. Pure: no Django here."""

from .flusso import PassaggioNonAmmesso

SOGGETTO = "Programma"

BOZZA = "bozza"
APPROVATO = "approvato"
CHIUSO = "chiuso"

ETICHETTE = {BOZZA: "Bozza", APPROVATO: "Approvato", CHIUSO: "Chiuso"}

# action -> (states it starts from, state it leads to, whether a reason is required)
PASSAGGI: dict[str, tuple[frozenset[str], str, bool]] = {
    "approva": (frozenset({BOZZA}), APPROVATO, False),
    "annulla": (frozenset({APPROVATO}), BOZZA, False),
    "correggi": (frozenset({APPROVATO}), BOZZA, True),
    "chiudi": (frozenset({APPROVATO}), CHIUSO, False),
    "riapri": (frozenset({CHIUSO}), APPROVATO, True),
}


def passa(azione: str, stato: str, motivo: str = "") -> str:
    """The state that `azione` leads to from `stato`.

    Raises `PassaggioNonAmmesso` when `stato` does not allow it or a required `motivo` is blank.
    """
    partenze, arrivo, motivo_richiesto = PASSAGGI[azione]
    if motivo_richiesto and not motivo.strip():
        raise PassaggioNonAmmesso("Per riaprire un programma serve il motivo")
    if stato not in partenze:
        raise PassaggioNonAmmesso(f"Il programma è nello stato «{ETICHETTE.get(stato, stato)}»")
    return arrivo
