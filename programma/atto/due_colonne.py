"""The two columns of a table: labels and words, where they divide and which lines are of one row. Pure."""

import itertools
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from .etichette import campo_di, comincia, in_linea, lettere
from .righe_dell_atto import Cella, PostoNellAtto, RigaDellAtto

DISTANZA_MINIMA = 20.0
"""How far from the labels, in points or letters, the words of a table begin at least."""
A_META = 0.3
"""From which part of the labels that stand on no line of words on, labels are put in the middle of their rows."""
INTERLINEA = 1.12
"""How much farther than lines of one row are those of two, where nothing rules them."""


@dataclass(frozen=True)
class RigaInColonne:
    """A line of a table: the words under the labels, and those of the cell beside them.

    `larga` says that its words go on under both; `gruppo` is the same for the lines of one row, where it is known.
    """

    sinistra: str
    destra: str
    posto: PostoNellAtto
    gruppo: tuple[int, int] | None = None
    y: float = 0.0
    larga: bool = False


def seconda_colonna(righe: Iterable[RigaDellAtto]) -> float | None:
    """Where the words beside the labels begin: the place from which most cells begin, right of the labels."""
    righe = list(righe)
    etichette = [riga.celle[0] for riga in righe if _e_etichetta(riga.celle[0])]
    if not etichette:
        return None
    sinistra = min(cella.x0 for cella in etichette)
    conto: Counter[int] = Counter()
    for riga in righe:
        for cella in riga.celle:
            if cella.x0 > sinistra + _distanza(riga):
                conto[round(cella.x0)] += 1
    return _piu_frequente(conto, len(etichette) * A_META)


def _distanza(riga: RigaDellAtto) -> float:
    """Letters of a text are a fourth of those points, more or less."""
    return DISTANZA_MINIMA if riga.y else DISTANZA_MINIMA / 4


def seconda_colonna_da(righe: Iterable[RigaDellAtto], inizia: Callable[[str], bool]) -> float | None:
    """Where the cells whose words `inizia` recognises begin, when they are not the first of their lines."""
    conto: Counter[int] = Counter()
    for riga in righe:
        margine = riga.celle[0].x0
        for cella in riga.celle:
            if inizia(cella.testo) and (cella.x0 > margine + _distanza(riga) or len(riga.celle) == 1):
                conto[round(cella.x0)] += 1
    trovata = _piu_frequente(conto)
    margini = [riga.celle[0].x0 for riga in righe]
    return trovata if trovata is not None and trovata > min(margini, default=0.0) else None


def _piu_frequente(conto: Counter[int], minimo: float = 1) -> float | None:
    """The place that most cells begin from, at least `minimo`, those half a point aside counted with it."""
    if not conto:
        return None
    vicini = {posto: sum(conto[posto + passo] for passo in (-1, 0, 1)) for posto in conto}
    migliore = max(sorted(vicini), key=lambda posto: vicini[posto])
    return float(migliore) - 3 if vicini[migliore] >= minimo else None


def _e_etichetta(cella: Cella) -> bool:
    chiave = lettere(cella.testo)
    return in_linea(cella.testo) is not None or (len(chiave) >= 5 and (comincia(chiave) or bool(campo_di(chiave))))


def in_colonne(righe: Iterable[RigaDellAtto], colonna: float | None) -> list[RigaInColonne]:
    """Each line in two, by where its cells begin; the lines of one row have one `gruppo`, where it can be said."""
    divise = [_divisa(riga, colonna) for riga in righe]
    return _con_i_gruppi(divise) if colonna is not None and _etichette_a_meta(divise) else divise


def _divisa(riga: RigaDellAtto, colonna: float | None) -> RigaInColonne:
    celle: list[Cella] = []
    for cella in riga.celle:
        parti = cella.divisa(colonna) if colonna is not None and cella.x0 < colonna < cella.x1 else None
        celle += parti if parti and _e_etichetta(parti[0]) else [cella]
    sinistra = [cella for cella in celle if colonna is None or cella.x0 < colonna]
    destra = [cella for cella in celle if colonna is not None and cella.x0 >= colonna]
    if sinistra and destra and not _e_etichetta(sinistra[0]) and sinistra[-1].x1 > destra[0].x0:
        sinistra, destra = [*sinistra, *destra], []
    return RigaInColonne(
        " ".join(cella.testo for cella in sinistra),
        " ".join(cella.testo for cella in destra),
        riga.posto,
        riga.riquadro,
        riga.y,
        larga=bool(sinistra) and colonna is not None and sinistra[-1].x1 > colonna,
    )


def _etichette_a_meta(righe: list[RigaInColonne]) -> bool:
    """Whether many labels of an unruled table begin on lines without words beside them."""
    etichette = [r for r in righe if r.y and r.gruppo is None and not r.larga and campo_di(lettere(r.sinistra))]
    sole = [riga for riga in etichette if not riga.destra]
    return bool(sole) and len(sole) >= A_META * len(etichette)


def _con_i_gruppi(righe: list[RigaInColonne]) -> list[RigaInColonne]:
    """The rows told from the gaps between the words, and each label with the row that it is nearest to."""
    passi = Counter(
        round(prima.y - dopo.y, 1)
        for prima, dopo in itertools.pairwise(righe)
        if prima.destra and dopo.destra and prima.posto.pagina == dopo.posto.pagina
    )
    if not passi:
        return righe
    passo = max(sorted(passi), key=lambda quanto: passi[quanto])
    file: list[list[RigaInColonne]] = []
    aperta = False
    for riga in righe:
        if riga.larga:
            aperta = False
        if not riga.destra or riga.larga:
            continue
        prima = file[-1][-1] if file else None
        vicina = prima and prima.posto.pagina == riga.posto.pagina and prima.y - riga.y <= passo * INTERLINEA
        if aperta and vicina:
            file[-1].append(riga)
        else:
            file.append([riga])
        aperta = True
    gruppi = {id(riga): numero for numero, fila in enumerate(file) for riga in fila}
    return [_nel_gruppo(riga, file, gruppi) for riga in righe]


def _nel_gruppo(riga: RigaInColonne, file: list[list[RigaInColonne]], gruppi: dict[int, int]) -> RigaInColonne:
    pagina = riga.posto.pagina
    if riga.larga or riga.gruppo is not None:
        return riga
    numero = gruppi.get(id(riga))
    if numero is None:
        della_pagina = [(n, fila) for n, fila in enumerate(file) if fila[0].posto.pagina == pagina]
        if not della_pagina:
            return riga
        numero = min(della_pagina, key=lambda voce: abs((voce[1][0].y + voce[1][-1].y) / 2 - riga.y))[0]
    return replace(riga, gruppo=(pagina, -1 - numero))
