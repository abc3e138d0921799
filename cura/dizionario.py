"""Whether a word is Italian, and its dictionary form. Pure.

`simplemma` keeps 358,000 forms, read from its own files (50 MB in memory) when the first word is asked: who never
searches never reads them. It has few of the words that do not change (`verità`) or that are made from others: these are
told by how they are made, or are in `dati/esistono.txt`.
"""

from functools import lru_cache
from pathlib import Path

from base.parole import senza_accenti

LINGUA = "it"
ESISTONO = Path(__file__).parent / "dati" / "esistono.txt"
ACCENTATE = {"a": "à", "e": "èé", "i": "ì", "o": "ò", "u": "ù"}
INVARIABILI = ("ità", "età", "ertà", "ontà", "altà", "ltà", "tù")
"""How nouns end that the dictionary leaves out, since they never change."""
PRONOMI_UNITI = ("mi", "ti", "si", "ci", "vi", "lo", "la", "li", "le", "ne", "gli")
"""What is written as one with a verb: `picchiarmi`, `lasciarlo`, `scrivilo`."""
PREFISSI = (
    "ri",
    "re",
    "dis",
    "sotto",
    "sopra",
    "super",
    "auto",
    "inter",
    "anti",
    "video",
    "tele",
    "mini",
    "pre",
    "post",
)
RESTO_MINIMO = 4


@lru_cache(maxsize=20_000)
def lemma(parola: str) -> str:
    """The dictionary form of a word: `bere` of `beve`."""
    import simplemma

    scritta = parola.casefold()
    trovato = str(simplemma.lemmatize(scritta, lang=LINGUA))
    verbi = col_pronome(scritta) if trovato == scritta else []  # "farmi": the library knows longer ones
    return next((verbo for verbo in verbi if _nota(verbo)), trovato)


@lru_cache(maxsize=20_000)
def esiste(parola: str) -> bool:
    """Whether a word is Italian, also without its last accent, or made from one that is."""
    scritta = parola.casefold()
    accentate = [scritta[:-1] + accento for accento in ACCENTATE.get(scritta[-1:], "")]
    if senza_accenti(scritta) in _altre() or any(prova.endswith(INVARIABILI) for prova in (scritta, *accentate)):
        return True
    return any(_nota(prova) for prova in (scritta, *accentate)) or any(_nota(base) for base in _da_cui(scritta))


def _nota(parola: str) -> bool:
    import simplemma

    return bool(simplemma.is_known(parola, lang=LINGUA))


def _da_cui(parola: str) -> list[str]:
    """What a word may be made from: a verb and its pronoun, an adjective and `-mente`, a verb and `-mento`."""
    basi = col_pronome(parola)
    if not basi:
        basi = [parola.removesuffix(pronome) for pronome in PRONOMI_UNITI if parola.endswith(pronome)]
    if parola.endswith("mente"):
        resto = parola.removesuffix("mente")
        basi += [resto, resto + "e", resto[:-1] + "o"]
    basi += [parola[: -len(fine)] + "re" for fine in ("mento", "menti", "zione", "zioni") if parola.endswith(fine)]
    basi += [parola.removeprefix(prefisso) for prefisso in PREFISSI if parola.startswith(prefisso)]
    return [base for base in basi if len(base) >= RESTO_MINIMO]


def col_pronome(parola: str) -> list[str]:
    """The verbs of which `parola` may be the infinitive with a pronoun: `fare` of `farmi`."""
    resti = [parola.removesuffix(pronome) for pronome in PRONOMI_UNITI if parola.endswith(pronome)]
    return [resto + "e" for resto in resti if resto.endswith(("ar", "er", "ir"))]


@lru_cache(maxsize=1)
def _altre() -> frozenset[str]:
    righe = ESISTONO.read_text(encoding="utf-8").splitlines()
    return frozenset(senza_accenti(p) for riga in righe if not riga.startswith("#") for p in riga.split())
