"""The read side of meetings."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from base.parole import parole
from organizzazioni.models import Distretto, Organizzazione, Utente
from organizzazioni.selettori import organizzazione_del_distretto
from programma import alimentazione

from ..models import Partecipante, Riunione, Seguito, TipoRiunione
from ..models.riunioni import RUOLI
from ..permissions import legge_i_nomi
from . import flusso_riunioni as flusso
from .proposte import Accaduto, EsitoDelCriterio, valuta

ALTROVE = "Altrove"
SENZA_DISTRETTO = "Scegli in Impostazioni › Distretto quale organizzazione è il Distretto: le evidenze sono sue"


@dataclass(frozen=True)
class Proposta:
    """A criterion that the kind of a meeting may serve: the criterion itself, whether it does, why or why not."""

    criterio: Any
    serve: bool
    perche: str


@dataclass(frozen=True)
class InRitardo:
    """A kind of meeting that is held every so many months, and the last day on which one was."""

    tipo: TipoRiunione
    ultima: date | None


@dataclass(frozen=True)
class SedeDellAnno:
    """A seat, how many meetings it had in a year, and how many of these had the manager."""

    dove: str
    quante: int
    col_manager: int


@dataclass(frozen=True)
class PresenzeDelManager:
    """One of the seats where the act says that the manager works, and how many meetings of a year were there."""

    dove: str
    quante: int


@dataclass(frozen=True)
class Cadenza:
    """A kind, how many meetings of it a year had, and whether the next is late."""

    tipo: TipoRiunione
    quante: int
    in_ritardo: bool


@dataclass(frozen=True)
class Presenti:
    """Who took part, as a reader may know it: names, and for the others how many came from each body."""

    nomi: list[str] = field(default_factory=list)
    enti: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return "; ".join([*self.nomi, *self.enti])


def sede_proposta(giorno: date) -> Organizzazione | None:
    """The member of `giorno` that has hosted no meeting for longest; those that never did come first."""
    ospiti = Riunione.objects.exclude(stato=flusso.ANNULLATA).exclude(sede=None)
    ultime = dict(ospiti.order_by().values_list("sede").annotate(ultima=Max("giorno")))
    aderenti = Organizzazione.objects.aderenti_al(giorno).order_by("aderente_dal", "denominazione")
    return min(aderenti, key=lambda ente: ultime.get(ente.pk, date.min), default=None)


def invitati_consueti(tipo: TipoRiunione, oltre_a: int) -> list[Partecipante]:
    """Copies of who was invited to the last meeting of `tipo`; `oltre_a` is the key of the new one."""
    ultima = Riunione.objects.filter(tipo=tipo).exclude(pk=oltre_a).exclude(stato=flusso.ANNULLATA).first()
    if ultima is None:
        return []
    campi = ("nome", "email", "organizzazione_id", "altro_ente", "ruolo")
    return [Partecipante(**uno) for uno in ultima.partecipanti.filter(invitato=True).values(*campi)]


def persone_con_accesso(enti: Iterable[Organizzazione]) -> list[tuple[Organizzazione, object]]:
    """The active people of these bodies, each with the body: those who may be invited with a click."""
    con_gruppo = [(ente, ente.gruppo) for ente in enti if ente.gruppo is not None]
    return [(ente, persona) for ente, gruppo in con_gruppo for persona in gruppo.user_set.all() if persona.is_active]


def accaduto(riunione: Riunione) -> Accaduto:
    """Roles and bodies that were there, and what makes the meeting formal."""
    return Accaduto(
        ruoli=frozenset(uno.ruolo for uno in riunione.presenti if uno.ruolo),
        enti=frozenset(str(uno.organizzazione) for uno in riunione.presenti if uno.organizzazione),
        formale=riunione.formale,
    )


def proposte(riunione: Riunione) -> list[Proposta]:
    """What the meeting may serve, in the open programme of its day, in the order of the act.

    A criterion of its kind that this programme does not have is not there; `perche_nessuna` says the rest.
    """
    esiti = {uno.codice: uno for uno in valuta(riunione.tipo.condizioni, accaduto(riunione), dict(RUOLI.choices))}
    criteri = alimentazione.criteri_del_giorno(riunione.giorno).filter(codice__in=esiti)
    gia = {c.pk: e for e in riunione.gia_date.che_stanno().prefetch_related("criteri") for c in e.criteri.all()}
    return [
        Proposta(criterio, False, f"Già data con l'evidenza «{gia[criterio.pk]}»")
        if criterio.pk in gia
        else _proposta(riunione, criterio, esiti[criterio.codice])
        for criterio in criteri
    ]


def _proposta(riunione: Riunione, criterio: Any, esito: EsitoDelCriterio) -> Proposta:
    if not esito.serve:
        return Proposta(criterio, False, esito.perche)
    mancano = alimentazione.ostacoli(
        criterio,
        riunione.giorno,
        riunione.titolo,
        "",
        organizzazioni=enti_presenti(riunione),
        persone=str(presenti_per(None, riunione)),
    )
    detti = list(dict.fromkeys(frase for frasi in mancano.values() for frase in frasi))
    return Proposta(criterio, not detti, "; ".join(detti) or esito.perche)


def perche_nessuna(riunione: Riunione) -> str:
    """Why a meeting can serve no criterion, whatever happened in it; empty when it can."""
    if not riunione.tipo.condizioni:
        return f"«{riunione.tipo}» non serve nessun criterio: lo dicono i tipi di riunione"
    if organizzazione_del_distretto() is None:
        return SENZA_DISTRETTO
    perche = alimentazione.perche_senza_criteri(riunione.giorno)
    return perche[:1].upper() + perche[1:]


def enti_presenti(riunione: Riunione) -> tuple[Organizzazione, ...]:
    """The bodies of the network that were there, once each, in the order in which their people are listed."""
    enti = [uno.organizzazione for uno in riunione.presenti if uno.organizzazione is not None]
    return tuple({ente.pk: ente for ente in enti}.values())


def presenti_per(utente: Utente | None, riunione: Riunione) -> Presenti:
    """The people that were there, as `utente` may read them; with None, as an evidence names them: everybody."""
    if utente is None or legge_i_nomi(utente):
        return Presenti([_con_ruolo(uno) for uno in riunione.presenti])
    suoi = enti_suoi(utente)
    nomi = [_con_ruolo(uno) for uno in riunione.presenti if uno.organizzazione_id in suoi]
    altri = Counter(uno.ente or "altri" for uno in riunione.presenti if uno.organizzazione_id not in suoi)
    return Presenti(nomi, [f"{ente}: {quanti}" for ente, quanti in altri.items()])


def enti_suoi(utente: Utente) -> set[int]:
    """Keys of the bodies that `utente` acts for."""
    return set(Organizzazione.objects.di(utente).values_list("pk", flat=True))


def _con_ruolo(uno: Partecipante) -> str:
    detti = [uno.ente, uno.get_ruolo_display().lower(), "da remoto" if uno.partecipazione == "da_remoto" else ""]
    fuori = ", ".join(filter(None, detti))
    return f"{uno.nome} ({fuori})" if fuori else uno.nome


def in_ritardo(oggi: date) -> list[InRitardo]:
    """The kinds held every so many months of which none was, and none is convened, since longer than that."""
    tenute = ~Q(riunioni__stato=flusso.ANNULLATA)
    tipi = TipoRiunione.objects.exclude(ogni_mesi=None).annotate(ultima=Max("riunioni__giorno", filter=tenute))
    return [
        InRitardo(tipo, tipo.ultima)
        for tipo in tipi
        if tipo.ultima is None or tipo.ultima < oggi - timedelta(days=round(tipo.ogni_mesi * 30.4375))
    ]


def da_chiudere(oggi: date) -> QuerySet:
    """Meetings whose day is past and of which something is still to be written, the oldest first."""
    aperte = (flusso.CONVOCATA, flusso.TENUTA)
    return Riunione.objects.filter(stato__in=aperte, giorno__lt=oggi).order_by("giorno", "pk")


def seguiti_scaduti(oggi: date) -> QuerySet:
    """What was to be done by now after the meetings, and is not: the oldest first."""
    aperti = Seguito.objects.filter(fatto_il=None, entro__lt=oggi)
    return aperti.select_related("riunione").order_by("entro", "pk")


def dell_anno(utente: Utente, anno: int) -> QuerySet:
    """The meetings of `anno` that `utente` may open, those called off left out, from January on."""
    visibili = Riunione.objects.visibili_a(utente).filter(giorno__year=anno).exclude(stato=flusso.ANNULLATA)
    return visibili.per_elenco().order_by("giorno", "dalle", "pk")


def sedi_dell_anno(anno: int) -> list[SedeDellAnno]:
    """Where the meetings of `anno` were held, and how many of them had the manager: the most used seat first."""
    tenute = Riunione.objects.filter(giorno__year=anno).svolte().annotate(manager=_col_manager())
    conti: dict[str, list[int]] = {}
    for riunione in tenute.select_related("sede"):
        conto = conti.setdefault(str(riunione.sede or riunione.luogo or "Sede non detta"), [0, 0])
        conto[0] += 1
        conto[1] += riunione.manager
    ordinate = sorted(conti.items(), key=lambda uno: (-uno[1][0], uno[0]))
    return [SedeDellAnno(dove, quante, col_manager) for dove, (quante, col_manager) in ordinate]


def presenze_del_manager(anno: int) -> list[PresenzeDelManager]:
    """Meetings of `anno` that had the manager, by the four seats of the act: the manager's own, the lead body's, the
    members', Trento; elsewhere only if there is any.

    The own seat is the one that the District's settings name; one said by its name wins over who hosts there.
    """
    distretto = Distretto.objects.first()
    sua = (distretto.sede_manager if distretto else "").partition("(")[0].strip()
    nomi = [sua or "Sede del manager", "Ente capofila", "Sedi degli aderenti", "Trento", ALTROVE]
    conti = dict.fromkeys(nomi, 0)
    tenute = Riunione.objects.filter(giorno__year=anno).svolte().filter(_col_manager())
    for riunione in tenute.select_related("sede"):
        conti[nomi[_sede_fissa(riunione, sua)]] += 1
    return [PresenzeDelManager(dove, quante) for dove, quante in conti.items() if quante or dove != ALTROVE]


def _sede_fissa(riunione: Riunione, sua: str) -> int:
    detto = " ".join(parole(riunione.luogo))
    if sua and " ".join(parole(sua)) in detto:
        return 0
    if riunione.sede and riunione.sede.capofila:
        return 1
    if riunione.sede and riunione.sede.aderente_il(riunione.giorno):
        return 2
    return 3 if "trento" in parole(riunione.dove) else 4


def _col_manager() -> Exists:
    return Exists(
        Partecipante.objects.filter(
            riunione=OuterRef("pk"), ruolo=RUOLI.MANAGER_TERRITORIALE, partecipazione__in=Partecipante.C_ERANO
        )
    )


def cadenze_dell_anno(anno: int, oggi: date) -> list[Cadenza]:
    """How many meetings of each kind `anno` had so far, and which kinds are late; without those that have neither."""
    tardi = {uno.tipo.pk for uno in in_ritardo(oggi)}
    nell_anno = Q(riunioni__giorno__year=anno, riunioni__stato__in=flusso.SVOLTE)
    tipi = TipoRiunione.objects.annotate(quante=Count("riunioni", filter=nell_anno))
    return [Cadenza(tipo, tipo.quante, tipo.pk in tardi) for tipo in tipi if tipo.quante or tipo.ogni_mesi]
