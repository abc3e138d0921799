"""`carica_programma`: the real programme, again, changed, wrong; a second year beside the first."""

from programma.models import AzionePage, Criterio, ProgrammaPage


def test_real_programme__loaded_whole(programma):
    assert programma.stato == ProgrammaPage.Stato.APPROVATO
    assert AzionePage.objects.child_of(programma).live().count() == 10
    assert list(programma.criteri.values_list("posizione", flat=True)) == list(range(1, 32))
    assert Criterio.objects.get(codice="M3").evidenza == ["data", "argomento", "persone_coinvolte|organizzazioni"]
