"""Mailboxes that refuse, at once or with a report that comes back later: after a few issues they are left."""

from collections import Counter

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from ...models import Consegna, Iscritto, NumeroNewsletter
from .. import notifiche
from ..codici import della_casella, nostro, perche
from ..collegamenti import consegna_di
from ..rimbalzi import RapportoDiConsegna

RIFIUTI = 2
"""After so many issues in a row that the mailbox refused for good, nothing is sent to it any more."""

MOLTI, PARTE = 5, 20
"""So many refusals alike for a fault of ours, at least one delivery in `PARTE`: the next would say it too."""

ALLARMATA = "notizie.newsletter_allarme"

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
def registra_rapporto(rapporto: RapportoDiConsegna) -> bool:
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
        elif nostro(rapporto.codice):
            allarma_se_molti(consegna.numero_id)
    return True


@transaction.atomic
def allarma_se_molti(numero_pk: int) -> bool:
    """Hold the sending of an issue that many mailboxes refuse alike for a fault of ours, and tell the managers, once.

    Those refused before a person let it go on are not counted again. Whether it is held now.
    """
    numero = NumeroNewsletter.objects.select_for_update().get(pk=numero_pk)
    if numero.allarme_il is not None:
        return True
    motivo, quanti = rifiuti_nostri(numero)
    concluse = numero.consegne.exclude(stato=Consegna.Stato.ATTESA).count()
    if quanti - numero.rifiuti_tollerati < max(MOLTI, concluse / PARTE):
        return False
    numero.allarme_il = timezone.now()
    numero.save(update_fields=["allarme_il"])
    log(instance=numero, action=ALLARMATA, data={"motivo": motivo, "quanti": quanti})
    notifiche.molti_rifiuti(numero, motivo, quanti)
    return True


def rifiuti_nostri(numero: NumeroNewsletter) -> tuple[str, int]:
    """The commonest reason of ours for which an issue was refused, in words, and how many times; ("", 0) if none."""
    rifiutate = numero.consegne.filter(stato=Consegna.Stato.RIFIUTATA).values_list("codice", flat=True)
    return next(iter(Counter(perche(codice) for codice in rifiutate if nostro(codice)).most_common(1)), ("", 0))
