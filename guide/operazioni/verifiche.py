"""Entries confirmed, asked for, and due: the only functions that write `Verifica`."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import WorkflowState

from base.collegamenti import Aperto
from cura.operazioni import DaChiedere, chiedi_adesso, conferme, controlla, indicizza, ricevi
from cura.operazioni.conferme import EsitoDeiSolleciti
from cura.permissions import puo_tenere
from cura.registro import cura_di
from organizzazioni.models import Utente
from organizzazioni.selettori import organizzazioni_delle_pagine

from .. import freschezza
from ..cura import notifiche
from ..models import Segnalazione, ServizioPage, Verifica

CONFERMATA, DA_CORREGGERE = "guide.verifica", "guide.da_correggere"
"""The log actions of an entry that was said to be right, and of one that is not."""


@transaction.atomic
def conferma(
    servizio: ServizioPage,
    utente,
    modo: str = Verifica.Modo.PORTALE,
    aperto: Aperto | None = None,
    letta: str | None = None,
) -> Verifica:
    """`utente` says that the published entry is right today. With `aperto`, by a link that is good once.

    `letta` is the `versione_pubblica` that they read; left out, that of `servizio` as it was loaded. Raises
    `CambiataNelFrattempo`, `GiaRisposto`, and `PermissionDenied` when it is not theirs to say or the public does not
    read the entry.
    """
    letta = servizio.versione_pubblica if letta is None else letta
    servizio = ServizioPage.objects.select_for_update(of=("self", "page_ptr")).get(pk=servizio.pk)
    if not servizio.live or not puo_tenere(utente, servizio):
        raise PermissionDenied("Questa scheda la può confermare chi lavora per la sua organizzazione")
    verifica = Verifica.objects.select_for_update().filter(servizio=servizio).first() or _nuova(servizio)
    controlla(verifica, servizio, aperto, letta)
    return _verificata(verifica, servizio, utente, modo, timezone.now())


@transaction.atomic
def correggi(servizio: ServizioPage, utente, aperto: Aperto, testo: str, letta: str) -> Segnalazione:
    """`utente` says, by a link, what is no longer right: a thing to do for who keeps the entry, themselves included.

    Nothing that the public reads changes, and the entry is still due: it is asked for again in a fortnight. Raises as
    `conferma` does.
    """
    servizio = ServizioPage.objects.select_for_update(of=("self", "page_ptr")).get(pk=servizio.pk)
    verifica = Verifica.objects.select_for_update().get(servizio=servizio)
    if not servizio.live or not puo_tenere(utente, servizio):
        raise PermissionDenied("Questa scheda la può correggere chi lavora per la sua organizzazione")
    controlla(verifica, servizio, aperto, letta)
    verifica.risposto_il, verifica.solleciti, verifica.ultimo_sollecito = timezone.now(), 0, timezone.localdate()
    verifica.save(update_fields=["risposto_il", "solleciti", "ultimo_sollecito"])
    log(instance=servizio, action=DA_CORREGGERE, user=utente)
    return ricevi(Segnalazione(tipo=Segnalazione.Tipo.CORREZIONE, servizio=servizio, testo=testo))


@transaction.atomic
def registra_pubblicazione(servizio: ServizioPage, revisione=None) -> Verifica:
    """Keep the row of an entry that is published now.

    What its own organisation wrote, and someone else approved, is as good as a confirmation: whoever wrote it had the
    whole sheet in front of them (docs/decisioni). What others wrote for it is not.
    """
    verifica = Verifica.objects.select_for_update().filter(servizio=servizio).first() or _nuova(servizio)
    autore = revisione.user if revisione is not None else None
    organizzazione = cura_di(ServizioPage).organizzazione_di(servizio)
    sua = autore is not None and organizzazione is not None and organizzazione.persone.filter(pk=autore.pk).exists()
    if sua and (verifica.verificata_il is None or verifica.verificata_il < revisione.created_at):
        return _verificata(verifica, servizio, autore, Verifica.Modo.PUBBLICAZIONE, revisione.created_at, avvisa=False)
    verifica.scade_il = _scadenza(verifica, servizio, _intervalli([servizio.pk])[servizio.pk])
    verifica.save()
    return verifica


@transaction.atomic
def aggiorna_scadenze() -> list[ServizioPage]:
    """Bring every date up to what the needs of the entries say now; the entries whose date changed. Idempotent."""
    servizi = {s.pk: s for s in ServizioPage.objects.live().filter(alias_of=None)}
    righe = {v.servizio_id: v for v in Verifica.objects.select_for_update().filter(servizio__in=servizi)}
    intervalli = _intervalli(servizi)
    nuove: list[Verifica] = []
    cambiate: list[Verifica] = []
    for pk, servizio in servizi.items():
        verifica = righe.get(pk) or Verifica(servizio=servizio)
        scade_il = _scadenza(verifica, servizio, intervalli[pk])
        if scade_il != verifica.scade_il:
            verifica.scade_il = scade_il
            (cambiate if verifica.pk else nuove).append(verifica)
    Verifica.objects.bulk_create(nuove)
    Verifica.objects.bulk_update(cambiate, ["scade_il"], batch_size=500)
    return [servizi[verifica.servizio_id] for verifica in (*nuove, *cambiate)]


@transaction.atomic
def chiedi_conferma(servizio: ServizioPage, utente, oggi: date) -> list[Utente]:
    """Ask the people of its organisation now whether the entry is right; those who are written to."""
    verifica = Verifica.objects.pubblicate().select_for_update(of=("self",)).filter(servizio=servizio).first()
    if verifica is None:
        raise ValidationError("Si chiede conferma di una scheda pubblicata")
    if servizio.pk in _in_attesa():
        raise ValidationError("C'è una modifica che aspetta una decisione: la scheda è già in correzione")
    persone = _chi_conferma(cura_di(ServizioPage).organizzazione_di(servizio))
    if not persone:
        raise ValidationError("L'organizzazione non ha persone a cui scrivere: confermala tu, o invita qualcuno")
    chiedi_adesso(verifica, servizio, utente, oggi)
    for persona in persone:
        notifiche.da_confermare(persona, [verifica])
    return list(persone)


@transaction.atomic
def sollecita(oggi: date) -> EsitoDeiSolleciti:
    """Ask for what is due on `oggi`: one mail for each person, with a link for each entry; then the managers.

    Idempotent: the same day again writes to nobody. What waits for approval is not asked, it is being corrected.
    """
    cura = cura_di(ServizioPage)
    for servizio in aggiorna_scadenze():
        indicizza(cura, servizio)
    dovute = list(
        Verifica.objects.scadute_al(oggi)
        .exclude(servizio__in=_in_attesa())
        .select_for_update(of=("self",))
        .select_related("servizio")
        .order_by("scade_il", "servizio__title")
    )
    enti = organizzazioni_delle_pagine(verifica.servizio for verifica in dovute)
    persone = {ente: _chi_conferma(ente) for ente in {*enti.values()}}
    esito = conferme.sollecita(
        [DaChiedere(v, v.servizio, v.scade_il, persone.get(enti.get(v.servizio_id), ())) for v in dovute], oggi
    )
    for persona, sue in esito.per_persona.items():
        notifiche.da_confermare(persona, [dovuta.riga for dovuta in sue])
    if esito.senza_risposta:
        notifiche.non_confermate([dovuta.pagina for dovuta in esito.senza_risposta], enti)
    return esito


def _chi_conferma(organizzazione):
    """The people who are asked for the entries of `organizzazione`."""
    attiva = organizzazione is not None and organizzazione.attiva
    return tuple(persona for persona in organizzazione.persone if persona.email) if attiva else ()


def _verificata(verifica, servizio, utente, modo, quando, avvisa=True):
    verifica.verificata_il, verifica.verificata_da, verifica.modo = quando, utente, modo
    verifica.solleciti, verifica.ultimo_sollecito, verifica.risposto_il = 0, None, None
    verifica.scade_il = _scadenza(verifica, servizio, _intervalli([servizio.pk])[servizio.pk])
    verifica.save()
    log(instance=servizio, action=CONFERMATA, user=utente, data={"modo": verifica.get_modo_display()})
    if avvisa:
        # as it is published, whatever `servizio` holds
        indicizza(cura_di(ServizioPage), ServizioPage.objects.get(pk=servizio.pk))
    return verifica


def _nuova(servizio):
    return Verifica(servizio=servizio, scade_il=timezone.localdate())


def _scadenza(verifica, servizio, giorni):
    verificata = timezone.localdate(verifica.verificata_il) if verifica.verificata_il else None
    pubblicata = timezone.localdate(servizio.first_published_at) if servizio.first_published_at else None
    return freschezza.scadenza(verificata, pubblicata or timezone.localdate(), giorni)


def _intervalli(chiavi):
    """Primary key of an entry -> days for which it stays good, in one query."""
    per_servizio: dict[int, list[tuple[int | None, int | None]]] = {pk: [] for pk in chiavi}
    righe = ServizioPage.bisogni.through.objects.filter(serviziopage__in=list(chiavi)).values_list(
        "serviziopage_id", "bisogno__giorni_verifica", "bisogno__padre__giorni_verifica"
    )
    for pk, proprio, del_padre in righe:
        per_servizio[pk].append((proprio, del_padre))
    return {pk: freschezza.intervallo(bisogni) for pk, bisogni in per_servizio.items()}


def _in_attesa():
    """Ids of the pages with a change that waits for approval."""
    stati = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    return [int(chiave) for chiave in stati.values_list("object_id", flat=True)]
