"""Addresses given as proof: which are complete, which are on an accepted site, which lead to the same thing. Pure."""

import posixpath
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import parse_qsl, unquote, urlsplit

MASSIMO = 500
STRANI = set(" \\\t\r\n")
"""Characters that no address holds: browsers take some for others, and so lead to another host."""
CHE_IDENTIFICANO = {"story_fbid", "fbid", "multi_permalinks", "v", "p", "post", "post_id", "id"}
"""Parameters that say which thing an address leads to; every other tells where the visitor comes from."""
DI_UN_POST = {"story_fbid", "fbid", "multi_permalinks", "v"}
"""Of those, the ones that alone say which post it is."""
NUMERO_DI_UN_POST = re.compile(r"/(?:posts|permalink|videos|reel)/(?:.*/)?(\d{4,}|pfbid\w+)$")
"""A post in the path of its page: the last part is its number, whatever comes before."""
STESSO_SITO = re.compile(r"^(?:www|m|web|mobile|mbasic|touch|[a-z]{2}-[a-z]{2})\.(?=[^.]+\.)")
"""Another door of the same site."""


def link_non_validi(link: Iterable[str]) -> list[str]:
    """Those that are not complete http or https addresses.

    Nor may they hold a user name, which passes for a host, nor anything that cannot be seen.
    """
    rifiutati = []
    for indirizzo in link:
        try:
            parti = urlsplit(indirizzo)
            valido = parti.scheme in ("http", "https") and bool(parti.hostname) and parti.username is None
            valido = valido and not STRANI & set(indirizzo) and parti.port != 0  # a wrong port cannot be read
        except ValueError:
            valido = False
        if not valido or len(indirizzo) > MASSIMO or any(unicodedata.category(c)[0] in "CZ" for c in indirizzo):
            rifiutati.append(indirizzo)
    return rifiutati


def _parti(indirizzo: str) -> tuple[str, str, list[tuple[str, str]]]:
    """Host, path and parameters as they are compared; all empty for what cannot be read."""
    try:
        parti = urlsplit(indirizzo)
        host = (parti.hostname or "").rstrip(".")
    except ValueError:
        return "", "", []
    percorso = "".join(c for c in unquote(parti.path) if unicodedata.category(c)[0] not in "CZ")
    percorso = posixpath.normpath("/" + percorso.lstrip("/")).rstrip("/")
    return host, percorso, parse_qsl(parti.query)


def _sul_sito(host: str, percorso: str, sito: str) -> bool:
    nome, _, cartella = sito.partition("/")
    cartella = f"/{cartella.strip('/')}" if cartella.strip("/") else ""
    nel_posto = not cartella or percorso == cartella or percorso.startswith(f"{cartella}/")
    return (host == nome or host.endswith(f".{nome}")) and nel_posto


def e_accettato(indirizzo: str, siti: Iterable[str]) -> bool:
    """Whether an address is valid and on one of `siti`, or of their subdomains and folders; no `siti`: any will do."""
    siti = list(siti)
    host, percorso, _ = _parti(indirizzo)
    return not link_non_validi([indirizzo]) and (not siti or any(_sul_sito(host, percorso, sito) for sito in siti))


def e_di_una_cosa(indirizzo: str) -> bool:
    """Whether it leads to something on a site, and not to its first page."""
    _, percorso, parametri = _parti(indirizzo)
    return bool(percorso) or any(nome in CHE_IDENTIFICANO for nome, _ in parametri)


def chiave(indirizzo: str) -> str:
    """What is equal for two addresses of the same thing: no protocol, `www`, last slash, case or tracking parameter."""
    host, percorso, parametri = _parti(indirizzo)
    host = STESSO_SITO.sub("", host)
    del_post = [valore for nome, valore in parametri if nome in DI_UN_POST]
    if del_post:
        return f"{host}#{del_post[0]}".casefold()
    if nel_percorso := NUMERO_DI_UN_POST.search(percorso):
        return f"{host}#{nel_percorso[1]}".casefold()
    utili = sorted((nome, valore) for nome, valore in parametri if nome in CHE_IDENTIFICANO)
    return f"{host}{percorso}?{utili}".casefold()
