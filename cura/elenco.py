"""The list page of a kind of entry: search, facets, chips, neighbours, map."""

from typing import Any

from django.core.paginator import Paginator
from django.utils import timezone

from .dichiarazione import Cura, sinonimi
from .filtri import faccette, leggi, tolte
from .insiemi import SEZIONE, filtra
from .mappa import mappa_di
from .ricerca import cerca
from .selettori import e_vana, leggi_indice, righe_di, trovabili

PER_PAGINA = 20
VICINI = 6


def contesto_elenco(cura: Cura, pagina: Any, dati: Any) -> dict[str, Any]:
    """The entries below `pagina` (the index or one organisation's section) that the GET parameters `dati` ask for."""
    oggi, indice = timezone.localdate(), leggi_indice(cura)
    in_sezione = isinstance(pagina, cura.sezione)
    tutti = trovabili(cura, indice, oggi)
    base = indice.tra(SEZIONE, pagina.organizzazione.chiave) & tutti if in_sezione else tutti
    scelte = cura.scelte(lambda faccetta, valore: bool(indice.tra(faccetta, valore) & base))
    ricerca = leggi(dati, scelte.ammessi())
    trovate = None
    if ricerca.testo:
        trovate = cerca(cura.ambito, ricerca.testo, sinonimi() if scelte.sinonimi is None else scelte.sinonimi)
    con_parole = base & trovate.tutte if trovate else base
    trovati = indice.trovati(ricerca.scelte, con_parole)
    vicini = [] if trovati else _vicini(indice, trovate, base)
    per_nome = indice.per_nome
    posizioni = trovate.in_ordine(trovati, per_nome) if trovate else filtra(per_nome, trovati)
    sue = faccette(cura.faccette, scelte.opzioni, indice.conteggi(ricerca.scelte, con_parole), ricerca)
    pagine = Paginator(posizioni, PER_PAGINA).get_page(dati.get("pagina"))
    pagine.object_list = righe_di(cura, pagine.object_list or vicini, oggi)
    in_vista = cura.faccette if cura.in_vista is None else cura.in_vista
    return {
        "cura": cura,
        "mappa": mappa_di(cura, posizioni, ricerca, pagina) if ricerca.mappa and posizioni else None,
        "ricerca": ricerca,
        "voci": pagine,
        "vicini": pagine.object_list if vicini else [],
        "vana": trovate is not None and e_vana(trovate, tutti),
        "corrette": trovate.corrette if trovate else {},
        "faccette": sue,
        "in_vista": [f for f in sue if f.nome in in_vista],
        "altre_faccette": [f for f in sue if f.nome not in in_vista and f.opzioni],
        "altre_aperte": any(f.scelta for f in sue if f.nome not in in_vista),
        "tolte": tolte(sue, ricerca),
        "totale": base.bit_count(),
        "conto": cura.conto(pagine.paginator.count),
        "sezione": in_sezione,
    }


def _vicini(indice, trovate, base):
    """Positions to offer when nothing is found: without the facets, or with some of the words only."""
    if trovate is None:
        return []
    return trovate.in_ordine((trovate.tutte & base or trovate.alcune) & base & indice.tutti, indice.per_nome)[:VICINI]
