"""The years of the demonstration after that of the act: each opened from the one before, which then is closed.

Everything is done by the operations that people use; no act is invented, and the notes of each year say so.
"""

from contextlib import suppress
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from base.stampa import StampaNonDisponibile
from documenti.operazioni import ferma_programma
from programma import operazioni
from programma.models import AzionePage, DomandaDiContributo, Evidenza, ProgrammaPage, TermineInterno

from .orologio import orologio

APERTURA, APPROVAZIONE, CHIUSURA = (1, 7), (6, 19), (2, 10)
"""Month and day in which a year is prepared, decided, and closed in the year after: unless that is still to come."""
NOTA = "Anno dimostrativo: nasce dal programma dell'anno prima, e nessun atto lo ha approvato"
TERMINI = (
    (1, -3, "Fissare il secondo incontro"),
    (5, 12, "Stampare i fogli della guida"),
    (8, 25, "Chiudere il giro di ascolto"),
)
"""Number of an action, days from the day of who loads, what is to be done."""


def apri_anni(primo: ProgrammaPage, manager) -> list[ProgrammaPage]:
    """Open every year after that of `primo` up to today's; all of them, `primo` too, oldest first.

    A year is prepared in January, by today at the latest; it is approved once June is over. Nothing is closed yet.
    """
    anni, oggi = [primo], timezone.localdate()
    while anni[-1].anno < oggi.year:
        anni.append(_apri(anni[-1], manager, oggi))
    return anni


def chiudi_anni(anni: list[ProgrammaPage], manager, coordinamento) -> None:
    """Close every year but the last, each in the February after it, or today if that is still to come.

    What the manager wrote and still waits is decided before.
    """
    for programma in anni[:-1]:
        if programma.stato == ProgrammaPage.Stato.BOZZA:
            continue
        with orologio(_quando(programma.anno + 1, CHIUSURA)):
            for evidenza in Evidenza.objects.decidibili_da(coordinamento).filter(programma=programma):
                operazioni.approva(evidenza, coordinamento)
            operazioni.chiudi_programma(ProgrammaPage.objects.get(pk=programma.pk), manager)


def vivi_l_anno(programma: ProgrammaPage, manager) -> None:
    """What the manager keeps of the year of today: internal deadlines, and when its contribution is asked for."""
    oggi = timezone.localdate()
    for numero, tra, che_cosa in TERMINI:
        giorno = min(max(oggi + timedelta(days=tra), programma.dal), programma.scadenza)
        azione = AzionePage.objects.child_of(programma).get(numero=numero)
        operazioni.salva_termine(TermineInterno(azione=azione, giorno=giorno, che_cosa=che_cosa), programma, manager)
    dopo = programma.anno + 1
    finestra = DomandaDiContributo(
        programma=programma, si_chiede=True, apre=date(dopo, 1, 10), chiude=date(dopo, 2, 28)
    )
    operazioni.salva_domanda(finestra, manager)


def _apri(precedente: ProgrammaPage, manager, oggi: date) -> ProgrammaPage:
    anno = precedente.anno + 1
    azioni = AzionePage.objects.child_of(precedente).filter(fuori_programma=False)
    scelte = {azione.pk: AzionePage.Sorte.PROSEGUE for azione in azioni}
    with orologio(_quando(anno, APERTURA)):
        programma = operazioni.prepara_programma(precedente, manager, scelte)
        programma.note = NOTA
        programma.save()
        programma.save_revision(user=manager)
    if oggi > date(anno, *APPROVAZIONE):
        with orologio(_quando(anno, APPROVAZIONE)):
            operazioni.approva_programma(programma, manager)
            with suppress(StampaNonDisponibile):
                ferma_programma(ProgrammaPage.objects.get(pk=programma.pk), manager, timezone.now())
    return ProgrammaPage.objects.get(pk=programma.pk)


def _quando(anno: int, giorno: tuple[int, int]) -> datetime:
    """The morning of that day, and never after this moment."""
    return min(timezone.make_aware(datetime.combine(date(anno, *giorno), time(9))), timezone.now())
