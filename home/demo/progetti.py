"""The shared projects of the demonstration: one given and approved, the others still going on."""

from django.utils import timezone

from programma import operazioni as evidenze
from programma.alimentazione import evidenze_nate_da
from registri.models import EnteDelProgetto, Progetto, TipoProgetto
from registri.progetti import operazioni

from .fonti import leggi


def racconta_progetti(mondo):
    """Written by the manager on the year of today; none of them begins before it."""
    ora, oggi = mondo.ora or mondo, timezone.localdate()
    for voce in leggi("progetti"):
        progetto = operazioni.salva_progetto(
            Progetto(
                tipo=TipoProgetto.objects.get(chiave=voce["tipo"]),
                titolo=voce["titolo"],
                dal=ora.giorno(voce["dal"], oggi),
                al=ora.giorno(voce["al"], oggi) if "al" in voce else None,
                di_che_cosa=voce["di_che_cosa"],
                risultato=voce.get("risultato", ""),
            ),
            mondo.utenti["manager"],
            [
                EnteDelProgetto(
                    organizzazione=mondo.organizzazioni.get(ente.get("ente")),
                    altro_ente=ente.get("altro_ente", ""),
                    parte=ente["parte"],
                )
                for ente in voce["enti"]
            ],
        )
        if "vale" in voce:
            operazioni.offri_progetto(progetto, mondo.utenti["manager"], progetto.dal, voce["vale"])
        for evidenza in evidenze_nate_da(progetto) if voce.get("approvata") else ():
            evidenze.approva(evidenza, mondo.utenti["coordinamento"])
