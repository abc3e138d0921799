"""Rows of evidence and recognition, written straight to the database: the score reads nothing else."""

from datetime import date, datetime, time
from decimal import Decimal
from itertools import count
from zoneinfo import ZoneInfo

from programma import flusso
from programma.models import Criterio, Evidenza, Passaggio, Riconoscimento

ROMA = ZoneInfo("Europe/Rome")
_numeri = count(1)


def criterio(codice):
    return Criterio.objects.select_related("programma").get(programma__anno=2025, codice=codice)


def alle(giorno, ora=12, minuto=0):
    """An instant in Rome, from "2025-03-01"."""
    return datetime.combine(date.fromisoformat(giorno), time(ora, minuto), tzinfo=ROMA)


def evidenza(organizzazione, *criteri, stato=flusso.APPROVATA, giorno="2025-03-01", nominate=(), quantita=None):
    """An evidence in this state, with no passages."""
    nuova = Evidenza.objects.create(
        programma=criteri[0].programma,
        organizzazione=organizzazione,
        stato=stato,
        data=date.fromisoformat(giorno),
        titolo=f"Evidenza {next(_numeri)}",
        quantita=quantita,
    )
    nuova.criteri.set(criteri)
    nuova.organizzazioni.set(nominate)
    return nuova


def riconosci(
    organizzazione, criterio, quantita=1, deciso="2025-04-01", revocato=None, giorno="2025-03-01", nominate=()
):
    """An approved evidence with its recognition, decided and perhaps revoked at noon of those days."""
    di_che = evidenza(organizzazione, criterio, giorno=giorno, nominate=nominate)
    riga = Riconoscimento.objects.create(
        evidenza=di_che,
        criterio=criterio,
        data=di_che.data,
        quantita_dichiarata=Decimal(quantita),
        quantita_riconosciuta=Decimal(quantita),
        deciso_il=alle(deciso) if isinstance(deciso, str) else deciso,
        revocato_il=alle(revocato) if revocato else None,
    )
    riga.organizzazioni.set(nominate)
    return riga


def passaggi(di_che, *tappe):
    """Write the passages (state, day) of an evidence and leave it in the last state."""
    da = ""
    for stato, giorno in tappe:
        Passaggio.objects.create(evidenza=di_che, da=da, a=stato, quando=alle(giorno))
        da = stato
    di_che.stato = da
    di_che.save()
    return di_che
