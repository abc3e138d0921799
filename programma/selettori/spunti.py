"""Whose is a mail that arrives, and which criterion what one has in hand may serve."""

import re

from django.conf import settings

from base.posta.lettera import Lettera
from organizzazioni.models import Organizzazione, Utente
from organizzazioni.permissions import e_manager

from ..indizi import criterio_probabile
from ..models import AvvisiPersonali, Criterio, Spunto


def persona_di(lettera: Lettera) -> Utente | None:
    """Whose it is: of who has the secret address to which it came, or of the sender that our server vouches for."""
    locale, _, dominio = settings.EVIDENZE_INDIRIZZO.lower().partition("@")
    segreto = re.compile(rf"{re.escape(locale)}\+([a-z2-7]{{24}})@{re.escape(dominio)}")
    chiavi = {trovata[1] for uno in lettera.indirizzi if (trovata := segreto.fullmatch(uno))}
    if chiavi:
        avvisi = AvvisiPersonali.objects.filter(chiave_posta__in=chiavi, persona__is_active=True)[:2]
        trovate = [uno.persona for uno in avvisi.select_related("persona")]
    else:
        stessi = Utente.objects.filter(email__iexact=lettera.mittente, is_active=True)
        trovate = list(stessi[:2]) if lettera.autentica and lettera.mittente else []
    return trovate[0] if len(trovate) == 1 else None


def criterio_di(spunto: Spunto) -> Criterio | None:
    """The criterion to propose for it: a likely one of that day."""
    suoi = Criterio.objects.delle_azioni_di(Organizzazione.objects.di(spunto.persona)).order_by()
    criteri = list(Criterio.objects.del_giorno(spunto.data))
    return criterio_probabile(criteri, spunto.indizi, set(suoi.values_list("pk", flat=True)), e_manager(spunto.persona))
