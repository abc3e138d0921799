"""The courses of the demonstration: the first was attended, proved and approved, the others not yet."""

from decimal import Decimal

from django.core.files.base import ContentFile
from django.utils import timezone

from programma import operazioni as evidenze
from programma.alimentazione import evidenze_nate_da
from registri.formazione import operazioni
from registri.models import Corso

from .fonti import leggi

TESTO = "Attestato inventato: serve solo alla dimostrazione.\n"


def racconta_formazione(mondo):
    """Of the year of today; a course that would fall before it, or after, falls on its nearest day."""
    ora, manager, oggi = mondo.ora or mondo, mondo.utenti["manager"], timezone.localdate()
    for posto, voce in enumerate(leggi("formazione")):
        corso = operazioni.salva_corso(
            Corso(
                titolo=voce["titolo"],
                giorno=min(ora.giorno(voce["giorno"], oggi), ora.programma.scadenza),
                ore=Decimal(voce["ore"]),
                frequenza=voce.get("frequenza", ""),
                ore_frequentate=Decimal(voce["ore_frequentate"]) if "ore_frequentate" in voce else None,
            ),
            manager,
        )
        if "attestato" in voce:
            operazioni.allega_attestato(corso, manager, ContentFile(TESTO.encode(), voce["attestato"]))
        for evidenza in evidenze_nate_da(corso) if posto == 0 else ():
            evidenze.approva(evidenza, mondo.utenti["coordinamento"])
