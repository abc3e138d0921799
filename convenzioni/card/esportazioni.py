"""Cards as tables: the counts of the year, and the list on which the employer writes who has which."""

from .stati import StatoCard

CONTI = ("Anno", "Organizzazione", "Concesse", "Emesse", "Attive", "Revocate", "Valide fino al")
ELENCO = ("N.", "Numero della card", "Per il telefono", "Emissione", "Stato", "A chi l'ho data", "Consegnata il")


def conti_tabella(lotti):
    return CONTI, [
        (str(lo.anno), str(lo.organizzazione), lo.concesse, lo.emesse, lo.attive, lo.revocate, lo.ultimo_giorno)
        for lo in lotti
    ]


def elenco_tabella(card, indirizzo, oggi):
    """The last two columns are empty: the employer fills them in its own copy. `indirizzo` gives a card's own page."""
    return ELENCO, [
        (
            c.posto,
            c.scritta,
            indirizzo(c) if c.stato_il(oggi) == StatoCard.VALIDA else "",
            c.emissione,
            c.stato_il(oggi).value,
            "",
            "",
        )
        for c in card
    ]
