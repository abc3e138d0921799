"""What a search costs does not depend on how many entries there are: queries, and rows that the database answers."""

from datetime import date
from pathlib import Path

import pytest

from cura.graduatoria import Graduatoria, Spazio
from cura.models import Parola
from cura.operazioni import reindicizza
from cura.ovunque import cerca_nel_sito
from cura.registro import cura_di
from guide.caricamento import carica_categorie
from guide.models import ServizioPage

from .scene.costo import quante_query, righe_lette
from .scene.guida_grande import aggiungi, propria

OGGI = date(2026, 11, 29)
POCHE, MOLTE = 100, 1_000
RICERCHE = [
    "/cerca/?q=famiglie",
    "/cerca/?q=famiglie&pagina=5",
    "/cerca/?q=doposcuola gratis bimbo di 6 levico",
    "/cerca/?q=consultoio",
    f"/cerca/?q={propria(50)}",
    f"/cerca/?q={propria(50)}p",
    "/cerca/?q=zufolo",
    "/family-guide/?q=famiglie",
    "/convenzioni/?q=nido",
    "/api/hsds/services?search=nido",
]
QUERY = 12
IN_PIU = 100
"""Rows that may be more: sets of values that only many entries have, a page that is full."""


def guida_di(quante, gia=0):
    aggiungi(quante - gia)
    reindicizza(cura_di(ServizioPage))
    return {indirizzo: (quante_query(indirizzo)[0], righe_lette(indirizzo)) for indirizzo in RICERCHE}


@pytest.mark.django_db
def test_search__reads_the_same_rows_in_the_same_queries_with_ten_times_the_entries(programma):
    carica_categorie(Path("home/dati/comuni.yaml"))
    prima, parole = guida_di(POCHE), Parola.objects.count()
    dopo = guida_di(MOLTE, POCHE)
    assert Parola.objects.count() > 2 * parole
    assert max(query for query, _ in dopo.values()) <= QUERY
    assert {
        i: (prima[i], dopo[i]) for i in RICERCHE if dopo[i][0] > prima[i][0] or dopo[i][1] > prima[i][1] + IN_PIU
    } == {}


@pytest.mark.django_db
def test_search__answers_with_all_and_in_the_same_order_whatever_is_looked_at_one_by_one(programma, monkeypatch):
    carica_categorie(Path("home/dati/comuni.yaml"))
    guida_di(POCHE)
    risposte = {}
    for quante in (10, 1_000):
        monkeypatch.setattr("cura.ricerca.DA_VALUTARE", quante)
        risposte[quante] = [*cerca_nel_sito("nido in compagnia", OGGI).esito.risposte]
    assert {*risposte[10]} == {*risposte[1_000]} and len(risposte[10]) > 10
    assert risposte[10][:10] == risposte[1_000][:10]


def test_order__is_kept_by_slices_by_kind_and_when_the_best_are_put_in_order_again():
    spazio = Spazio.di({"notizie": 0b11, "guide": 0b1011})
    tutte = Graduatoria.fatta(
        spazio,
        [(3, spazio.posto("guide", 0b1010)), (9, spazio.posto("notizie", 0b1)), (3, spazio.posto("notizie", 0b10))],
    )
    attese = [("notizie", 0), ("guide", 1), ("guide", 3), ("notizie", 1)]
    assert [*tutte] == attese and len(tutte) == 4 and tutte[1:3] == attese[1:3] and tutte[3] == attese[3]
    assert tutte[-1] == attese[-1] and tutte[2:99] == attese[2:] and not tutte[4:]
    assert ("guide", 0) not in tutte and ("guide", 3) in tutte and ("eventi", 0) not in tutte
    assert [*tutte.degli_ambiti("guide")] == attese[1:3] and tutte.ambiti() == ["notizie", "guide"]
    assert tutte.prime(2) == {("notizie", 0): 9, ("guide", 1): 3} and [*tutte.da(4)] == attese[:1]
    riviste = tutte.riviste({("guide", 3): 20, ("notizie", 0): 1, ("guide", 1): 5}, [("guide", 1)])
    assert [*riviste] == [("guide", 3), ("notizie", 0), ("notizie", 1)]
