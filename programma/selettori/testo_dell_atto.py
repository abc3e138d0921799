"""Our summary of an action beside the act's own words."""

from dataclasses import dataclass

from ..models import AzionePage, ParoleDellAtto

Parte = ParoleDellAtto.Parte
TITOLI = (
    ("obiettivo_generale", Parte.GENERALE, "generale", "Perché"),
    ("obiettivo_specifico", Parte.SPECIFICO, "specifico", "Che cosa vogliamo ottenere"),
    ("azioni", Parte.AZIONI, "cosa", "Che cosa facciamo"),
)
"""What the public reads of an action: the field, the part of the act, the anchor, the heading."""


@dataclass(frozen=True)
class ParteDellAzione:
    """A part of an action: `sintesi` is ours, empty where we say it as the act does; `atto` is the act's."""

    chiave: str
    titolo: str
    sintesi: str
    atto: str


def parole_di(azione: AzionePage) -> dict[str, str]:
    """The act's words of `azione`, by part."""
    return dict(azione.parole_dell_atto.values_list("parte", "testo"))


def parti_dell_azione(azione: AzionePage, parole: dict[str, str]) -> list[ParteDellAzione]:
    """Why, what for and what of an action; the parts of which nothing is said are left out."""
    parti = []
    for campo, parte, chiave, titolo in TITOLI:
        nostre, atto = getattr(azione, campo).strip(), parole.get(parte, "").strip()
        if nostre or atto:
            parti.append(ParteDellAzione(chiave, titolo, "" if _uguali(nostre, atto) else nostre, atto))
    return parti


def _uguali(una: str, altra: str) -> bool:
    return " ".join(una.split()) == " ".join(altra.split())
