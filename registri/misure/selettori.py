"""The read side of the yearly measures."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from base.storia import fine_del_giorno
from organizzazioni.models import Organizzazione, OrganizzazioneQuerySet, Utente

from ..models import MisureDellEnte, Rilevazione
from . import quesiti
from .aggregati import RigaDiSintesi, sintetizza
from .quesiti import QuesitoFermo, Valore

FINO_A = timedelta(days=30)
"""The last day that is proposed, from the day on which the collection opens."""


def giorno_di_riferimento(anno: int, oggi: date) -> date:
    """The last day of the year that the measures are of, or today while it lasts."""
    return max(date(anno, 1, 1), min(date(anno, 12, 31), oggi))


def enti_da_chiedere(anno: int, oggi: date) -> OrganizzazioneQuerySet:
    """The members of that day; one that has left since is not asked."""
    allora = Organizzazione.objects.aderenti_al(giorno_di_riferimento(anno, oggi)).filter(distretto=None)
    return allora.filter(Q(aderente_fino_al=None) | Q(aderente_fino_al__gte=oggi)).order_by("denominazione")


def enti_non_chiesti(rilevazione: Rilevazione) -> OrganizzazioneQuerySet:
    """Members of today that a collection does not ask: those that came in since."""
    oggi = Organizzazione.objects.aderenti_al(timezone.localdate()).filter(distretto=None)
    return oggi.exclude(pk__in=rilevazione.misure.values("organizzazione")).order_by("denominazione")


def anno_proposto(oggi: date) -> int:
    """The year after the last that was asked; the first time, the one that is over, or nearly so."""
    ultimo = Rilevazione.objects.values_list("anno", flat=True).first()
    return ultimo + 1 if ultimo else oggi.year - (oggi.month < 10)


def misure_di(rilevazione: Rilevazione) -> list[MisureDellEnte]:
    """What each body answers, with the collection and the body; one query."""
    suoi = rilevazione.misure.select_related("organizzazione", "inviata_da", "scritta_da")
    trovate = list(suoi.order_by("organizzazione__denominazione"))
    for una in trovate:
        una.rilevazione = rilevazione
    return trovate


def con_i_conti(utente: Utente) -> list[Rilevazione]:
    """The collections that `utente` opens, newest first, each with how many were asked (`chieste`) and sent."""
    viste = Rilevazione.objects.filter(pk__in=Rilevazione.objects.visibili_a(utente).values("pk"))
    inviate = Count("misure", filter=Q(misure__inviata_il__isnull=False))
    return list(viste.annotate(chieste=Count("misure"), inviate=inviate).order_by("-anno"))


def persone_degli_enti(enti: Iterable[Organizzazione]) -> dict[int, list[Utente]]:
    """Key of a body -> its active people with an address; of one that is not active nobody. One query."""
    gruppi = {ente.gruppo_id: ente.pk for ente in enti if ente.attiva and ente.gruppo_id}
    legami = Utente.groups.through.objects.filter(group_id__in=gruppi, utente__is_active=True)
    persone: dict[int, list[Utente]] = defaultdict(list)
    for legame in legami.exclude(utente__email="").select_related("utente").order_by("utente_id"):
        persone[gruppi[legame.group_id]].append(legame.utente)
    return persone


def da_scrivere_a(rilevazione: Rilevazione, oggi: date) -> list[MisureDellEnte]:
    """Who has not answered and may be written to: members still, with somebody who reads."""
    silenti = [una for una in misure_di(rilevazione) if not una.inviata_il and una.organizzazione.aderente_il(oggi)]
    persone = persone_degli_enti(una.organizzazione for una in silenti)
    return [una for una in silenti if persone[una.organizzazione_id]]


@dataclass(frozen=True)
class RigaDellEnte:
    """How far a body is, for the manager; `perche` nobody reminds it, where nobody does."""

    misure: MisureDellEnte
    perche: str


def a_che_punto(rilevazione: Rilevazione, oggi: date) -> list[RigaDellEnte]:
    """Who answered, who is writing, who is silent: the silent first. Two queries."""
    tutte = misure_di(rilevazione)
    persone = persone_degli_enti(una.organizzazione for una in tutte)
    righe = []
    for una in tutte:
        perche = ""
        if not una.organizzazione.aderente_il(oggi):
            perche = "non è più un aderente: nessuno gli scrive"
        elif not persone[una.organizzazione_id]:
            perche = "non ha nessuno a cui scrivere: rispondi tu per lui"
        righe.append(RigaDellEnte(una, "" if una.inviata_il else perche))
    ordine = {"in silenzio": 0, "iniziata": 1, "inviata": 2}
    return sorted(righe, key=lambda riga: ordine[riga.misure.stato])


@dataclass(frozen=True)
class RispostaDiPrima:
    """What a body answered the last time that it was asked, in the year `anno`."""

    valore: Valore
    anno: int


def risposte_di_prima(misure: MisureDellEnte) -> dict[str, RispostaDiPrima]:
    """By question, what the body sent for the last year before this: only what is a good answer to it now."""
    anno = misure.rilevazione.anno
    loro = MisureDellEnte.objects.inviate().filter(organizzazione=misure.organizzazione_id, rilevazione__anno__lt=anno)
    prima = loro.select_related("rilevazione").order_by("-rilevazione__anno").first()
    if prima is None:
        return {}
    erano = {quesito.chiave: quesito for quesito in prima.rilevazione.quesiti}
    trovate = {}
    for quesito in misure.rilevazione.quesiti:
        era = erano.get(quesito.chiave)
        valore = prima.valore(quesito) if era and quesito.confrontabile(era) else None
        if valore is not None:
            trovate[quesito.chiave] = RispostaDiPrima(valore, prima.rilevazione.anno)
    return trovate


def senza_risposta(rilevazione: Rilevazione, valori: Mapping[str, Valore]) -> list[QuesitoFermo]:
    """The questions that demand an answer and have none among `valori`."""
    return [q for q in rilevazione.quesiti if q.obbligatorio and valori.get(q.chiave) is None]


def da_compilare(utente: Utente) -> list[MisureDellEnte]:
    """What the bodies of `utente` are asked and have not sent, the nearest last day first; one query."""
    loro = MisureDellEnte.objects.filter(organizzazione__in=Organizzazione.objects.di(utente), inviata_il=None)
    aperte = loro.filter(rilevazione__chiusa_il=None).select_related("rilevazione", "organizzazione")
    return list(aperte.order_by("rilevazione__scade_il", "pk"))


@dataclass(frozen=True)
class SintesiDellAnno:
    """The answers of a year read together, section by section; `prima` is the year that they are compared with."""

    rilevazione: Rilevazione
    chieste: int
    inviate: int
    prima: Rilevazione | None
    sezioni: list[tuple[str, list[RigaDiSintesi]]]

    @property
    def righe(self) -> list[RigaDiSintesi]:
        return [riga for _, righe in self.sezioni for riga in righe]


def sintesi_di(rilevazione: Rilevazione, riservata: bool, al: date | None = None) -> SintesiDellAnno:
    """What was sent, read together and beside the year before, if that was closed by the end of `al` (today).

    With `riservata`, for who is not to know what each body says: the questions that may be told, and no figure of one.
    """
    chiuse = Rilevazione.objects.filter(chiusa_il__lte=fine_del_giorno(al or timezone.localdate()))
    prima = chiuse.filter(anno__lt=rilevazione.anno).order_by("-anno").first()
    ora, chieste, inviate = _valori(rilevazione)
    allora = _valori(prima)[0] if prima else {}
    erano = {quesito.chiave: quesito for quesito in prima.quesiti} if prima else {}
    sezioni = []
    for nome, domande in rilevazione.sezioni:
        righe = []
        for quesito in domande:
            if riservata and (not quesito.aggregato or quesito.genere in quesiti.CON_PAROLE):
                continue
            era = erano.get(quesito.chiave)
            stessa = era is not None and quesito.confrontabile(era) and (era.aggregato or not riservata)
            righe.append(
                RigaDiSintesi(
                    sintetizza(quesito, ora.get(quesito.chiave, ()), riservata),
                    sintetizza(era, allora.get(quesito.chiave, ()), riservata) if era and stessa else None,
                )
            )
        if righe:
            sezioni.append((nome, righe))
    return SintesiDellAnno(rilevazione, chieste, inviate, prima, sezioni)


def _valori(rilevazione: Rilevazione) -> tuple[dict[str, list[Valore]], int, int]:
    """Question -> what each body that sent answered; how many were asked, and how many sent."""
    tutte = list(rilevazione.misure.all())
    inviate = [una for una in tutte if una.inviata_il]
    valori = {q.chiave: [una.valore(q) for una in inviate] for q in rilevazione.quesiti}
    return valori, len(tutte), len(inviate)


def rilevazione_dell_anno(anno: int, al: date) -> Rilevazione | None:
    """The measures of a year, once they are closed by the end of `al`: until then nothing of them is said."""
    chiuse = Rilevazione.objects.filter(anno=anno, chiusa_il__lte=fine_del_giorno(al))
    return chiuse.first()
