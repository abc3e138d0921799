"""The questions of a survey, and what is a good answer to each. Pure: no Django here.

A choice is kept by its place, so that who answers in another language says the same. A value is a place, a step of a
scale, a `Decimal`, a text, the places that were ticked, for a grid the place in each row; None where there is none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from base.formati.cifre import leggi_numero

UNA, PIU, SCALA, NUMERO, BREVE, LUNGO, GRIGLIA = "una", "piu", "scala", "numero", "breve", "lungo", "griglia"
GENERI = {
    UNA: "Una scelta",
    PIU: "Più scelte",
    SCALA: "Una scala",
    NUMERO: "Un numero",
    BREVE: "Poche parole",
    LUNGO: "Un testo",
    GRIGLIA: "Una griglia: le stesse scelte per più righe",
}
CON_SCELTE, CON_PAROLE, CHE_CONDIZIONANO = (UNA, PIU, GRIGLIA), (BREVE, LUNGO), (UNA, PIU)
LETTERE = {BREVE: 200, LUNGO: 2000}
"""How long words may be."""
MASSIMO_SCELTE, MASSIMO_DOMANDE = 20, 60

Valore = int | Decimal | str | tuple[int | None, ...] | None


@dataclass(frozen=True)
class DomandaPosta:
    """A question as it is asked; `chiave` never changes. `se` is the key of the one before on which it depends: it is
    asked of who chose there one of the places `se_scelte`. `altre` holds, by language, the same words."""

    chiave: str
    testo: str
    genere: str
    sezione: str = ""
    aiuto: str = ""
    scelte: tuple[str, ...] = ()
    righe: tuple[str, ...] = ()
    gradini: int = 5
    dal: str = ""
    al: str = ""
    massimo: int | None = None
    obbligatoria: bool = False
    se: str = ""
    se_scelte: tuple[int, ...] = ()
    altre: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def risposte_possibili(self) -> tuple[str, ...]:
        """The words of each answer that is counted: choices, or the steps of a scale with what its ends mean."""
        if self.genere != SCALA:
            return self.scelte
        estremi = {1: self.dal, self.gradini: self.al}
        passi = range(1, self.gradini + 1)
        return tuple(f"{n} ({estremi[n]})" if estremi.get(n) else str(n) for n in passi)

    def in_lingua(self, lingua: str) -> "DomandaPosta":
        """The same question in another language; what was not translated stays in Italian."""
        altre = self.altre.get(lingua, {})
        parole = {nome: altre[nome] for nome in ("testo", "sezione", "aiuto", "dal", "al") if altre.get(nome)}
        for nome in ("scelte", "righe"):
            mie, sue = getattr(self, nome), tuple(altre.get(nome) or ())
            parole[nome] = tuple(sua or mia for mia, sua in zip(mie, sue, strict=True)) if len(sue) == len(mie) else mie
        return DomandaPosta(**{**_campi(self), **parole})

    def lingue_in(self, lingua: str) -> dict[str, str]:
        """Of each of its words, in which language `in_lingua` says them."""
        altre = self.altre.get(lingua, {})
        dette = {nome for nome in ("testo", "sezione", "aiuto") if altre.get(nome)}
        dette |= {nome for nome in ("scelte", "righe") if len(altre.get(nome) or ()) == len(getattr(self, nome)) > 0}
        if self.genere == SCALA and (altre.get("dal") or altre.get("al") or not (self.dal or self.al)):
            dette.add("scelte")
        return {nome: lingua if nome in dette else "it" for nome in ("testo", "sezione", "aiuto", "scelte", "righe")}


def _campi(domanda: DomandaPosta) -> dict[str, Any]:
    return {nome: getattr(domanda, nome) for nome in domanda.__dataclass_fields__}


def in_dati(domanda: DomandaPosta) -> dict[str, Any]:
    """As it is kept with its survey."""
    dati = asdict(domanda)
    return {nome: list(valore) if isinstance(valore, tuple) else valore for nome, valore in dati.items()}


def da_dati(dati: Mapping[str, Any]) -> DomandaPosta:
    """The same that `in_dati` kept."""
    elenchi = {nome: tuple(dati.get(nome, ())) for nome in ("scelte", "righe", "se_scelte")}
    return DomandaPosta(**{**dati, **elenchi})


def ostacoli(domande: Sequence[DomandaPosta]) -> list[str]:
    """Why these cannot be asked; empty when they can."""
    if not domande:
        return ["Scrivi almeno una domanda"]
    trovati: list[str] = []
    prima: dict[str, DomandaPosta] = {}
    if len(domande) > MASSIMO_DOMANDE:
        trovati.append(f"Al massimo {MASSIMO_DOMANDE} domande")
    for domanda in domande:
        trovati += [f"«{domanda.testo}»: {perche}" for perche in perche_no(domanda, prima)]
        prima[domanda.chiave] = domanda
    return trovati


def difetti(domanda: DomandaPosta) -> dict[str, str]:
    """What is wrong with one by itself, by the part of it that is."""
    no = {}
    if domanda.genere in CON_SCELTE and not 2 <= len(domanda.scelte) <= MASSIMO_SCELTE:
        no["scelte"] = f"scrivi da due a {MASSIMO_SCELTE} scelte diverse, una per riga"
    if domanda.genere == GRIGLIA and not 1 <= len(domanda.righe) <= MASSIMO_SCELTE:
        no["righe"] = f"una griglia ha da una a {MASSIMO_SCELTE} righe"
    if domanda.genere == SCALA and not 2 <= domanda.gradini <= 10:
        no["gradini"] = "una scala ha da 2 a 10 gradini"
    return no


def perche_no(domanda: DomandaPosta, prima: Mapping[str, DomandaPosta]) -> list[str]:
    """Why one cannot be asked after those `prima`, by their key."""
    no = list(difetti(domanda).values())
    if not domanda.se:
        return no
    madre = prima.get(domanda.se)
    if madre is None or madre.genere not in CHE_CONDIZIONANO:
        return [*no, "la domanda da cui dipende viene prima, e ha delle scelte"]
    if not domanda.se_scelte or not all(0 <= posto < len(madre.scelte) for posto in domanda.se_scelte):
        no.append("di' con quale risposta si mostra")
    if madre.genere == PIU and len(domanda.se_scelte) > 1:
        no.append("di una domanda a più scelte se ne indica una sola: due direbbero quanti le hanno tutte e due")
    if len(domanda.se_scelte) == len(madre.scelte):
        no.append("non dipenderebbe da nulla: si mostra con qualunque risposta")
    return no


def leggi(domanda: DomandaPosta, scritto: Sequence[str]) -> Valore:
    """What was sent, as a value; None of nothing. Raises `ValueError` with what is wrong, for who sent it."""
    if domanda.genere == GRIGLIA:
        posti = [_posto(uno, len(domanda.scelte)) for uno in [*scritto, *[""] * len(domanda.righe)]]
        righe = tuple(posti[: len(domanda.righe)])
        return righe if any(uno is not None for uno in righe) else None
    if domanda.genere == PIU:
        spuntati = {_posto(uno, len(domanda.scelte)) for uno in scritto} - {None}
        return tuple(sorted(uno for uno in spuntati if uno is not None)) or None
    testo = scritto[0].strip() if scritto else ""
    if not testo:
        return None
    if domanda.genere == UNA:
        return _posto(testo, len(domanda.scelte))
    if domanda.genere == SCALA:
        posto = _posto(testo, domanda.gradini + 1)
        if not posto:
            raise ValueError("Scegli uno dei gradini della scala")
        return posto
    if domanda.genere == NUMERO:
        return leggi_numero(testo, massimo=None if domanda.massimo is None else Decimal(domanda.massimo))
    if len(testo) > LETTERE[domanda.genere]:
        raise ValueError(f"Al massimo {LETTERE[domanda.genere]} lettere: ne hai scritte {len(testo)}")
    return testo


def _posto(testo: str, quanti: int) -> int | None:
    testo = testo.strip()
    if not testo:
        return None
    if not (testo.isascii() and testo.isdecimal() and len(testo) < 4 and int(testo) < quanti):
        raise ValueError("La scelta non è tra quelle offerte")
    return int(testo)


def e_intera(domanda: DomandaPosta, valore: Valore) -> bool:
    """Whether nothing is missing: of a grid that must be answered, every row."""
    if valore is None:
        return False
    return domanda.genere != GRIGLIA or (isinstance(valore, tuple) and None not in valore)


def si_chiede(domanda: DomandaPosta, valori: Mapping[str, Valore]) -> bool:
    """Whether who answered `valori` to the questions before is asked this one."""
    if not domanda.se:
        return True
    dato = valori.get(domanda.se)
    dati = dato if isinstance(dato, tuple) else (dato,)
    return any(posto in dati for posto in domanda.se_scelte)


def conserva(valore: Valore) -> Any:
    """A value as JSON keeps it."""
    if isinstance(valore, Decimal):
        return str(valore)
    return list(valore) if isinstance(valore, tuple) else valore


def riprendi(domanda: DomandaPosta, tenuto: Any) -> Valore:
    """A value that `conserva` kept."""
    if domanda.genere == NUMERO:
        return None if tenuto is None else Decimal(tenuto)
    return tuple(tenuto) if isinstance(tenuto, list) else tenuto
