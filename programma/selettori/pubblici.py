"""What the public reads of the programme: actions, their stage, who works on them, what was published."""

from decimal import Decimal

from django.apps import apps
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import Page

from base.elenchi import con_sommario, senza_riservate
from base.percorsi import percorso_della_madre, sotto
from organizzazioni.models import Organizzazione
from organizzazioni.riquadri import Riquadro

from ..fasi import Fase, fase
from ..models import AzionePage, ProgrammaPage, ReferenteAzione
from ..models.alimentazione import fonti
from .punteggio import media_di

CONTENUTI_MOSTRATI = 24


def _modelli_fonte() -> list:
    return [apps.get_model(etichetta) for etichetta in fonti()]


def con_fase(azioni) -> QuerySet:
    """Annotate actions with `contenuti`, the number of live pages that realise each."""
    conteggi = [
        Coalesce(
            Subquery(
                modello.objects.live()
                .filter(azioni_realizzate=OuterRef("pk"))
                .order_by()
                .values("azioni_realizzate")
                .annotate(n=Count("pk"))
                .values("n"),
                output_field=IntegerField(),
            ),
            0,
        )
        for modello in _modelli_fonte()
    ]
    return azioni.annotate(contenuti=sum(conteggi, Value(0)))


def contenuti_di(azione) -> QuerySet:
    """Public pages, of any type, that realise `azione`: newest first, with their summary and day."""
    realizzano = Q(pk__in=[])
    for modello in _modelli_fonte():
        realizzano |= Q(pk__in=modello.objects.live().filter(azioni_realizzate__in=[azione.pk]).values("pk"))
    return con_sommario(senza_riservate(Page.objects.live().filter(realizzano))).order_by("-giorno", "-pk")


def _fase_di(programma, contenuti) -> Fase:
    return fase(programma.dal, programma.scadenza, programma.chiuso, contenuti, timezone.localdate())


def azioni_per_area(programma) -> tuple:
    """Live actions of the act grouped by area, both in the order of the act, then those born during the year.

    Returns (list of (area, actions), list of actions outside the programme); each action carries its `fase`.
    """
    aree: dict[str, list[AzionePage]] = {}
    fuori = []
    azioni = con_fase(AzionePage.objects.child_of(programma).live())
    for azione in azioni.order_by(F("numero").asc(nulls_last=True), "path"):
        azione.fase = _fase_di(programma, azione.contenuti)
        if azione.fuori_programma:
            fuori.append(azione)
        else:
            aree.setdefault(azione.area, []).append(azione)
    return list(aree.items()), fuori


def programma_corrente() -> ProgrammaPage | None:
    """The newest published programme that is no longer a draft; the newest draft when there is no other."""
    programmi = ProgrammaPage.objects.live().order_by("-anno")
    return programmi.exclude(stato=ProgrammaPage.Stato.BOZZA).first() or programmi.first()


def programmi_pubblici(indice) -> list:
    """Live programmes below `indice`, newest first, with `azioni_previste`: how many actions each has."""
    azioni = AzionePage.objects.live().filter(sotto([OuterRef("path")]), fuori_programma=False)
    quante = azioni.order_by().annotate(uno=Value(1)).values("uno").annotate(n=Count("pk")).values("n")
    return list(
        ProgrammaPage.objects.child_of(indice)
        .live()
        .annotate(azioni_previste=Coalesce(Subquery(quante, output_field=IntegerField()), 0))
        .order_by("-anno")
    )


def contesto_programma(programma) -> dict:
    aree, fuori = azioni_per_area(programma)
    return {
        "aree": aree,
        "azioni_fuori_programma": fuori,
        "note": [riga for riga in programma.note.splitlines() if riga.strip()],
    }


def organizzazioni_di(azione) -> tuple:
    """Bodies of `azione` in one query: (those that lead it, in the order of the act; the others, by name)."""
    guida = ReferenteAzione.objects.filter(azione_id=azione.pk, organizzazione=OuterRef("pk"))
    tutte = (
        Organizzazione.objects.annotate(posto=Subquery(guida.values("sort_order")[:1]), guida=Exists(guida))
        .filter(Q(guida=True) | Q(azioni_coinvolte__in=[azione.pk]))
        .select_related("pagina")
        .order_by("posto", "denominazione")
        .distinct()
    )
    tutte = list(tutte)
    return [o for o in tutte if o.guida], [o for o in tutte if not o.guida]


def contesto_azione(azione) -> dict:
    programma = ProgrammaPage.objects.ancestor_of(azione).get()
    referenti, altre = organizzazioni_di(azione)
    contenuti = list(contenuti_di(azione)[:CONTENUTI_MOSTRATI])
    return {
        "programma": programma,
        "fase": _fase_di(programma, len(contenuti)),
        "area": azione.area.split(" - ", 1),
        "referenti": referenti,
        "altre": altre,
        "classificazioni": azione.classificazioni.all(),
        "contenuti": contenuti,
        "avanzamento": avanzamento(azione, programma) if programma.pubblica_avanzamento else None,
    }


def avanzamento(azione, programma) -> Decimal | None:
    """The indicative score of `azione` today, None where none of it is scored; public if the programme says so."""
    return media_di(azione.criteri.all(), programma, timezone.localdate())


def con_anno(azioni) -> QuerySet:
    """Annotate actions with `anno`, the year of their programme."""
    programma = ProgrammaPage.objects.filter(path=OuterRef("percorso_programma"))
    return azioni.annotate(percorso_programma=percorso_della_madre(), anno=Subquery(programma.values("anno")[:1]))


def azioni_pubbliche(chiavi) -> QuerySet:
    """Live actions among `chiavi` (primary keys), with their year, newest programme first."""
    return con_anno(AzionePage.objects.live().filter(pk__in=chiavi)).order_by("-anno", "path")


def riquadro_azioni(organizzazione) -> Riquadro | None:
    """The actions that a body leads or is involved in, newest programme first; `guida` tells which it leads."""
    guida = ReferenteAzione.objects.filter(azione=OuterRef("pk"), organizzazione=organizzazione)
    azioni = (
        con_anno(AzionePage.objects.live())
        .annotate(guida=Exists(guida))
        .filter(Q(guida=True) | Q(altre=organizzazione))
        .order_by("-anno", "path")
        .distinct()
    )
    return Riquadro("Nel programma di lavoro", "programma/includes/riquadro_azioni.html", list(azioni))
