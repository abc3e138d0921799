"""Where on the map the entries found are."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from base.mappa import Etichetta, Punto, dati_mappa

from .dichiarazione import Cura
from .filtri import Ricerca
from .nomi import Nomi

PUNTI_MASSIMO = 300
"""With more than these the map shows only how many there are in each municipality."""


def mappa_di(cura: Cura, posizioni: Iterable[int], ricerca: Ricerca, pagina: Any, nomi: Nomi) -> dict:
    """The entries in these positions, all of them below `pagina`: for `mappa.html`, in one query.

    An entry is at its own point, or at that of its municipality; one without places is only in the list.
    """
    comuni = cura.comuni(nomi)
    trovate, punti, luoghi_letti = set(posizioni), [], []
    base, fin_qui = pagina.get_url(), len(pagina.url_path)
    voci = cura.voci.order_by("ordine", "posizione")
    if len(trovate) <= PUNTI_MASSIMO:
        voci = voci.filter(posizione__in=trovate)
    for posizione, nome, luoghi, percorso in voci.values_list(
        "posizione", "dati__nome", "dati__luoghi", "pagina__url_path"
    ):
        if posizione in trovate:
            punti += _punti(nome, luoghi, base + percorso[fin_qui:], comuni)
            luoghi_letti += luoghi
    comuni = comuni or _dai_luoghi(luoghi_letti)
    if len(punti) > PUNTI_MASSIMO:
        punti = _per_comune(cura, punti, ricerca, comuni)
    return dati_mappa(punti, comuni.values())


def _punti(nome, luoghi, url, comuni):
    """One for each different place of the entry, as `Scheda` tells them."""
    punti = []
    for luogo in luoghi:
        comune = luogo["comune"]["chiave"] if luogo["comune"] else ""
        if luogo["latitudine"] and luogo["longitudine"]:
            dove = luogo["comune"]["nome"] if luogo["comune"] else luogo["nome"]
            punti.append(Punto(float(luogo["latitudine"]), float(luogo["longitudine"]), nome, url, dove))
        elif comune in comuni:
            e = comuni[comune]
            punti.append(Punto(e.latitudine, e.longitudine, nome, url, e.nome, circa=True))
    return list(dict.fromkeys(punti))


def _dai_luoghi(luoghi):
    """Where no list of municipalities is declared, each stands where the last of its places does."""
    return {
        luogo["comune"]["chiave"]: Etichetta(
            float(luogo["latitudine"]), float(luogo["longitudine"]), luogo["comune"]["nome"]
        )
        for luogo in luoghi
        if luogo["comune"] and luogo["latitudine"] and luogo["longitudine"]
    }


def _per_comune(cura, punti, ricerca, comuni):
    """One point for each municipality, with how many there are; its link is the list of them."""
    quanti = Counter(punto.dove for punto in punti)
    return [
        Punto(
            e.latitudine,
            e.longitudine,
            f"{cura.tutti} di {e.nome}",
            replace(ricerca, scelte={**ricerca.scelte, "comune": chiave}).query(),
            e.nome,
            True,
            quanti[e.nome],
        )
        for chiave, e in comuni.items()
        if quanti[e.nome]
    ]
