"""The read side of the manager's training."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum
from django.urls import reverse
from django.utils import timezone

from organizzazioni.selettori import organizzazione_del_distretto
from programma import alimentazione

from ..models import Corso
from ..riunioni.selettori import SENZA_DISTRETTO


@dataclass(frozen=True)
class FormazioneDellAnno:
    """What a criterion with a threshold (M9) says by now: its sum in words, and what is missing.

    `contato` says that the register counts what is offered: without any course it is typed in the criterion.
    """

    criterio: Any
    contato: bool
    spiegazione: str
    mancano: Decimal | None
    in_attesa: int


def criterio_delle_ore(giorno: date) -> Any:
    """The criterion that the hours of a course of `giorno` feed: the manager's duty with a threshold, while open."""
    return alimentazione.criteri_a_soglia_del_manager().filter(pk__in=_del_giorno(giorno)).first()


def _del_giorno(giorno: date) -> QuerySet:
    return alimentazione.criteri_del_giorno(giorno).order_by().values("pk")


def ore_offerte(programma: Any) -> Decimal | None:
    """The hours offered in the days of `programma`; None where no course is in the register, which then counts none."""
    return Corso.objects.offerti(programma.dal, programma.scadenza).aggregate(somma=Sum("ore"))["somma"]


def registro_che_conta(criterio: Any) -> str:
    """Where the hours offered of `criterio` are counted; empty where the register has none and they are typed."""
    suo = criterio.del_manager and criterio.regola == "soglia"
    return reverse("formazione:elenco") if suo and ore_offerte(criterio.programma) is not None else ""


def dell_anno() -> list[FormazioneDellAnno]:
    """How the open years go, the newest first."""
    oggi = timezone.localdate()
    trovati = []
    for criterio in alimentazione.criteri_a_soglia_del_manager():
        punteggio = alimentazione.punteggio_di(criterio, oggi)
        contato = bool(registro_che_conta(criterio))
        trovati.append(
            FormazioneDellAnno(criterio, contato, punteggio.spiegazione, punteggio.mancano, punteggio.in_attesa)
        )
    return trovati


def perche_non_vale(corso: Corso) -> str:
    """Why the course feeds nothing now, in words; empty when its hours are evidence, or wait to be."""
    if corso.annullato:
        return "È stato annullato: le sue ore non sono offerte"
    if corso.frequenza != Corso.Frequenza.SI:
        return "Non è stato frequentato" if corso.frequenza else "Non è ancora detto se è stato frequentato"
    if corso.giorno > timezone.localdate():
        return "Il giorno non è ancora passato"
    if organizzazione_del_distretto() is None:
        return SENZA_DISTRETTO
    criterio = criterio_delle_ore(corso.giorno)
    if criterio is None:
        perche = alimentazione.perche_senza_criteri(corso.giorno) or "in quell'anno nessun criterio conta le ore"
        return perche[:1].upper() + perche[1:]
    if data := corso.gia_date.che_stanno().first():
        return f"Già data con l'evidenza «{data}»"
    if any("allegati" in campo.split("|") for campo in criterio.chiede) and not corso.file.exists():
        return f"Manca l'attestato: {criterio.codice} chiede un file"
    mancano = alimentazione.ostacoli(criterio, corso.giorno, corso.titolo, "", quantita=corso.frequentate)
    return "; ".join(dict.fromkeys(frase for frasi in mancano.values() for frase in frasi))


def gia_scritte(corso: Corso) -> list[Any]:
    """Evidence of hours given by hand for the day of the course, of no course yet."""
    criterio = criterio_delle_ore(corso.giorno)
    if criterio is None:
        return []
    return list(alimentazione.evidenze_scritte_per([criterio.codice]).filter(data=corso.giorno, corsi=None))
