"""Whether a point of the map may be right: in Italy, and near where it is said to be. Pure."""

from math import cos, hypot, radians

LONTANO = 40
"""Kilometres from the middle of a municipality past which a point of it is surely wrong."""
KM_PER_GRADO = 111.2
ITALIA = ((35.4, 47.2), (6.5, 18.7))
"""Least and greatest latitude and longitude."""

Punto = tuple[float, float]


def distanza(uno: Punto, altro: Punto) -> float:
    """Kilometres between two points (latitude, longitude) that are not far apart."""
    (lat, lon), (lat2, lon2) = uno, altro
    return KM_PER_GRADO * hypot(lat - lat2, (lon - lon2) * cos(radians((lat + lat2) / 2)))


def che_cosa_non_va(punto: Punto, vicino_a: Punto | None = None, nome: str = "") -> str:
    """Why `punto` cannot be near `vicino_a` (the place called `nome`), in Italian; empty when it can."""

    def possibile(questo: Punto) -> bool:
        if vicino_a is not None:
            return distanza(questo, vicino_a) <= LONTANO
        return all(minimo <= grado <= massimo for grado, (minimo, massimo) in zip(questo, ITALIA, strict=True))

    if possibile(punto):
        return ""
    if possibile((punto[1], punto[0])):
        return "La latitudine e la longitudine sembrano scambiate"
    if vicino_a is None:
        return "Questo punto non è in Italia: controlla la latitudine e la longitudine"
    return f"Questo punto è a {distanza(punto, vicino_a):.0f} km da {nome}: controlla la latitudine e la longitudine"
