"""The description of what we serve, in OpenAPI 3.1. The shape of each answer is the standard's own."""

from typing import NamedTuple

from .hsds import VERSIONE
from .parametri import JSON, NDJSON, PER_PAGINA, PER_PAGINA_MASSIMO

SCHEMI = f"https://raw.githubusercontent.com/openreferral/specification/{VERSIONE}/schema"
LICENZA = {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/deed.it"}

_UUID = {"type": "string", "format": "uuid"}
_SI_NO = {"type": "boolean", "default": False}
PARAMETRI = {
    "search": ("Parole da cercare: nei servizi come nella guida, altrove nel nome.", {"type": "string"}),
    "page": ("Numero della pagina, da 1.", {"type": "integer", "minimum": 1, "default": 1}),
    "per_page": (
        f"Quanti per pagina; oltre {PER_PAGINA_MASSIMO} se ne danno {PER_PAGINA_MASSIMO}.",
        {"type": "integer", "minimum": 1, "default": PER_PAGINA},
    ),
    "format": (
        "`ndjson` dà tutti i risultati, uno per riga, senza pagine.",
        {"type": "string", "enum": [JSON, NDJSON], "default": JSON},
    ),
    "taxonomy_term_id": ("I servizi sotto questo termine.", _UUID),
    "taxonomy_id": ("I servizi sotto un termine qualsiasi di questa tassonomia.", _UUID),
    "organization_id": ("I servizi di questa organizzazione.", _UUID),
    "modified_after": (
        "I servizi aggiornati in questo istante o dopo, per esempio 2026-03-15T10:30:00Z.",
        {"type": "string", "format": "date-time"},
    ),
    "minimal": (
        "Tutti i servizi in una pagina sola, con identificativo e data (e nome e stato, che lo schema chiede).",
        _SI_NO,
    ),
    "full": ("Ogni risultato con tutto ciò che contiene.", _SI_NO),
    "full_service": ("I servizi di ogni organizzazione con tutto ciò che contengono.", _SI_NO),
    "top_only": ("Solo i termini che non stanno sotto un altro.", _SI_NO),
    "parent_id": ("I termini che stanno sotto questo.", _UUID),
}


def _risposta(descrizione: str, schema: dict) -> dict:
    return {"description": descrizione, "content": {"application/json": {"schema": schema}}}


def _oggetto(**campi: str) -> dict:
    """The schema of an object with these fields, each of a simple type."""
    return {"type": "object", "properties": {nome: {"type": tipo} for nome, tipo in campi.items()}}


RADICE = {
    "operationId": "radice",
    "summary": "Versione dello standard e indirizzi di questo documento",
    "responses": {"200": _risposta("Le informazioni", {"type": "object"})},
}
COMPONENTI = {
    "parameters": {
        nome: {"name": nome, "in": "query", "required": False, "description": testo, "schema": schema}
        for nome, (testo, schema) in PARAMETRI.items()
    },
    "responses": {
        "Errore": _risposta("Che cosa non va, in italiano", {**_oggetto(errore="string"), "required": ["errore"]})
    },
    "schemas": {
        "Pagina": _oggetto(
            **dict.fromkeys(("total_items", "total_pages", "page_number", "size"), "integer"),
            **dict.fromkeys(("first_page", "last_page", "empty"), "boolean"),
        )
    },
}
"""What is the same in every operation, which only names it."""
_ERRORE = {"$ref": "#/components/responses/Errore"}


class Percorso(NamedTuple):
    """What an address gives, what it takes, the standard's schema of an answer (of a row, in a list)."""

    titolo: str
    parametri: tuple[str, ...]
    schema: str


_ELENCO = ("search", "page", "per_page", "format")
_SERVIZI = (*_ELENCO, "taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after")
ELENCHI = {
    "services": Percorso("Servizi", (*_SERVIZI, "minimal", "full"), "compiled/service_list.json"),
    "organizations": Percorso(
        "Organizzazioni che offrono servizi", (*_ELENCO, "full_service", "full"), "compiled/organization_list.json"
    ),
    "service_at_locations": Percorso(
        "Servizi in ogni loro sede", (*_SERVIZI, "full"), "compiled/service_at_location_list.json"
    ),
    "taxonomies": Percorso("Tassonomie", _ELENCO, "taxonomy.json"),
    "taxonomy_terms": Percorso(
        "Termini delle tassonomie", (*_ELENCO, "taxonomy_id", "top_only", "parent_id"), "taxonomy_term.json"
    ),
}
SINGOLI = {
    "services": Percorso("Un servizio con tutto ciò che contiene", (), "compiled/service.json"),
    "organizations": Percorso("Un'organizzazione con i suoi servizi", ("full_service",), "compiled/organization.json"),
    "service_at_locations": Percorso("Un servizio in una sede", (), "compiled/service_at_location.json"),
    "taxonomies": Percorso("Una tassonomia", (), "taxonomy.json"),
    "taxonomy_terms": Percorso("Un termine", (), "taxonomy_term.json"),
}


def documento(indirizzo: str, pagina: str, titolare: str, email: str) -> dict:
    """The document of the API that answers at `indirizzo`, explained on `pagina`."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"Family Guide: {titolare}",
            "version": "1.0",
            "license": LICENZA,
            "summary": "I servizi per le famiglie, come dati aperti",
            "description": f"I servizi pubblicati nella Family Guide, secondo HSDS {VERSIONE}. Si possono riusare "
            f"citando la fonte. Come, e con quali esempi: {pagina}",
            "contact": {"name": titolare, "url": pagina, **({"email": email} if email else {})},
        },
        "servers": [{"url": indirizzo}],
        "paths": {
            "/": {"get": RADICE},
            **{f"/{nome}": _elenco(nome, percorso) for nome, percorso in ELENCHI.items()},
            **{f"/{nome}/{{id}}": _singolo(nome, percorso) for nome, percorso in SINGOLI.items()},
        },
        "components": COMPONENTI,
    }


def _elenco(nome: str, percorso: Percorso) -> dict:
    righe = {"type": "array", "items": {"$ref": f"{SCHEMI}/{percorso.schema}"}}
    pagine = {"allOf": [{"$ref": "#/components/schemas/Pagina"}], "properties": {"contents": righe}}
    return {"get": _operazione(f"elenco_{nome}", percorso, pagine)}


def _singolo(nome: str, percorso: Percorso) -> dict:
    operazione = _operazione(nome, percorso, {"$ref": f"{SCHEMI}/{percorso.schema}"})
    operazione["responses"]["404"] = _ERRORE
    return {"parameters": [{"name": "id", "in": "path", "required": True, "schema": _UUID}], "get": operazione}


def _operazione(chiave: str, percorso: Percorso, schema: dict) -> dict:
    return {
        "operationId": chiave,
        "summary": percorso.titolo,
        "parameters": [{"$ref": f"#/components/parameters/{nome}"} for nome in percorso.parametri],
        "responses": {"200": _risposta(percorso.titolo, schema), "400": _ERRORE},
    }
