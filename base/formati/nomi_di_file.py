"""Names of files: what a person wrote, without what no name can hold. Pure."""

import unicodedata

from .caratteri import pulito, senza_controlli

MASSIMO_GAMBO = 120
"""Bytes of a name before its extension: file systems take 255 in all."""

SENZA_NOME = "file"


def nome_leggibile(nome: str) -> str:
    """The name to show: its last part, with its letters and signs whole (NFC); never without a stem."""
    ultimo = pulito(senza_controlli(nome.replace("\\", "/").rpartition("/")[2]), una_riga=True)
    gambo, punto, coda = ultimo.rpartition(".")
    if not punto:
        gambo, coda = coda, ""
    gambo = gambo.strip(". ") or SENZA_NOME
    coda = coda.strip()[:20]
    return f"{gambo[: 199 - len(coda)]}.{coda}" if coda else gambo[:200]


def nome_per_il_disco(nome: str) -> str:
    """The same with nothing that has a meaning in a path or an address: letters of any alphabet and emoji stay."""
    gambo, punto, coda = nome_leggibile(nome).replace(" ", "_").rpartition(".")
    if not punto:
        gambo, coda = coda, ""
    gambo, coda = _sicuro(gambo).strip("._"), _sicuro(coda)
    corto = gambo.encode()[:MASSIMO_GAMBO].decode(errors="ignore") or SENZA_NOME
    return f"{corto}.{coda}" if coda else corto


def estensione(nome: str) -> str:
    """In lower case, without the dot; a name that is an extension alone has it too."""
    return nome.rpartition(".")[2].strip().lower() if "." in nome else ""


def dentro_la_firma(nome: str) -> str:
    """ "verbale.pdf" of "verbale.pdf.p7m", signed however many times; nothing of what is not a signed file."""
    interno = nome
    while estensione(interno) == "p7m":
        interno = interno[: -len(".p7m")]
    return interno if interno != nome and "." in interno.strip(".") else ""


def _sicuro(testo: str) -> str:
    def resta(c: str) -> bool:
        return c.isalnum() or c in "-_." or (ord(c) > 127 and unicodedata.category(c)[0] in "MS")

    return "".join(filter(resta, testo))
