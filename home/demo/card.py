"""The cards of the demonstration: each member's, of this year and of the one before. Their numbers can be guessed."""

from datetime import date

from django.utils import timezone

from base.seriali import con_controllo
from convenzioni.models import Card
from convenzioni.operazioni import concedi, emetti, revoca

from .orologio import momento, orologio

MANAGER = "manager"
CONCESSE, PRIME, ALTRE = 25, 10, 2
SMARRITA = 4
"""The card, of each batch of this year, that was lost."""


def numero_dimostrativo(ente: int, anno_scorso: bool, posto: int) -> str:
    """`DEM0`, then the body's place among the members, the year (1 this one, 0 the one before), the card's place."""
    return con_controllo(f"DEM0{ente:03d}{0 if anno_scorso else 1}{posto:07d}")


def racconta_card(mondo):
    oggi = timezone.localdate()
    aderenti = [o for o in sorted(mondo.organizzazioni.values(), key=lambda o: o.chiave) if o.aderente_il(oggi)]
    for ente, organizzazione in enumerate(aderenti, start=1):
        with orologio(momento(f"{oggi.year - 1}-01-20 10:00")):
            _emetti(mondo, organizzazione, ente, oggi.year - 1, anno_scorso=True)
        lotto = _emetti(mondo, organizzazione, ente, oggi.year, anno_scorso=False)
        revoca(Card.objects.get(lotto=lotto, posto=SMARRITA), Card.Motivo.SMARRITA, _chi(mondo, organizzazione))


def _emetti(mondo, organizzazione, ente, anno, anno_scorso):
    lotto = concedi(organizzazione, anno, CONCESSE, date(anno, 12, 31), mondo.utenti[MANAGER])
    for quante in (PRIME, ALTRE):
        emetti(lotto, quante, _chi(mondo, organizzazione), lambda posto: numero_dimostrativo(ente, anno_scorso, posto))
    return lotto


def _chi(mondo, organizzazione):
    """Who acts for this body, or the manager."""
    sue = {persona.pk for persona in organizzazione.persone}
    return next((u for u in mondo.utenti.values() if u.pk in sue), mondo.utenti[MANAGER])
