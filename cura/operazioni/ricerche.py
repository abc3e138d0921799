"""What was looked for in vain: counted by month, with nothing of who looked for it."""

from datetime import date

from django.db import transaction
from django.db.models import F

from ..dichiarazione import Cura, sinonimi
from ..models import RicercaVana
from ..ricerca import cerca, da_annotare
from ..selettori import e_vana, leggi_indice, trovabili

MASSIMO_AL_MESE = 2000
"""Different searches that a month keeps of each kind: whoever writes at random does not fill the table."""


def annota_vana(cura: Cura, testo: str, oggi: date) -> bool:
    """Count a search of `testo` that no entry answers; whether it was counted.

    Words that find something are not, whatever the page says, nor those that might tell who wrote them.
    What is older than a year goes away. The search is over before anything is locked: nobody waits for it.
    """
    parole = da_annotare(testo)
    if not parole:
        return False
    trovate = cerca(cura.ambito, testo, sinonimi())
    if trovate is None or not e_vana(trovate, trovabili(cura, leggi_indice(cura), oggi)):
        return False
    return _conta(cura.ambito, parole, oggi)


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
