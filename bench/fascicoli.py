"""The whole guide on paper with 40 entries, then with 500: seconds, pages, size, memory.

Fails when printing grows faster than the entries do, or takes more than 1 GB.
"""

import resource
import sys
from pathlib import Path
from time import perf_counter

from ambiente import superutente
from django.utils import timezone
from guida import aggiungi

from cura.operazioni import reindicizza
from cura.registro import cura_di
from guide.caricamento import carica_categorie
from guide.fascicoli.contenuto import leggi_contenuti
from guide.fascicoli.stampa import componi, stampa
from guide.models import ServizioPage

POCHI, MOLTI, MEGABYTE = 40, 500, 1024


def misura():
    oggi = timezone.localdate()
    inizio = perf_counter()
    contenuto = leggi_contenuti(oggi)[0]
    bozza = componi(contenuto)
    letta = perf_counter()
    stampato = stampa(bozza, oggi)
    fine = perf_counter()
    memoria = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{contenuto.quante} voci: letta in {letta - inizio:.1f} s, stampata in {fine - letta:.1f} s, "
        f"{stampato.pagine} pagine, {len(stampato.pdf) // 1024} kB, memoria {memoria} MB"
    )
    return fine - letta, memoria


def main():
    superutente()
    carica_categorie(Path("home/dati/comuni.yaml"))
    aggiungi(POCHI)
    reindicizza(cura_di(ServizioPage))
    pochi, _ = misura()
    aggiungi(MOLTI - POCHI)
    reindicizza(cura_di(ServizioPage))
    molti, memoria = misura()
    return molti <= 2 * pochi * MOLTI / POCHI and memoria <= MEGABYTE


if __name__ == "__main__":
    sys.exit(0 if main() else "Oltre i limiti")
