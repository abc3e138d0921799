"""The meetings of the demonstration: some that were evidence already, one held, one convened, one being prepared."""

from datetime import time, timedelta

from django.utils import timezone

from registri.models import Partecipante, Riunione, Seguito, TipoRiunione
from registri.riunioni import operazioni
from registri.riunioni.riconoscere import coppie

from .fonti import leggi
from .orologio import giorno_detto

MANAGER = "manager"


def racconta_riunioni(mondo):
    for coppia in coppie():
        if coppia.codici == ["M2"] and all(evidenza.stato == "approvata" for evidenza in coppia.evidenze):
            operazioni.unisci_evidenze(coppia, mondo.utenti[MANAGER])
    for voce in leggi("riunioni"):
        racconta_riunione(voce, mondo, timezone.localdate())


def racconta_riunione(voce, mondo, oggi):
    """The meeting that `voce` tells, as far as it got."""
    manager, enti = mondo.utenti[MANAGER], mondo.organizzazioni
    riunione = operazioni.salva_riunione(
        Riunione(
            tipo=TipoRiunione.objects.get(chiave=voce["tipo"]),
            titolo=voce["argomento"],
            giorno=giorno_detto(voce["giorno"], oggi),
            dalle=time.fromisoformat(voce["dalle"]),
            alle=time.fromisoformat(voce["alle"]) if "alle" in voce else None,
            sede=enti.get(voce.get("sede")),
            luogo=voce.get("luogo", ""),
            ordine_del_giorno=voce.get("ordine_del_giorno", ""),
        ),
        manager,
    )
    riunione.partecipanti.exclude(ruolo="manager_territoriale").delete()  # those of the last of its kind
    persone = [_persona(detta, enti) for detta in voce["persone"]]
    operazioni.salva_partecipanti(riunione, manager, persone)
    if voce.get("convocata"):
        operazioni.convoca(riunione, manager)
    if "verbale" in voce:
        segni = {uno.pk: uno.partecipazione or "presente" for uno in riunione.partecipanti.all()}
        operazioni.registra_presenze(riunione, manager, segni)
        seguiti = [_seguito(detto, enti, oggi) for detto in voce["seguiti"]]
        operazioni.salva_verbale(riunione, manager, voce["verbale"], voce["decisioni"], seguiti)
    return riunione


def _persona(detta, enti):
    return Partecipante(
        nome=detta["nome"],
        email=detta.get("email", ""),
        organizzazione=enti.get(detta.get("ente")),
        altro_ente=detta.get("altro_ente", ""),
        ruolo=detta.get("ruolo", ""),
        partecipazione=detta.get("segno", ""),
    )


def _seguito(detto, enti, oggi):
    return Seguito(
        che_cosa=detto["che_cosa"],
        responsabile=detto["responsabile"],
        organizzazione=enti[detto["ente"]],
        entro=oggi + timedelta(days=detto["entro"]),
    )
