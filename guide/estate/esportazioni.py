"""The summer as tables: what the public compares, and the manager's report."""

from .copertura import caselle
from .settimane import settimane_tra

CONFRONTO = (
    "Servizio",
    "Ente",
    "Comuni",
    "Età",
    "Dal",
    "Al",
    "Dalle",
    "Alle",
    "Prezzo in euro",
    "Pasti",
    "Sconti",
    "Convenzioni",
    "Posti",
    "Posti liberi",
    "Liberi al",
    "Pagina",
)
RAPPORTO = (
    "Anno",
    "Comune",
    "Fascia d'età",
    "Dal",
    "Al",
    "Servizi",
    "Posti",
    "Prezzo minimo",
    "Prezzo medio",
    "Prezzo massimo",
    "Scoperta",
)
TUTTI = "Tutto il territorio"


def confronto_tabella(offerte, indirizzo):
    """A row for each week of each offer; `indirizzo` gives the full address of an entry."""
    righe = []
    for offerta in offerte:
        scheda, estate = offerta.scheda, offerta.scheda.estate
        for s in offerta.settimane:
            righe.append(
                (
                    scheda.nome,
                    scheda.erogatore,
                    scheda.dove,
                    s.eta,
                    s.dal,
                    s.al,
                    f"{s.dalle:%H:%M}" if s.dalle else "",
                    f"{s.alle:%H:%M}" if s.alle else "",
                    s.importo,
                    estate.pasti,
                    estate.sconti,
                    estate.convenzioni,
                    s.posti,
                    s.liberi,
                    s.liberi_al,
                    indirizzo(offerta.servizio),
                )
            )
    return CONFRONTO, righe


def rapporto_tabella(stagione):
    """Band by band, week by week: the whole territory first, then each municipality, gaps included."""
    righe = []
    for comune in ("", *stagione.comuni):
        for riga in caselle(stagione.posti, stagione.fasce, stagione.settimane, comune):
            righe += [_riga(stagione, casella) for casella in riga]
    return RAPPORTO, righe


def _riga(stagione, casella):
    venerdi = casella.lunedi.fromordinal(casella.lunedi.toordinal() + 4)
    ((dal, al),) = settimane_tra(casella.lunedi, venerdi)
    return (
        stagione.anno,
        stagione.comuni.get(casella.comune, TUTTI),
        casella.fascia.nome,
        dal,
        al,
        casella.servizi,
        casella.posti,
        casella.prezzo_minimo,
        casella.prezzo_medio,
        casella.prezzo_massimo,
        casella.scoperta,
    )
