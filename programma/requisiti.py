"""What an evidence must have before it is sent. Pure: the form, the import and `operazioni` share it."""

from collections.abc import Iterable, Mapping
from datetime import date
from urllib.parse import urlsplit

NOMI_CAMPI = {
    "data": "la data",
    "titolo": "il titolo",
    "argomento": "l'argomento trattato",
    "persone_coinvolte": "le persone coinvolte",
    "organizzazioni": "le organizzazioni coinvolte",
    "descrizione": "la descrizione",
    "link": "un link",
    "allegati": "un file allegato",
    "quantita": "la quantità",
    "progettualita": "la scheda del progetto nato durante l'anno",
}
"""Fields that a criterion may demand, each as it is named in a sentence."""

STRANI = set(" \\\t\r\n")
"""Characters that no address holds: browsers take some for others, and so lead to another host."""


def campi_richiesti(richieste: Iterable[str]) -> list[str]:
    """All the fields named in a criterion's demands, alternatives (`a|b`) included, in order, once each."""
    return list(dict.fromkeys(campo for richiesta in richieste for campo in richiesta.split("|")))


def campi_vuoti(richieste: Iterable[str], valori: Mapping[str, object], senza_file: bool = False) -> dict[str, str]:
    """The demanded fields that `valori` leaves empty, each with the sentence to show beside it.

    `a|b` is satisfied by either; the sentence stands at the first of the two. With `senza_file` attachments
    are never demanded (an import has none). A quantity of 0 is a value.
    """
    errori = {}
    for richiesta in richieste:
        alternative = richiesta.split("|")
        if senza_file and "allegati" in alternative:
            continue
        if all(valori.get(campo) in (None, "", [], ()) for campo in alternative):
            nomi = " oppure ".join(NOMI_CAMPI[campo] for campo in alternative)
            errori[alternative[0]] = f"Questo criterio chiede {nomi}"
    return errori


def data_non_valida(giorno: date | None, dal: date, scadenza: date, oggi: date) -> str:
    """Why `giorno` cannot be the date of the fact, or an empty string. Both ends of the period are included."""
    if giorno is None:
        return "Indica la data del fatto"
    if giorno > oggi:
        return f"La data {giorno:%d/%m/%Y} è nel futuro: l'evidenza si invia dopo che il fatto è avvenuto"
    return data_fuori_periodo(giorno, dal, scadenza)


def data_fuori_periodo(giorno: date, dal: date, scadenza: date) -> str:
    """Why `giorno` is not of this programme, or an empty string."""
    if dal <= giorno <= scadenza:
        return ""
    return f"La data {giorno:%d/%m/%Y} è fuori dal periodo del programma: dal {dal:%d/%m/%Y} al {scadenza:%d/%m/%Y}"


def link_non_validi(link: Iterable[str]) -> list[str]:
    """Those that are not complete http or https addresses.

    Nor may they hold a user name, which passes for a host.
    """
    rifiutati = []
    for indirizzo in link:
        try:
            parti = urlsplit(indirizzo)
            valido = parti.scheme in ("http", "https") and bool(parti.hostname) and parti.username is None
            valido = valido and not STRANI & set(indirizzo)
        except ValueError:
            valido = False
        if not valido or len(indirizzo) > 500:
            rifiutati.append(indirizzo)
    return rifiutati


def _sito(indirizzo: str) -> str:
    """The host of an address; empty for one that cannot even be read."""
    try:
        return urlsplit(indirizzo).hostname or ""
    except ValueError:
        return ""


def link_di_altri_siti(link: Iterable[str], ammessi: Iterable[str]) -> bool:
    """Whether links are given and none of them is on an accepted host or one of its subdomains."""
    ammessi = list(ammessi)
    if not ammessi:
        return False
    nomi = [_sito(indirizzo) for indirizzo in link]
    return bool(nomi) and not any(nome == sito or nome.endswith(f".{sito}") for nome in nomi for sito in ammessi)
