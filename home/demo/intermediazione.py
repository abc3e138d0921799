"""The manager's log of contacts of the demonstration."""

from datetime import timedelta

from django.utils import timezone

from registri.intermediazione.operazioni import salva_intermediazione
from registri.models import Intermediazione

from .fonti import leggi


def racconta_intermediazioni(mondo):
    oggi = timezone.localdate()
    for voce in leggi("intermediazione"):
        campi = {k: v for k, v in voce.items() if k not in ("giorno", "entro", "ente")}
        salva_intermediazione(
            Intermediazione(
                giorno=oggi + timedelta(days=voce["giorno"]),
                entro=oggi + timedelta(days=voce["entro"]) if "entro" in voce else None,
                organizzazione=mondo.organizzazioni.get(voce.get("ente")),
                **campi,
            ),
            mondo.utenti["manager"],
        )
