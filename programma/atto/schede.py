"""The rows of an action: which label each has, and the words beside it, over lines and pages. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .blocchi import BloccoAzione, maiuscolo
from .brani import Brano
from .due_colonne import RigaInColonne, in_colonne
from .etichette import CAMPI, CHIAVI, NOMI, campo_di, comincia, in_linea, lettere, senza_ripetizione, stacca
from .righe_dell_atto import PostoNellAtto

CODICE = re.compile(r"[A-Z]\s?\d{4}\b")
PERCENTO = re.compile(r"\d{1,3}(?:[.,]\d+)?\s*(?:1/3|2/3|[⅓⅔])?\s*%")


@dataclass(frozen=True)
class Rilievo:
    """Something of the act that was not read, or (`letto`) that was read without its label: where, and what."""

    posto: PostoNellAtto | None
    testo: str
    letto: bool = False

    def __str__(self) -> str:
        return f"{self.posto}: {self.testo}" if self.posto else self.testo


@dataclass
class AzioneLetta:
    """An action as the act has it: `area` and `campi` in its own words."""

    numero: int
    posto: PostoNellAtto
    area: Brano = field(default_factory=Brano)
    campi: dict[str, Brano] = field(default_factory=dict)

    def parole(self, campo: str) -> str:
        return self.campi[campo].testo if campo in self.campi else ""


@dataclass
class _Fila:
    """A row, or what goes on from the one above: its label as far as it is read, and its words."""

    etichetta: str = ""
    campo: str | None = None
    sinistra: list[tuple[str, PostoNellAtto]] = field(default_factory=list)
    destra: list[tuple[str, PostoNellAtto]] = field(default_factory=list)

    def parole(self) -> list[tuple[str, PostoNellAtto]]:
        return sorted([*self.sinistra, *self.destra], key=lambda parte: parte[1])


def leggi_azione(blocco: BloccoAzione, colonna: float | None) -> tuple[AzioneLetta, list[Rilievo]]:
    """The action in `blocco`, and what of it was not read; `colonna` is where the words beside the labels begin."""
    letta = AzioneLetta(blocco.numero, blocco.posto, Brano().con(blocco.intestazione, blocco.posto))
    rilievi: list[Rilievo] = []
    file = list(_file(in_colonne(blocco.righe, colonna)))
    con_colonne = colonna is not None
    attuale: str | None = None
    for indice, fila in enumerate(file):
        prossimo = next((altra.campo for altra in file[indice + 1 :] if altra.campo), None)
        campo = fila.campo
        parole = unite(fila)
        if campo is None and attuale is None and maiuscolo(parole) and "generale" not in letta.campi:
            for testo, posto in fila.parole():
                letta.area = letta.area.con(testo, posto)
            continue
        if campo is None:
            campo = _per_posizione(fila, parole, attuale, prossimo, letta, con_colonne)
            if campo and campo != attuale:
                rilievi.append(
                    Rilievo(
                        fila.parole()[0][1],
                        f"azione {letta.numero}: senza etichetta, letto come «{NOMI[campo]}» dal posto che ha",
                        True,
                    )
                )
        if campo is None:
            posto = fila.parole()[0][1] if fila.parole() else blocco.posto
            rilievi.append(Rilievo(posto, f"azione {letta.numero}: non si capisce di quale riga è «{parole[:80]}»"))
            continue
        _aggiungi(letta, campo, fila)
        attuale = campo
    rilievi += _mancanti(letta)
    return letta, rilievi


def unite(fila: _Fila) -> str:
    return Brano(tuple(fila.parole())).testo


def _aggiungi(letta: AzioneLetta, campo: str, fila: _Fila) -> None:
    primo = True
    for testo, posto in fila.parole():
        if primo and fila.campo:
            testo = senza_ripetizione(testo, campo)
        primo = False
        letta.campi[campo] = letta.campi.get(campo, Brano()).con(testo, posto)


def _mancanti(letta: AzioneLetta) -> Iterator[Rilievo]:
    if not letta.area.testo:
        yield Rilievo(letta.posto, f"azione {letta.numero}: manca l'area, dopo il numero")
    for campo in CAMPI:
        if not letta.parole(campo) and campo != "percentuali":
            yield Rilievo(letta.posto, f"azione {letta.numero}: manca la riga «{NOMI[campo]}», o non si legge")


def _per_posizione(
    fila: _Fila, parole: str, attuale: str | None, prossimo: str | None, letta: AzioneLetta, con_colonne: bool
) -> str | None:
    """The field of a row without its label: the one that what it says, or its place, leaves no doubt about."""
    if fila.destra and not fila.sinistra:
        return attuale or _solo_uno(attuale, prossimo, letta)
    if CODICE.match(parole) and attuale in ("tempi", "indicatori", "percentuali"):
        return "classificazione"
    if PERCENTO.match(parole) and attuale == "indicatori":
        return "percentuali"
    if re.match(r"entro\s+(il\s+)?(31|30|29|28|\d{1,2}|fine)\b", parole, re.IGNORECASE) and attuale in (
        "referenti",
        "altre",
    ):
        return "tempi"
    if attuale is None:
        return "generale" if "generale" not in letta.campi and prossimo in ("specifico", "titolo", None) else None
    if attuale == "titolo" and maiuscolo(letta.parole("titolo")) and not maiuscolo(parole):
        return "azioni" if "azioni" not in letta.campi and prossimo != "azioni" else attuale
    if con_colonne and parole[:1].isupper() and (solo := _solo_uno(attuale, prossimo, letta)):
        return solo
    return attuale


def _solo_uno(attuale: str | None, prossimo: str | None, letta: AzioneLetta) -> str | None:
    """The only field that is missing between two rows; none when there are more, or none."""
    da = CAMPI.index(attuale) + 1 if attuale else 0
    a = CAMPI.index(prossimo) if prossimo else len(CAMPI)
    mancano = [campo for campo in CAMPI[da:a] if campo not in letta.campi and campo != "percentuali"]
    return mancano[0] if len(mancano) == 1 else None


def _file(righe: list[RigaInColonne]) -> Iterator[_Fila]:
    """Lines put together in rows: by what rules them together, else by where a label begins."""
    fila: _Fila | None = None
    ultimo = -1
    for gruppo in _gruppi(righe):
        if len(gruppo) > 1 or gruppo[0].gruppo is not None:
            nuova = _da_gruppo(gruppo)
            if fila is not None and not nuova.campo and not fila.campo and comincia(fila.etichetta):
                intera = fila.etichetta + nuova.etichetta
                if campo_di(intera):
                    nuova = _Fila(intera, campo_di(intera), fila.sinistra, fila.destra + nuova.destra)
                    fila = None
            if fila is not None:
                yield fila
            fila, ultimo = nuova, _posto_di(nuova.campo, ultimo)
            continue
        riga = gruppo[0]
        nuova_o_niente = _inizio(riga, fila, ultimo)
        if nuova_o_niente is None:
            continue
        if fila is not None and nuova_o_niente is not fila:
            yield fila
        fila = nuova_o_niente
        ultimo = _posto_di(fila.campo, ultimo)
    if fila is not None:
        yield fila


def _posto_di(campo: str | None, ultimo: int) -> int:
    return CAMPI.index(campo) if campo else ultimo


def _gruppi(righe: list[RigaInColonne]) -> Iterator[list[RigaInColonne]]:
    """The lines of each row: those with one `gruppo`, in the order in which the rows begin; the others one by one."""
    aperti: dict[tuple[int, int], list[RigaInColonne]] = {}
    gruppi: list[list[RigaInColonne]] = []
    for riga in righe:
        if riga.gruppo is None:
            gruppi.append([riga])
        elif riga.gruppo in aperti:
            aperti[riga.gruppo].append(riga)
        else:
            aperti[riga.gruppo] = [riga]
            gruppi.append(aperti[riga.gruppo])
    yield from gruppi


def _da_gruppo(gruppo: list[RigaInColonne]) -> _Fila:
    """One row of a ruled table: all that is on the left is its label, wherever in the row it stands."""
    sinistra = " ".join(riga.sinistra for riga in gruppo if riga.sinistra)
    destra = [(riga.destra, riga.posto) for riga in gruppo if riga.destra]
    chiave = lettere(sinistra)
    campo = campo_di(chiave)
    if campo or (comincia(chiave) and destra):
        return _Fila(chiave, campo, [], destra)
    letta = in_linea(sinistra)
    if letta:
        resto = _dopo_l_etichetta(gruppo, letta.chiave)
        return _Fila(letta.chiave, letta.campo, resto, destra)
    return _Fila("", None, [(riga.sinistra, riga.posto) for riga in gruppo if riga.sinistra], destra)


def _dopo_l_etichetta(gruppo: list[RigaInColonne], chiave: str) -> list[tuple[str, PostoNellAtto]]:
    """The words on the left after the letters of a label, line by line."""
    resto, parti = chiave, []
    for riga in gruppo:
        if not riga.sinistra:
            continue
        sue = lettere(riga.sinistra)
        if resto and resto.startswith(sue):
            resto = resto[len(sue) :]
        elif resto:
            parti.append(((stacca(riga.sinistra, resto) or "").lstrip(" .:;-–"), riga.posto))
            resto = ""
        else:
            parti.append((riga.sinistra, riga.posto))
    return [(testo, posto) for testo, posto in parti if testo]


def _inizio(riga: RigaInColonne, fila: _Fila | None, ultimo: int) -> _Fila:
    """The row that a line begins, or `fila` itself with the line added."""
    destra = [(riga.destra, riga.posto)] if riga.destra else []
    if not riga.sinistra:
        return _continua(fila, [], destra)
    chiave = lettere(riga.sinistra)
    if fila is not None and fila.etichetta and (seguito := _seguito(fila, riga)) is not None:
        return _continua(seguito, [], destra)
    if riga.destra and (campo_di(chiave) or (len(chiave) >= 5 and comincia(chiave))):
        return _Fila(chiave, campo_di(chiave), [], destra)
    letta = in_linea(riga.sinistra)
    if letta and letta.campo and (riga.destra or CAMPI.index(letta.campo) >= ultimo):
        return _Fila(letta.chiave, letta.campo, [(letta.resto, riga.posto)] if letta.resto else [], destra)
    if not riga.destra and len(chiave) >= 5 and comincia(chiave) and riga.sinistra[0].isupper():
        return _Fila(chiave, None, [], [])
    return _Fila("", None, [(riga.sinistra, riga.posto)], destra)


def _seguito(fila: _Fila, riga: RigaInColonne) -> _Fila | None:
    """`fila` with its label gone on in the left part of the line; None when it does not."""
    chiave = lettere(riga.sinistra)
    intera = fila.etichetta + chiave
    if intera in CHIAVI or comincia(intera):
        fila.etichetta, fila.campo = intera, CHIAVI.get(intera, fila.campo)
        return fila
    for campo_intero in _completamenti(fila.etichetta):
        resto = stacca(riga.sinistra, campo_intero[len(fila.etichetta) :])
        if resto is not None and (not resto.strip() or resto.lstrip()[:1] in ".:"):
            fila.etichetta, fila.campo = campo_intero, campo_di(campo_intero)
            parole = resto.lstrip(" .:;-–")
            if parole:
                fila.sinistra.append((parole, riga.posto))
            return fila
    return None


def _completamenti(inizio: str) -> Iterable[str]:
    return sorted(
        (intera for intera in CHIAVI if intera.startswith(inizio) and intera != inizio), key=len, reverse=True
    )


def _continua(fila: _Fila | None, sinistra: list, destra: list) -> _Fila:
    if fila is None:
        return _Fila("", None, sinistra, destra)
    fila.sinistra += sinistra
    fila.destra += destra
    return fila
