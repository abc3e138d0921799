"""Whom a search speaks of, told by the words for people where no age is said: "mia suocera", "il bambino". Pure."""

from collections.abc import Sequence
from itertools import pairwise

from .parlato import Segno, segni

PICCOLI, GIOVANI, ADULTI, VECCHI = range(0, 14), range(11, 19), range(20, 61), range(65, 95)
"""The years of who is called so; a son may be of any age, and says nothing when he is grown up."""

_PERSONE = {
    "bambino bambina bimbo bimba pargolo nipotino nipotina nipote lattante cucciolo": PICCOLI,
    "ragazzo ragazza adolescente ragazzino ragazzina": GIOVANI,
    "figlio figlia": range(0, 19),
    "marito moglie fratello sorella cognato cognata collega": ADULTI,
    "nonno nonna anziano anziana vecchio vecchia suocero suocera pensionato pensionata vecchietto vecchietta": VECCHI,
}
PERSONE = {parola: anni for parole, anni in _PERSONE.items() for parola in parole.split()}
DI_CHI_SCRIVE = frozenset(["mio", "mia", "miei", "mie", "nostro", "nostra", "nostri"])
GENITORI = frozenset(["mamma", "madre", "papa", "padre", "babbo", "genitore", "zio", "zia"])
"""With a possessive, "mia mamma", they are those that someone has care of; without, they may be who writes."""


def anni_di_chi(testo: str) -> Sequence[int]:
    """The years of those that `testo` speaks of; none when it says nothing of them."""
    tutti = segni(testo)
    detti = [PERSONE[nome] for segno in tutti for nome in sorted(segno.nomi) if nome in PERSONE]
    detti += [VECCHI for prima, segno in pairwise(tutti) if _genitore_di_chi_scrive(prima, segno)]
    return sorted({anno for anni in detti for anno in anni})


def _genitore_di_chi_scrive(prima: Segno, segno: Segno) -> bool:
    return prima.parola in DI_CHI_SCRIVE and bool(segno.nomi & GENITORI)
