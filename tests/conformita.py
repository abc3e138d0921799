"""The running API against the published HSDS: `python tests/conformita.py FOLDER`, where FOLDER holds the standard.

Starts the portal with the demonstration data on a throw-away database and a free port of the loopback, walks every
address of the standard's `openapi.json`, every page of every list and every filter, and validates each answer against
the schema that the document demands of it. Exits with an error when an answer fails, or when nothing was checked.
"""

import json
import sys
import tempfile
import urllib.error
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.browser.server import gunicorn
from tests.demo_pronta import copia_demo

OPENAPI = "https://raw.githubusercontent.com/openreferral/specification/3.0/schema/openapi.json"
PER_PAGINA = 7
NON_SERVITI = {"postcode", "proximity"}
"""Parameters of the standard that need what the guide does not know: the API refuses them and says so."""
MESSAGGI = 30

formati = FormatChecker()
formati.checks("uri")(lambda valore: bool(urlsplit(valore).scheme and urlsplit(valore).netloc))
formati.checks("date-time", ValueError)(lambda valore: bool(datetime.fromisoformat(valore).tzinfo))


class Standard:
    """The published documents, read from their folder."""

    def __init__(self, cartella: Path):
        self.openapi = json.loads((cartella / "openapi.json").read_text())
        self.registro = Registry().with_resources(
            (
                self.schema(file.relative_to(cartella)),
                Resource.from_contents(json.loads(file.read_text()), default_specification=DRAFT202012),
            )
            for file in cartella.rglob("*.json")
        )
        self.validatori = {}

    def di(self, percorso):
        """The reference to the schema of the answers of `percorso`."""
        passi = ["paths", percorso, "get", "responses", "200", "content", "application/json", "schema"]
        return f"{OPENAPI}#/" + quote("/".join(p.replace("~", "~0").replace("/", "~1") for p in passi), safe="/~")

    def schema(self, nome):
        return f"{OPENAPI.removesuffix('openapi.json')}{nome}"

    def parametri(self, percorso):
        tutti = [
            *self.openapi["paths"][percorso].get("parameters", []),
            *self.openapi["paths"][percorso]["get"].get("parameters", []),
        ]
        nomi = [p.get("name") or p["$ref"].rpartition("/")[2] for p in tutti]
        return [nome for nome in nomi if nome != "id"]

    def errori(self, riferimento, dati):
        if riferimento not in self.validatori:
            self.validatori[riferimento] = Draft202012Validator(
                {"$ref": riferimento}, registry=self.registro, format_checker=formati
            )
        return [f"{e.json_path}: {e.message[:200]}" for e in self.validatori[riferimento].iter_errors(dati)]


@dataclass
class Giro:
    """The walk: how many answers of each address were checked, and what is wrong."""

    base: str
    standard: Standard
    controllate: Counter = field(default_factory=Counter)
    errori: list[str] = field(default_factory=list)

    def leggi(self, percorso, **parametri):
        url = f"{self.base}/api/hsds{percorso}" + (f"?{urlencode(parametri)}" if parametri else "")
        try:
            with urllib.request.urlopen(url, timeout=60) as risposta:
                return url, risposta.read().decode()
        except urllib.error.HTTPError as errore:
            self.errori.append(f"{url}: {errore.code} {errore.read().decode()[:200]}")
            return url, ""

    def controlla(self, percorso, url, testo, *schemi):
        """Validate one answer; its data, or nothing."""
        if not testo:
            return None
        dati = json.loads(testo)
        self.controllate[percorso] += 1
        for schema in schemi:
            self.errori += [f"{url}: {errore}" for errore in self.standard.errori(schema, dati)]
        return dati

    def elenco(self, percorso, schema_intero, **filtri):
        """Walk every page of a list; its rows. Whole rows are held to the schema of the single one too."""
        righe, pagina = [], 1
        while True:
            url, testo = self.leggi(percorso, per_page=PER_PAGINA, page=pagina, **filtri)
            dati = self.controlla(percorso, url, testo, self.standard.di(percorso))
            if dati is None:
                return righe
            contenuti = dati.get("contents", [])
            if filtri.get("full") == "true":
                self.errori += [
                    f"{url}: {e}"
                    for riga in contenuti
                    for schema in schema_intero
                    for e in self.standard.errori(schema, riga)
                ]
            righe += contenuti
            ultima = pagina >= dati["total_pages"] or "minimal" in filtri
            attesi = {
                "page_number": pagina,
                "size": len(contenuti),
                "first_page": pagina == 1,
                "last_page": ultima,
                "empty": not contenuti,
            }
            self.errori += [f"{url}: {k} è {dati.get(k)}, non {v}" for k, v in attesi.items() if dati.get(k) != v]
            if ultima:
                break
            pagina += 1
        chiavi = {riga["id"] for riga in righe}
        if not len(chiavi) == len(righe) == dati["total_items"]:
            self.errori.append(f"{url}: righe {len(righe)}, diverse {len(chiavi)}, total_items {dati['total_items']}")
        return righe

    def righe_ndjson(self, percorso, attese):
        url, testo = self.leggi(percorso, format="ndjson")
        righe = [json.loads(riga) for riga in testo.splitlines()]
        self.controllate[percorso] += 1
        self.errori += [f"{url}: {e}" for e in self.standard.errori(self.standard.di(percorso), {"contents": righe})]
        if {riga["id"] for riga in righe} != attese:
            self.errori.append(f"{url}: non ha le stesse righe delle pagine")

    def tutto(self):
        percorsi = self.standard.openapi["paths"]
        elenchi = [p for p in percorsi if p != "/" and f"{p}/{{id}}" in percorsi]
        self.controlla("/", *self.leggi("/"), self.standard.di("/"))
        self.descrizione()
        righe = {}
        for percorso in elenchi:
            singolo = f"{percorso}/{{id}}"
            interi = [self.standard.di(singolo)]
            if percorso == "/service_at_locations":  # the standard points this one at the schema of a service
                interi.append(self.standard.schema("compiled/service_at_location.json"))
            righe[percorso] = self.elenco(percorso, interi)
            self.righe_ndjson(percorso, {riga["id"] for riga in righe[percorso]})
            for riga in righe[percorso]:
                dati = self.controlla(singolo, *self.leggi(f"{percorso}/{riga['id']}"), *interi)
                if dati and dati["id"] != riga["id"]:
                    self.errori.append(f"{percorso}/{riga['id']}: ha un altro identificativo")
            for nome in set(self.standard.parametri(singolo)):
                for riga in righe[percorso]:
                    self.controlla(singolo, *self.leggi(f"{percorso}/{riga['id']}", **{nome: "true"}), *interi)
        for percorso in elenchi:
            interi = [self.standard.di(f"{percorso}/{{id}}")]
            for nome in self.standard.parametri(percorso):
                trovate = [len(self.elenco(percorso, interi, **{nome: v})) for v in self.valori(nome, righe)]
                if trovate and not any(trovate):
                    self.errori.append(f"{percorso}: con {nome} non si trova mai nulla")

    def valori(self, nome, righe):
        """Values to try a parameter with, taken from what the API itself gave."""
        if nome in ("minimal", "full", "full_service", "top_only"):
            return ["true"]
        return {
            "search": ["famiglia", "bisogni", "cs4", "zzzz"],
            "taxonomy_term_id": [riga["id"] for riga in righe["/taxonomy_terms"][::5]],
            "taxonomy_id": [riga["id"] for riga in righe["/taxonomies"]],
            "organization_id": [riga["id"] for riga in righe["/organizations"]],
            "parent_id": [riga["parent_id"] for riga in righe["/taxonomy_terms"] if "parent_id" in riga][::7],
            "modified_after": ["2000-01-01", "2999-01-01T00:00:00Z"],
        }.get(nome, [])

    def descrizione(self):
        """Our own OpenAPI document has every address and parameter of the standard's that we serve."""
        nostra = json.loads(self.leggi("/openapi.json")[1])
        self.controllate["/openapi.json"] += 1
        for percorso, voce in self.standard.openapi["paths"].items():
            mia = nostra["paths"].get(percorso, {}).get("get", {})
            miei = {p["$ref"].rpartition("/")[2] for p in mia.get("parameters", [])}
            mancano = set(self.standard.parametri(percorso)) - miei - NON_SERVITI if "get" in voce else set()
            if not mia or mancano:
                self.errori.append(f"openapi.json: a {percorso} manca {', '.join(sorted(mancano)) or 'tutto'}")


def main(cartella):
    standard = Standard(cartella)
    with tempfile.TemporaryDirectory(prefix="conformita-") as var:
        ambiente = {**copia_demo(var), "LOG_LEVEL": "ERROR"}
        with gunicorn(ambiente, var) as base:
            giro = Giro(base, standard)
            giro.tutto()
    for percorso, quante in giro.controllate.items():
        print(f"{quante:>5}  {percorso}")
    totale = sum(giro.controllate.values())
    vuoti = [p for p in standard.openapi["paths"] if not giro.controllate[p]]
    for errore in giro.errori[:MESSAGGI]:
        print(f"ERRORE {errore}", file=sys.stderr)
    print(f"{totale} risposte controllate con HSDS 3.0, {len(giro.errori)} errori")
    if vuoti:
        print(f"Nessuna risposta da controllare per: {', '.join(vuoti)}", file=sys.stderr)
    return 1 if giro.errori or vuoti or not totale else 0


if __name__ == "__main__":
    if len(sys.argv) != 2 or not (Path(sys.argv[1]) / "openapi.json").is_file():
        sys.exit("Indica la cartella con openapi.json e gli schemi di HSDS 3.0: make conformita HSDS=cartella")
    sys.exit(main(Path(sys.argv[1])))
