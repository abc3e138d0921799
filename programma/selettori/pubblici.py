"""What the public reads of the programme: actions, their stage, who works on them, what was published."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import Page
from wagtail.query import PageQuerySet

from base.contesti import risposta
from base.elenchi import con_sommario, senza_riservate
from base.percorsi import percorso_della_madre, sotto
from organizzazioni.models import Organizzazione
from organizzazioni.riquadri import Riquadro

from .. import flusso
from ..fasi import Fase, fase
from ..models import AzionePage, Evidenza, ProgrammaPage, ReferenteAzione
from ..models.alimentazione import fonti, luoghi_pubblici
from .punteggio import media_di
from .testo_dell_atto import parole_di, parti_dell_azione

CONTENUTI_MOSTRATI = 24


def _realizzano(azione: Any, programma: ProgrammaPage) -> QuerySet:
    """Public pages, of any type: what was done of `azione` (a key, or an expression) in the year of `programma`.

    Those that name it and are of a day of that year; those from which evidence of its criteria was born, and is not
    revoked; the public place of what is proved apart (`registra_fonte(…, letta_in=…)`).
    """
    prove = Evidenza.objects.filter(criteri__azione=azione, stato__in=(flusso.INVIATA, flusso.APPROVATA))
    realizza = Q(Exists(prove.filter(fonte_tipo=OuterRef("content_type"), fonte_id=OuterRef("pk"))))
    for modello, luogo in luoghi_pubblici().items():
        nate = prove.filter(**_tipo("fonte_tipo", modello))
        realizza |= Q(Exists(nate), **_tipo("content_type", luogo))
    for etichetta in fonti():
        campo = apps.get_model(etichetta)._meta.get_field("azioni_realizzate")
        sua = {campo.m2m_field_name(): OuterRef("pk"), campo.m2m_reverse_field_name(): azione}
        nomina = Exists(campo.remote_field.through.objects.filter(**sua))
        realizza |= Q(nomina, giorno__range=(programma.dal, programma.scadenza))
    return con_sommario(senza_riservate(Page.objects.live())).filter(realizza)


def _tipo(campo: str, etichetta: str) -> dict[str, str]:
    """That the content type `campo` is of the model with this label, without asking which its key is."""
    app, modello = etichetta.lower().split(".")
    return {f"{campo}__app_label": app, f"{campo}__model": modello}


def _azioni() -> PageQuerySet:
    """The actions that everyone may read."""
    return senza_riservate(AzionePage.objects.live())


def _programmi() -> PageQuerySet:
    """The programmes that everyone may read."""
    return senza_riservate(ProgrammaPage.objects.live())


def con_fase(azioni: QuerySet, programma: ProgrammaPage) -> QuerySet:
    """Annotate actions of `programma` with `contenuti`, the number of public pages that realise each."""
    quante = _realizzano(OuterRef(OuterRef("pk")), programma).order_by().annotate(uno=Value(1)).values("uno")
    conto = Subquery(quante.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    return azioni.annotate(contenuti=Coalesce(conto, 0))


def contenuti_di(azione: AzionePage, programma: ProgrammaPage) -> QuerySet:
    """Public pages, of any type, that realise `azione` in its year: newest first, with their summary and day."""
    return _realizzano(azione.pk, programma).order_by("-giorno", "-pk")


def _fase_di(programma: ProgrammaPage, contenuti: int) -> Fase:
    return fase(programma.dal, programma.scadenza, programma.chiuso, contenuti, timezone.localdate())


def azioni_per_area(programma: ProgrammaPage) -> tuple:
    """Public actions of the act grouped by area, both in the order of the act, then those born during the year.

    Returns (list of (area, actions), list of actions outside the programme); each action carries its `fase`.
    """
    aree: dict[str, list[AzionePage]] = {}
    fuori = []
    azioni = con_fase(_azioni().child_of(programma), programma)
    for azione in azioni.order_by(F("numero").asc(nulls_last=True), "path"):
        azione.fase = _fase_di(programma, azione.contenuti)
        if azione.fuori_programma:
            fuori.append(azione)
        else:
            aree.setdefault(azione.area, []).append(azione)
    return list(aree.items()), fuori


def programma_corrente() -> ProgrammaPage | None:
    """The newest public programme that has begun, else the newest: one that is corrected stays where it was."""
    programmi = _programmi().order_by("-anno")
    return programmi.filter(dal__lte=timezone.localdate()).first() or programmi.first()


def programmi_pubblici(indice: Page) -> list:
    """Public programmes below `indice`, newest first, with `azioni_previste`: how many actions each has."""
    azioni = _azioni().filter(sotto([OuterRef("path")]), fuori_programma=False)
    quante = azioni.order_by().annotate(uno=Value(1)).values("uno").annotate(n=Count("pk")).values("n")
    return list(
        _programmi()
        .child_of(indice)
        .annotate(azioni_previste=Coalesce(Subquery(quante, output_field=IntegerField()), 0))
        .order_by("-anno")
    )


def contesto_programma(programma: ProgrammaPage) -> dict:
    aree, fuori = azioni_per_area(programma)
    altri = _programmi().sibling_of(programma, inclusive=False).order_by("anno")
    return {
        "altri_anni": list(altri),
        "aree": aree,
        "azioni_fuori_programma": fuori,
        "note": [riga for riga in programma.note.splitlines() if riga.strip()],
    }


def organizzazioni_di(azione: AzionePage) -> tuple:
    """Bodies of `azione` in one query: (those that lead it, in the order of the act; the others, by name)."""
    guida = ReferenteAzione.objects.filter(azione_id=azione.pk, organizzazione=OuterRef("pk"))
    trovate = (
        Organizzazione.objects.annotate(posto=Subquery(guida.values("sort_order")[:1]), guida=Exists(guida))
        .filter(Q(guida=True) | Q(azioni_coinvolte__in=[azione.pk]))
        .select_related("pagina")
        .order_by("posto", "denominazione")
        .distinct()
    )
    tutte = list(trovate)
    return [o for o in tutte if o.guida], [o for o in tutte if not o.guida]


def contesto_azione(azione: AzionePage) -> dict:
    """What the public page of `azione` shows; its year is read with the criteria, on its own only without them."""
    suoi = azione.criteri.in_vigore().select_related("programma")
    anche = {"consultazione": risposta(azione, "consultazione")(azione)}  # asked along with what is asked anyway
    criteri = list(suoi.annotate(altrove=Exists(_legate(azione)), **anche))  # most have no other year
    letta = criteri[0] if criteri else ProgrammaPage.objects.ancestor_of(azione).annotate(**anche).get()
    programma = letta.programma if criteri else letta
    referenti, altre = organizzazioni_di(azione)
    contenuti = list(contenuti_di(azione, programma)[:CONTENUTI_MOSTRATI])
    parole = parole_di(azione)
    parti = parti_dell_azione(azione, parole)
    return {
        "programma": programma,
        "fase": _fase_di(programma, len(contenuti)),
        "area": azione.area.split(" - ", 1),
        "referenti": referenti,
        "altre": altre,
        "classificazioni": azione.classificazioni.all(),
        "contenuti": contenuti,
        "consultazione": letta.consultazione,
        "criteri": [] if programma.in_attesa_dell_atto else criteri,  # while it is corrected they are not decided yet
        "parti": parti,
        "in_sintesi": bool(azione.numero) and any(parte.sintesi for parte in parti),
        "indicatori_dell_atto": parole.get("indicatori", ""),
        "avanzamento": avanzamento(azione, programma),
        "altri_anni": negli_altri_anni(azione) if not criteri or criteri[0].altrove else [],
    }


def negli_altri_anni(azione: AzionePage) -> list[AzionePage]:
    """The public actions of the year before and of those after that `azione` goes on from or into, by year."""
    return list(con_anno(_legate(azione)).order_by("anno", "path"))


def _legate(azione: AzionePage) -> QuerySet:
    return _azioni().filter(Q(seguenti=azione.pk) | Q(precedente=azione.pk))


def avanzamento(azione: AzionePage, programma: ProgrammaPage) -> Decimal | None:
    """The indicative score of `azione` today, if the programme makes it public; None where none of it is scored."""
    if programma.in_attesa_dell_atto or not programma.pubblica_avanzamento:
        return None
    return media_di(azione.criteri.all(), programma, timezone.localdate())


def con_anno(azioni: QuerySet) -> QuerySet:
    """Annotate actions with `anno`, the year of their programme."""
    programma = ProgrammaPage.objects.filter(path=OuterRef("percorso_programma"))
    return azioni.annotate(percorso_programma=percorso_della_madre(), anno=Subquery(programma.values("anno")[:1]))


def azioni_pubbliche(chiavi: Iterable[int]) -> QuerySet:
    """Public actions among `chiavi` (primary keys), with their year, newest programme first."""
    return con_anno(_azioni().filter(pk__in=chiavi)).order_by("-anno", "path")


def riquadro_azioni(organizzazione: Organizzazione) -> Riquadro | None:
    """The actions that a body leads or is involved in, newest programme first; `guida` tells which it leads."""
    guida = ReferenteAzione.objects.filter(azione=OuterRef("pk"), organizzazione=organizzazione)
    azioni = (
        con_anno(_azioni())
        .annotate(guida=Exists(guida))
        .filter(Q(guida=True) | Q(altre=organizzazione))
        .order_by("-anno", "path")
        .distinct()
    )
    return Riquadro("Nel programma di lavoro", "programma/includes/riquadro_azioni.html", list(azioni))
