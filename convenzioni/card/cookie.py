"""The one cookie that the public site may set: a card was shown. It opens the reserved terms and nothing else.

It is sent back only below `PERCORSO`, so that every other page stays the same for everyone. It holds the signed key of
the card, never its number; it ends with the browser's session, and after a day in any case. What it opens is asked of
the card at each use: revoked or expired, it opens nothing.
"""

from django.conf import settings
from django.core import signing

from ..models import Card

NOME = "card"
SALE = "convenzioni.card"
PERCORSO = "/card/condizioni/"
DURATA = 24 * 3600


def ricorda(risposta, card):
    """Let who gets `risposta` read the reserved terms."""
    risposta.set_cookie(
        NOME,
        signing.dumps(card.pk, salt=SALE),
        path=PERCORSO,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def dimentica(risposta):
    risposta.delete_cookie(NOME, path=PERCORSO, samesite="Lax")


def ha_card(request) -> Card | None:
    """The card that was shown in this browser, if it is still good."""
    try:
        pk = signing.loads(request.COOKIES.get(NOME, ""), salt=SALE, max_age=DURATA)
    except signing.BadSignature:
        return None
    card = Card.objects.per_lettura().filter(pk=pk).first()
    return card if card is not None and card.valida else None
