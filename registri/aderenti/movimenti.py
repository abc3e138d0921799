"""Entries and exits as the history of a body tells them. Pure: dated values in, movements out.

The list of members at any date reads the same history: the two cannot disagree.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

ADESIONE, FAMILY_AUDIT, FAMILY_IN_TRENTINO = "adesione", "family_audit", "family_in_trentino"
COSE = {
    ADESIONE: "Adesione",
    FAMILY_AUDIT: "Marchio Family Audit",
    FAMILY_IN_TRENTINO: "Marchio Family in Trentino",
}
INIZIO, FINE = "inizio", "fine"
VERSI = {INIZIO: "comincia", FINE: "finisce"}
CAMPI = {
    ADESIONE: ("aderente_dal", "aderente_fino_al"),
    FAMILY_AUDIT: ("family_audit_dal", "family_audit_fino_al"),
    FAMILY_IN_TRENTINO: ("family_in_trentino_dal", "family_in_trentino_fino_al"),
}
"""The fields of a body that hold the first and the last day of each."""


@dataclass(frozen=True)
class Noto:
    """What was known of one body from `dal` on, and who wrote it; `valori` are its watched fields."""

    dal: datetime
    valori: Mapping[str, Any]
    chi: Any = None


@dataclass(frozen=True)
class Movimento:
    """Something that begins or ends on `giorno` (None: nobody said when); `corretto` by what was written after."""

    cosa: str
    verso: str
    giorno: date | None
    noto_dal: datetime
    chi: Any = None
    corretto: bool = False

    @property
    def nome(self) -> str:
        """In the words of the network: «Iscrizione», «Cancellazione», a mark that begins or ends."""
        if self.cosa == ADESIONE:
            return "Iscrizione" if self.verso == INIZIO else "Cancellazione"
        return f"{COSE[self.cosa]}: {VERSI[self.verso]}"


def movimenti_di(versioni: Iterable[Noto]) -> list[Movimento]:
    """The movements of one body, in the order in which they were written; `versioni` in the same order."""
    trovati: list[Movimento] = []
    prima: dict[str, tuple[bool, date | None, date | None]] = dict.fromkeys(CAMPI, (False, None, None))
    for noto in versioni:
        for cosa in CAMPI:
            ora = periodo(cosa, noto.valori)
            if ora != prima[cosa]:
                _annota(trovati, cosa, prima[cosa], ora, noto)
                prima[cosa] = ora
    return trovati


def periodo(cosa: str, valori: Mapping[str, Any]) -> tuple[bool, date | None, date | None]:
    """Whether it holds at all, its first day and its last, as `valori` say."""
    dal, al = (valori.get(campo) for campo in CAMPI[cosa])
    c_e = dal is not None if cosa == ADESIONE else bool(valori.get(cosa))
    return (True, dal, al) if c_e else (False, None, None)


def _annota(trovati: list[Movimento], cosa, prima, ora, noto: Noto) -> None:
    (c_era, dal_prima, al_prima), (c_e, dal, al) = prima, ora
    torna = bool(c_era and c_e and al_prima and dal and dal > al_prima)
    if c_e and (not c_era or dal != dal_prima):
        if c_era and not torna:
            _correggi(trovati, cosa, INIZIO, dal_prima)
        trovati.append(Movimento(cosa, INIZIO, dal, noto.dal, noto.chi))
    if c_era and al_prima and al != al_prima and not torna:
        _correggi(trovati, cosa, FINE, al_prima)
    if c_e and al and (al != al_prima or torna):
        trovati.append(Movimento(cosa, FINE, al, noto.dal, noto.chi))
    if c_era and not c_e and not al_prima:
        trovati.append(Movimento(cosa, FINE, None, noto.dal, noto.chi))


def _correggi(trovati: list[Movimento], cosa: str, verso: str, giorno: date | None) -> None:
    for posto in range(len(trovati) - 1, -1, -1):
        uno = trovati[posto]
        if (uno.cosa, uno.verso, uno.giorno) == (cosa, verso, giorno):
            trovati[posto] = replace(uno, corretto=True)
            return


class MovimentoRifiutato(ValueError):
    """A movement that the present state of a body does not allow; its text is for the user."""


def dopo(
    ora: tuple[bool, date | None, date | None], verso: str, giorno: date, corregge: bool
) -> tuple[date | None, date | None]:
    """First and last day once `verso` is written for `giorno`; `ora` is what holds now (see `periodo`).

    What is there already may be written again, with its act. Raises `MovimentoRifiutato`.
    """
    c_e, dal, al = ora
    if verso == INIZIO:
        if not c_e or (al and giorno > al):
            return giorno, None
        if giorno != dal and dal and not corregge:
            raise MovimentoRifiutato(f"È già cominciata il {dal:%d/%m/%Y}: se la data è sbagliata, segna «Corregge»")
        if al and giorno > al:
            raise MovimentoRifiutato(f"Finisce il {al:%d/%m/%Y}: non può cominciare dopo")
        return giorno, al
    if not c_e:
        raise MovimentoRifiutato("Non è mai cominciata: prima registra l'inizio")
    if dal and giorno < dal:
        raise MovimentoRifiutato(f"È cominciata il {dal:%d/%m/%Y}: non può finire prima")
    if al and giorno != al and not corregge:
        raise MovimentoRifiutato(f"È già finita il {al:%d/%m/%Y}: se la data è sbagliata, segna «Corregge»")
    return dal, giorno
