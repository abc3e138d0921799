"""Where on the map the entries found are: how many in each municipality and, over tiles, each at its own point."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings

from base.disegno import LARGO, STRETTO, Area, Proiezione, Scritta, scrivi
from base.mappa import Etichetta, Punto, dati_mappa

from .dichiarazione import Cura
from .filtri import Faccetta, Ricerca
from .models import Contorno
from .nomi import Nomi

PUNTI_MASSIMO = 300
"""With more than these the tiles show only how many there are in each municipality."""


@dataclass(frozen=True)
class LuogoDisegnato:
    """A municipality in the picture, or what is found in none (`on line`), which is in the list alone.

    `stretto` and `largo` are its name as it is written on a phone and on a larger screen, where there is room.
    """

    nome: str
    quanti: int
    query: str
    scelto: bool
    area: Area | None = None
    stretto: Scritta | None = None
    largo: Scritta | None = None


@dataclass(frozen=True)
class Disegno:
    """The picture, `alto` for the width of `base.disegno`: what is drawn, where something is found, who made it."""

    disegnati: list[LuogoDisegnato]
    in_elenco: list[LuogoDisegnato]
    acque: list[Area]
    alto: float
    fonti: list[str]


def disegno_di(comune: Faccetta, ricerca: Ricerca, nomi: Nomi) -> Disegno:
    """The municipalities of the District with how many entries of the facet `comune` each has, in one query."""
    contorni, opzioni = list(Contorno.objects.all()), {opzione.valore: opzione for opzione in comune.opzioni}
    in_gradi = [punto for c in contorni for poligono in c.poligoni for punto in poligono[0]]
    in_gradi += [(punto.longitudine, punto.latitudine) for punto in nomi.punti.values()]
    verso = Proiezione.di(in_gradi) if in_gradi else None
    gradi = {contorno.comune: contorno.poligoni for contorno in contorni}

    def luogo(chiave, nome):
        quanti = opzioni[chiave].quanti if chiave in opzioni else 0
        query = replace(ricerca, scelte={**ricerca.scelte, "comune": chiave}, mappa=False).query()
        return LuogoDisegnato(nome, quanti, query, ricerca.scelte.get("comune") == chiave, area(chiave, nome, quanti))

    def area(chiave, nome, quanti):
        parole = (nome, str(quanti) if quanti else "")
        if verso and chiave in gradi:
            return Area(parole, verso.poligoni(gradi[chiave]))
        if verso and chiave in nomi.punti:
            return Area(parole, punto=verso((nomi.punti[chiave].longitudine, nomi.punti[chiave].latitudine)))
        return None

    noti = {**nomi.comuni, **{o.valore: o.nome for o in comune.opzioni}}
    luoghi = [luogo(chiave, nome) for chiave, nome in noti.items()]
    alto = verso.alto if verso else 0
    return Disegno(
        disegnati=_con_i_nomi([luogo for luogo in luoghi if luogo.area], alto),
        in_elenco=[luogo for luogo in luoghi if luogo.quanti],
        acque=[Area(("", ""), verso.poligoni(c.poligoni)) for c in contorni if verso and not c.comune],
        alto=alto,
        fonti=list(dict.fromkeys(c.fonte for c in contorni)),
    )


def _con_i_nomi(disegnati, alto):
    """The same, with their names where they cover one another nowhere."""
    aree = [luogo.area for luogo in disegnati]
    posti = zip(disegnati, scrivi(aree, alto, STRETTO), scrivi(aree, alto, LARGO), strict=True)
    return [replace(luogo, stretto=stretto, largo=largo) for luogo, stretto, largo in posti]


def punti_di(cura: Cura, posizioni: Iterable[int], ricerca: Ricerca, pagina: Any, nomi: Nomi) -> dict | None:
    """The entries in these positions, all of them below `pagina`, over the tiles: in one query, None without tiles.

    An entry is at its own point, or at that of its municipality; one without places is only in the list.
    """
    if not settings.MAPPA_TILES_URL:
        return None
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
    return dati_mappa(punti) if punti else None


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
