"""The register of evidence: list, filter and export with 5,000 evidences against 50.

Fails when any of them costs more queries than with 50; times are printed as ratios.
"""

import sys

from ambiente import aggiungi, misura, query_di, superutente

from programma.models import Criterio, Evidenza

REGISTRO = "/admin/evidenze/"


def indirizzi():
    """What is measured: name and address."""
    criterio = Criterio.objects.get(codice="P1.1").pk
    return {
        "elenco": REGISTRO,
        "filtro": f"{REGISTRO}?criterio={criterio}&stato=approvata",
        "testo": f"{REGISTRO}?q=Evidenza+7",
        "CSV": f"{REGISTRO}esporta/?formato=csv",
        "XLSX": f"{REGISTRO}esporta/?formato=xlsx",
    }


def prova(quante, cliente):
    """Queries and best time of each address, with `quante` evidences in all."""
    aggiungi(quante - Evidenza.objects.count())
    misure = {}
    for nome, indirizzo in indirizzi().items():
        misure[nome] = query_di(lambda indirizzo=indirizzo: cliente.get(indirizzo)), misura(cliente, indirizzo, prove=3)
        print(f"{quante:>6} evidenze, {nome}: {misure[nome][0]} query, {misure[nome][1]:.0f} ms")
    return misure


def main():
    cliente = superutente()
    poche, molte = prova(50, cliente), prova(5000, cliente)
    for nome, (query, tempo) in molte.items():
        print(f"{nome}: {query - poche[nome][0]:+} query, tempo × {tempo / poche[nome][1]:.1f}")
    return all(query <= poche[nome][0] for nome, (query, _) in molte.items())


if __name__ == "__main__":
    sys.exit(0 if main() else "Le query crescono con le righe")
