"""A territory as it is drawn: outlines in the units of a picture, and names where they cover one another nowhere. Pure.

The same names are laid out twice, for a phone and for a larger screen: `STRETTO` and `LARGO` are the sizes of their
letters, in units of a picture `LATO` wide.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, radians

LATO, BORDO = 360.0, 6.0
STRETTO, LARGO = 12.0, 9.0
LETTERA = 0.56
"""How wide a letter is at most, of its height, in the letters of the site or in those that replace them."""
RIGA = 1.15
PASSI = 14
"""Into how many parts an area is cut, along each side, to look for a place for its name."""
LUNGA = 13
"""Letters past which a line goes on in the next."""

Punto = tuple[float, float]
Poligono = list[list[Punto]]


@dataclass(frozen=True)
class Ingombro:
    """Where words stand, in units of the picture."""

    x: float
    y: float
    largo: float
    alto: float

    def tocca(self, altro: "Ingombro") -> bool:
        """Whether they cover one another."""
        largo, alto = (self.largo + altro.largo) / 2, (self.alto + altro.alto) / 2
        return abs(self.x - altro.x) < largo and abs(self.y - altro.y) < alto


@dataclass(frozen=True)
class Scritta:
    """A name on the picture, in lines around the middle of `riquadro`; each line with its height on the page."""

    righe: tuple[tuple[str, float], ...]
    riquadro: Ingombro


@dataclass(frozen=True)
class Area:
    """What is drawn and may have a name: `poligoni` in the units of the picture; without them, it is at `punto`."""

    parole: tuple[str, str]
    """What is written on it: its name, and how many."""
    poligoni: Sequence[Poligono] = ()
    punto: Punto | None = None

    @property
    def tracciato(self) -> str:
        """As the `d` of an SVG path: every ring, closed."""
        return "".join(_tracciato(anello) for poligono in self.poligoni for anello in poligono)


@dataclass(frozen=True)
class Proiezione:
    """From degrees to a picture `LATO` wide: at this scale the Earth is flat."""

    ovest: float
    nord: float
    scala: float
    stringe: float
    alto: float

    @classmethod
    def di(cls, punti: Iterable[Punto]) -> "Proiezione":
        """That which holds all of `punti` (longitude, latitude), at least one."""
        longitudini, latitudini = zip(*punti, strict=True)
        ovest, est, sud, nord = min(longitudini), max(longitudini), min(latitudini), max(latitudini)
        stringe = cos(radians((sud + nord) / 2))
        scala = (LATO - 2 * BORDO) / max((est - ovest) * stringe, (nord - sud) / 3, 0.01)
        return cls(ovest, nord, scala, stringe, (nord - sud) * scala + 2 * BORDO)

    def __call__(self, punto: Punto) -> Punto:
        lon, lat = punto
        x, y = (lon - self.ovest) * self.stringe * self.scala, (self.nord - lat) * self.scala
        return round(x + BORDO, 1), round(y + BORDO, 1)

    def poligoni(self, gradi: Iterable[Poligono]) -> list[Poligono]:
        return [[[self(punto) for punto in anello] for anello in poligono] for poligono in gradi]


def scrivi(aree: Sequence[Area], alto: float, corpo: float) -> list[Scritta | None]:
    """For each area its name in letters `corpo` high, where it covers no other; None where there is no room.

    The smallest choose first: the others have more places. A name in two languages keeps the first alone where both
    have no room.
    """
    posti: list[Scritta | None] = [None] * len(aree)
    prese: list[Ingombro] = []
    for n in sorted(range(len(aree)), key=lambda n: (_superficie(aree[n]), aree[n].parole)):
        nome, quanti = aree[n].parole
        for scritto in dict.fromkeys((nome, nome.split("/")[0])):
            if (
                trovata := _dove(aree[n], [*_a_capo(scritto), *filter(None, [quanti])], corpo, alto, prese)
            ) is not None:
                posti[n] = trovata
                prese.append(trovata.riquadro)
                break
    return posti


def _dove(area, righe, corpo, alto, prese):
    """The place nearest to the heart of the area where these lines fit, mostly inside of it; None if there is none."""
    largo, alta = max(map(len, righe)) * LETTERA * corpo, len(righe) * RIGA * corpo
    for x, y in _candidati(area, largo, alta):
        riquadro = Ingombro(x, y, largo + 2, alta + 1)
        dentro = largo / 2 < x < LATO - largo / 2 and alta / 2 < y < alto - alta / 2
        if dentro and not any(riquadro.tocca(altro) for altro in prese):
            prima = y - alta / 2 + 0.85 * corpo
            return Scritta(tuple((riga, round(prima + n * RIGA * corpo, 1)) for n, riga in enumerate(righe)), riquadro)
    return None


def _candidati(area: Area, largo: float, alta: float) -> list[Punto]:
    """Places for the middle of words so large, the best first: those that leave most of the words in the area."""
    if not area.poligoni:
        x, y = area.punto or (0, 0)
        return [(x, y + 6 + alta / 2), (x, y - 6 - alta / 2), (x + 8 + largo / 2, y), (x - 8 - largo / 2, y)]
    punti = [punto for poligono in area.poligoni for punto in poligono[0]]
    ovest, nord = min(p[0] for p in punti), min(p[1] for p in punti)
    passo_x, passo_y = ((max(p[k] for p in punti) - (ovest, nord)[k]) / PASSI for k in (0, 1))
    griglia = [(ovest + (n + 0.5) * passo_x, nord + (m + 0.5) * passo_y) for n in range(PASSI) for m in range(PASSI)]
    dentro = [punto for punto in griglia if _contiene(area.poligoni, punto)]
    cuore_x, cuore_y = (sum(p[k] for p in dentro) / len(dentro) if dentro else punti[0][k] for k in (0, 1))

    def quanto_fuori(punto):
        x, y = punto
        angoli = [(x + i * largo / 2, y + j * alta / 2) for i in (-1, -0.5, 0, 0.5, 1) for j in (-1, 0, 1)]
        fuori = sum(not _contiene(area.poligoni, angolo) for angolo in angoli)
        return fuori, hypot(x - cuore_x, y - cuore_y)

    return sorted(dentro, key=quanto_fuori)


def _contiene(poligoni, punto):
    """Whether a point is in them: a ray from it crosses the rings, holes too, an odd number of times."""
    x, y = punto
    dentro = False
    for (x1, y1), (x2, y2) in _lati(poligoni):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            dentro = not dentro
    return dentro


def _lati(poligoni) -> Iterator[tuple[Punto, Punto]]:
    for poligono in poligoni:
        for anello in poligono:
            yield from pairwise(anello)


def _superficie(area):
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in _lati(area.poligoni))) / 2


def _a_capo(nome: str) -> list[str]:
    """The name in lines no longer than `LUNGA` letters, unless one word is."""
    righe = [""]
    for parola in nome.replace("/", "/ ").replace("-", "- ").split():
        attaccata = f"{righe[-1]}{'' if righe[-1].endswith(('-', '/')) or not righe[-1] else ' '}{parola}"
        if len(attaccata) <= LUNGA or not righe[-1]:
            righe[-1] = attaccata
        else:
            righe.append(parola)
    return righe


def _tracciato(anello: Sequence[Punto]) -> str:
    """A ring in relative moves, which are shorter to write."""
    (x, y), *altri = anello
    passi = []
    for x2, y2 in altri[:-1]:
        passi.append(f"{x2 - x:.1f},{y2 - y:.1f}".replace(".0", ""))
        x, y = x2, y2
    return f"M{anello[0][0]},{anello[0][1]}l{' '.join(passi)}z"
