"""The read side of the editorial plan: planned pieces, pages of the site and newsletters, in one calendar."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_OID, uuid5
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision

from organizzazioni.models import Organizzazione, Utente
from organizzazioni.permissions import e_manager
from programma import alimentazione

from ..feeds import sequenza
from ..mese import Mese
from ..models import NumeroNewsletter, PezzoProgrammato, PianoEditoriale, SezioneNotiziePage
from ..models.pezzi import con_organizzazione
from ..newsletter.permissions import puo_gestire_newsletter
from ..selettori import TIPI
from . import permissions
from .voci import PROGRAMMATO, PUBBLICATO, Voce, in_ordine

Canale, Stato = PezzoProgrammato.Canale, PezzoProgrammato.Stato
STATI = {**dict(Stato.choices), PROGRAMMATO: "Programmato"}
"""State -> its name. *Programmato* is only of pages: approved, they go out by themselves."""
VICINO = timedelta(days=366)
"""How far from an empty month one that is not is looked for."""
CANALI_DELLE_PAGINE = {"notizia": Canale.SITO, "evento": Canale.SITO, "comunicato": Canale.COMUNICATO}


def voci(utente: Utente, dal: date, al: date, scelte: Mapping[str, object]) -> list[Voce]:
    """What `utente` reads between two days, included: the pieces, the pages that no piece foresees, the newsletters.

    `scelte` may have `canale`, `stato`, `responsabile` (a user) and `azione` (an action). The number of queries does
    not depend on how much there is.
    """
    trovate = [lette for fonte in (_pezzi, _pagine, _numeri) for lette in fonte(utente, dal, al, scelte)]
    for nome in ("canale", "stato"):
        if scelte.get(nome):
            trovate = [voce for voce in trovate if getattr(voce, nome) == scelte[nome]]
    return in_ordine(trovate)


def mesi_pieni(utente: Utente, mese: Mese, scelte: Mapping[str, object]) -> list[Mese]:
    """Around a month that is empty, the nearest that have something: the one before, the one after."""
    trovate = voci(utente, mese.primo - VICINO, mese.ultimo + VICINO, scelte)
    prima = [voce.giorno for voce in trovate if voce.giorno < mese.primo]
    dopo = [voce.giorno for voce in trovate if voce.giorno > mese.ultimo]
    return [Mese.di(giorno) for giorno in (*prima[-1:], *dopo[:1])]


def _pezzi(utente: Utente, dal: date, al: date, scelte: Mapping[str, Any]) -> list:
    zona = ZoneInfo(settings.TIME_ZONE)
    pezzi = PezzoProgrammato.objects.visibili_a(utente).per_lettura().filter(data__range=(dal, al))
    for nome in ("responsabile", "azione"):
        if scelte.get(nome):
            pezzi = pezzi.filter(**{nome: scelte[nome]})
    return [
        Voce(
            uid=str(pezzo.chiave),
            titolo=pezzo.titolo,
            giorno=pezzo.data,
            canale=pezzo.canale,
            nome_canale=pezzo.get_canale_display(),
            stato=pezzo.situazione,
            nome_stato=STATI[pezzo.situazione],
            organizzazione=str(pezzo.organizzazione),
            responsabile=_nome(pezzo.responsabile),
            azione=pezzo.azione.title if pezzo.azione else "",
            criterio=pezzo.criterio.codice if pezzo.criterio else "",
            dove=pezzo.url,
            url=reverse("ped:pezzo", args=[pezzo.pk]),
            cambiato=pezzo.modificato_il,
            sequenza=int((pezzo.modificato_il - pezzo.creato_il).total_seconds()),
            zona=zona,
            pezzo=pezzo.pk,
        )
        for pezzo in pezzi
    ]


def _pagine(utente: Utente, dal: date, al: date, scelte: Mapping[str, Any]) -> list:
    """Pages already out, by the day they came out, and those that are approved to come out by themselves."""
    zona = ZoneInfo(settings.TIME_ZONE)
    inizio, fine = (datetime.combine(giorno, time(), zona) for giorno in (dal, al + timedelta(days=1)))
    gia = PezzoProgrammato.objects.che_sono_pagine().values("pagina")
    pagine = (
        pagine_di(utente)
        .annotate(esce_il=Coalesce(_programmata_per(), "first_published_at"))
        .filter(Q(live=True) | ~Q(programmata_per=None), esce_il__gte=inizio, esce_il__lt=fine)
        .exclude(pk__in=gia)
        .select_related("owner")
    )
    if scelte.get("responsabile"):
        pagine = pagine.filter(owner=scelte["responsabile"])
    trovate = list(pagine)
    azioni = _azioni_di([pagina.pk for pagina in trovate])
    if scelte.get("azione"):
        voluta = scelte["azione"].pk
        trovate = [pagina for pagina in trovate if voluta in {pk for pk, _ in azioni.get(pagina.pk, [])}]
    return [_voce_di(pagina, azioni.get(pagina.pk, []), zona) for pagina in trovate]


def _voce_di(pagina: Any, azioni: Iterable[tuple[int, str]], zona: ZoneInfo) -> Voce:
    tipo = pagina.specific_class.tipo
    canale = CANALI_DELLE_PAGINE[tipo]
    stato = PUBBLICATO if pagina.live else PROGRAMMATO
    return Voce(
        uid=str(uuid5(pagina.translation_key, "ped")),
        titolo=pagina.title,
        giorno=timezone.localdate(pagina.esce_il),
        canale=canale.value,
        nome_canale=canale.label,
        stato=stato,
        nome_stato=STATI[stato],
        organizzazione=pagina.organizzazione_nome,
        responsabile=_nome(pagina.owner),
        azione=", ".join(titolo for _, titolo in azioni),
        url=reverse("wagtailadmin_pages:edit", args=[pagina.pk]),
        cambiato=pagina.latest_revision_created_at or pagina.esce_il,
        sequenza=sequenza(pagina),
        zona=zona,
    )


def _numeri(utente: Utente, dal: date, al: date, scelte: Mapping[str, Any]) -> list:
    """Issues of the newsletter, to who makes them: sent, by the day they left, and drafts, by the day foreseen."""
    if not puo_gestire_newsletter(utente) or scelte.get("azione"):
        return []
    numeri = NumeroNewsletter.objects.nel_calendario(dal, al).defer("parole", "contenuto").select_related("avviato_da")
    if scelte.get("responsabile"):
        numeri = numeri.filter(avviato_da=scelte["responsabile"])
    distretto = str(Organizzazione.objects.filter(distretto__isnull=False).first() or "")
    return [_voce_del_numero(numero, distretto) for numero in numeri]


def _voce_del_numero(numero: NumeroNewsletter, distretto: str) -> Voce:
    stato = Stato.IN_PREPARAZIONE if numero.in_bozza else Stato.PUBBLICATO
    chiave = uuid5(NAMESPACE_OID, f"newsletter {numero.pk} {numero.creato_il.isoformat()}")
    return Voce(
        uid=str(chiave),
        titolo=numero.titolo,
        giorno=numero.giorno,
        canale=Canale.NEWSLETTER.value,
        nome_canale=Canale.NEWSLETTER.label,
        stato=stato.value,
        nome_stato=STATI[stato],
        organizzazione=distretto,
        responsabile=_nome(numero.avviato_da),
        url=reverse("newsletter:numero", args=[numero.pk]),
        cambiato=numero.modificato_il,
        sequenza=max(0, int((numero.modificato_il - numero.creato_il).total_seconds())),
        zona=ZoneInfo(settings.TIME_ZONE),
    )


def pagine_di(utente: Utente) -> QuerySet:
    """The pages of news, press releases and events that `utente` writes: all for the managers, else their own."""
    pagine = con_organizzazione(Page.objects.type(*TIPI.values())).annotate(programmata_per=_programmata_per())
    if e_manager(utente):
        return pagine
    sezioni = SezioneNotiziePage.objects.filter(organizzazione__in=permissions.pianifica_per(utente))
    return pagine.filter(percorso_sezione__in=sezioni.values("path"))


def _programmata_per() -> Subquery:
    """When an approved revision of a page will go live; null without any."""
    revisioni = Revision.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=Cast(OuterRef("pk"), CharField()),
        approved_go_live_at__isnull=False,
    )
    return Subquery(revisioni.values("approved_go_live_at")[:1])


def _azioni_di(pagine: Iterable[Page]) -> dict:
    """Key of page -> the (key, title) of the actions that it realises; one query for each type of page."""
    trovate: dict[int, list[tuple[int, str]]] = {}
    for modello in TIPI.values():
        nome = modello._meta.model_name
        righe = modello.azioni_realizzate.through.objects.filter(**{f"{nome}__in": pagine}).order_by("azionepage__path")
        for pagina, azione, titolo in righe.values_list(nome, "azionepage", "azionepage__title"):
            trovate.setdefault(pagina, []).append((azione, titolo))
    return trovate


def _nome(persona: Utente | None) -> str:
    return (persona.get_full_name() or persona.username) if persona else ""


def pagine_da_collegare(utente: Utente, organizzazione: Organizzazione | None = None) -> QuerySet:
    """The latest pages that a piece may be one with."""
    pagine = pagine_di(utente)
    if organizzazione is not None:
        sezioni = SezioneNotiziePage.objects.filter(organizzazione=organizzazione)
        pagine = pagine.filter(percorso_sezione__in=sezioni.values("path"))
    return pagine.order_by(F("latest_revision_created_at").desc(nulls_last=True), "-pk")


def persone_per(utente: Utente, anche: Any = None) -> QuerySet:
    """Who may be made responsible: people of the organisations for which `utente` plans, managers for managers, and
    who is already (the key `anche`)."""
    enti = permissions.pianifica_per(utente)
    persone = Q(groups__organizzazione__in=enti) | Q(pk__in=[utente.pk, anche])
    if e_manager(utente):
        persone |= Q(groups__permissions__codename="approva")
    return Utente.objects.filter(persone, is_active=True).distinct().order_by("last_name", "first_name", "username")


def anni(utente: Utente) -> list[int]:
    """The years that have something to read, this one included, the newest first."""
    oggi = timezone.localdate()
    pezzi = PezzoProgrammato.objects.visibili_a(utente).order_by().values_list("data__year", flat=True)
    pagine = pagine_di(utente).filter(live=True).order_by().values_list("first_published_at__year", flat=True)
    trovati = {oggi.year, *pezzi.distinct(), *pagine.distinct()}
    if puo_gestire_newsletter(utente):
        numeri = NumeroNewsletter.objects.order_by().values_list("avviato_il__year", "previsto_il__year").distinct()
        trovati.update(*numeri)
    return sorted(filter(None, trovati), reverse=True)


def in_ritardo_di(utente: Utente) -> list[PezzoProgrammato]:
    """What `utente` has to do and is past its day, the oldest first."""
    in_ritardo = PezzoProgrammato.objects.affidati_a(utente).in_ritardo(timezone.localdate())
    return list(in_ritardo.select_related("organizzazione").order_by("data", "pk"))


def piano_dell_anno(anno: int) -> PianoEditoriale | None:
    """The plan of the programme of `anno`, new and empty if nobody wrote it; None without a programme."""
    programma = alimentazione.programmi().filter(anno=anno).first()
    if programma is None:
        return None
    piano = PianoEditoriale.objects.select_related("programma").filter(programma=programma).first()
    return piano or PianoEditoriale(programma=programma)


def anni_del_piano(utente: Utente) -> list[int]:
    """The years of which `utente` reads a plan; to the managers, those that may have one too."""
    if permissions.puo_scrivere_piano(utente):
        return list(alimentazione.programmi().values_list("anno", flat=True))
    presenti = PianoEditoriale.objects.exclude(presente_dal=None)
    return list(presenti.order_by("-programma__anno").values_list("programma__anno", flat=True))


def evidenze_che_cadono_con(pezzo: PezzoProgrammato) -> list:
    """What would count no more without `pezzo`: its own evidence, and that of a plan left without a calendar."""
    return [*alimentazione.evidenze_nate_da(pezzo), *evidenze_senza_calendario(pezzo, eliminato=True)]


def evidenze_senza_calendario(pezzo: PezzoProgrammato, eliminato: bool = False) -> list:
    """The evidence of the plans that `pezzo`, as it was changed but not saved yet, leaves without a calendar."""
    evidenze: list = []
    for piano in PianoEditoriale.objects.exclude(completo_dal=None).select_related("programma"):
        programma = piano.programma
        if programma.chiuso or (not eliminato and pezzo.nel_calendario_di(programma)):
            continue
        pezzi = PezzoProgrammato.objects.del_programma(programma)
        if pezzi.filter(pk=pezzo.pk).exists() and not pezzi.exclude(pk=pezzo.pk).exists():
            evidenze += alimentazione.evidenze_nate_da(piano)
    return evidenze


def perche_non_vale(pezzo: PezzoProgrammato) -> str:
    """Why what is still to be done would be proof of nothing on its day; empty when it may be."""
    if not pezzo.aperto:
        return ""
    if pezzo.criterio and (perche := pezzo.criterio.programma.perche_non_comprende(pezzo.data)):
        return f"{pezzo.criterio.codice} {pezzo.criterio.programma.anno} non vale per quel giorno: {perche}"
    perche = alimentazione.perche_senza_criteri(pezzo.data)
    return perche and f"Per ora non vale per nessun criterio: {perche}"
