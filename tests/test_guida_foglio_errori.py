# ruff: noqa: F401 (fixtures that two files share)
"""Mistakes in the sheet of services: each is told with its place, and nothing is lost."""

import io
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from base.formati import tabelle
from cura.registro import cura_di
from guide.foglio import celle
from guide.foglio.celle import CellaNonValida, Parte
from guide.foglio.colonne import CAMPI, COLONNE
from guide.foglio.lettura import leggi_foglio, tabella
from guide.models import (
    Bisogno,
    Comune,
    Contatto,
    FasciaOraria,
    FaseVita,
    Lingua,
    Luogo,
    PeriodoServizio,
    Scadenza,
    ServizioPage,
    SezioneGuidaPage,
    Tariffa,
)
from organizzazioni.operazioni import pubblica_nuova

from .scene.foglio import ESPORTA, FOGLIO, deposito, file_csv, problemi, servizio_intero, sezione


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("celle_sbagliate", "atteso"),
    [
        ({"organizzazione": ""}, "riga 2, colonna organizzazione: manca"),
        ({"organizzazione": "nessuna"}, "riga 2, colonna organizzazione: «nessuna»"),
        ({"nome": ""}, "riga 2, colonna nome:"),
        ({"in_parole_semplici": "x" * 161}, "colonna in_parole_semplici:"),
        ({"codice": "con spazi"}, "riga 2, colonna codice: «con spazi» non va"),
        ({"tipo_di_ente": "boh"}, "colonna tipo_di_ente: «boh»"),
        ({"bisogni": "nido, zzz"}, "colonna bisogni: «zzz»"),
        ({"bisogni": "salute"}, "colonna bisogni: «salute» è del primo livello"),
        ({"sito": "boh"}, "colonna sito:"),
        ({"orari": "lun"}, "colonna orari: «lun»"),
        ({"orari": "ven-lun 9-12"}, "colonna orari"),
        ({"importi": "importo: dieci | ogni: ora"}, "colonna importi: importo: «dieci»"),
        ({"importi": "ogni: ora"}, "colonna importi:"),
        ({"luoghi": "comune: roma"}, "colonna luoghi: «roma»"),
        ({"luoghi": "comune: tenna | latitudine: 46,1"}, "longitudine"),
        ({"luoghi": "tenna"}, "«tenna» non si capisce"),
        ({"contatti": "ruolo: Ufficio"}, "colonna contatti"),
        ({"scadenze": "che cosa: x | entro il: 30/02/2027"}, "30/02"),
        ({"eta_minima": "9 anni", "eta_massima": "3"}, "colonna eta_massima"),
        ({"chiuso": "forse"}, "sì o no"),
        ({"chiuso": "sì"}, "colonna chiuso_per"),
        ({"offerto_da": "zzz"}, "colonna offerto_da: «zzz»"),
        ({"offerto_da": "cs4", "ente_esterno": "Altro"}, "colonna ente_esterno"),
    ],
)
def test_wrong_cell__is_told_with_its_row_and_column(manager, celle_sbagliate, atteso):
    giusta = {"organizzazione": "cs4", "nome": "Uno", "in_parole_semplici": "x", "tipo_di_ente": "privato"}
    trovati = problemi(file_csv(**{**giusta, **celle_sbagliate}), manager)
    assert any(atteso in problema for problema in trovati), trovati
    assert problemi(file_csv(**giusta), manager) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("contenuto", "nome", "atteso"),
    [
        (b"", "x.csv", "vuoto"),
        ("nome;organizzazione;città\n".encode("cp1252"), "x.csv", "UTF-8"),
        (b"nome;zzz\nx;y\n", "x.csv", "colonna sconosciuta"),
        (b"nome\nx\n", "x.csv", "manca la colonna"),
        (b"PK\x03\x04rotto", "x.xlsx", "Excel"),
        (b"niente", "x.xlsx", "Excel"),
        (b'nome,organizzazione\n"x', "x.csv", "virgolette"),
        (b"nome,organizzazione\nx\n", "x.csv", "riga 2: ha 1 valori"),
        (b"x" * (5 * 2**20 + 1), "x.csv", "troppo grande"),
        (b"nome;organizzazione\n" + b"x;cs4\n" * 2001, "x.csv", "troppe righe"),
        (b"nome;organizzazione;codice\nx;cs4;a\ny;cs4;a\n", "x.csv", "riga 3, colonna codice: è già nella riga 2"),
    ],
)
def test_wrong_file__is_told_and_nothing_is_lost(client_di, manager, contenuto, nome, atteso):
    trovati = problemi(contenuto, manager, nome)
    assert any(atteso in problema for problema in trovati), trovati
    risposta = client_di(manager).post(reverse(FOGLIO), {"file": SimpleUploadedFile(nome, contenuto or b" ")})
    assert risposta.status_code == 400 and not ServizioPage.objects.exists()


@pytest.mark.django_db
def test_workbook__with_a_formula_is_refused_and_dates_and_numbers_are_read(manager):
    libro = Workbook()
    nomi = ["organizzazione", "nome", "in_parole_semplici", "tipo_di_ente", "chiuso_fino_al", "eta_minima"]
    libro.active.append(nomi)
    libro.active.append(["cs4", "Uno", "x", "privato", date(2027, 1, 31), "6 anni"])
    libro.active.append(["cs4", "=1+1", "x", "privato", None, None])
    uscita = io.BytesIO()
    libro.save(uscita)
    piano = leggi_foglio("x.xlsx", uscita.getvalue(), manager)
    assert [str(p) for p in piano.problemi] == ["riga 3: la colonna nome contiene una formula: scrivi il valore"]
    letti = {colonna.nome: valore for colonna, valore in piano.righe[0].valori}
    assert (letti["eta_minima"], letti["chiuso_fino_al"]) == (72, date(2027, 1, 31))


@pytest.mark.django_db
def test_form__without_a_file_says_so(client_di, manager):
    client = client_di(manager)
    risposta = client.post(reverse(FOGLIO))
    assert risposta.status_code == 400 and "Scegli un file" in risposta.content.decode()
    assert client.post(reverse(FOGLIO), {"conferma": "1", "foglio": "inventato"}).status_code == 302
    assert client.get(reverse(ESPORTA), {"formato": "exe"}).status_code == 302


@pytest.mark.django_db
def test_export__costs_the_same_with_one_entry_and_with_many(client_di, manager):
    client = client_di(manager)

    def quante():
        with CaptureQueriesContext(connection) as query:
            risposta = client.get(reverse(ESPORTA), {"formato": "xlsx"})
        assert risposta["Cache-Control"].startswith("private, no-store")
        assert load_workbook(io.BytesIO(risposta.content)).active.max_row == ServizioPage.objects.count() + 1
        return len(query)

    servizio_intero()
    con_uno = quante()
    for n in range(10):
        pubblica_nuova(sezione("cs4"), ServizioPage(title=f"Altro {n}", sommario="x", natura="privato"))
    assert quante() == con_uno


@pytest.mark.django_db
def test_import__links_only_to_what_everyone_reads():
    bozza, pubblica = servizio_intero(), SezioneGuidaPage.objects.get(organizzazione__chiave="cs4")
    ServizioPage.objects.filter(pk=bozza.pk).update(live=False)
    colonna = next(colonna for colonna in CAMPI if colonna.nome == "descrizione")
    assert f'id="{pubblica.pk}"' in colonna.leggi(f'<p><a linktype="page" id="{pubblica.pk}">qui</a></p>', None)
    for chiave in (bozza.pk, 10**9, "x"):
        with pytest.raises(CellaNonValida, match="non è pubblicata"):
            colonna.leggi(f'<p><a linktype="page" id="{chiave}">qui</a></p>', None)
