"""The only functions that change cards: grant, issue, revoke. Their log never holds a serial."""

from collections.abc import Callable
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from wagtail.log_actions import log

from base import seriali
from base.tempo import giorno_in_parole
from organizzazioni.models import Organizzazione, Utente

from ..models import Card, Lotto
from ..permissions import puo_concedere, puo_emettere, puo_revocare

CONCESSE, EMESSE, REVOCATA = "convenzioni.card_concedi", "convenzioni.card_emetti", "convenzioni.card_revoca"

INSIEME = 100
"""How many cards are issued at once, at most: ten sheets, drawn in a few seconds while the referent waits."""


@transaction.atomic
def concedi(organizzazione: Organizzazione, anno: int, quante: int, fino_al: date, utente: Utente) -> Lotto:
    """Let `organizzazione` give `quante` cards for `anno`, valid until `fino_al`. Said again, it corrects both.

    Never below the cards in use, nor before the day that is printed on those already issued.
    """
    if not puo_concedere(utente):
        raise PermissionDenied("Le card le concede il manager")
    if not organizzazione.attiva or not organizzazione.aderente_il(timezone.localdate()):
        raise ValidationError("L'organizzazione non aderisce al Distretto")
    lotto, _ = Lotto.objects.select_for_update().get_or_create(
        organizzazione=organizzazione, anno=anno, defaults={"concesse": quante, "valido_fino_al": fino_al}
    )
    gia = lotto.card.non_revocate().count()
    if quante < gia:
        raise ValidationError({"concesse": f"Ne sono già in uso {gia}: concedine almeno {gia}, o falle revocare"})
    if fino_al < lotto.valido_fino_al and gia:
        raise ValidationError(
            {
                "fino_al": "Sulle card già emesse c'è scritto "
                f"«fino {giorno_in_parole(lotto.valido_fino_al, dopo='al')}»: quel giorno non si può anticipare"
            }
        )
    lotto.concesse, lotto.valido_fino_al = quante, fino_al
    lotto.save()
    log(instance=lotto, action=CONCESSE, user=utente, data={"concesse": quante, "fino_al": fino_al.isoformat()})
    return lotto


@transaction.atomic
def emetti(
    lotto: Lotto, quante: int, utente: Utente, numero: Callable[[int], str] | None = None, dopo: int | None = None
) -> int:
    """Make `quante` new cards of `lotto`, and return the number of this issue.

    A revoked card leaves its place to another, so that a lost one can be given again. `dopo` is the last issue that
    who asks has seen (0 for none): if there was another since, by a colleague or by a second click, nothing is made.
    `numero` gives the serial of the card that takes a place in the batch: only the demonstration says it, anyone else
    leaves it to chance.
    """
    lotto = Lotto.objects.select_for_update(of=("self",)).select_related("organizzazione").get(pk=lotto.pk)
    if not puo_emettere(utente, lotto):
        raise PermissionDenied("Non emetti card per questa organizzazione")
    if lotto.ultimo_giorno < timezone.localdate():
        raise ValidationError("Queste card sono scadute: serve un nuovo anno")
    ultime = lotto.card.aggregate(emissione=Max("emissione"), posto=Max("posto"))
    if dopo is not None and dopo != (ultime["emissione"] or 0):
        raise ValidationError("Intanto ne sono state emesse altre: guarda qui sotto, e se servono ancora emettile")
    if not 0 < quante <= INSIEME:
        raise ValidationError(f"Emettine da 1 a {INSIEME} per volta")
    restano = lotto.concesse - lotto.card.non_revocate().count()
    if quante > restano:
        raise ValidationError(
            f"Ne puoi emettere ancora {restano}: chiedi al manager di concederne altre"
            if restano > 0
            else "Le hai emesse tutte: chiedi al manager di concederne altre"
        )
    emissione, posto = (ultime["emissione"] or 0) + 1, ultime["posto"] or 0
    posti = range(posto + 1, posto + quante + 1)
    try:
        with transaction.atomic():
            Card.objects.bulk_create(
                Card(lotto=lotto, posto=n, emissione=emissione, seriale=numero(n) if numero else seriali.nuovo())
                for n in posti
            )
    except IntegrityError as errore:  # as likely as guessing one
        raise ValidationError("Riprova: due card avevano lo stesso numero") from errore
    log(instance=lotto, action=EMESSE, user=utente, data={"quante": quante, "emissione": emissione})
    return emissione


@transaction.atomic
def revoca(card: Card, motivo: str, utente: Utente) -> Card:
    """`card` is no longer good, from now and for ever. One that was revoked, or has expired, cannot be revoked."""
    card = Card.objects.select_for_update(of=("self",)).per_lettura().get(pk=card.pk)
    if not puo_revocare(utente, card.lotto):
        raise PermissionDenied("Non revochi card di questa organizzazione")
    if motivo not in Card.Motivo.values:
        raise ValidationError("Scegli il motivo")
    if card.revocata_il is not None:
        quando = giorno_in_parole(timezone.localdate(card.revocata_il), dopo="dal")
        raise ValidationError(f"Era già revocata: non vale più {quando}")
    if not card.valida:
        raise ValidationError("È già scaduta: non c'è nulla da revocare")
    card.revocata_il, card.motivo = timezone.now(), motivo
    card.save(update_fields=["revocata_il", "motivo"])
    log(instance=card.lotto, action=REVOCATA, user=utente, data={"posto": card.posto, "motivo": motivo})
    return card
