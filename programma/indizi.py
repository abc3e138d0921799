"""What one has in hand — a mail, a post's address, what a phone shares — read for what it says of a fact. Pure.

Nothing is fetched: an address says on which channel it is and sometimes its day, a text names days and a kind of fact.
All of it is a proposal that a person reads before anything is sent.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from base.formati.caratteri import pulito
from base.parole import parole, radice
from base.tempo import MESI

from .che_cosa import QUANTI, TIPI_DI_FATTO, TipoDiFatto, probabili, tipo_di_fatto
from .collegamenti import e_accettato, link_non_validi

MASSIMO_TITOLO, MASSIMO_TESTO = 200, 4000
"""Characters that are kept of what was sent."""
COMUNICAZIONE = "comunicazione"
"""The kind of fact of a mail or a post, and of what says nothing else of itself."""
CANALI = {
    "facebook.com": "Facebook",
    "fb.com": "Facebook",
    "fb.watch": "Facebook",
    "instagram.com": "Instagram",
    "linkedin.com": "LinkedIn",
    "lnkd.in": "LinkedIn",
    "youtube.com": "YouTube",
    "youtu.be": "YouTube",
    "tiktok.com": "TikTok",
    "twitter.com": "X",
    "x.com": "X",
    "t.me": "Telegram",
    "whatsapp.com": "WhatsApp",
}
"""Sites where people post, and how they call them."""
ROMA = ZoneInfo("Europe/Rome")
EPOCA = datetime(1970, 1, 1, tzinfo=UTC)
INDIETRO = timedelta(days=730)
"""A day longer ago is not taken for the day of what one has in hand now."""

_INDIRIZZO = re.compile(r"https?://[^\s<>\"'“”«»]+", re.IGNORECASE)
_GIORNO_NEL_PERCORSO = re.compile(r"(?<!\d)(20\d\d)[/_.-]?(0[1-9]|1[0-2])[/_.-]?(0[1-9]|[12]\d|3[01])(?!\d)")
_GIORNO = re.compile(
    rf"(?<!\d)(?:(?P<g>\d{{1,2}})[º°]?\s+(?P<nome>{'|'.join(MESI)})\s+(?P<a>20\d\d)"
    r"|(?P<g2>\d{1,2})[/.-](?P<m2>\d{1,2})[/.-](?P<a2>20\d\d)"
    r"|(?P<a3>20\d\d)-(?P<m3>\d{2})-(?P<g3>\d{2}))(?!\d)",
    re.IGNORECASE,
)
_NUMERO_LINKEDIN = re.compile(r"(?:activity|ugcpost|share)[-:](\d{19})(?!\d)", re.IGNORECASE)
_NUMERO_X = re.compile(r"/status(?:es)?/(\d{17,19})(?!\d)")
_CODICE_INSTAGRAM = re.compile(r"/(?:p|reel|tv)/([A-Za-z0-9_-]{11})(?:/|$)")
_LETTERE_INSTAGRAM = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@dataclass(frozen=True)
class Indizi:
    """What was understood: words, addresses, day of the fact and kind of fact (a key of `TIPI_DI_FATTO`)."""

    titolo: str = ""
    testo: str = ""
    link: tuple[str, ...] = ()
    data: date | None = None
    tipo: str = ""


def indizi_di(titolo: str, testo: str, link: str, oggi: date) -> Indizi:
    """What title, text and address tell at `oggi`; an address may also stand in the text, as phones share it."""
    titolo = pulito(titolo.replace("\0", ""), una_riga=True)[:MASSIMO_TITOLO]
    testo = pulito(testo.replace("\0", ""))[:MASSIMO_TESTO]
    indirizzo = completo(link)
    trovati = [indirizzo] if indirizzo else [t.rstrip(".,;:!?)]") for t in _INDIRIZZO.findall(f"{titolo} {testo}")]
    buoni = tuple(dict.fromkeys(uno for uno in trovati if not link_non_validi([uno])))[:5]
    del_post = giorno_dell_indirizzo(buoni[0], oggi) if buoni else None
    return Indizi(
        titolo=titolo if titolo and titolo not in buoni else (f"Post su {canale(buoni[0])}" if buoni else ""),
        testo="" if testo in buoni else testo,
        link=buoni,
        data=del_post or giorno_nel_testo(f"{titolo} {testo}", oggi),
        tipo=COMUNICAZIONE if buoni else tipo_del_testo(f"{titolo} {testo}"),
    )


def completo(link: str) -> str:
    """An address as one pastes it, with its protocol where it is missing."""
    link = pulito(link.replace("\0", ""), una_riga=True)
    return link if not link or "://" in link else f"https://{link}"


def canale(indirizzo: str) -> str:
    """Where a post is, as people call it; else the name of the site."""
    host = (urlsplit(indirizzo).hostname or "").removeprefix("www.")
    return next((nome for sito, nome in CANALI.items() if host == sito or host.endswith(f".{sito}")), host)


def giorno_dell_indirizzo(indirizzo: str, oggi: date) -> date | None:
    """The day that an address holds, written in it or in the number of the post (LinkedIn, X, Instagram: theirs begin
    with the moment at which they were made). None when it holds none, or one that cannot be."""
    percorso = unquote(urlsplit(indirizzo).path)
    dove = canale(indirizzo)
    momento = None
    if dove == "LinkedIn" and (numero := _NUMERO_LINKEDIN.search(percorso)):
        momento = int(numero[1]) >> 22
    elif dove == "X" and (numero := _NUMERO_X.search(percorso)):
        momento = (int(numero[1]) >> 22) + 1_288_834_974_657
    elif dove == "Instagram" and (codice := _CODICE_INSTAGRAM.search(percorso)):
        valore = 0
        for lettera in codice[1]:
            valore = valore * 64 + _LETTERE_INSTAGRAM.index(lettera)
        momento = (valore >> 23) + 1_314_220_021_721
    if momento is not None:
        return _possibile((EPOCA + timedelta(milliseconds=momento)).astimezone(ROMA).date(), oggi)
    scritto = _GIORNO_NEL_PERCORSO.search(percorso)
    return _giorno(scritto[1], scritto[2], scritto[3], oggi) if scritto else None


def giorno_nel_testo(testo: str, oggi: date) -> date | None:
    """The first day written in `testo` that is not to come, nor too long ago."""
    for trovato in _GIORNO.finditer(testo):
        parti = trovato.groupdict()
        mese = MESI.index(parti["nome"].lower()) + 1 if parti["nome"] else parti["m2"] or parti["m3"]
        giorno = _giorno(parti["a"] or parti["a2"] or parti["a3"], mese, parti["g"] or parti["g2"] or parti["g3"], oggi)
        if giorno:
            return giorno
    return None


def _giorno(anno: Any, mese: Any, giorno: Any, oggi: date) -> date | None:
    try:
        return _possibile(date(int(anno), int(mese), int(giorno)), oggi)
    except ValueError:
        return None


def _possibile(giorno: date, oggi: date) -> date | None:
    return giorno if oggi - INDIETRO <= giorno <= oggi else None


def tipo_del_testo(testo: str) -> str:
    """The kind of fact of which `testo` says most words; what says none is a communication."""
    dette = list(map(radice, parole(testo)))
    migliore = max(TIPI_DI_FATTO, key=lambda tipo: sum(parola in tipo.radici for parola in dette))
    return migliore.chiave if any(parola in migliore.radici for parola in dette) else COMUNICAZIONE


def criterio_probabile(criteri: Iterable[Any], indizi: Indizi, propri: set[int], del_manager: bool) -> Any | None:
    """Of the likely criteria of that kind of fact, the one whose own words are most in the text; None without any."""
    tipo = tipo_di_fatto(indizi.tipo)
    candidati = probabili_con_link(criteri, tipo, propri, del_manager, indizi.link) if tipo else []
    dette = set(map(radice, parole(f"{indizi.titolo} {indizi.testo}")))
    return max(candidati, key=lambda c: len(dette & set(map(radice, parole(f"{c.titolo} {c.unita}")))), default=None)


def probabili_con_link(
    criteri: Iterable[Any], tipo: TipoDiFatto, propri: set[int], del_manager: bool, link: Iterable[str]
) -> list[Any]:
    """The likely criteria of a kind of fact, those that ask for an address of the sites of `link` before the others."""
    ammessi = con_il_sito(criteri, link)
    if not link:
        return probabili(ammessi, tipo, propri, del_manager)
    con_sito, senza = [c for c in ammessi if c.siti], [c for c in ammessi if not c.siti]
    return [*probabili(con_sito, tipo, propri, del_manager), *probabili(senza, tipo, propri, del_manager)][:QUANTI]


def con_il_sito(criteri: Iterable[Any], link: Iterable[str]) -> list[Any]:
    """The same criteria, first those that ask for an address of just these sites; what asks for others is left out."""
    tutti, link = list(criteri), list(link)
    if not link:
        return tutti
    accettano = [c for c in tutti if c.siti and any(e_accettato(uno, _host(c.siti)) for uno in link)]
    return accettano + [c for c in tutti if not c.siti]


def _host(siti: Iterable[str]) -> list[str]:
    return [sito.partition("/")[0] for sito in siti]


def indirizzo_sbagliato(link: str) -> bool:
    """Whether what was pasted is no complete address."""
    return bool(link) and bool(link_non_validi([completo(link)]))
