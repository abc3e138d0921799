"""The only functions that change summer services: weeks in a draft, a new year in a draft, places left at once."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from cura.operazioni import indicizza
from cura.registro import cura_di
from organizzazioni.models import Utente
from organizzazioni.selettori import organizzazione_del_distretto
from programma import alimentazione

from ..estate.selettori import Gestori
from ..estate.settimane import anno_da_preparare, nell_anno, settimane_tra
from ..models import EstatePage, PostiLiberi, ServizioPage, SettimanaEstiva
from ..permissions import puo_aggiornare_posti, puo_leggere_rapporto, puo_preparare_bozza

POSTI = "guide.posti"
"""The log action that says that someone updated the places left."""


@transaction.atomic
def aggiungi_settimane(servizio: ServizioPage, utente: Utente, dal: date, al: date, **campi) -> int:
    """Write in the draft of `servizio` a week from Monday to Friday for each one from `dal` to `al`; how many.

    `campi` are those of `SettimanaEstiva`. Weeks that are there already, for the same hours and ages, are left as
    they are. It publishes nothing.
    """
    bozza = _bozza(servizio, utente)
    presenti = {settimana.turno for settimana in bozza.settimane_estive.all()}
    nuove = [SettimanaEstiva(dal=primo, al=ultimo, **campi) for primo, ultimo in settimane_tra(dal, al)]
    return _scrivi(bozza, utente, [settimana for settimana in nuove if settimana.turno not in presenti])


@transaction.atomic
def prepara_anno(servizio: ServizioPage, utente: Utente) -> tuple[int, int] | None:
    """Copy the last summer of `servizio` into its draft, a year later: (year, how many weeks), None if nothing to do.

    Days keep their place in the same ISO week; prices are copied, to be verified; places left are empty, because they
    are kept by day. The summers told before stay where they are, and nothing is published.
    """
    bozza = _bozza(servizio, utente)
    righe = list(bozza.settimane_estive.all())
    anno = anno_da_preparare({riga.anno for riga in righe}, timezone.localdate())
    if anno is None:
        return None
    ultimo = max(riga.anno for riga in righe)
    nuove = [
        SettimanaEstiva(
            dal=nell_anno(riga.dal, anno),
            al=nell_anno(riga.al, anno),
            dalle=riga.dalle,
            alle=riga.alle,
            eta_minima=riga.eta_minima,
            eta_massima=riga.eta_massima,
            prezzo=riga.prezzo,
            prezzo_da_verificare=riga.prezzo is not None,
            posti=riga.posti,
        )
        for riga in righe
        if riga.anno == ultimo
    ]
    return anno, _scrivi(bozza, utente, nuove)


def prepara_tutti(servizi: Iterable[ServizioPage], utente: Utente) -> tuple[list[ServizioPage], list[ServizioPage]]:
    """`prepara_anno` for each: those that have a new draft, and those that someone must decide on first."""
    pronti, fermi = [], []
    for servizio in servizi:
        try:
            if prepara_anno(servizio, utente) is not None:
                pronti.append(servizio)
        except PermissionDenied:
            fermi.append(servizio)
    return pronti, fermi


@transaction.atomic
def aggiorna_posti(servizio: ServizioPage, utente: Utente, posti: Mapping[str, int | None]) -> None:
    """Say at once how many places are left today in each week (`SettimanaEstiva.turno`); None takes the number away.

    No approval: it is a number between nothing and the places that the manager approved, and it is old by tomorrow.
    It reaches the public through the sheet, as everything does. Weeks that are not published are refused.
    """
    servizio = ServizioPage.objects.select_for_update(of=("self",)).get(pk=servizio.pk)
    if not puo_aggiornare_posti(utente, servizio):
        raise PermissionDenied("I posti liberi li aggiorna chi scrive la scheda, quando è pubblicata")
    massimi = {s.turno: s.posti for s in servizio.settimane_estive.all() if s.posti is not None}
    for turno, quanti in posti.items():
        if turno not in massimi or (quanti is not None and not 0 <= quanti <= massimi[turno]):
            raise PermissionDenied("Questa settimana è cambiata: ricarica la pagina e riprova")
        if quanti is None:
            PostiLiberi.objects.filter(servizio=servizio, turno=turno).delete()
        else:
            PostiLiberi.objects.update_or_create(
                servizio=servizio, turno=turno, defaults={"posti": quanti, "al": timezone.localdate()}
            )
    indicizza(cura_di(ServizioPage), servizio)
    log(instance=servizio, action=POSTI, user=utente, data={"settimane": len(posti)})


@transaction.atomic
def offri_monitoraggio(gestori: Gestori, criterio, utente: Utente):
    """Offer to the programme's monitoring how many providers are ready for conventions, as evidence of the District.

    Born of the comparison page, and written by `utente`: it waits for Coordinamento. The same count offered twice
    changes nothing; another one takes its place. The evidence, or None when its programme is not open.
    """
    if not puo_leggere_rapporto(utente):
        raise PermissionDenied("Solo il manager territoriale può farlo")
    distretto = organizzazione_del_distretto()
    pagina = EstatePage.objects.live().first()
    if distretto is None or pagina is None:
        raise PermissionDenied("Manca la pagina dei centri estivi, o l'organizzazione del Distretto")
    pagina.anno = gestori.anno
    fatto = alimentazione.Fatto(
        criterio,
        gestori.data,
        gestori.quanti,
        tuple(gestori.della_rete),
        argomento=f"Centri estivi {gestori.anno}",
        dove=(pagina.full_url,),
        a_parte=True,
        scritto_da=utente,
    )
    provenienza = alimentazione.Provenienza(
        distretto,
        f"Enti gestori disponibili a convenzioni, estate {gestori.anno}",
        f"Dalla Family Guide: {', '.join(gestori.nomi)}." if gestori.nomi else "Dalla Family Guide: nessuno.",
        frozenset({utente.pk}),
        utente,
    )
    return alimentazione.offri(pagina, fatto, provenienza)


def _bozza(servizio, utente):
    """The latest revision of `servizio`, to write on."""
    servizio = ServizioPage.objects.select_for_update(of=("self",)).get(pk=servizio.pk)
    if not puo_preparare_bozza(utente, servizio):
        raise PermissionDenied(
            "La scheda aspetta l'approvazione, o è bloccata: si potrà cambiare dopo"
            if servizio.workflow_in_progress
            else "Non puoi modificare questa scheda"
        )
    return servizio.get_latest_revision_as_object()


def _scrivi(bozza, utente, settimane):
    if settimane:
        tutte = [*bozza.settimane_estive.all(), *settimane]
        bozza.settimane_estive = sorted(tutte, key=lambda settimana: settimana.turno)
        for posto, settimana in enumerate(bozza.settimane_estive.all()):
            settimana.sort_order = posto
        bozza.save_revision(user=utente, log_action=True, clean=False)
    return len(settimane)
