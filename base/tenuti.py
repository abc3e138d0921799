"""Files that somebody looks at before they are brought in: kept aside in the private storage until the confirmation."""

import secrets
from datetime import timedelta

from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

DURATA = timedelta(hours=12)
"""How long a file that was looked at may still be confirmed."""


def tieni(cartella: str, nome: str, contenuto: bytes, utente) -> str:
    """Keep a file in `cartella`; returns a signed word by which only `utente` finds it again. Old ones are deleted."""
    deposito = storages["allegati"]
    limite = timezone.now() - DURATA
    for vecchio in deposito.listdir(cartella)[1] if deposito.exists(cartella) else ():
        if deposito.get_modified_time(f"{cartella}/{vecchio}") < limite:
            deposito.delete(f"{cartella}/{vecchio}")
    percorso = deposito.save(f"{cartella}/{secrets.token_hex(16)}", ContentFile(contenuto))
    return signing.dumps([nome, percorso, utente.pk], salt=f"tenuti.{cartella}")


def ripreso(cartella: str, parola: str, utente) -> tuple[str, str, bytes]:
    """Name, path and bytes of the kept file. Raises `BadSignature` or `FileNotFoundError`."""
    nome, percorso, chi = signing.loads(parola, salt=f"tenuti.{cartella}", max_age=DURATA)
    if chi != utente.pk:
        raise signing.BadSignature("of someone else")
    with storages["allegati"].open(percorso) as file:
        return nome, percorso, file.read()


def lascia(percorso: str) -> None:
    """Delete a kept file: it was brought in."""
    storages["allegati"].delete(percorso)
