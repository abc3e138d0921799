"""Words compared as people read them: case, accents, punctuation, spaces and what cannot be seen do not count. Pure."""

import re
import unicodedata
from collections.abc import Iterable

from base.formati.caratteri import uguagliabile

A_CAPO_DI_PAROLA = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|(?<=\d)(?=\D)|(?<=\D)(?=\d)")
"""Where a file's name joins two words: `PianoEditoriale2025`."""
NON_E_UN_RINNOVO = {"tacito", "automatico", "tacitamente", "automaticamente"}
"""After one of these the word says how something new will end."""


def parole(testo: str) -> list[str]:
    """The words of `testo`: no case, no accents, no punctuation, nothing that cannot be seen."""
    piegato = unicodedata.normalize("NFKD", uguagliabile(unicodedata.normalize("NFKC", testo)))
    visibili = (c for c in piegato if unicodedata.category(c) not in ("Mn", "Cf"))
    return "".join(c if c.isalnum() else " " for c in visibili).split()


def impronta(testo: str) -> str:
    """What is equal for two texts with the same words."""
    return "".join(parole(testo))


def ha_parole(testo: str) -> bool:
    """Whether there is anything to read."""
    return bool(parole(testo))


def nomina(testo: str, nomi: Iterable[str]) -> bool:
    """Whether `testo`, which may be a file's name, names one of `nomi`: a whole word, or the start of a longer one."""
    dette = parole(A_CAPO_DI_PAROLA.sub(" ", testo))
    return any(
        parola == nome or (len(nome) > 4 and parola.startswith(nome))
        for nome in map(impronta, nomi)
        for parola in dette
    )


def parla_di_rinnovo(testo: str) -> bool:
    """Whether `testo` calls something a renewal: not "rinnovabile", "rinnovo tacito" nor "non è un rinnovo"."""
    dette = parole(testo)
    for posto, parola in enumerate(dette):
        if not parola.startswith("rinnov") or parola.startswith("rinnovabil"):
            continue
        if "non" in dette[max(0, posto - 3) : posto] or set(dette[posto + 1 : posto + 2]) & NON_E_UN_RINNOVO:
            continue
        return True
    return False
