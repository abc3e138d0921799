"""Ages: in months where they are kept, in words where they are read."""

MASSIMO_MESI = 120 * 12
"""The oldest age that can be written, in months."""


def in_parole(mesi: int) -> str:
    """ "8 mesi", "18 mesi", "3 anni": years when they are whole, and months up to three years."""
    if mesi == 0:
        return "0 anni"
    if mesi % 12 == 0:
        return "1 anno" if mesi == 12 else f"{mesi // 12} anni"
    return "1 mese" if mesi == 1 else f"{mesi} mesi" if mesi < 36 else f"{mesi // 12} anni e {_mesi(mesi % 12)}"


def _mesi(quanti: int) -> str:
    return "1 mese" if quanti == 1 else f"{quanti} mesi"


def intervallo_in_parole(minima: int | None, massima: int | None) -> str:
    """ "da 3 mesi a 3 anni", "da 65 anni", "fino a 17 anni"; empty when there is no limit."""
    if minima is not None and minima == massima:
        return in_parole(minima)
    if minima == 0 and massima is not None and (massima < 24 or massima % 12):
        return f"fino a {in_parole(massima)}"
    if minima is not None and massima is not None:
        unita = " anni" if minima % 12 == 0 and minima != 12 and massima % 12 == 0 and massima != 12 else ""
        primo = in_parole(minima).removesuffix(unita) if unita else in_parole(minima)
        return f"da {primo} a {in_parole(massima)}"
    if minima:
        return f"da {in_parole(minima)}"
    return f"fino a {in_parole(massima)}" if massima is not None else ""


def si_sovrappone(minima: int | None, massima: int | None, dal: int, al: int | None) -> bool:
    """Whether a service for ages from `minima` to `massima` is for someone in the band from `dal` to `al` (excluded).

    A limit left out does not limit. Ages that only touch the band do not count: a nursery up to 3 years is not
    for the band that starts at 3. A single age lasts a year.
    """
    inizio = minima or 0
    fine = inizio + 12 if massima is not None and massima <= inizio else massima
    return (al is None or inizio < al) and (fine is None or fine > dal)
