"""Public pages, cold: queries of each page type of the demonstration, and time against the plainest page.

Fails past 10 queries.
"""

import sys
from io import StringIO

from ambiente import misura, query_di
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page

MASSIMO_QUERY = 10
SEMPLICE = "/privacy/"


def main():
    call_command("migrate", verbosity=0)
    call_command("carica_demo", stdout=StringIO())
    visitatore = Client()
    una_per_tipo = {pagina.specific_class: pagina.url for pagina in Page.objects.live().filter(depth__gt=1)}
    riferimento = misura(visitatore, SEMPLICE)
    dentro = True
    for tipo, indirizzo in sorted(una_per_tipo.items(), key=lambda voce: voce[1]):
        tempo = misura(visitatore, indirizzo)
        cache.clear()
        query = query_di(lambda indirizzo=indirizzo: visitatore.get(indirizzo))
        dentro = dentro and query <= MASSIMO_QUERY
        print(f"{tipo.__name__:<24} {query:>3} query, tempo × {tempo / riferimento:.1f}  {indirizzo}")
    return dentro


if __name__ == "__main__":
    sys.exit(0 if main() else "Oltre i limiti")
