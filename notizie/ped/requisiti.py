"""What must be kept of a post or of a mail that was sent. Knows neither Django nor Wagtail."""

from collections.abc import Mapping
from datetime import date

POST, MAIL = "facebook", "mail"

CHIESTI = {
    POST: {
        "testo": "Copia qui il testo del post",
        "immagine": "Aggiungi l'immagine del post, o una schermata",
        "url": "Incolla l'indirizzo del post",
    },
    MAIL: {
        "testo": "Copia qui il testo della mail",
        "destinatari": "Scrivi a chi è andata: un gruppo e quanti sono, non i nomi",
    },
}
"""Channel -> the fields that its proof must have, each with what to say when it is empty. A mail may have no image."""


def mancanze(canale: str, valori: Mapping[str, object], oggi: date) -> dict[str, str]:
    """What keeps something sent on `canale` from being recorded, by field."""
    errori = {campo: detto for campo, detto in CHIESTI[canale].items() if not valori.get(campo)}
    inviato = valori.get("inviato_il")
    if not isinstance(inviato, date):
        errori["inviato_il"] = "Scrivi quando è partito"
    elif inviato > oggi:
        errori["inviato_il"] = "È nel futuro: registralo quando è partito"
    return errori
