"""What content may feed, and what it feeds: the read side of `programma.alimentazione`."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone

from organizzazioni.models import Organizzazione

from ..models import AzionePage, Criterio, Evidenza, ProgrammaPage
from ..requisiti import SENZA_FILE
from .evidenze import errori_dei_valori
from .pubblici import con_anno


def criteri_alimentati(tipo: str, giorno: date) -> QuerySet:
    """The criteria that content of the kind `tipo` feeds, in the programmes whose period holds `giorno`."""
    return Criterio.objects.filter(
        alimentato_da=tipo, programma__dal__lte=giorno, programma__scadenza__gte=giorno
    ).select_related("programma")


def criteri_di_monitoraggio(anno: int) -> QuerySet:
    """The criteria of the open programme of `anno` that only collect values, in the order of the act."""
    return Criterio.objects.aperti().filter(programma__anno=anno, regola=Criterio.Regola.MONITORAGGIO)


def criteri_aperti(anche: Iterable[int] = ()) -> QuerySet:
    """The criteria for which something may still be given, and those with the keys `anche`."""
    return Criterio.objects.aperti_o(list(anche)).select_related("programma", "azione")


def azioni_da_scegliere(anche: Iterable[int] = ()) -> QuerySet:
    """The actions that the public reads, with their year, and those with the keys `anche`; newest programme first."""
    return con_anno(AzionePage.objects.live() | AzionePage.objects.filter(pk__in=list(anche))).order_by("-anno", "path")


def programmi() -> QuerySet:
    """Every programme, the newest first."""
    return ProgrammaPage.objects.order_by("-anno")


def evidenze_nate_da(fonte) -> QuerySet:
    """The evidence that a content feeds now: what was revoked is left out."""
    return Evidenza.objects.nate_da(fonte).select_related("fonte_criterio", "programma")


def criterio_alimentato_da(tipo: str, giorno: date) -> Criterio | None:
    """The criterion that the content of `tipo` feeds, in the approved programme of `giorno`, else in the latest one."""
    criteri = Criterio.objects.aperti_o([]).filter(alimentato_da=tipo).select_related("programma")
    return next((c for c in criteri if c.programma.comprende(giorno)), criteri.first())


def ostacoli(
    criterio: Criterio,
    giorno: date,
    titolo: str,
    descrizione: str,
    link: tuple[str, ...] = (),
    organizzazioni: tuple[Organizzazione, ...] = (),
    quantita: Decimal | None = None,
    novita: str = "",
) -> dict[str, list[str]]:
    """Why a fact like this would be no proof of `criterio`, by field of an evidence; empty when it would be.

    A published content is its own file.
    """
    valori = {
        "data": giorno,
        "titolo": titolo,
        "argomento": titolo,
        "descrizione": descrizione,
        "link": list(link),
        "organizzazioni": organizzazioni,
        "persone_coinvolte": "",
        "quantita": quantita,
        "novita": novita,
        "perche_insieme": "",
        "progettualita": None,
    }
    return errori_dei_valori([criterio], valori, timezone.localdate(), SENZA_FILE)
