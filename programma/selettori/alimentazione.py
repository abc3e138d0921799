"""What content may feed, and what it feeds: the read side of `programma.alimentazione`."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from organizzazioni.models import Organizzazione

from .. import flusso
from ..models import AzionePage, Criterio, Evidenza, ProgrammaPage
from ..models.pagine import senza_programma
from ..punteggi import Punteggio, Raccolta, valuta
from ..requisiti import SENZA_FILE
from .evidenze import errori_dei_valori
from .pubblici import con_anno
from .punteggio import raccogli, regola_di
from .situazione import situazione


def criteri_alimentati(tipo: str, giorno: date) -> QuerySet:
    """The criteria that content of the kind `tipo` feeds, in the programmes whose period holds `giorno`."""
    return Criterio.objects.filter(
        alimentato_da=tipo, tolto=False, programma__dal__lte=giorno, programma__scadenza__gte=giorno
    ).select_related("programma")


def criteri_di_monitoraggio(anno: int) -> QuerySet:
    """The criteria of the open programme of `anno` that only collect values, in the order of the act."""
    return Criterio.objects.aperti().filter(programma__anno=anno, regola=Criterio.Regola.MONITORAGGIO)


def criteri_del_giorno(giorno: date | None, anche: Iterable[int] = ()) -> QuerySet:
    """The criteria that a fact of `giorno` may serve (None: every open one), and those with the keys `anche`."""
    return Criterio.objects.del_giorno(giorno, list(anche))


def criteri_che_contano_enti(anno: int, codici: Iterable[str]) -> QuerySet:
    """Of the programme of `anno`, the criteria with these codes that count distinct bodies, in the order of the act."""
    suoi = Criterio.objects.in_vigore().filter(programma__anno=anno, distinte=True, codice__in=list(codici))
    return suoi.select_related("programma").in_ordine()


def enti_riconosciuti(criteri: Iterable[Criterio], al: date) -> dict[int, frozenset]:
    """Key of a criterion -> keys of the bodies that its approved evidence counts at the end of `al`."""
    programmi_loro = {criterio.programma_id: criterio.programma for criterio in criteri}
    raccolte = [raccogli(programma, al) for programma in programmi_loro.values()]
    return {chiave: raccolta.enti for trovate in raccolte for chiave, raccolta in trovate.items()}


def schede_nate_nell_anno(anno: int | None = None) -> QuerySet:
    """Published sheets of actions that the act does not foresee (M4), of the programme of `anno` or of every one."""
    schede = con_anno(AzionePage.objects.live().filter(fuori_programma=True)).order_by("-anno", "path")
    return schede if anno is None else schede.filter(anno=anno)


def ha_dato_evidenze(fonte: Any) -> bool:
    """Whether any evidence was ever born from `fonte`, what was revoked included."""
    return (Evidenza.objects.nate_da(fonte) | Evidenza.objects.revocate_di(fonte)).exists()


def criteri_a_soglia_del_manager() -> QuerySet:
    """The manager's duties that ask for a part of what is offered (M9), of the open programmes, the newest first."""
    return Criterio.objects.aperti().filter(azione=None, regola=Criterio.Regola.SOGLIA)


def punteggio_di(criterio: Criterio, al: date) -> Punteggio:
    """The score of one criterion at the end of `al`."""
    allora = situazione(criterio.programma, al)
    com_era = allora.criterio(criterio)
    raccolta = raccogli(criterio.programma, al, allora=allora).get(criterio.pk, Raccolta())
    return valuta(regola_di(com_era, allora.programma), raccolta, al)


def perche_senza_criteri(giorno: date) -> str:
    """Why a fact of `giorno` can serve no criterion; empty when it can."""
    programma = ProgrammaPage.objects.del_giorno(giorno)
    if programma is None:
        return senza_programma(giorno)
    return f"il programma {programma.anno} è chiuso: non accetta più evidenze" if programma.chiuso else ""


def azioni_da_scegliere(anche: Iterable[int] = ()) -> QuerySet:
    """The actions that the public reads, with their year, and those with the keys `anche`; newest programme first."""
    return con_anno(AzionePage.objects.live() | AzionePage.objects.filter(pk__in=list(anche))).order_by("-anno", "path")


def programmi() -> QuerySet:
    """Every programme, the newest first."""
    return ProgrammaPage.objects.order_by("-anno")


def evidenze_nate_da(fonte: Any) -> QuerySet:
    """The evidence that a content feeds now: what was revoked is left out."""
    return Evidenza.objects.nate_da(fonte).select_related("fonte_criterio", "programma")


def evidenze_scritte_per(codici: Iterable[str]) -> QuerySet:
    """What was given by hand or by an import for criteria with these codes, and stands: the oldest fact first."""
    scritte = Evidenza.objects.filter(fonte_id=None, data__isnull=False, stato__in=flusso.RIVEDIBILI)
    legami = Evidenza.criteri.through.objects.filter(criterio__codice__in=list(codici), criterio__tolto=False)
    trovate = scritte.filter(pk__in=legami.values("evidenza")).order_by("data", "pk")
    return trovate.select_related("organizzazione").prefetch_related("criteri", "organizzazioni")


def criterio_alimentato_da(tipo: str, giorno: date) -> Criterio | None:
    """The criterion that the content of `tipo` feeds in the open programme that holds `giorno`, and in no other."""
    return Criterio.objects.del_giorno(giorno).filter(alimentato_da=tipo).first()


def ostacoli(
    criterio: Criterio,
    giorno: date,
    titolo: str,
    descrizione: str,
    link: tuple[str, ...] = (),
    organizzazioni: tuple[Organizzazione, ...] = (),
    quantita: Decimal | None = None,
    novita: str = "",
    persone: str = "",
    scheda: AzionePage | None = None,
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
        "persone_coinvolte": persone,
        "quantita": quantita,
        "novita": novita,
        "perche_insieme": "",
        "progettualita": scheda,
    }
    return errori_dei_valori([criterio], valori, timezone.localdate(), SENZA_FILE)
