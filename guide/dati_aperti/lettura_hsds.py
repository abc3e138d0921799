"""Services from a saved file of HSDS 3.0: JSON in each of its shapes, lines of JSON, or the package of CSV tables."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from base.formati.caratteri import pulito
from base.formati.schema import FileNonValido, Problema

Dati = dict[str, Any]
BYTE_MASSIMO = 200 * 1024 * 1024
"""Bytes of a file, and of a package once unpacked."""
DEL_SERVIZIO = (
    "phones",
    "schedules",
    "service_areas",
    "languages",
    "cost_options",
    "required_documents",
    "contacts",
)
"""The tables whose rows belong to a service by `service_id`."""
DEL_LUOGO = ("addresses", "accessibility", "phones", "schedules", "languages", "contacts")


def leggi_servizi(percorso: Path) -> list[Dati]:
    """The services in the file (or the folder of a package), each with all that belongs to it. Raises
    `FileNonValido`."""
    try:
        if percorso.is_dir():
            return _da_tabelle({f.stem: f.read_bytes() for f in sorted(percorso.glob("*.csv"))})
        contenuto = percorso.read_bytes()
    except OSError as errore:
        raise FileNonValido([Problema("", f"il file non si legge ({errore.strerror})")]) from errore
    if len(contenuto) > BYTE_MASSIMO:
        raise FileNonValido([Problema("", "il file è troppo grande")])
    return _da_zip(contenuto) if contenuto.startswith(b"PK\x03\x04") else _da_json(contenuto)


def _da_json(contenuto: bytes) -> list[Dati]:
    try:
        testo = contenuto.decode("utf-8-sig")
    except UnicodeDecodeError as errore:
        raise FileNonValido([Problema("", "il file non è in UTF-8")]) from errore
    try:
        dati = json.loads(testo)
    except ValueError:
        dati = _righe_di_json(testo)
    except RecursionError as errore:
        raise FileNonValido([Problema("", "il file non è JSON leggibile")]) from errore
    trovati = list(_servizi(_puliti(dati)))
    if not trovati:
        raise FileNonValido([Problema("", "nel file non ci sono servizi nel formato HSDS 3.0")])
    return trovati


def _righe_di_json(testo: str) -> list[Any]:
    lette = []
    for numero, riga in enumerate(testo.splitlines(), start=1):
        if riga.strip():
            try:
                lette.append(json.loads(riga))
            except (ValueError, RecursionError) as errore:
                raise FileNonValido([Problema(f"riga {numero}", "non è JSON corretto")]) from errore
    return lette


def _puliti(dati: Any) -> Any:
    """The same with every text cleaned."""
    if isinstance(dati, str):
        return pulito(dati)
    if isinstance(dati, list):
        return [_puliti(voce) for voce in dati]
    return {chiave: _puliti(valore) for chiave, valore in dati.items()} if isinstance(dati, dict) else dati


def _servizi(dati: Any) -> Iterator[Dati]:
    """The services in a page of answers, in a list, in an organisation, in a service at a location; or the one that
    it is."""
    if isinstance(dati, list):
        for voce in dati:
            yield from _servizi(voce)
    elif isinstance(dati, dict) and isinstance(dati.get("contents"), list):
        yield from _servizi(dati["contents"])
    elif isinstance(dati, dict) and isinstance(dati.get("services"), list):
        ente = {chiave: valore for chiave, valore in dati.items() if chiave != "services"}
        for servizio in _servizi(dati["services"]):
            yield {"organization": ente, **servizio}
    elif isinstance(dati, dict) and isinstance(dati.get("service"), dict):
        sede = {chiave: valore for chiave, valore in dati.items() if chiave not in ("service", "name", "status")}
        yield {"service_at_locations": [sede], **dati["service"]}
    elif isinstance(dati, dict) and dati.get("id") and "name" in dati:
        yield dati


def _da_zip(contenuto: bytes) -> list[Dati]:
    try:
        with zipfile.ZipFile(io.BytesIO(contenuto)) as archivio:
            if sum(voce.file_size for voce in archivio.infolist()) > BYTE_MASSIMO:
                raise FileNonValido([Problema("", "il pacchetto è troppo grande")])
            file = {Path(nome).stem: archivio.read(nome) for nome in archivio.namelist() if nome.endswith(".csv")}
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as errore:
        raise FileNonValido([Problema("", "il pacchetto non si apre")]) from errore
    return _da_tabelle(file)


def _da_tabelle(file: dict[str, bytes]) -> list[Dati]:
    """The services of the CSV package, whose tables are named as the standard names them."""
    tabelle = {nome: _tabella(nome, contenuto) for nome, contenuto in file.items()}
    if not tabelle.get("services"):
        raise FileNonValido([Problema("", "nel pacchetto manca services.csv, o non ha righe")])
    enti = {ente["id"]: ente for ente in tabelle.get("organizations", [])}
    termini = {termine["id"]: termine for termine in tabelle.get("taxonomy_terms", [])}
    telefoni = _per(tabelle, "phones", "contact_id")
    for contatto in tabelle.get("contacts", []):
        contatto["phones"] = telefoni.get(contatto["id"], [])
    dei_luoghi = {nome: _per(tabelle, nome, "location_id") for nome in DEL_LUOGO}
    luoghi = {
        luogo["id"]: luogo | {nome: righe[luogo["id"]] for nome, righe in dei_luoghi.items() if luogo["id"] in righe}
        for luogo in tabelle.get("locations", [])
    }
    sedi = _per(tabelle, "service_at_locations", "service_id")
    dei_servizi = {nome: _per(tabelle, nome, "service_id") for nome in DEL_SERVIZIO}
    attributi = _per(tabelle, "attributes", "link_id")
    servizi = []
    for servizio in tabelle["services"]:
        chiave = servizio.get("id", "")
        servizio |= {nome: righe[chiave] for nome, righe in dei_servizi.items() if chiave in righe}
        servizio["service_at_locations"] = [
            sede | {"location": luoghi[sede["location_id"]]}
            for sede in sedi.get(chiave, [])
            if sede.get("location_id") in luoghi
        ]
        servizio["attributes"] = [
            attributo | {"taxonomy_term": termini[attributo["taxonomy_term_id"]]}
            for attributo in attributi.get(chiave, [])
            if attributo.get("taxonomy_term_id") in termini
        ]
        servizio["organization"] = enti.get(servizio.get("organization_id", ""), {})
        servizi.append(servizio)
    return servizi


def _tabella(nome: str, contenuto: bytes) -> list[Dati]:
    try:
        testo = contenuto.decode("utf-8-sig")
        righe = list(csv.DictReader(io.StringIO(testo, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as errore:
        raise FileNonValido([Problema(f"{nome}.csv", "non è un CSV in UTF-8 che si possa leggere")]) from errore
    return [
        {c: pulito(v) for c, v in riga.items() if isinstance(c, str) and isinstance(v, str) and v} for riga in righe
    ]


def _per(tabelle: dict[str, list[Dati]], nome: str, chiave: str) -> dict[str, list[Dati]]:
    gruppi: dict[str, list[Dati]] = {}
    for riga in tabelle.get(nome, []):
        if riga.get(chiave):
            gruppi.setdefault(riga[chiave], []).append(riga)
    return gruppi
