"""Importing a sheet."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ..foglio.colonne import CAMPI
from ..foglio.lettura import Piano, in_pagina, sezioni_del_foglio
from ..models import ServizioPage

ETICHETTE = next(colonna for colonna in CAMPI if colonna.campo == "etichette")


@transaction.atomic
def importa_foglio(piano: Piano, utente) -> list[ServizioPage]:
    """Make a draft of every row of `piano` that adds or changes something; the entries written.

    Nothing is published nor sent: what is public stays so until the draft is approved as any other. Raises
    `PermissionDenied` for a row of a section that is not theirs.
    """
    sue = {sezione.pk for sezione in sezioni_del_foglio(utente)}
    scritte = []
    for riga in piano.nuove + piano.cambiate:
        if riga.sezione is None or riga.sezione.pk not in sue:
            raise PermissionDenied("Questa sezione non è tra quelle per cui puoi scrivere")
        pagina = in_pagina(riga)
        if riga.nuova:
            pagina.owner = utente
            riga.sezione.add_child(instance=pagina)
            riga.sezione.refresh_from_db()
        for colonna, valore in riga.valori:
            if colonna is ETICHETTE:
                colonna.applica(pagina, valore)
        pagina.save_revision(user=utente, log_action=True, clean=False)
        scritte.append(pagina)
    return scritte
