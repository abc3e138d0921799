"""Tables as files: what a spreadsheet reads back, and what it must never run."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from base.formati.tabelle import csv_per_excel, csv_per_programmi, senza_formula, xlsx
from notizie.models import NotiziaPage, SezioneNotiziePage
from organizzazioni.operazioni import pubblica_nuova

INTESTAZIONE = ("Nome", "Quantità", "Giorno", "Vero")
RIGHE = [("Perché; sì", Decimal("1.50"), date(2025, 3, 1), True), ("=1+1", Decimal("20.00"), None, False)]


def foglio(contenuto):
    return load_workbook(io.BytesIO(contenuto)).active


def test_csv_for_excel__bom_semicolons_and_italian_values():
    assert csv_per_excel(INTESTAZIONE, RIGHE) == (
        b"\xef\xbb\xbf" + 'Nome;Quantità;Giorno;Vero\r\n"Perché; sì";1,5;01/03/2025;sì\r\n\'=1+1;20;;no\r\n'.encode()
    )


def test_csv_for_programs__plain_values():
    assert csv_per_programmi(INTESTAZIONE[:3], [r[:3] for r in RIGHE]) == (
        "Nome,Quantità,Giorno\nPerché; sì,1.5,2025-03-01\n'=1+1,20,\n"
    )


@pytest.mark.parametrize("testo", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", '=HYPERLINK("http://x")'])
def test_text_that_looks_like_a_formula__stays_a_text(testo):
    assert senza_formula(testo) == f"'{testo}"
    cella = foglio(xlsx("Prova", ["A"], [[testo]]))["A2"]
    assert cella.data_type in ("s", "inlineStr")
    assert cella.value.strip() == testo.strip()


def test_negative_numbers__stay_numbers():
    assert csv_per_programmi(["A"], [[Decimal("-1.5")]]) == "A\n-1.5\n"
    assert foglio(xlsx("Prova", ["A"], [[Decimal("-1.5")]]))["A2"].value == -1.5


def test_xlsx__header_frozen_and_filtered_values_typed():
    letto = foglio(xlsx("Punteggio 2025/26", INTESTAZIONE, RIGHE))
    assert letto.title == "Punteggio 2025 26"
    assert letto.freeze_panes == "A2"
    assert letto.auto_filter.ref == "A1:D3"
    assert [cella.value for cella in letto[1]] == list(INTESTAZIONE)
    assert [cella.value for cella in letto[2]] == ["Perché; sì", 1.5, datetime(2025, 3, 1), "sì"]


def test_xlsx__control_characters_and_time_zones_do_not_break_it():
    letto = foglio(xlsx("", ["A", "B"], [["a\x00b\x0bc", datetime(2025, 3, 1, 9, 30, tzinfo=UTC)]]))
    assert [cella.value for cella in letto[2]] == ["abc", datetime(2025, 3, 1, 9, 30)]


def test_xlsx__no_rows():
    assert foglio(xlsx("Vuoto", ["A"], [])).max_row == 1


def test_for_programs__a_telephone_and_a_list_begin_with_their_sign():
    righe = [["+39 0461 000000"], ["- uno"], ["=1+1"], ["@x"]]
    assert csv_per_programmi(["A"], righe) == "A\n+39 0461 000000\n- uno\n'=1+1\n'@x\n"
    assert csv_per_excel(["A"], righe[:2]).decode("utf-8-sig") == "A\r\n'+39 0461 000000\r\n'- uno\r\n"


@pytest.mark.django_db
def test_csv_of_wagtail__runs_nothing(client_di, superutente, organizzazione_a):
    notizia = NotiziaPage(title="=1+1", sommario="x", data=date(2026, 1, 1))
    pubblica_nuova(SezioneNotiziePage.objects.get(organizzazione=organizzazione_a), notizia)
    storia = client_di(superutente).get(reverse("wagtailadmin_reports:site_history"), {"export": "csv"})
    scritto = storia.getvalue().decode()
    assert ",'=1+1," in scritto and ",=1+1" not in scritto
