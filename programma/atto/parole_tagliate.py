"""Words that a table's edge cut in the middle: said, with their place, and never mended. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from .brani import Brano, e_italiana
from .schede import AzioneLetta, Rilievo

PAROLA = re.compile(r"(?<![\w'’.@/-])[a-zà-ú]{2,}(?![\w'’.@/])")
CON_LA_FINE = re.compile(r"[aeiouàèéìòù]$")


def parole_tagliate(azioni: Iterable[AzioneLetta], testi: Iterable[str]) -> Iterator[Rilievo]:
    """One remark for each field with words that end as no Italian word does, are in no dictionary, and come once."""
    conto = Counter(parola for testo in testi for parola in PAROLA.findall(testo))
    for azione in azioni:
        for campo in ("generale", "specifico", "azioni"):
            brano = azione.campi.get(campo, Brano())
            ignote = [t for t in PAROLA.finditer(brano.testo) if conto[t[0]] == 1 and _pare_tagliata(t[0])]
            if ignote:
                parole = ", ".join(f"«{trovata[0]}»" for trovata in ignote[:12])
                perche = f"azione {azione.numero}: parole che paiono tagliate, lasciate come sono: {parole}"
                yield Rilievo(brano.posto_di(ignote[0].start()), perche, letto=True)


def _pare_tagliata(parola: str) -> bool:
    return not CON_LA_FINE.search(parola) and not e_italiana(parola) and not e_italiana(parola, lingua="en")
