"""The read side of organisations."""

from collections import defaultdict
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState

from base.elenchi import senza_riservate
from base.percorsi import madre, sta_sotto
from organizzazioni.models import Utente

from . import sezioni
from .models import ApprovazioneTask, Attore, Organizzazione, OrganizzazionePage, OrganizzazioneQuerySet, Tappa
from .permissions import chi_decide_per_le_organizzazioni, e_coordinamento, e_manager, puo_decidere_su, successiva
from .riquadri import riquadri_di


def pubbliche() -> OrganizzazioneQuerySet:
    """Organisations with a page that everyone may read, page and logo joined: the District itself is not among them."""
    return (
        senza_riservate(Organizzazione.objects.filter(pagina__live=True, distretto=None), "pagina__path")
        .select_related("pagina__logo")
        .prefetch_related("pagina__logo__renditions")
    )


def organizzazione_del_distretto() -> Organizzazione | None:
    """The District itself, among the organisations; None until *Impostazioni › Distretto* says which it is."""
    return Organizzazione.objects.filter(distretto__isnull=False).first()


def pagine_organizzazioni() -> dict:
    """Members of today, in order of adhesion, and all the other bodies of the network."""
    oggi = timezone.localdate()
    tutte = list(pubbliche().order_by("aderente_dal", "denominazione"))
    aderenti = [o for o in tutte if o.aderente_il(oggi)]
    return {
        "aderenti": aderenti,
        "partner": [o for o in tutte if not o.aderente_il(oggi)],
        "attori": Attore.objects.select_related("organizzazione").order_by("sort_order"),
        "tappe": Tappa.objects.order_by("data", "sort_order"),
    }


def contesto_organizzazione(pagina: OrganizzazionePage) -> dict:
    organizzazione = pagina.organizzazione
    return {
        "organizzazione": organizzazione,
        "aderente": organizzazione.aderente_il(timezone.localdate()),
        "riquadri": riquadri_di(organizzazione),
    }


def revisioni_approvabili(task: ApprovazioneTask, utente: Utente) -> QuerySet:
    """Task states of `task` that wait for `utente`, by the rule of `puo_approvare_pagina`, in constant queries."""
    in_attesa = TaskState.objects.filter(task=task, status=TaskState.STATUS_IN_PROGRESS)
    if not utente.is_active or not (e_manager(utente) or e_coordinamento(utente)):
        return in_attesa.none()
    oggetti = {
        pk: (tipo, oggetto)
        for pk, tipo, oggetto in in_attesa.values_list("pk", "revision__base_content_type_id", "revision__object_id")
    }
    autori = _autori_per_oggetto(set(oggetti.values()))
    decisori = chi_decide_per_le_organizzazioni()
    return in_attesa.filter(
        pk__in=[pk for pk, oggetto in oggetti.items() if puo_decidere_su(utente, autori[oggetto], decisori)]
    )


def stati_che_aspettano(utente: Utente) -> QuerySet:
    """Task states of every approval task that wait for `utente`."""
    compiti = ApprovazioneTask.objects.filter(active=True)
    return reduce(or_, (revisioni_approvabili(task, utente) for task in compiti), TaskState.objects.none())


def organizzazioni_delle_pagine(pagine: Iterable[Page]) -> dict:
    """Primary key -> organisation that each of `pagine` belongs to: its section's, or the one it presents."""
    pagine = list(pagine)
    percorsi = {pagina.path: pagina.pk for pagina in pagine}
    sezioni_loro = {madre(pagina.path) for pagina in pagine}
    enti: dict[int, Organizzazione] = {}
    for tipo in sezioni.tipi():
        for sezione in tipo.modello_sezione.objects.filter(path__in=sezioni_loro).select_related("organizzazione"):
            enti |= {pagina.pk: sezione.organizzazione for pagina in pagine if sta_sotto(pagina.path, sezione.path)}
    for pagina in OrganizzazionePage.objects.filter(path__in=percorsi).select_related("organizzazione"):
        enti[pagina.pk] = pagina.organizzazione
    return enti


def _autori_per_oggetto(oggetti: Any) -> dict:
    """(content type, id) -> ids of who wrote since the last approval, as `autori_dall_ultima_approvazione`."""
    chiavi = {oggetto for _, oggetto in oggetti}
    approvate: dict = {}
    for tipo, oggetto, revisione, quando in TaskState.objects.filter(
        status=TaskState.STATUS_APPROVED, revision__object_id__in=chiavi
    ).values_list("revision__base_content_type_id", "revision__object_id", "revision_id", "finished_at"):
        approvate[tipo, oggetto] = max((revisione, quando), approvate.get((tipo, oggetto), (0, quando)))
    autori: dict = defaultdict(set)
    for pk, creata, tipo, oggetto, autore in (
        Revision.objects.filter(object_id__in=chiavi)
        .exclude(user=None)
        .values_list("pk", "created_at", "base_content_type_id", "object_id", "user_id")
    ):
        if successiva(pk, creata, approvate.get((tipo, oggetto))):
            autori[tipo, oggetto].add(autore)
    return autori
