"""What a search costs with 100, 1,000 and 10,000 entries, from every box, with nothing in the cache.

The same requests on three databases side by side: queries, rows read, time in sheets of one entry (asked in turn with
it), and the ratios with 100. Each entry has words that no other has, so the vocabulary grows too. Fails when queries
grow, or when rows or time grow by more than `RIGHE` or `TEMPO`.
"""

import sys
from pathlib import Path

from ambiente import superutente
from ambiente.schede import a_freddo, query
from django.db import connection
from django.test import Client

from cura.models import Parola
from cura.operazioni import reindicizza
from cura.registro import cura_di
from guide.caricamento import carica_categorie
from guide.models import ServizioPage
from tests.scene.costo import righe_lette
from tests.scene.guida_grande import aggiungi, propria

QUANTE = (100, 1_000, 10_000)
RIGHE, TEMPO = 2, 3
"""How many times more than with the fewest, at most: with these, few answers fill less than a page of results."""
RICERCHE = {
    "tutto il sito": "/cerca/?q=nido",
    "una parola di tutte": "/cerca/?q=famiglie",
    "pagina 5": "/cerca/?q=famiglie&pagina=5",
    "parole e fatti": "/cerca/?q=doposcuola gratis bimbo di 6 levico",
    "molte parole": "/cerca/?q=aiuto anziani casa compiti bambini disabili lavoro mamma",
    "parola sbagliata": "/cerca/?q=consultoio",
    "una sola la ha": f"/cerca/?q={propria(50)}",
    "niente": "/cerca/?q=zufolo",
    "la guida": "/family-guide/?q=nido",
    "la guida, filtrata": "/family-guide/?q=famiglie&costo=gratuito",
    "le convenzioni": "/convenzioni/?q=nido",
    "i dati aperti": "/api/hsds/services?search=nido",
}


def main():
    superutente()
    carica_categorie(Path("home/dati/comuni.yaml"))
    visitatore, misure, gia = Client(), {nome: [] for nome in RICERCHE}, 0
    for quante in QUANTE:
        aggiungi(quante - gia)
        gia = quante
        reindicizza(cura_di(ServizioPage))
        print(f"{quante:>6,} voci, {Parola.objects.count():,} parole", flush=True)
        scheda = ServizioPage.objects.order_by("path").first().url
        for nome, indirizzo in RICERCHE.items():
            sua, riferimento = a_freddo(visitatore, indirizzo, scheda)
            misure[nome].append((query(visitatore, indirizzo), righe_lette(indirizzo, visitatore), sua / riferimento))
    print(f"{connection.vendor}: query, righe lette, tempo in schede; quante volte righe e tempo con {QUANTE[0]} voci")
    for nome, sue in misure.items():
        cifre = "   ".join(f"{quante:>2} {lette:>5} {tempo:4.1f}" for quante, lette, tempo in sue)
        volte = "  ".join(f"× {lette / sue[0][1]:.1f} × {tempo / sue[0][2]:.1f}" for _, lette, tempo in sue[1:])
        print(f"{nome:<20} {cifre}   {volte}")
    return all(_piatta(sue[0], ultima) for sue in misure.values() for ultima in sue[1:])


def _piatta(prima, dopo):
    return dopo[0] <= prima[0] and dopo[1] <= RIGHE * prima[1] and dopo[2] <= TEMPO * prima[2]


if __name__ == "__main__":
    sys.exit(0 if main() else "Non è piatta")
