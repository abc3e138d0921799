"""The states of an evidence and the passages between them. Pure: no Django here.

`operazioni.py` is the only caller that changes a state; this table is the only place that says how.
"""

SOGGETTO = "Evidenza"

BOZZA = "bozza"
INVIATA = "inviata"
DA_INTEGRARE = "da_integrare"
APPROVATA = "approvata"
REVOCATA = "revocata"

ETICHETTE = {
    BOZZA: "Bozza",
    INVIATA: "In attesa di approvazione",
    DA_INTEGRARE: "Da integrare",
    APPROVATA: "Approvata",
    REVOCATA: "Revocata",
}

# action -> (states it starts from, state it leads to, whether a reason is required)
PASSAGGI: dict[str, tuple[frozenset[str], str, bool]] = {
    "invia": (frozenset({BOZZA, DA_INTEGRARE}), INVIATA, False),
    "richiama": (frozenset({INVIATA}), BOZZA, False),
    "restituisci": (frozenset({INVIATA}), DA_INTEGRARE, True),
    "approva": (frozenset({INVIATA}), APPROVATA, False),
    "revoca": (frozenset({APPROVATA}), REVOCATA, True),
}

MODIFICABILI = frozenset({BOZZA, DA_INTEGRARE})
"""States in which an evidence may be edited; in all others it is frozen."""


class PassaggioNonAmmesso(ValueError):
    """An action that the present state does not allow, or a reason that is missing; its text is for the user."""


RIVEDIBILI = frozenset({INVIATA, APPROVATA})
"""States in which somebody has to read it again when one of its criteria changes."""


def passa(azione: str, stato: str, motivo: str = "") -> str:
    """The state that `azione` leads to from `stato`.

    Raises `PassaggioNonAmmesso` when `stato` does not allow it or a required `motivo` is blank, and
    `KeyError` for an unknown action.
    """
    partenze, arrivo, motivo_richiesto = PASSAGGI[azione]
    if stato not in partenze:
        raise PassaggioNonAmmesso(f"L'evidenza è nello stato «{ETICHETTE.get(stato, stato)}»: operazione non possibile")
    if motivo_richiesto and not motivo.strip():
        raise PassaggioNonAmmesso("Scrivi il motivo: chi ha inviato l'evidenza deve sapere che cosa fare")
    return arrivo
