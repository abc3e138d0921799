"""When a body that has not answered is reminded: twice before the last day, twice after it, and no more. Pure."""

from datetime import date, timedelta

TAPPE = (-14, -3, 4, 18)
"""Days from the last day on which one is reminded."""
SOLLECITI = len(TAPPE)


def da_sollecitare(scade_il: date, chiesta_il: date, solleciti: int, ultimo: date | None, oggi: date) -> bool:
    """Whether a reminder leaves on `oggi` for what was asked on `chiesta_il` and is due by `scade_il`.

    Of the days that passed while nothing ran only the last counts; asked again the same day, the answer is no.
    """
    passate = [giorno for n in TAPPE if (giorno := scade_il + timedelta(days=n)) <= oggi]
    if solleciti >= SOLLECITI or not passate:
        return False
    return max(chiesta_il, ultimo or chiesta_il) < passate[-1]
