"""What was done in a year, as the approved evidence says it: for each duty or action, over the months, by whom."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from base.tempo import MESI
from programma.models import ProgrammaPage
from programma.selettori.punteggio import riconosciuti_al


@dataclass(frozen=True)
class FattoDelReport:
    """Something that was done: an evidence that counts, once however many criteria it serves."""

    data: date
    titolo: str
    organizzazioni: tuple[str, ...]


def fatti_approvati(
    programma: ProgrammaPage, al: date
) -> tuple[dict[str, list[FattoDelReport]], Counter[tuple[int, int]], Counter[str]]:
    """What was done for each duty or action, how much in each (year, month), and by which bodies."""
    righe = (
        riconosciuti_al(programma, al)
        .select_related("criterio", "evidenza__organizzazione")
        .prefetch_related("organizzazioni", "evidenza__organizzazioni")
        .order_by("data", "pk")
    )
    fatti: dict[str, list[FattoDelReport]] = defaultdict(list)
    quanti: Counter[tuple[int, int]] = Counter()
    partecipi: Counter[str] = Counter()
    detti, contati = set(), set()
    for riga in righe:
        evidenza = riga.evidenza
        enti = {*riga.organizzazioni.all(), *evidenza.organizzazioni.all(), evidenza.organizzazione}
        if evidenza.pk not in contati:
            contati.add(evidenza.pk)
            quanti[riga.data.year, riga.data.month] += 1
            partecipi.update(ente.denominazione for ente in enti)
        chiave = (riga.criterio.gruppo, evidenza.pk)
        if chiave not in detti:
            detti.add(chiave)
            nomi = tuple(sorted(ente.denominazione for ente in enti))
            fatti[riga.criterio.gruppo].append(FattoDelReport(riga.data, evidenza.titolo, nomi))
    return fatti, quanti, partecipi


def nei_mesi(programma: ProgrammaPage, ultimo: date, quanti: Counter[tuple[int, int]]) -> Iterator[tuple[str, int]]:
    """Every month of the programme until `ultimo`, with how many evidences are of it."""
    anno, mese = programma.dal.year, programma.dal.month
    while (anno, mese) <= (ultimo.year, ultimo.month):
        yield f"{MESI[mese - 1]} {anno}", quanti[anno, mese]
        anno, mese = (anno + 1, 1) if mese == 12 else (anno, mese + 1)


def per_organizzazione(partecipi: Counter[str]) -> list[tuple[str, int]]:
    """The bodies, who took part most first."""
    return sorted(partecipi.items(), key=lambda uno: (-uno[1], uno[0]))
