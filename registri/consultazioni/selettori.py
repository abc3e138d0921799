"""The read side of consultations: what is counted of one, what it proves, who it waits for."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet

from organizzazioni.models import Chiunque, Organizzazione, Utente
from organizzazioni.permissions import (
    chi_decide_per_le_organizzazioni,
    e_coordinamento,
    e_manager,
    puo_decidere_su,
)
from organizzazioni.selettori import organizzazione_del_distretto
from programma import alimentazione
from programma.alimentazione import Fatto, impronta

from ..models import BisognoRaccolto, Consultazione, Riunione, StesuraDelModello
from ..models.riunioni import RUOLI
from ..riunioni import flusso_riunioni as flusso
from .conti import BisognoDetto, EnteContato, EnteDetto, bisogni_per_genere, enti_distinti


def per_elenco(utente: Chiunque) -> QuerySet[Consultazione]:
    """Those that `utente` opens, the newest first, each with how many needs it has and how many wait to be read."""
    da_rivedere = Count("bisogni", filter=_DA_RIVEDERE, distinct=True)
    conti = {"quanti_bisogni": Count("bisogni", distinct=True), "parole_in_attesa": da_rivedere}
    return Consultazione.objects.visibili_a(utente).select_related("azione").annotate(**conti).order_by("-pk")


_DA_RIVEDERE = Q(bisogni__stato=BisognoRaccolto.Parole.DA_RIVEDERE) & ~Q(bisogni__parole="")


def azioni_da_consultare(utente: Chiunque) -> QuerySet:
    """The actions of which `utente` may begin a consultation, and that have none yet: any for the manager, for the
    others those that their bodies lead. Not sheets born during the year, which can be deleted."""
    libere = alimentazione.azioni_da_scegliere().filter(consultazione=None, fuori_programma=False)
    if e_manager(utente):
        return libere
    return libere.filter(pk__in=Organizzazione.objects.di(utente).values("azioni_guidate__azione"))


def sedute_da_scegliere(utente: Chiunque) -> QuerySet[Riunione]:
    """The meetings that `utente` opens, and that may be sessions: not those that were called off."""
    return Riunione.objects.visibili_a(utente).exclude(stato=flusso.ANNULLATA)


def sedute_tenute(consultazione: Consultazione) -> list[Riunione]:
    """The sessions that were held, the oldest first; reads what is prefetched."""
    return sorted((una for una in consultazione.sedute.all() if una.svolta), key=lambda una: (una.giorno, una.pk))


def chi_consulta(consultazione: Consultazione) -> set[int]:
    """Keys of who asks, and so is not heard: the District, and the bodies that lead the action."""
    distretto = organizzazione_del_distretto()
    guidano = {uno.organizzazione_id for uno in consultazione.azione.referenti.all()}
    return guidano | ({distretto.pk} if distretto else set())


def nomi_della_rete() -> dict[str, int]:
    """Key of each body of the network by the `impronta` of its names, the short one too."""
    enti = Organizzazione.objects.order_by("pk")
    return {impronta(nome): ente.pk for ente in enti for nome in (ente.denominazione, str(ente)) if impronta(nome)}


def enti_consultati(consultazione: Consultazione, rete: dict[str, int] | None = None) -> list[EnteContato]:
    """Each body that was heard, once: who came to a session, who was heard apart, who told a need."""
    detti = [
        EnteDetto(uno.organizzazione_id, uno.ente, f"seduta del {una.giorno:%d/%m/%Y}")
        for una in sedute_tenute(consultazione)
        for uno in una.presenti
        if uno.ruolo != RUOLI.MANAGER_TERRITORIALE
    ]
    detti += [EnteDetto(uno.organizzazione_id, uno.ente, uno.get_come_display()) for uno in consultazione.enti.all()]
    detti += [EnteDetto(uno.organizzazione_id, uno.ente, "bisogno raccolto") for uno in consultazione.bisogni.all()]
    return enti_distinti(detti, nomi_della_rete() if rete is None else rete, chi_consulta(consultazione))


def presenze(consultazione: Consultazione) -> int:
    """How many people came to the sessions, session by session: not who asks."""
    chiedono = chi_consulta(consultazione)
    return sum(
        uno.ruolo != RUOLI.MANAGER_TERRITORIALE and uno.organizzazione_id not in chiedono
        for una in sedute_tenute(consultazione)
        for uno in una.presenti
    )


def ultima_stesura(consultazione: Consultazione) -> StesuraDelModello | None:
    return consultazione.stesure.first()


def completa(consultazione: Consultazione) -> Consultazione:
    return Consultazione.objects.complete().get(pk=consultazione.pk)


def esito_di(consultazione: Consultazione) -> dict[str, Any]:
    """What everybody would read of it now, `consultazione` being complete: numbers, bodies of the network, words that
    were read over, the model. Names of who is not of the network are only counted: somebody's own may be among them."""
    rete, stesura = nomi_della_rete(), ultima_stesura(consultazione)
    enti = enti_consultati(consultazione, rete)
    nomi = dict(Organizzazione.objects.filter(pk__in=_chiavi(enti)).values_list("pk", "denominazione"))
    bisogni = [
        BisognoDetto(
            uno.genere,
            uno.di_chi,
            EnteDetto(uno.organizzazione_id, uno.ente, "") if uno.ente else None,
            uno.pubblico,
        )
        for uno in consultazione.bisogni.all()
    ]
    return {
        "sedute": [una.giorno.isoformat() for una in sedute_tenute(consultazione)],
        "presenze": presenze(consultazione),
        "enti": len(enti),
        "della_rete": sorted(nomi.values(), key=str.casefold),
        "altri": len(enti) - len(nomi),
        "bisogni": bisogni_per_genere(bisogni, consultazione.generi, rete),
        "quanti_bisogni": len(bisogni),
        "stesura": stesura.numero if stesura else None,
        "modello": stesura.testo if stesura else "",
    }


def esito_letto(esito: dict[str, Any]) -> dict[str, Any]:
    """The outcome as a page says it, with the days of the sessions (`giorni`)."""
    return {**esito, "giorni": [date.fromisoformat(giorno) for giorno in esito["sedute"]]}


def _chiavi(enti: Iterable[EnteContato]) -> list[int]:
    return [uno.organizzazione for uno in enti if uno.organizzazione is not None]


def giorno_del_fatto(consultazione: Consultazione) -> date | None:
    """The day of what it proves: that of its last session that was held."""
    tenute = sedute_tenute(consultazione)
    return tenute[-1].giorno if tenute else None


def criteri_di(consultazione: Consultazione) -> QuerySet:
    """The criteria of its action that collect values, which it may serve."""
    anno = consultazione.azione.get_parent().specific.anno
    return alimentazione.criteri_di_monitoraggio(anno).filter(azione=consultazione.azione)


def fatti_di(consultazione: Consultazione) -> list[Fatto]:
    """What it proves, from the outcome as it was when it was proposed; `consultazione` is complete."""
    giorno, esito = giorno_del_fatto(consultazione), consultazione.esito
    if giorno is None:
        return []
    enti = tuple(Organizzazione.objects.filter(pk__in=_chiavi(enti_consultati(consultazione))))
    voci = [
        (consultazione.criterio_enti, Decimal(esito["enti"])),
        (consultazione.criterio_presenze, Decimal(esito["presenze"])),
    ]
    return [
        Fatto(
            criterio,
            giorno,
            quanti,
            enti,
            argomento=consultazione.titolo,
            perche_insieme=consultazione.perche_insieme,
        )
        for criterio, quanti in voci
        if criterio is not None
    ]


def racconto_di(consultazione: Consultazione) -> str:
    """What the evidence says of it, in words."""
    esito = consultazione.esito
    numeri = f"Enti consultati: {esito['enti']}. Sedute: {len(esito['sedute'])}, con {esito['presenze']} presenze."
    return "\n\n".join(filter(None, [numeri, consultazione.sintesi]))


def autori_di(consultazione: Consultazione) -> set[int]:
    """Who wrote any of what is approved with it: of it, or of the attendance of its sessions. Reads what is
    prefetched."""
    tenute = [autore.pk for una in sedute_tenute(consultazione) for autore in una.autori.all()]
    return {*(autore.pk for autore in consultazione.autori.all()), *tenute}


def puo_approvare(utente: Chiunque, consultazione: Consultazione) -> bool:
    """Whether `utente` decides on it: who wrote none of it, the manager or, where a manager did, Coordinamento."""
    return puo_decidere_su(utente, autori_di(consultazione), chi_decide_per_le_organizzazioni())


def da_approvare(utente: Utente) -> list[Consultazione]:
    """Those that wait for `utente`, in constant queries."""
    if not utente.is_active or not (e_manager(utente) or e_coordinamento(utente)):
        return []
    in_attesa = Consultazione.objects.filter(stato=Consultazione.Stato.PROPOSTA)
    proposte = list(in_attesa.prefetch_related("autori", "sedute__autori"))
    decisori = chi_decide_per_le_organizzazioni() if proposte else set()
    return [una for una in proposte if puo_decidere_su(utente, autori_di(una), decisori)]


def da_rivedere(consultazione: Consultazione) -> int:
    """How many needs have words that nobody has read over."""
    attesa = consultazione.bisogni.filter(stato=BisognoRaccolto.Parole.DA_RIVEDERE)
    return attesa.exclude(parole="").count()


def con_parole(consultazione: Consultazione) -> QuerySet[BisognoRaccolto]:
    """Its needs that have words, those to be read over first."""
    return consultazione.bisogni.exclude(parole="").select_related("organizzazione", "seduta").order_by("-stato", "pk")


def pubblicate() -> QuerySet[Consultazione]:
    """Those of which everybody reads the outcome, the newest first."""
    return Consultazione.objects.pubblicate().order_by("-pubblicata_il", "-pk")
