"""Files of evidence, as `importa_evidenze` reads them."""

import io

import pytest
from django.core.management import CommandError, call_command

from programma.importazione_evidenze import COLONNE
from programma.models import Evidenza

BUONA = {
    "organizzazione": "cs4",
    "criteri": "M3",
    "data": "2025-03-05",
    "titolo": "Incontro di rete",
    "argomento": "Estate",
    "persone_coinvolte": "Anna Gallo",
    "organizzazioni": "cs4 soste",
    "quantita": "",
    "link": "",
    "descrizione": "",
}


DELLE_ORGANIZZAZIONI = {"criteri": "P1.1"}
"""What the manager approves from a file: the default row is for one of their own duties."""


@pytest.fixture
def file_csv(tmp_path):
    """Write rows (dicts over `BUONA`) or raw bytes to a file."""

    def scrivi(*righe, separatore=";", prima="", colonne=COLONNE, grezzo=None):
        percorso = tmp_path / "evidenze.csv"
        if grezzo is None:
            testo = separatore.join(colonne) + "\n"
            for riga in righe:
                valori = {**BUONA, **riga}
                testo += separatore.join('"{}"'.format(valori[c].replace('"', '""')) for c in colonne) + "\n"
            grezzo = prima.encode() + testo.encode()
        percorso.write_bytes(grezzo)
        return percorso

    return scrivi


def esegui(percorso, *argomenti):
    uscita = io.StringIO()
    call_command("importa_evidenze", percorso, *argomenti, stdout=uscita)
    return uscita.getvalue()


def errore(percorso, *argomenti):
    """The message of a refused import, which must have written nothing."""
    prima = Evidenza.objects.count()
    with pytest.raises(CommandError) as preso:
        esegui(percorso, *argomenti)
    assert Evidenza.objects.count() == prima
    return str(preso.value)
