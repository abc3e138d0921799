"""The states of a meeting and the passages between them. Pure: no Django here."""

SOGGETTO = "Riunione"

IN_PREPARAZIONE = "in_preparazione"
CONVOCATA = "convocata"
TENUTA = "tenuta"
CHIUSA = "chiusa"
ANNULLATA = "annullata"

ETICHETTE = {
    IN_PREPARAZIONE: "In preparazione",
    CONVOCATA: "Convocata",
    TENUTA: "Tenuta",
    CHIUSA: "Chiusa",
    ANNULLATA: "Annullata",
}

# action -> (states it starts from, state it leads to, whether a reason is required)
PASSAGGI: dict[str, tuple[frozenset[str], str, bool]] = {
    "convoca": (frozenset({IN_PREPARAZIONE}), CONVOCATA, False),
    "tieni": (frozenset({IN_PREPARAZIONE, CONVOCATA}), TENUTA, False),
    "chiudi": (frozenset({TENUTA}), CHIUSA, False),
    "riapri": (frozenset({CHIUSA}), TENUTA, True),
    "annulla": (frozenset({IN_PREPARAZIONE, CONVOCATA}), ANNULLATA, True),
}

DA_TENERE = frozenset({IN_PREPARAZIONE, CONVOCATA})
"""States of what is still to come: day, place, agenda and invitees may be written."""
SVOLTE = frozenset({TENUTA, CHIUSA})
DA_SCRIVERE = DA_TENERE | {TENUTA}
"""States in which something of it may be written; in the others it is frozen."""


class RiunioneFerma(ValueError):
    """An action that the present state does not allow, or a reason that is missing; its text is for the user."""


def passa(azione: str, stato: str, motivo: str = "") -> str:
    """The state that `azione` leads to from `stato`.

    Raises `RiunioneFerma` when `stato` does not allow it or a required `motivo` is blank, `KeyError` for an
    unknown action.
    """
    partenze, arrivo, motivo_richiesto = PASSAGGI[azione]
    if stato not in partenze:
        raise RiunioneFerma(f"La riunione è nello stato «{ETICHETTE.get(stato, stato)}»: non si può fare ora")
    if motivo_richiesto and not motivo.strip():
        raise RiunioneFerma("Scrivi il motivo: resta nella storia della riunione")
    return arrivo
