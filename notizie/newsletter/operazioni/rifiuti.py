"""Mailboxes that refuse, at once or with a report that comes back later: after a few issues they are left."""

from django.db import transaction
from django.utils import timezone

from ...models import Consegna, Iscritto
from ..collegamenti import consegna_di
from ..rimbalzi import Rapporto, della_casella

RIFIUTI = 2
"""After so many issues in a row that the mailbox refused for good, nothing is sent to it any more."""

PARTITE = (Consegna.Stato.SPEDITA, Consegna.Stato.DUBBIA, Consegna.Stato.IN_CORSO)


@transaction.atomic
def segna_rifiuto(consegna: Consegna, codice: str) -> None:
    """The mailbox of `consegna` refuses for good. That a server took the last issue says little."""
    iscritto = Iscritto.objects.select_for_update().filter(consegne=consegna.pk).first()
    if iscritto is None:
        return
    iscritto.rifiuti = iscritto.rifiuti + 1 if _rifiutata_la_precedente(consegna) else 1
    iscritto.ultimo_rifiuto = codice
    if iscritto.rifiuti >= RIFIUTI and iscritto.respinto_il is None:
        iscritto.respinto_il = timezone.now()
    iscritto.save(update_fields=["rifiuti", "ultimo_rifiuto", "respinto_il"])


def _rifiutata_la_precedente(consegna):
    concluse = Consegna.objects.filter(
        iscritto_id=consegna.iscritto_id,
        pk__lt=consegna.pk,
        stato__in=(Consegna.Stato.SPEDITA, Consegna.Stato.RIFIUTATA),
    )
    return concluse.order_by("-pk").values_list("stato", flat=True).first() == Consegna.Stato.RIFIUTATA


@transaction.atomic
def registra_rapporto(rapporto: Rapporto) -> bool:
    """Whether it is about a message of ours; one that failed is noted, once however many times it is told."""
    chiave = next(filter(None, map(consegna_di, rapporto.nomi)), None)
    consegna = Consegna.objects.select_for_update().filter(pk=chiave).first() if chiave else None
    if consegna is None:
        return False
    if rapporto.codice and consegna.stato in PARTITE:
        consegna.stato, consegna.codice = Consegna.Stato.RIFIUTATA, rapporto.codice
        consegna.save(update_fields=["stato", "codice"])
        if della_casella(rapporto.codice):
            segna_rifiuto(consegna, rapporto.codice)
    return True
