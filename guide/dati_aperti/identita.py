"""What the open data are about, and the identifiers of each thing.

Identifiers are UUIDs that outlive edits and moves. A service has its page's; everything else is a name (UUID
version 5) under the guide's own: an organisation by its key, a category by its kind and key. What belongs to a
service (a place, an hour, a contact) is a name under the service, made from what it says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from base.formati.caratteri import uguagliabile

from ..scheda import Luogo, Scheda

ESTERNO = "Ente esterno alla rete del Distretto"
BISOGNI, MOMENTI, FASCE, COMUNI = "bisogni", "momenti", "fasce", "comuni"


@dataclass(frozen=True)
class Pubblicata:
    """A published entry, where its page is and when it was last approved."""

    id: UUID
    scheda: Scheda
    url: str
    modificata: datetime | None = None


@dataclass(frozen=True)
class Ente:
    """Who provides services, with the contacts of its public page."""

    id: UUID
    nome: str
    nome_breve: str = ""
    descrizione: str = ""
    sito: str = ""
    email: str = ""
    telefono: str = ""


@dataclass(frozen=True)
class TermineDiTassonomia:
    """A category. `dal` and `al` (excluded), in months, are of the bands of age."""

    tassonomia: str
    chiave: str
    nome: str
    padre: str = ""
    dal: int = 0
    al: int | None = None


@dataclass(frozen=True)
class Guida:
    """What all the entries share. `id_guida` is the name space of identifiers, `enti` are those of the network."""

    id_guida: UUID
    termini: Mapping[tuple[str, str], TermineDiTassonomia]
    enti: Mapping[UUID, Ente]
    oggi: date


def id_ente(id_guida: UUID, chiave: str, nome: str) -> UUID:
    """Of a body of the network by its key, of another by its name."""
    return uuid5(id_guida, f"organizzazione:{chiave}" if chiave else f"ente:{uguagliabile(nome)}")


def id_ente_di(id_guida: UUID, scheda: Scheda) -> UUID | None:
    """Of who provides the service; None when nobody is named."""
    return id_ente(id_guida, scheda.erogatore_chiave, scheda.erogatore) if scheda.erogatore else None


def ente_di(guida: Guida, scheda: Scheda) -> Ente:
    """Who provides the service; of a body outside the network only the name is known."""
    id_suo = id_ente(guida.id_guida, scheda.erogatore_chiave, scheda.erogatore)
    return guida.enti.get(id_suo) or Ente(id_suo, scheda.erogatore, descrizione=ESTERNO)


def id_tassonomia(id_guida: UUID, tassonomia: str) -> UUID:
    return uuid5(id_guida, f"tassonomia:{tassonomia}")


def id_termine(id_guida: UUID, tassonomia: str, chiave: str) -> UUID:
    return uuid5(id_guida, f"termine:{tassonomia}:{chiave}")


def luoghi_con_id(voce: Pubblicata) -> list[tuple[UUID, Luogo]]:
    """The places of a service. A place keeps its identifier until its municipality or its name (its address, when it
    has no name) changes."""
    visti: dict[str, int] = {}
    esito = []
    for luogo in voce.scheda.luoghi:
        chiave = f"{luogo.comune.chiave if luogo.comune else ''}:{luogo.nome or luogo.indirizzo}"
        visti[chiave] = visti.get(chiave, 0) + 1
        esito.append((uuid5(voce.id, f"luogo:{chiave}:{visti[chiave]}"), luogo))
    return esito


def id_sede(voce: Pubblicata, luogo: UUID) -> UUID:
    """Of the service in that place."""
    return uuid5(voce.id, f"sede:{luogo}")


def id_delle_sedi(voce: Pubblicata) -> list[UUID]:
    """Of the service in each of its places, in the order of `sedi`."""
    luoghi = [id_luogo for id_luogo, _ in luoghi_con_id(voce)]
    return [id_sede(voce, luogo) for luogo in (*luoghi, *([id_on_line(voce)] if voce.scheda.on_line else []))]


def id_on_line(voce: Pubblicata) -> UUID:
    return uuid5(voce.id, "luogo:on-line")
