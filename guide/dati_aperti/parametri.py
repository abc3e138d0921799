"""Reading what a client asks for: a parameter that says something wrong is refused, never guessed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from base.formati.caratteri import da_cercare

PER_PAGINA, PER_PAGINA_MASSIMO = 20, 100
PAGINA_MASSIMA = 1_000_000
JSON, NDJSON = "json", "ndjson"


class ParametroNonValido(ValueError):
    """The text says, in Italian, which parameter is wrong and what it may be."""


@dataclass(frozen=True)
class Richiesta:
    """What is asked of an endpoint. `dal` is aware; `per_page` is never over the maximum."""

    testo: str = ""
    pagina: int = 1
    per_pagina: int = PER_PAGINA
    ndjson: bool = False
    minimo: bool = False
    intero: bool = False
    servizi_interi: bool = False
    primo_livello: bool = False
    termine: UUID | None = None
    tassonomia: UUID | None = None
    organizzazione: UUID | None = None
    padre: UUID | None = None
    dal: datetime | None = None


def leggi(dati: Mapping[str, str], ammessi: Iterable[str]) -> Richiesta:
    """The request in the GET parameters `dati`. Raises `ParametroNonValido`, also for a name not in `ammessi`: a
    filter with a wrong name would give all the entries in silence."""
    ammessi = list(ammessi)
    for nome in dati:
        if nome not in ammessi:
            elenco = f"si possono usare: {', '.join(ammessi)}" if ammessi else "qui non ce ne sono"
            raise ParametroNonValido(f"Il parametro «{_corto(nome)}» non esiste: {elenco}")
    return Richiesta(
        testo=da_cercare(dati.get("search", ""), 100),
        pagina=_intero(dati, "page", 1, PAGINA_MASSIMA),
        per_pagina=min(_intero(dati, "per_page", PER_PAGINA, PAGINA_MASSIMA), PER_PAGINA_MASSIMO),
        ndjson=_formato(dati),
        minimo=_vero(dati, "minimal"),
        intero=_vero(dati, "full"),
        servizi_interi=_vero(dati, "full_service"),
        primo_livello=_vero(dati, "top_only"),
        termine=_uuid(dati, "taxonomy_term_id"),
        tassonomia=_uuid(dati, "taxonomy_id"),
        organizzazione=_uuid(dati, "organization_id"),
        padre=_uuid(dati, "parent_id"),
        dal=_istante(dati),
    )


def _intero(dati: Mapping[str, str], nome: str, predefinito: int, massimo: int) -> int:
    valore = dati.get(nome)
    if valore is None:
        return predefinito
    if not (valore.isascii() and valore.isdecimal() and len(valore) < 10 and 1 <= int(valore) <= massimo):
        raise ParametroNonValido(f"«{nome}» deve essere un numero intero da 1 in su, non «{_corto(valore)}»")
    return int(valore)


def _vero(dati: Mapping[str, str], nome: str) -> bool:
    valore = dati.get(nome, "false").lower()
    if valore not in ("true", "false"):
        raise ParametroNonValido(f"«{nome}» deve essere true o false, non «{_corto(valore)}»")
    return valore == "true"


def _formato(dati: Mapping[str, str]) -> bool:
    valore = dati.get("format", JSON).lower()
    if valore not in (JSON, NDJSON):
        raise ParametroNonValido(f"«format» deve essere {JSON} o {NDJSON}, non «{_corto(valore)}»")
    return valore == NDJSON


def _uuid(dati: Mapping[str, str], nome: str) -> UUID | None:
    if nome not in dati:
        return None
    try:
        return UUID(dati[nome])
    except ValueError:
        raise ParametroNonValido(f"«{nome}» deve essere un identificativo (UUID), non «{_corto(dati[nome])}»") from None


def _istante(dati: Mapping[str, str]) -> datetime | None:
    """`modified_after`: a day, or an instant; without a zone it is in UTC."""
    if "modified_after" not in dati:
        return None
    testo = dati["modified_after"].replace(" ", "+")  # a plus sign that was not encoded
    try:
        letto = datetime.fromisoformat(testo)
        return (letto if letto.tzinfo else letto.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ParametroNonValido(
            "«modified_after» deve essere una data o un istante, come 2026-03-15 o 2026-03-15T10:30:00Z, "
            f"non «{_corto(dati['modified_after'])}»"
        ) from None


def _corto(testo: str) -> str:
    testo = "".join(c if c.isprintable() else "?" for c in testo)
    return f"{testo[:40]}…" if len(testo) > 40 else testo
