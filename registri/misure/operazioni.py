"""The only functions that change collections of measures and what bodies answer. They feed no score: no approval."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from organizzazioni.models import Organizzazione, Utente
from organizzazioni.permissions import puo_agire_per

from ..blocco import Blocco, esigi_la_versione
from ..models import MisureDellEnte, Quesito, Rilevazione
from ..permissions import puo_compilare
from . import notifiche, quesiti, selettori
from .quesiti import Valore
from .ritmo import da_sollecitare

APERTA, CHIUSA, RIAPERTA, RILEVAZIONE_ELIMINATA = (
    f"registri.rilevazione_{gesto}" for gesto in ("apri", "chiudi", "riapri", "elimina")
)
bloccata = Blocco("Le rilevazioni le", "questa rilevazione")
FINITA = "La rilevazione è chiusa: le risposte si leggono soltanto"


@transaction.atomic
def apri_rilevazione(anno: int, scade_il: date, utente: Utente) -> Rilevazione:
    """Ask every member of that year, and tell their people; the questions stay as they are now.

    `ValidationError` when that year was asked already, when the day has passed, with no question or no member.
    """
    bloccata.esigi_che_gestisca(utente)
    oggi = timezone.localdate()
    if scade_il < oggi:
        raise ValidationError({"scade_il": "Scegli un giorno che non sia già passato"})
    if anno > oggi.year:
        raise ValidationError({"anno": f"Il {anno} non è ancora cominciato"})
    if Rilevazione.objects.filter(anno=anno).exists():
        raise ValidationError({"anno": f"Le misure del {anno} sono già state chieste"})
    fermi = [quesito.fermo for quesito in Quesito.objects.filter(si_chiede=True)]
    if not fermi:
        raise ValidationError("Non c'è nessuna domanda: si scrivono in Impostazioni › Domande sulle misure")
    enti = list(selettori.enti_da_chiedere(anno, oggi))
    if not enti:
        raise ValidationError({"anno": f"Nel {anno} non c'è nessuna organizzazione aderente"})
    domande = [quesiti.in_dati(quesito) for quesito in fermi]
    nuova = Rilevazione.objects.create(anno=anno, scade_il=scade_il, domande=domande, aperta_da=utente)
    MisureDellEnte.objects.bulk_create(MisureDellEnte(rilevazione=nuova, organizzazione=ente) for ente in enti)
    log(instance=nuova, action=APERTA, user=utente)
    notifiche.chieste(nuova, selettori.misure_di(nuova))
    return nuova


@transaction.atomic
def aggiungi_ente(rilevazione: Rilevazione, ente: Organizzazione, utente: Utente) -> MisureDellEnte:
    """Ask a member that was not asked, as one that came in later; asked again, what is there."""
    attuale = _se_aperta(rilevazione, utente)
    if ente not in selettori.enti_non_chiesti(attuale):
        raise ValidationError(f"{ente} è già tra gli enti, oppure non è un aderente")
    nuove = MisureDellEnte.objects.create(rilevazione=attuale, organizzazione=ente)
    notifiche.chieste(attuale, [nuove])
    return nuove


@transaction.atomic
def salva_misure(
    misure: MisureDellEnte, utente: Utente, valori: Mapping[str, Valore], versione: int | None = None
) -> MisureDellEnte:
    """Keep what was answered so far, however little. What was sent already is only sent again."""
    attuali = _misure_bloccate(misure, utente, versione)
    if attuali.inviata_il:
        raise ValidationError("Queste risposte sono già inviate: correggile e inviale di nuovo")
    return _scrivi(attuali, utente, valori)


@transaction.atomic
def invia_misure(
    misure: MisureDellEnte, utente: Utente, valori: Mapping[str, Valore], versione: int | None = None
) -> MisureDellEnte:
    """Send them, or send them again corrected. `ValidationError` while an answer that is demanded is missing."""
    attuali = _misure_bloccate(misure, utente, versione)
    if mancano := selettori.senza_risposta(attuali.rilevazione, valori):
        raise ValidationError([f"«{quesito.testo}»: manca la risposta" for quesito in mancano])
    attuali.inviata_il, attuali.inviata_da = timezone.now(), utente
    attuali.per_conto = not puo_agire_per(utente, attuali.organizzazione)
    return _scrivi(attuali, utente, valori)


@transaction.atomic
def cambia_scadenza(rilevazione: Rilevazione, scade_il: date, utente: Utente) -> Rilevazione:
    """Another last day; reminders follow it, and are never more than they were to be."""
    attuale = _se_aperta(rilevazione, utente)
    if scade_il < timezone.localdate():
        raise ValidationError({"scade_il": "Scegli un giorno che non sia già passato"})
    attuale.scade_il = scade_il
    attuale.save(update_fields=["scade_il"])
    return attuale


@transaction.atomic
def chiudi_rilevazione(rilevazione: Rilevazione, utente: Utente) -> Rilevazione:
    """Nobody answers or corrects any more: the figures are those that documents read."""
    attuale = _se_aperta(rilevazione, utente)
    attuale.chiusa_il = timezone.now()
    attuale.save(update_fields=["chiusa_il"])
    log(instance=attuale, action=CHIUSA, user=utente)
    return attuale


@transaction.atomic
def riapri_rilevazione(rilevazione: Rilevazione, utente: Utente) -> Rilevazione:
    """Let who is late answer, or correct. What a final document says of it stays as it was."""
    attuale = _se_aperta(rilevazione, utente, chiusa=True)
    attuale.chiusa_il = None
    attuale.save(update_fields=["chiusa_il"])
    log(instance=attuale, action=RIAPERTA, user=utente)
    return attuale


@transaction.atomic
def elimina_rilevazione(rilevazione: Rilevazione, utente: Utente) -> None:
    """Throw away one that was opened by mistake: nobody wrote anything in it."""
    attuale = _se_aperta(rilevazione, utente)
    if attuale.misure.exclude(risposte={}).exists():
        raise ValidationError("Qualcuno ha già risposto: la rilevazione resta")
    attuale.misure.all().delete()
    log(instance=attuale, action=RILEVAZIONE_ELIMINATA, user=utente, deleted=True)
    attuale.delete()


@transaction.atomic
def sollecita_adesso(rilevazione: Rilevazione, utente: Utente, ente: int | None = None) -> list[MisureDellEnte]:
    """Write now to whoever has not answered, or to one body (its key): those that were written to. Once a day."""
    attuale, oggi = _se_aperta(rilevazione, utente), timezone.localdate()
    silenti = [una for una in selettori.da_scrivere_a(attuale, oggi) if ente in (None, una.organizzazione_id)]
    da_fare = [una for una in silenti if una.ultimo_sollecito != oggi]
    if not da_fare:
        raise ValidationError("Hai già scritto oggi" if silenti else "Non c'è nessuno a cui scrivere")
    _sollecita(attuale, da_fare, oggi)
    return da_fare


@transaction.atomic
def sollecita_misure(oggi: date) -> list[MisureDellEnte]:
    """The reminders that are due on `oggi`, for cron: idempotent, and never to who answered."""
    fatti: list[MisureDellEnte] = []
    for rilevazione in Rilevazione.objects.aperte().select_for_update():
        dovuti = [
            una
            for una in selettori.da_scrivere_a(rilevazione, oggi)
            if da_sollecitare(rilevazione.scade_il, una.chiesta_il, una.solleciti, una.ultimo_sollecito, oggi)
        ]
        for una in dovuti:
            una.solleciti += 1
        _sollecita(rilevazione, dovuti, oggi)
        fatti += dovuti
    return fatti


def _sollecita(rilevazione: Rilevazione, misure: Iterable[MisureDellEnte], oggi: date) -> None:
    for una in misure:
        una.ultimo_sollecito = oggi
        una.save(update_fields=["solleciti", "ultimo_sollecito"])
    notifiche.sollecitate(rilevazione, misure, oggi)


def _se_aperta(rilevazione: Rilevazione, utente: Utente, chiusa: bool = False) -> Rilevazione:
    """The collection as it is now, locked; it must be open, or `chiusa`."""
    attuale = bloccata(rilevazione, utente)
    if attuale.aperta == chiusa:
        raise ValidationError("La rilevazione è aperta" if chiusa else FINITA)
    return attuale


def _misure_bloccate(misure: MisureDellEnte, utente: Utente, versione: int | None) -> MisureDellEnte:
    """The answers as they are now, locked with their collection: who closes it waits, or they find it closed."""
    if not puo_compilare(utente, misure):
        raise PermissionDenied("Risponde chi lavora per l'organizzazione, o il manager per lei")
    attuali = (
        MisureDellEnte.objects.select_related("rilevazione", "organizzazione")
        .select_for_update(of=("self", "rilevazione"))
        .get(pk=misure.pk)
    )
    if not attuali.rilevazione.aperta:
        raise ValidationError(FINITA)
    esigi_la_versione(attuali, versione, "queste risposte")
    return attuali


def _scrivi(misure: MisureDellEnte, utente: Utente, valori: Mapping[str, Valore]) -> MisureDellEnte:
    """`valori`, by question; of one that is not there what was kept stays."""
    chiavi = [quesito.chiave for quesito in misure.rilevazione.quesiti]
    nuove: dict[str, Any] = {chiave: quesiti.conserva(valori[chiave]) for chiave in chiavi if chiave in valori}
    misure.risposte = {**misure.risposte, **nuove}
    misure.scritta_da, misure.scritta_il = utente, timezone.now()
    misure.versione += 1
    misure.save()
    return misure
