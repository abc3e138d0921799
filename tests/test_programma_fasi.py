"""The stage of an action in words."""

from datetime import date

import pytest

from programma.fasi import fase

DAL, SCADENZA = date(2025, 1, 1), date(2025, 12, 31)


@pytest.mark.parametrize(
    ("oggi", "chiuso", "contenuti", "chiave", "parole"),
    [
        (date(2024, 12, 31), False, 0, "futura", "comincia il 1º gennaio 2025"),
        (date(2025, 1, 1), False, 0, "prevista", "Non ci sono ancora contenuti"),
        (date(2025, 6, 1), False, 1, "in_corso", "Un contenuto pubblicato la racconta"),
        (date(2025, 12, 31), False, 3, "in_corso", "3 contenuti pubblicati la raccontano"),
        (date(2026, 1, 1), False, 3, "passata", "è finito il 31 dicembre 2025"),
        (date(2026, 1, 1), False, 0, "passata", "Non ci sono ancora contenuti"),
        (date(2026, 1, 15), True, 3, "conclusa", "3 contenuti pubblicati la raccontano"),
        (date(2025, 6, 1), True, 0, "passata", "Non ci sono ancora contenuti"),
    ],
)
def test_stage__follows_dates_and_published_content(oggi, chiuso, contenuti, chiave, parole):
    risultato = fase(DAL, SCADENZA, chiuso, contenuti, oggi)
    assert risultato.chiave == chiave
    assert parole in risultato.spiegazione
