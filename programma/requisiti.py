"""What an evidence must bring before it is sent. Pure: form, import, `operazioni` and published content share it.

`Prova` is what one criterion asks, as data; `mancanze` compares it with what an evidence says.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .collegamenti import chiave, e_accettato, e_di_una_cosa
from .parole_uguali import ha_parole, nomina, parla_di_rinnovo

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
    "novita": "se è nuova o un rinnovo",
}
"""Fields that a criterion may demand, each as it is named in a sentence."""

NUOVA, RINNOVO = "nuova", "rinnovo"
SENZA_FILE = frozenset({"allegati"})
"""What a published content cannot bring: it is its own proof."""
SENZA_COLONNA = SENZA_FILE | {"novita"}
"""What no column of an import can say."""


@dataclass(frozen=True)
class Prova:
    """What the evidence of one criterion must bring.

    `chiede` are fields, `a|b` at least one of two; `siti` the accepted hosts, each with a path or without, and
    `nomi_dei_siti` how they are said. With
    `conta_link` the units are distinct accepted links; `parti` must each be named (`a|b`: either word) and proved;
    `intere` units are whole, and not less than `minimo`; with `solo_nuove` a renewal does not count.
    """

    codice: str
    chiede: tuple[str, ...] = ()
    siti: tuple[str, ...] = ()
    nomi_dei_siti: tuple[str, ...] = ()
    conta_link: bool = False
    parti: tuple[str, ...] = ()
    intere: bool = False
    minimo: int = 0
    solo_nuove: bool = False


def campi_nominati(richieste: Iterable[str]) -> list[str]:
    """All the fields named in a criterion's demands, alternatives (`a|b`) included, in order, once each."""
    return list(dict.fromkeys(campo for richiesta in richieste for campo in richiesta.split("|")))


def in_parole(richiesta: str) -> str:
    """A demand as a sentence names it: "le persone coinvolte oppure le organizzazioni coinvolte"."""
    return " oppure ".join(NOMI_CAMPI.get(campo, campo) for campo in richiesta.split("|"))


def mancanze(
    prova: Prova,
    valori: Mapping[str, object],
    muti: Collection[str] = (),
    gia_contati: Collection[str] = (),
) -> list[tuple[str, str]]:
    """What `valori` lack of what `prova` asks: the field, and the sentence to show beside it.

    `muti` are the fields that this way of giving evidence cannot bring: what they might satisfy is not demanded.
    `gia_contati` are the keys of the links that other evidence of the criterion has counted already.
    """
    return [
        *_campi_vuoti(prova, valori, muti),
        *_link_di_altri_siti(prova, valori),
        *_parti_mancanti(prova, valori, muti),
        *_quantita_sbagliata(prova, valori),
        *_link_ripetuti(prova, valori, gia_contati),
        *_rinnovo(prova, valori),
    ]


def _link(valori: Mapping[str, object]) -> list[str]:
    link = valori.get("link")
    return [str(indirizzo) for indirizzo in link] if isinstance(link, list | tuple) else []


def _accettati(prova: Prova, valori: Mapping[str, object]) -> list[str]:
    """The links that prove something of this criterion."""
    return [
        indirizzo
        for indirizzo in _link(valori)
        if e_accettato(indirizzo, prova.siti) and (not prova.conta_link or e_di_una_cosa(indirizzo))
    ]


def _vuoto(prova: Prova, campo: str, valori: Mapping[str, object]) -> bool:
    if campo == "link":
        return not _accettati(prova, valori)
    valore = valori.get(campo)
    if isinstance(valore, str):
        return not ha_parole(valore)
    return valore is None or valore == [] or valore == ()


def _campi_vuoti(prova: Prova, valori: Mapping[str, object], muti: Collection[str]) -> Iterable[tuple[str, str]]:
    for richiesta in prova.chiede:
        alternative = richiesta.split("|")
        if any(campo in muti for campo in alternative) or not all(_vuoto(prova, c, valori) for c in alternative):
            continue
        siti = ", ".join(prova.nomi_dei_siti) if "link" in alternative else ""
        if richiesta == "link" and siti and _link(valori):
            precisi = " e non alla prima pagina" if prova.conta_link else ""
            yield "link", f"{prova.codice} accetta solo link di: {siti}{precisi}"
        elif richiesta == "link" and siti:
            yield "link", f"{prova.codice} vuole un link di: {siti}"
        else:
            di = f" di: {siti}" if siti else ""
            yield alternative[0], f"{prova.codice}: questo criterio chiede {in_parole(richiesta)}{di}"


def _link_di_altri_siti(prova: Prova, valori: Mapping[str, object]) -> Iterable[tuple[str, str]]:
    """Links on none of the accepted sites, where no demand speaks of links."""
    dati = _link(valori)
    if prova.siti and dati and not _accettati(prova, valori) and "link" not in campi_nominati(prova.chiede):
        yield "link", f"{prova.codice} accetta solo link di: {', '.join(prova.nomi_dei_siti)}"


def _parti_mancanti(prova: Prova, valori: Mapping[str, object], muti: Collection[str]) -> Iterable[tuple[str, str]]:
    """The parts that nothing names, or that are named with fewer proofs than parts.

    A part may be named by the proof itself (the name of a file, a link), or by the text that goes with the proofs.
    """
    file = valori.get("allegati")
    nomi = [str(nome) for nome in file] if isinstance(file, list | tuple) else []
    prove = [*nomi, *_link(valori)]
    testo = " ".join(str(valori.get(campo) or "") for campo in ("titolo", "argomento", "descrizione"))
    bastano = "allegati" in muti or len(nomi) + len({chiave(link) for link in _link(valori)}) >= len(prova.parti)
    for parte in prova.parti:
        parole = parte.split("|")
        if any(nomina(prova_data, parole) for prova_data in prove) or (bastano and nomina(testo, parole)):
            continue
        dove = "nominala nel testo" if "allegati" in muti else "allegala, o aggiungi il suo link"
        yield (
            "descrizione" if "allegati" in muti else "allegati",
            f"{prova.codice} vale con tutte le sue parti, manca «{parole[0]}»: {dove}",
        )


def _quantita(valori: Mapping[str, object]) -> Decimal:
    """The declared units: empty is 1."""
    quantita = valori.get("quantita")
    return Decimal(1) if quantita is None or quantita == "" else Decimal(str(quantita))


def _quantita_sbagliata(prova: Prova, valori: Mapping[str, object]) -> Iterable[tuple[str, str]]:
    quantita = _quantita(valori)
    if prova.intere and quantita % 1:
        yield "quantita", f"{prova.codice} conta unità intere: scrivi un numero senza decimali"
    elif quantita < prova.minimo:
        yield "quantita", f"{prova.codice}: la quantità è almeno {prova.minimo}"


def _link_ripetuti(
    prova: Prova, valori: Mapping[str, object], gia_contati: Collection[str]
) -> Iterable[tuple[str, str]]:
    accettati = {chiave(indirizzo) for indirizzo in _accettati(prova, valori)}
    if not prova.conta_link or not accettati:
        return
    nuovi = accettati - set(gia_contati)
    if not nuovi:
        yield "link", f"{prova.codice}: questo link è già in un'altra evidenza, e si conta una volta sola"
    elif _quantita(valori) > len(nuovi):
        quanti = "c'è un link solo" if len(nuovi) == 1 else f"i link diversi sono {len(nuovi)}"
        yield "quantita", f"{prova.codice}: serve un link diverso per ogni unità, e {quanti} ancora da contare"


def _rinnovo(prova: Prova, valori: Mapping[str, object]) -> Iterable[tuple[str, str]]:
    if not prova.solo_nuove or valori.get("novita") == NUOVA:
        return
    if valori.get("novita") == RINNOVO:
        yield "novita", f"{prova.codice} conta solo ciò che è nuovo: un rinnovo non conta"
    elif any(parla_di_rinnovo(str(valori.get(campo) or "")) for campo in ("titolo", "argomento")):
        yield "titolo", f"{prova.codice} conta solo ciò che è nuovo, e qui si parla di un rinnovo"


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
