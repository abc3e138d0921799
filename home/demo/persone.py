"""The people of the demonstration: invented, with addresses that do not exist."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from organizzazioni.models import Organizzazione, Utente

from .fonti import leggi

PASSWORD = "distretto2025"  # noqa: S105  (written in the README)
"""The same for everyone: the demonstration is not for a site that others can reach."""


@dataclass(frozen=True)
class Persona:
    """One login. `gruppi` are names of roles, `organizzazioni` keys of bodies that they act for."""

    username: str
    nome: str
    cognome: str
    ruolo: str
    gruppi: tuple[str, ...] = ()
    organizzazioni: tuple[str, ...] = ()
    superutente: bool = False


def leggi_persone() -> list[Persona]:
    return [
        Persona(**{campo: tuple(v) if isinstance(v, list) else v for campo, v in voce.items()})
        for voce in leggi("persone")
    ]


def crea_persone() -> dict[str, Utente]:
    """Make all of them; the users by username."""
    cifrata = make_password(PASSWORD)
    return {persona.username: _crea(persona, cifrata) for persona in leggi_persone()}


def _crea(persona, cifrata):
    utente = Utente.objects.create(
        username=persona.username,
        first_name=persona.nome,
        last_name=persona.cognome,
        password=cifrata,
        email=f"{persona.username}@example.org",
        is_superuser=persona.superutente,
        is_staff=persona.superutente,
    )
    gruppi = Organizzazione.objects.filter(chiave__in=persona.organizzazioni).values("gruppo")
    utente.groups.set(Group.objects.filter(name__in=persona.gruppi) | Group.objects.filter(pk__in=gruppi))
    return utente
