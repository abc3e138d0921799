"""The list page of a kind of entry: search, facets, chips, neighbours, map."""

from typing import Any

from django.core.paginator import Paginator
from django.utils import timezone

from .dichiarazione import Cura
from .filtri import faccette, leggi, tolte
from .insiemi import SEZIONE, filtra, posizioni_di
from .mappa import disegno_di, punti_di
from .nomi import leggi_nomi
from .ovunque import cerca_nel_sito, leggi_indici, trovabili
from .registro import tutte
from .selettori import righe_di

PER_PAGINA = 20
VICINI = 6
POCHE = 5
"""With fewer answers than these, what comes near to them is shown too."""


def contesto_elenco(cura: Cura, pagina: Any, dati: Any) -> dict[str, Any]:
    """The entries below `pagina` (the index or one organisation's section) that the GET parameters `dati` ask for.

    With words, it is the search of the whole site narrowed to this kind: what answers elsewhere stands beside.
    """
    oggi, indici, nomi = timezone.localdate(), leggi_indici(), leggi_nomi(tutte())
    indice = indici[cura.ambito]
    in_sezione = isinstance(pagina, cura.sezione)
    tutti = trovabili(cura, indice, oggi)
    base = indice.tra(SEZIONE, pagina.organizzazione.chiave) & tutti if in_sezione else tutti
    scelte = cura.scelte(nomi, lambda faccetta, valore: bool(indice.tra(faccetta, valore) & base))
    ricerca = leggi(dati, {nome: {opzione.valore for opzione in opzioni} for nome, opzioni in scelte.items()})
    trovato = cerca_nel_sito(ricerca.testo, oggi, nomi, indici, (cura, tutti)) if ricerca.testo else None
    con_parole = base & trovato.esito.risposte.parte(cura.ambito) if trovato else base
    trovati = indice.trovati(ricerca.scelte, con_parole)
    vicini = _vicini(trovato, cura, base, trovati)
    posizioni = trovato.esito.risposte.solo({cura.ambito: trovati}) if trovato else filtra(indice.per_nome, trovati)
    sue = faccette(cura.faccette, scelte, indice.conteggi(ricerca.scelte, con_parole), ricerca)
    pagine = Paginator(posizioni, PER_PAGINA).get_page(dati.get("pagina"))
    di_questa = [p for _, p in pagine.object_list] if trovato else list(pagine.object_list)
    lette = _righe(cura, [*di_questa, *vicini], trovato, oggi)
    righe_vicine = [lette[p] for p in vicini if p in lette]
    pagine.object_list = [lette[p] for p in di_questa if p in lette] or righe_vicine
    altrove, meglio_altrove = trovato.altrove(cura.ambito) if trovato and not in_sezione else ([], False)
    in_mappa = ricerca.mappa and trovati
    in_vista = cura.faccette if cura.in_vista is None else cura.in_vista
    return {
        "cura": cura,
        "disegno": disegno_di(next(f for f in sue if f.nome == "comune"), ricerca, nomi) if in_mappa else None,
        "punti": punti_di(cura, posizioni_di(trovati), ricerca, pagina, nomi) if in_mappa else None,
        "ricerca": ricerca,
        "trovato": trovato,
        "voci": pagine,
        "vicini": righe_vicine if not posizioni else [],
        "quasi": righe_vicine if posizioni else [],
        "altrove": altrove if pagine.number == 1 else [],
        "meglio_altrove": meglio_altrove,
        "vana": trovato is not None and trovato.e_vana(cura.ambito),
        "corrette": trovato.esito.corrette if trovato else {},
        "numeri": nomi.emergenze if trovato and (trovato.pericolo or not posizioni) else [],
        "faccette": sue,
        "in_vista": [f for f in sue if f.nome in in_vista],
        "altre_faccette": [f for f in sue if f.nome not in in_vista and f.opzioni],
        "altre_aperte": any(f.scelta for f in sue if f.nome not in in_vista),
        "tolte": [*tolte(sue, ricerca), *ricerca.senza_i_detti(trovato.chip() if trovato else [])],
        "totale": base.bit_count(),
        "conto": cura.conto(pagine.paginator.count),
        "sezione": in_sezione,
    }


def _righe(cura, posizioni, trovato, oggi):
    """The rows of these positions; those that the search read already cost nothing."""
    gia = {p: trovato.voci[cura.ambito, p] for p in posizioni if (cura.ambito, p) in trovato.voci} if trovato else {}
    altre = [p for p in posizioni if p not in gia]
    return {
        **{p: cura.riga(voce, oggi) for p, voce in gia.items()},
        **righe_di(cura, altre, oggi),
    }


def _vicini(trovato, cura, base, trovati):
    """Positions to offer beside few answers or in place of them: without the facets, or with some of the words."""
    if trovato is None or trovati.bit_count() >= POCHE:
        return []
    risposte = [] if trovati else trovato.esito.risposte.solo({cura.ambito: base})
    vicini = risposte or trovato.esito.quasi.solo({cura.ambito: base & ~trovati})
    return [posizione for _, posizione in vicini[:VICINI]]
