"""What was looked for in vain: counted by month, with nothing of who looked for it."""

from datetime import date

from django.db import transaction
from django.db.models import F

from ..models import RicercaVana
from ..ovunque import cerca_nel_sito
from ..ricerca import da_annotare

MASSIMO_AL_MESE = 2000
"""Different searches that a month keeps of each kind: whoever writes at random does not fill the table."""


def annota_vana(ambito: str, testo: str, oggi: date) -> bool:
    """Count a search of `testo` that no entry of `ambito` (`SITO`: of any kind) answers; whether it was counted.

    Words that find something are not, whatever the page says, nor those that might tell who wrote them.
    What is older than a year goes away. The search is over before anything is locked: nobody waits for it.
    """
    parole = da_annotare(testo)
    if not parole:
        return False
    trovato = cerca_nel_sito(testo, oggi)
    if trovato is None or not trovato.e_vana(ambito):
        return False
    return _conta(ambito, parole, oggi)


@transaction.atomic
def _conta(ambito: str, parole: str, oggi: date) -> bool:
    mese = oggi.replace(day=1)
    questa = RicercaVana.objects.filter(ambito=ambito, mese=mese, parole=parole)
    if questa.update(volte=F("volte") + 1, ultima=oggi):
        return True
    RicercaVana.objects.filter(mese__lt=mese.replace(year=mese.year - 1)).delete()
    if RicercaVana.objects.filter(ambito=ambito, mese=mese).count() >= MASSIMO_AL_MESE:
        return False
    nuova = RicercaVana(ambito=ambito, mese=mese, parole=parole, volte=0, ultima=oggi)
    RicercaVana.objects.bulk_create([nuova], ignore_conflicts=True)  # another may have made it meanwhile
    return bool(questa.update(volte=F("volte") + 1, ultima=oggi))
