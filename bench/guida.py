"""The guide with 2,000 entries on SQLite, or 10,000 on the PostgreSQL of DATABASE_URL: list, facets and words, cold.

Fails when a list costs more than 3 times the sheet of one entry on the same site, or more queries than with 50 entries.
"""

import sys
from pathlib import Path
from time import perf_counter

from ambiente import superutente
from ambiente.schede import a_freddo, query
from django.db import connection
from django.test import Client

from cura.operazioni import reindicizza
from cura.registro import cura_di
from guide.caricamento import carica_categorie
from guide.models import Bisogno, Comune, FasciaEta, ServizioPage
from tests.scene.guida_grande import aggiungi

POCHE, MOLTE = 50, {"sqlite": 2_000, "postgresql": 10_000}
MASSIMO = 3
INDIRIZZI = {
    "elenco": "/family-guide/",
    "elenco, pagina 2": "/family-guide/?pagina=2",
    "tre faccette": "/family-guide/?eta={fascia}&bisogno={bisogno}&comune={comune}",
    "una parola di tutte": "/family-guide/?q=famiglie",
    "parola e faccette": "/family-guide/?q=famiglie&bisogno={bisogno}&comune={comune}",
    "parola sbagliata": "/family-guide/?q=famiglje",
}


def main():
    superutente()
    carica_categorie(Path("home/dati/comuni.yaml"))
    molte = MOLTE[connection.vendor]
    aggiungi(POCHE)
    reindicizza(cura_di(ServizioPage))
    bisogno = Bisogno.objects.di_secondo_livello().first()
    valori = {
        "fascia": FasciaEta.objects.first().chiave,
        "bisogno": bisogno.padre.chiave,
        "comune": Comune.objects.first().chiave,
    }
    indirizzi = {nome: indirizzo.format(**valori) for nome, indirizzo in INDIRIZZI.items()}
    visitatore = Client()
    prima = {nome: query(visitatore, indirizzo) for nome, indirizzo in indirizzi.items()}
    aggiungi(molte - POCHE)
    inizio = perf_counter()
    quante = reindicizza(cura_di(ServizioPage))
    print(f"{connection.vendor}, {quante} voci indicizzate in {perf_counter() - inizio:.0f} s")
    scheda = ServizioPage.objects.order_by("path").first().url
    dentro = True
    for nome, indirizzo in indirizzi.items():
        quante, (sua, riferimento) = query(visitatore, indirizzo), a_freddo(visitatore, indirizzo, scheda)
        volte = sua / riferimento
        dentro = dentro and quante <= prima[nome] and volte <= MASSIMO
        print(f"{nome:<20} {quante:>3} query ({prima[nome]} con {POCHE} voci), scheda × {volte:.1f}  {indirizzo}")
    return dentro


if __name__ == "__main__":
    sys.exit(0 if main() else "Oltre i limiti")
