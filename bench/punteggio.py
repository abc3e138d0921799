"""The score of a year: 5,000 evidences over 31 criteria against 50, queries and time of the admin's view.

Fails past 6 queries for the score, or when the view takes more than twice the time.
"""

import sys
from datetime import timedelta

from ambiente import aggiungi, misura, query_di, superutente
from django.utils import timezone

from programma.models import Evidenza, ProgrammaPage
from programma.selettori.punteggio import quadro_punteggio

MASSIMO_QUERY = 6
MASSIMO_RAPPORTO = 2
PAGINA = "/admin/evidenze/punteggio/"


def prova(quante, cliente):
    """Queries of the score, and times of the view today and at a past day, with `quante` evidences in all."""
    aggiungi(quante - Evidenza.objects.count())
    programma = ProgrammaPage.objects.get()
    numero_query = query_di(lambda: quadro_punteggio(programma, timezone.localdate()))
    ieri = (timezone.localdate() - timedelta(days=1)).isoformat()
    oggi, passato = misura(cliente, PAGINA), misura(cliente, f"{PAGINA}?al={ieri}")
    print(f"{quante:>6} evidenze: {numero_query} query, vista {oggi:.0f} ms oggi, {passato:.0f} ms a una data passata")
    return numero_query, oggi, passato


def main():
    cliente = superutente()
    misura(cliente, PAGINA)
    _, oggi_poche, passato_poche = prova(50, cliente)
    query, oggi_molte, passato_molte = prova(5000, cliente)
    rapporti = oggi_molte / oggi_poche, passato_molte / passato_poche
    print(f"rapporto: {rapporti[0]:.2f} oggi, {rapporti[1]:.2f} a una data passata (massimo {MASSIMO_RAPPORTO})")
    return query <= MASSIMO_QUERY and max(rapporti) <= MASSIMO_RAPPORTO


if __name__ == "__main__":
    sys.exit(0 if main() else "Oltre i limiti")
