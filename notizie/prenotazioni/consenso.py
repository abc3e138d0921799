"""What who books agrees to, in every version that was ever shown: a row keeps the version, not the text."""

TESTI = {
    "2026-11": (
        "Nome, e-mail e organizzazione servono solo per questo evento: tenerti il posto, ricordartelo, dirti se cambia "
        "qualcosa. Li leggono {chi} e il manager del Distretto; nessuna pagina pubblica li mostra. Si cancellano "
        "{quando}, o subito se disdici: dell'evento resta solo quante persone c'erano."
    ),
}
VERSIONE = "2026-11"
"""The version shown now: a text that changes gets a new one, and the old stays above."""


def testo(organizzazione: str, giorni: int) -> str:
    """The text shown now, for an event of `organizzazione` whose names are kept `giorni` days."""
    quando = "il giorno dopo l'evento" if giorni == 1 else f"{giorni} giorni dopo l'evento"
    return TESTI[VERSIONE].format(chi=organizzazione or "chi lo organizza", quando=quando)
