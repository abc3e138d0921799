"""The states of a survey and the passages between them. Pure: no Django here."""

SOGGETTO = "Sondaggio"

BOZZA = "bozza"
APERTO = "aperto"
CHIUSO = "chiuso"
PROPOSTO = "proposto"
PUBBLICATO = "pubblicato"

ETICHETTE = {
    BOZZA: "In bozza",
    APERTO: "Aperto",
    CHIUSO: "Chiuso",
    PROPOSTO: "Da approvare",
    PUBBLICATO: "Pubblicato",
}

# action -> (states it starts from, state it leads to, whether a reason is required)
PASSAGGI: dict[str, tuple[frozenset[str], str, bool]] = {
    "apri": (frozenset({BOZZA}), APERTO, False),
    "chiudi": (frozenset({APERTO}), CHIUSO, False),
    "proponi": (frozenset({CHIUSO}), PROPOSTO, False),
    "pubblica": (frozenset({PROPOSTO}), PUBBLICATO, False),
    "restituisci": (frozenset({PROPOSTO}), CHIUSO, True),
    "ritira": (frozenset({PUBBLICATO}), CHIUSO, True),
}

SENZA_MOTIVO = {"restituisci": "Scrivi che cosa va cambiato", "ritira": "Scrivi perché lo togli dal sito"}
"""What is said to who gives no reason where one is required."""


class SondaggioFermo(ValueError):
    """An action that the present state does not allow, or a reason that is missing; its text is for the user."""


def possibili(stato: str) -> frozenset[str]:
    """The actions that `stato` allows."""
    return frozenset(azione for azione, (partenze, _, _) in PASSAGGI.items() if stato in partenze)


def fermo(stato: str) -> SondaggioFermo:
    """What is said of what `stato` does not allow."""
    return SondaggioFermo(f"Il sondaggio è «{ETICHETTE.get(stato, stato).lower()}»: qui non si può più")


def passa(azione: str, stato: str, motivo: str = "") -> str:
    """The state that `azione` leads to from `stato`.

    Raises `SondaggioFermo` when `stato` does not allow it or a required `motivo` is blank, `KeyError` for an
    unknown action.
    """
    partenze, arrivo, motivo_richiesto = PASSAGGI[azione]
    if stato not in partenze:
        raise fermo(stato)
    if motivo_richiesto and not motivo.strip():
        raise SondaggioFermo(SENZA_MOTIVO[azione])
    return arrivo
