"""Summer services: what the public compares."""

import re
from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cura.operazioni import reindicizza
from cura.registro import cura_di
from guide import operazioni
from guide.models import Comune, Luogo, ServizioPage, SezioneGuidaPage

from .scene.costo import quante_query
from .scene.estate import AL, CONFRONTO, DAL, settimane, turni

pytestmark = pytest.mark.django_db


def test_comparison__without_anything_says_so(client):
    html = client.get(CONFRONTO).content.decode()
    assert "Nessun centro estivo ha ancora detto" in html
    assert client.get(f"{CONFRONTO}2025/").status_code == 404


def test_comparison__by_band_week_and_municipality(client, nuovo_centro):
    nuovo_centro("Bimbi", eta_minima=36, eta_massima=72, comuni=["levico-terme"])
    nuovo_centro("Primaria", righe=settimane(DAL, DAL + timedelta(days=4)))

    def trovati(**dati):
        return [o.servizio.title for o in client.get(f"{CONFRONTO}2025/", dati).context["offerte"]]

    assert trovati() == ["Bimbi", "Primaria"]
    assert trovati(eta="infanzia") == ["Bimbi"] and trovati(comune="tenna") == ["Primaria"]
    assert trovati(settimana="2025-06-16") == ["Bimbi", "Primaria"] and trovati(settimana="2025-06-23") == ["Bimbi"]
    assert trovati(eta="primaria", settimana="2025-06-23") == []
    assert trovati(eta="boh", settimana="2025-99-99", comune="'") == ["Bimbi", "Primaria"]
    html = client.get(f"{CONFRONTO}2025/", {"eta": "primaria", "settimana": "2025-06-23"}).content.decode()
    assert "Nessun centro estivo risponde" in html


def test_comparison__has_headers_for_rows_and_columns(client, centro):
    html = client.get(f"{CONFRONTO}2025/").content.decode()
    assert html.count('scope="row"') >= 2 and html.count('scope="col"') == 6 + 1 + 3
    assert re.search(r'<th scope="row">\s*<a href="/family-guide/asif-chimelli/centro/">Centro</a>', html)
    assert re.search(r'href="\?eta=primaria&amp;settimana=2025-06-16#offerte"', html)
    assert 'tabindex="0"' in html and "<script" not in html.split("<main")[1].split("</main")[0]


def test_comparison__past_years_stay_at_their_address(client, nuovo_centro):
    quest_anno = timezone.localdate().year
    nuovo_centro("Vecchio")
    nuovo_centro("Nuovo", righe=settimane(date(quest_anno, 7, 6), date(quest_anno, 7, 10)))
    assert client.get(CONFRONTO).context["anno"] == quest_anno
    html = client.get(f"{CONFRONTO}2025/").content.decode()
    assert "Vecchio" in html and "Nuovo" not in html and f'href="{CONFRONTO}{quest_anno}/"' in html
    assert f'rel="canonical" href="http://127.0.0.1:8000{CONFRONTO}2025/"' in html
    for strano in ("20255/", "abcd/", "2025/altro/", "²²²²/"):
        assert client.get(f"{CONFRONTO}{strano}").status_code == 404


def test_comparison__never_tells_what_is_hidden(client, nuovo_centro):
    nuovo_centro("Protetto", protetto=True, comuni=["levico-terme"], righe=settimane(prezzo_da_verificare=True))
    for indirizzo in (f"{CONFRONTO}2025/", f"{CONFRONTO}2025/?formato=csv"):
        testo = client.get(indirizzo).content.decode()
        assert "Protetto" in testo and "Levico" not in testo
        assert "100 euro" not in testo and ";100;" not in testo


def test_comparison__as_csv_follows_the_filters(client, nuovo_centro, referente_a):
    righe = settimane(dalle=time(8), alle=time(16))
    centro = nuovo_centro(eta_minima=36, eta_massima=72, estate_sconti="=1+1", righe=righe)
    nuovo_centro("Altro")
    operazioni.aggiorna_posti(centro, referente_a, {turni(centro)[0]: 4})
    risposta = client.get(f"{CONFRONTO}2025/", {"formato": "csv", "eta": "infanzia", "settimana": "2025-06-16"})
    assert risposta["Content-Disposition"] == 'attachment; filename="centri-estivi-2025.csv"'
    intestazione, riga = risposta.content.decode("utf-8-sig").splitlines()
    oggi = f"{timezone.localdate():%d/%m/%Y}"
    assert intestazione.startswith("Servizio;Ente;Comuni;Età;Dal;Al")
    assert riga == (
        f"Centro;;Tenna;da 3 a 6 anni;16/06/2025;20/06/2025;08:00;16:00;100;;'=1+1;;20;4;{oggi};"
        "http://127.0.0.1:8000/family-guide/asif-chimelli/centro/"
    )


def test_comparison__leaves_with_the_entry(client, centro):
    centro.unpublish()
    assert client.get(CONFRONTO).context["anno"] is None


def test_summer__costs_the_same_with_one_and_with_a_hundred(client_di, manager, nuovo_centro):
    massimi = dict.fromkeys(
        [
            CONFRONTO,
            f"{CONFRONTO}2025/?eta=primaria&settimana=2025-06-16&comune=tenna",
            f"{CONFRONTO}2025/?formato=csv",
            "/family-guide/asif-chimelli/primo/",
            "/family-guide/",
        ],
        12,
    ) | dict.fromkeys(
        [
            "/admin/centri-estivi/",
            "/admin/centri-estivi/rapporto/",
            "/admin/centri-estivi/rapporto/esporta/?formato=xlsx",
        ],
        40,
    )
    clienti = {indirizzo: client_di(manager) if "admin" in indirizzo else Client() for indirizzo in massimi}
    nuovo_centro("Primo")
    con_uno = {indirizzo: quante_query(indirizzo, client) for indirizzo, client in clienti.items()}
    assert not {indirizzo: elenco for indirizzo, (quante, elenco) in con_uno.items() if quante > massimi[indirizzo]}
    sezione = SezioneGuidaPage.objects.get(organizzazione__chiave="cs4")
    for n in range(100):
        centro = ServizioPage(title=f"Altro {n}", sommario="x", natura="privato", eta_minima=72, eta_massima=132)
        centro.settimane_estive = settimane(DAL, AL + timedelta(days=40) if n == 7 else AL)
        centro.luoghi = [Luogo(comune=Comune.objects.get(chiave=c)) for c in ("tenna", "levico-terme")]
        sezione.add_child(instance=centro)
    reindicizza(cura_di(ServizioPage))
    con_molti = {indirizzo: quante_query(indirizzo, client) for indirizzo, client in clienti.items()}
    assert {i: quante for i, (quante, _) in con_uno.items()} == {i: quante for i, (quante, _) in con_molti.items()}
