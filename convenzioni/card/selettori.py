"""The read side of cards."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from cura.registro import cura_di
from organizzazioni.models import Organizzazione, Utente

from .. import validita
from ..models import Card, ConvenzionePage, Lotto


def lotti_di(utente: Utente, anno: int | None = None) -> QuerySet:
    """The batches that `utente` sees, with their counts; of `anno` alone if it is given."""
    lotti = Lotto.objects.visibili_a(utente).con_conti(timezone.localdate()).select_related("organizzazione")
    return lotti.filter(anno=anno) if anno else lotti


def anni_dei_lotti(utente: Utente) -> list:
    """The years of which `utente` sees some batch, the last first."""
    return list(Lotto.objects.visibili_a(utente).order_by("-anno").values_list("anno", flat=True).distinct())


@dataclass(frozen=True)
class Emissione:
    """Cards issued together: `attive` are those not revoked."""

    numero: int
    quante: int
    attive: int


def emissioni_di(lotto: Lotto) -> list:
    """The issues of `lotto`, the last first."""
    righe = (
        lotto.card.order_by("-emissione")
        .values("emissione")
        .annotate(quante=Count("pk"), attive=Count("pk", filter=Q(revocata_il=None)))
    )
    return [Emissione(riga["emissione"], riga["quante"], riga["attive"]) for riga in righe]


def card_da_stampare(lotto: Lotto, emissione: int) -> list:
    """The cards of that issue that were not revoked, in their order."""
    return list(lotto.card.non_revocate().filter(emissione=emissione).select_related("lotto__organizzazione"))


@dataclass(frozen=True)
class Conti:
    """The annual data: how many cards of some batches were granted, issued, are active, were revoked."""

    concesse: int = 0
    emesse: int = 0
    attive: int = 0
    revocate: int = 0


def totale_di(lotti: Iterable[Lotto]) -> Conti:
    """The sums of the counts of `lotti`, read already."""
    return Conti(*(sum(getattr(lotto, campo.name) for lotto in lotti) for campo in fields(Conti)))


def card_di(utente: Utente) -> QuerySet:
    """The cards that `utente` sees."""
    return Card.objects.visibili_a(utente).per_lettura()


# Terms reserved to card holders


@dataclass(frozen=True)
class Condizioni:
    """The reserved terms of a published convention, and to whose cards they are open."""

    convenzione: ConvenzionePage
    scheda: object
    solo_di: tuple[Organizzazione, ...]

    def aperte_a(self, card: Card) -> bool:
        """Whether the holder of `card` may read them: no convention of some organisations alone opens to others."""
        return not self.solo_di or card.lotto.organizzazione in self.solo_di


def condizioni_riservate(pk: int) -> Condizioni | None:
    """The reserved terms of the convention `pk`, if it is published, in force and has some; else None."""
    oggi = timezone.localdate()
    pagine = ConvenzionePage.objects.in_vigore(oggi).filter(pk=pk, riservata=True, alias_of=None)
    convenzione = pagine.select_related("categoria", "accordo").first()
    if convenzione is None or validita.stato(convenzione.vigenza, oggi) != validita.Stato.ATTIVA:
        return None
    scheda = cura_di(ConvenzionePage).leggi_scheda(convenzione, con_riservate=True)
    return Condizioni(convenzione, scheda, tuple(convenzione.solo_di.all()))
