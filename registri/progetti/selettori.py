"""The read side of shared projects."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Any

from django.utils import timezone

from organizzazioni.models import Organizzazione
from organizzazioni.selettori import organizzazione_del_distretto
from programma import alimentazione

from ..models import CriterioDelTipoDiProgetto, Progetto
from ..riunioni.proposte import EsitoDelCriterio
from ..riunioni.selettori import SENZA_DISTRETTO, Proposta
from .condizioni import valuta_progetto


@dataclass(frozen=True)
class EnteCheSiAggiunge:
    """A member, the first day of the year on which it designs a project with the manager, and which."""

    ente: Organizzazione
    dal: date
    progetto: Progetto


@dataclass(frozen=True)
class EntiDellAnno:
    """Distinct members that design something in a year, for a criterion that counts them (M5), as they grow.

    `riconosciuti` are those that approved evidence counts by now, `bastano` how many reach 100%.
    """

    criterio: Any
    enti: list[EnteCheSiAggiunge]
    riconosciuti: int
    bastano: int


def giorno_nei(progetto: Progetto, giorno: date, oggi: date) -> date:
    """`giorno`, or the nearest day of the project that is not in the future."""
    return max(progetto.dal, min(giorno, progetto.al or oggi, oggi))


def giorno_proposto(progetto: Progetto, oggi: date) -> date:
    """The day on which the project is given as proof: the first, or the last by now where that year takes no more."""
    giorni = [progetto.dal, giorno_nei(progetto, oggi, oggi)]
    return next((giorno for giorno in giorni if not alimentazione.perche_senza_criteri(giorno)), progetto.dal)


def proposte(progetto: Progetto, giorno: date) -> list[Proposta]:
    """What the project may serve, in the open programme of `giorno`, in the order of the act, with the reason."""
    esiti = {una.codice: valuta_progetto(una, progetto.progettato) for una in progetto.tipo.condizioni}
    criteri = alimentazione.criteri_del_giorno(giorno).filter(codice__in=esiti)
    gia = gia_date(progetto)
    return [
        Proposta(criterio, False, f"Già data con l'evidenza «{gia[criterio.pk]}»")
        if criterio.pk in gia
        else _proposta(progetto, giorno, criterio, esiti[criterio.codice])
        for criterio in criteri
    ]


def _proposta(progetto: Progetto, giorno: date, criterio: Any, esito: EsitoDelCriterio) -> Proposta:
    if not esito.serve:
        return Proposta(criterio, False, esito.perche)
    mancano = alimentazione.ostacoli(
        criterio,
        giorno,
        progetto.titolo,
        progetto.di_che_cosa,
        organizzazioni=tuple(progetto.enti_che_progettano),
        scheda=scheda_per(progetto, criterio),
    )
    detti = list(dict.fromkeys(frase for frasi in mancano.values() for frase in frasi))
    return Proposta(criterio, not detti, "; ".join(detti) or esito.perche)


def scheda_per(progetto: Progetto, criterio: Any) -> Any:
    """The sheet of the project, for a criterion that asks for one."""
    return progetto.scheda if any("progettualita" in campo for campo in criterio.chiede) else None


def gia_date(progetto: Progetto) -> dict[int, Any]:
    """Key of a criterion -> the evidence of this project that was given by hand and stands, its sheet's included."""
    date_a_mano = list(progetto.gia_date.che_stanno().prefetch_related("criteri"))
    if progetto.scheda is not None:
        date_a_mano += progetto.scheda.evidenze_m4.che_stanno().filter(fonte_id=None).prefetch_related("criteri")
    return {criterio.pk: evidenza for evidenza in date_a_mano for criterio in evidenza.criteri.all()}


def da_unire(progetto: Progetto) -> list[tuple[Any, bool]]:
    """Evidence given by hand that may be of this project, and whether its words say so: likely ones first.

    For its kind's criteria, on a day of the project, of no project yet.
    """
    codici = [una.codice for una in progetto.tipo.condizioni]
    tutte = alimentazione.evidenze_scritte_per(codici).filter(progetti=None, data__gte=progetto.dal)
    scritte = tutte.filter(data__lte=progetto.al) if progetto.al else tutte
    parole = alimentazione.impronta(progetto.titolo)
    trovate = [
        (una, parole in (alimentazione.impronta(una.titolo), alimentazione.impronta(una.argomento))) for una in scritte
    ]
    return sorted(trovate, key=lambda una: not una[1])


def perche_nessuna(progetto: Progetto, giorno: date) -> str:
    """Why a project can serve no criterion on `giorno`, whatever it is; empty when it can."""
    if not progetto.tipo.condizioni:
        return f"«{progetto.tipo}» non serve nessun criterio: lo dicono i tipi di progetto"
    if organizzazione_del_distretto() is None:
        return SENZA_DISTRETTO
    perche = alimentazione.perche_senza_criteri(giorno)
    return perche[:1].upper() + perche[1:]


def enti_dell_anno(anno: int) -> list[EntiDellAnno]:
    """«Organizzazioni distinte nell'anno», criterion by criterion, in the order in which they joined; few queries."""
    codici = CriterioDelTipoDiProgetto.objects.order_by().values_list("codice", flat=True)
    criteri = list(alimentazione.criteri_che_contano_enti(anno, codici))
    if not criteri:
        return []
    oggi = timezone.localdate()
    progetti = list(Progetto.objects.dell_anno(anno).filter(dal__lte=oggi).completi().order_by("dal", "pk"))
    riconosciuti = alimentazione.enti_riconosciuti(criteri, oggi)
    return [
        EntiDellAnno(
            criterio,
            _in_ordine(progetti, criterio),
            len(riconosciuti.get(criterio.pk, ())),
            int((Decimal(100) / criterio.percentuale).to_integral_value(ROUND_CEILING)),
        )
        for criterio in criteri
    ]


def _in_ordine(progetti: list[Progetto], criterio: Any) -> list[EnteCheSiAggiunge]:
    trovati: dict[int, EnteCheSiAggiunge] = {}
    for progetto in progetti:
        serve = any(
            valuta_progetto(una, progetto.progettato).serve
            for una in progetto.tipo.condizioni
            if una.codice == criterio.codice
        )
        dal = max(progetto.dal, criterio.programma.dal)
        for ente in progetto.enti_che_progettano if serve else ():
            if ente.aderente_il(dal):
                trovati.setdefault(ente.pk, EnteCheSiAggiunge(ente, dal, progetto))
    return list(trovati.values())
