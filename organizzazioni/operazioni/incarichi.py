"""The only functions that give a role, end it, and make the dates of a charge count."""

from datetime import date

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from base.giorni import esigi_nel_calendario

from .. import notifiche
from ..models import Incarico, Organizzazione, Utente
from ..permissions import puo_terminare, ruolo_che_passa, ruolo_di
from .rete import MANAGER, persona_invitata


@transaction.atomic
def passa_le_consegne(
    utente, email: str, nome: str, cognome: str, dal: date, al: date | None = None, delega=False, finisce=None
) -> Utente:
    """Give the role of `utente` to the person with this `email` from `dal` to `al`; who it is.

    With `delega` both hold it, and `al` is required. `finisce` is the last day of `utente`, who without it keeps
    the role. `PermissionDenied` for who holds no role of their own, `ValidationError` for days that leave the role
    to nobody, for who has it already or has another one: nobody approves what they may have written.
    """
    oggi = timezone.localdate()
    ruolo = ruolo_che_passa(utente)
    if ruolo is None:
        raise PermissionDenied("Passa le consegne chi ha un ruolo, e non per delega")
    _esigi_giorni(oggi, dal, al, delega, finisce)
    persona = persona_invitata(email, nome, cognome)
    if persona.pk == utente.pk:
        raise ValidationError("Questo indirizzo è il tuo: le consegne si passano a un'altra persona")
    if persona.is_superuser or ruolo_di(persona) is not None or _ne_avra_un_altro(persona, oggi):
        raise ValidationError(
            f"{persona} ha già un ruolo: nessuno ne tiene due, perché uno decide su ciò che scrive l'altro"
        )
    for gruppo in _gruppi_da_passare(utente, ruolo):
        if not persona.groups.filter(pk=gruppo.pk).exists():
            Incarico.objects.create(persona=persona, gruppo=gruppo, dal=dal, al=al, delega=delega, dato_da=utente)
        if finisce:
            _finira(utente, gruppo, finisce, oggi)
    applica_incarichi(oggi)
    log(
        instance=persona,
        action="organizzazioni.consegne",
        user=utente,
        data={"persona": str(persona), "ruolo": ruolo.name},
    )
    notifiche.incarico(persona, ruolo.name, dal, al, delega, utente)
    return persona


@transaction.atomic
def termina_incarico(incarico: Incarico, utente) -> None:
    """End today a charge that `utente` gave, or has: all that was given with it goes too."""
    if not puo_terminare(utente, incarico):
        raise PermissionDenied("Lo termina chi l'ha dato, o chi ce l'ha")
    oggi = timezone.localdate()
    insieme = Incarico.objects.select_for_update().filter(
        persona=incarico.persona, dato_da=incarico.dato_da, dal=incarico.dal, finito_il=None
    )
    for altro in insieme:
        if altro.iniziato_il and not _qualcuno_resta(altro.gruppo, altro.persona):
            raise ValidationError(f"Nessun altro ha il ruolo «{altro.gruppo}»: prima passa le consegne")
        _finisci(altro, oggi)
    log(
        instance=incarico.persona,
        action="organizzazioni.fine_incarico",
        user=utente,
        data={"persona": str(incarico.persona), "ruolo": incarico.gruppo.name},
    )


@transaction.atomic
def applica_incarichi(oggi: date) -> list[Incarico]:
    """Begin and end what the dates say, at the beginning of `oggi`; those that changed. Idempotent.

    A role is never left to nobody: the last one who can sign in keeps it until the successor has a password.
    """
    cambiati = []
    for incarico in Incarico.objects.select_for_update().da_applicare(oggi).order_by("dal", "pk"):
        if incarico.iniziato_il is None and incarico.dal <= oggi and (incarico.al is None or incarico.al >= oggi):
            incarico.persona.groups.add(incarico.gruppo)
            incarico.iniziato_il = oggi
            incarico.save(update_fields=["iniziato_il"])
            cambiati.append(incarico)
    for incarico in Incarico.objects.select_for_update().filter(al__lt=oggi, finito_il=None):
        if incarico.iniziato_il is None or _qualcuno_resta(incarico.gruppo, incarico.persona):
            _finisci(incarico, oggi)
            cambiati.append(incarico)
    return cambiati


def _finisci(incarico: Incarico, oggi: date) -> None:
    suoi = Incarico.objects.in_corso_al(oggi).filter(persona=incarico.persona, gruppo=incarico.gruppo)
    if incarico.iniziato_il and not suoi.exclude(pk=incarico.pk).exists():
        incarico.persona.groups.remove(incarico.gruppo)
    incarico.finito_il = oggi
    incarico.save(update_fields=["finito_il"])


def _qualcuno_resta(gruppo: Group, persona: Utente) -> bool:
    """Whether somebody else who can sign in is in `gruppo`; of a body's group nobody needs to be."""
    if Organizzazione.objects.filter(gruppo=gruppo).exists():
        return True
    altri = gruppo.user_set.filter(is_active=True).exclude(pk=persona.pk)
    return any(altro.has_usable_password() for altro in altri)


def _gruppi_da_passare(utente, ruolo: Group) -> list[Group]:
    """The role, and with the manager's the District in whose name they write."""
    suoi = [ruolo]
    if ruolo.name == MANAGER:
        suoi += utente.groups.filter(organizzazione__distretto__isnull=False, organizzazione__attiva=True)
    return suoi


def _finira(utente, gruppo: Group, finisce: date, oggi: date) -> None:
    """The last day of `utente` in `gruppo`: of the charge that they have, or of one made now for what they had."""
    in_corso = Incarico.objects.in_corso_al(oggi).filter(persona=utente, gruppo=gruppo)
    if not in_corso.update(al=finisce):
        Incarico.objects.create(persona=utente, gruppo=gruppo, dal=oggi, al=finisce, dato_da=utente, iniziato_il=oggi)


def _ne_avra_un_altro(persona: Utente, oggi: date) -> bool:
    futuri = Incarico.objects.filter(persona=persona, finito_il=None, gruppo__organizzazione=None)
    return futuri.exclude(al__lt=oggi).exists()


def _esigi_giorni(oggi: date, dal: date, al: date | None, delega: bool, finisce: date | None) -> None:
    errori = {}
    for campo, giorno in (("dal", dal), ("al", al), ("finisce", finisce)):
        if giorno is None:
            continue
        try:
            esigi_nel_calendario(giorno)
        except ValidationError as errore:
            errori[campo] = errore.messages
    if not errori:
        if dal < oggi:
            errori["dal"] = ["È già passato: il primo giorno è oggi o dopo"]
        if al is not None and al < dal:
            errori["al"] = ["Viene prima del primo giorno"]
        if delega and al is None:
            errori["al"] = ["Una delega ha un ultimo giorno"]
        if finisce is not None and (finisce < oggi or (dal - finisce).days > 1):
            errori["finisce"] = [
                "Non lascia giorni scoperti: al più presto il giorno prima che l'altra persona cominci"
            ]
    if errori:
        raise ValidationError(errori)
