"""`importa_evidenze`: files as people save them, all rows or none."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from programma import operazioni
from programma.importazione_evidenze import COLONNE, importa_evidenze
from programma.models import Criterio, Evidenza, ProgrammaPage

from .scene.importa_evidenze import BUONA, errore, esegui

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("separatore", [";", ","])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_one_row__every_column_in_its_place(file_csv, separatore, bom):
    percorso = file_csv(
        {
            "criteri": "M3 P1.1",
            "data": "05/03/2025",
            "quantita": "2,00",
            "link": "https://a.example/x http://b.example",
            "descrizione": 'Una riga; con, segni\ne "virgolette"',
        },
        separatore=separatore,
        prima=bom,
    )
    assert esegui(percorso) == "Importate: 1. Approvate: 0. Saltate perché già presenti: 0.\n"
    evidenza = Evidenza.objects.get()
    assert (evidenza.organizzazione.chiave, evidenza.data) == ("cs4", date(2025, 3, 5))
    assert evidenza.titolo == "Incontro di rete"
    assert {c.codice for c in evidenza.criteri.all()} == {"M3", "P1.1"}
    assert {o.chiave for o in evidenza.organizzazioni.all()} == {"cs4", "soste"}
    assert (evidenza.quantita, evidenza.link) == (Decimal(2), ["https://a.example/x", "http://b.example"])
    assert evidenza.descrizione == 'Una riga; con, segni\ne "virgolette"'
    assert (evidenza.stato, evidenza.origine, evidenza.autori.count()) == ("inviata", "importazione", 0)
    assert [(p.da, p.a, p.chi) for p in evidenza.passaggi.all()] == [("bozza", "inviata", None)]
    assert evidenza.tardiva == (timezone.localdate() > evidenza.programma.scadenza)


def test_separator__is_read_from_the_row_of_names(file_csv):
    percorso = file_csv(
        grezzo=(
            b"organizzazione,criteri,data,titolo,argomento,persone_coinvolte\n"
            b"cs4,M3,2025-03-05,Uno; due; tre,Estate,Anna\n"
        )
    )
    esegui(percorso)
    assert Evidenza.objects.get().titolo == "Uno; due; tre"


@pytest.mark.parametrize(
    ("riga", "motivo"),
    [
        ({"organizzazione": ""}, "manca l'organizzazione che invia"),
        ({"organizzazione": "ignota"}, "l'organizzazione «ignota» non esiste"),
        ({"organizzazione": "consolida"}, "l'organizzazione «consolida» non è attiva"),
        ({"criteri": ""}, "manca il criterio"),
        ({"criteri": "M3 X9"}, "il criterio «X9» non esiste nel programma 2025"),
        ({"data": ""}, "manca la data"),
        ({"data": "5 marzo"}, "data non valida «5 marzo»"),
        ({"data": "31/02/2025"}, "la data «31/02/2025» non esiste"),
        ({"data": "2019-01-01"}, "nessun programma comprende la data 01/01/2019"),
        ({"titolo": ""}, "titolo"),
        ({"titolo": "x" * 201}, "titolo: 201 caratteri, al massimo 200"),
        ({"argomento": ""}, "M3: questo criterio chiede l'argomento trattato"),
        ({"persone_coinvolte": "", "organizzazioni": ""}, "le persone coinvolte oppure le organizzazioni coinvolte"),
        ({"organizzazioni": "cs4 ignota"}, "l'organizzazione coinvolta «ignota» non esiste"),
        ({"quantita": "-1"}, "quantità non valida «-1»"),
        ({"quantita": "1.000,50"}, "quantità non valida"),
        ({"quantita": "nan"}, "quantità non valida"),
        ({"titolo": "\u200b—"}, "Scrivi un titolo"),
        ({"criteri": "P4.1", "argomento": "", "titolo": "Sottogruppo"}, "P4.1: questo criterio chiede l'argomento"),
        ({"criteri": "P4.1", "persone_coinvolte": "", "organizzazioni": ""}, "P4.1: questo criterio chiede le persone"),
        ({"criteri": "P2.3"}, "P2.3 vuole un link di: facebook.com"),
        ({"criteri": "P2.3", "link": "https://facebook.com/"}, "P2.3 accetta solo link di: facebook.com"),
        (
            {
                "criteri": "P2.3",
                "link": "https://facebook.com/a/posts/1 http://m.facebook.com/a/posts/1/",
                "quantita": "2",
            },
            "serve un link diverso per ogni unità",
        ),
        ({"criteri": "M6", "quantita": "0,01"}, "M6 conta unità intere"),
        ({"criteri": "P1.1", "quantita": "0"}, "P1.1: la quantità è almeno 1"),
        ({"criteri": "M7", "titolo": "Piano editoriale"}, "manca «calendario»"),
        (
            {"criteri": "M8", "persone_coinvolte": "", "link": "https://facebook.com/a/posts/1"},
            "M8: questo criterio chiede",
        ),
        ({"criteri": "P7.1", "titolo": "Rinnovo della palestra"}, "P7.1 conta solo ciò che è nuovo"),
        ({"criteri": "M9"}, "M9: questo criterio chiede la quantità"),
        ({"criteri": "M5", "organizzazioni": ""}, "M5: questo criterio chiede le organizzazioni"),
        ({"criteri": "M2 M3"}, "Scrivi perché lo stesso fatto vale per M2 e M3"),
        ({"link": "ftp://a.example"}, "non è un indirizzo completo"),
        ({"criteri": "P2.3", "link": "https://a.example"}, "P2.3 accetta solo link di: facebook.com"),
        ({"criteri": "M4"}, "M4: questo criterio chiede la scheda"),
        ({"titolo": "Segnale \x07"}, "caratteri di controllo"),
    ],
)
def test_wrong_row__has_number_and_reason_and_nothing_is_written(file_csv, riga, motivo):
    messaggio = errore(file_csv({}, {"titolo": "Sbagliata", **riga}, {"titolo": "Altra"}))
    righe = messaggio.splitlines()[1:]
    assert len(righe) == 1 and righe[0].startswith("riga 3: ") and motivo in righe[0]


def test_numbers_of_rows__count_records_and_not_lines(file_csv):
    percorso = file_csv({"descrizione": "due\nlinee"}, {"data": "mai"}, {"titolo": "B"}, {"organizzazione": "no"})
    numeri = [riga.split(":")[0] for riga in errore(percorso).splitlines()[1:]]
    assert numeri == ["riga 3", "riga 5"]


def test_future_date__refused(file_csv, programma):
    domani = timezone.localdate() + timedelta(days=1)
    ProgrammaPage.objects.filter(pk=programma.pk).update(scadenza=domani)
    assert "è nel futuro" in errore(file_csv({"data": domani.isoformat()}))


def test_closed_programme__is_refused_but_rows_already_there_are_skipped(file_csv, programma, manager):
    esegui(file_csv({}))
    operazioni.chiudi_programma(programma, manager)
    assert "Saltate perché già presenti: 1" in esegui(file_csv({}))
    assert "riga 2: Il programma 2025 è chiuso" in errore(file_csv({"titolo": "Nuova"}))


def test_programme__is_that_whose_period_has_the_date(file_csv, programma):
    altro = ProgrammaPage(
        title="2026", slug="2026", anno=2026, dal=date(2026, 1, 1), scadenza=date(2026, 12, 31), stato="approvato"
    )
    programma.get_parent().add_child(instance=altro)
    Criterio.objects.create(
        programma=altro,
        area="A",
        titolo="T",
        codice="M3",
        posizione=1,
        indicatore="I",
        regola="realizzazione",
        percentuale=100,
    )
    esegui(file_csv({"data": "2026-01-02"}, {}))
    assert {(e.data.year, e.programma.anno, e.criteri.get().programma.anno) for e in Evidenza.objects.all()} == {
        (2026, 2026, 2026),
        (2025, 2025, 2025),
    }


@pytest.mark.parametrize(
    ("grezzo", "motivo"),
    [
        (b"", "il file è vuoto"),
        (b"\n\n", "il file è vuoto"),
        ("organizzazione;criteri;data;titolo\ncs4;M1;2025-01-01;Perché\n".encode("cp1252"), "non è in UTF-8 (linea 2)"),
        (b"cs4;M3;2025-03-05;Incontro\n", "manca la riga con i nomi delle colonne"),
        (b"organizzazione;criteri;data\n", "manca la colonna «titolo»"),
        (b"organizzazione;criteri;data;titolo;descrizone\n", "colonna sconosciuta «descrizone»: forse «descrizione»?"),
        (b"organizzazione;criteri;data;titolo;data\n", "la colonna «data» è scritta due volte"),
        (b'organizzazione;criteri;data;titolo\ncs4;M1;2025-01-01;"Aperta\n', "riga 2: virgolette aperte"),
        (b"organizzazione;criteri;data;titolo\ncs4;M1;2025-01-01\n", "riga 2: ha 3 valori, ma le colonne sono 4"),
        (b"organizzazione;criteri;data;titolo\ncs4;M1;2025-01-01;Uno;due\n", "riga 2: ha 5 valori"),
    ],
)
def test_unreadable_file__has_a_clear_message(file_csv, grezzo, motivo):
    assert motivo in errore(file_csv(grezzo=grezzo))


def test_missing_file__has_a_clear_message(tmp_path):
    assert "non esiste" in errore(tmp_path / "niente.csv")


def test_empty_rows_at_the_end__as_a_spreadsheet_leaves_them(file_csv):
    esegui(file_csv(grezzo=b"organizzazione;criteri;data;titolo;\r\ncs4;M1;2025-01-01;Uno;\r\n;;;;\r\n\r\n"))
    assert Evidenza.objects.get().titolo == "Uno"


def test_many_rows__do_not_make_more_queries(file_csv, django_assert_max_num_queries):
    percorso = file_csv(*({"titolo": f"Incontro {n}"} for n in range(60)))
    importa_evidenze(percorso)
    with django_assert_max_num_queries(9):
        importa_evidenze(percorso)


def test_keys_and_links__parted_by_commas_too(file_csv):
    riga = {"criteri": "M3, p1.1", "organizzazioni": "cs4,soste; cs4"}
    esegui(file_csv(riga | {"link": "https://a.example/x,y, https://b.example;https://c.example"}))
    evidenza = Evidenza.objects.get()
    assert evidenza.link == ["https://a.example/x,y", "https://b.example", "https://c.example"]
    assert sorted(c.codice for c in evidenza.criteri.all()) == ["M3", "P1.1"]
    assert sorted(o.chiave for o in evidenza.organizzazioni.all()) == ["cs4", "soste"]


def test_text_of_excel__in_utf16_with_a_title_over_the_header(file_csv):
    valori = [BUONA[c] for c in COLONNE]
    testo = "\ufeffLe nostre evidenze\r\n\r\n" + "\t".join(COLONNE) + "\r\n" + "\t".join(valori) + "\r\n"
    detto = esegui(file_csv(grezzo=testo.encode("utf-16-le")))
    assert detto.startswith("Non letto, prima dei nomi delle colonne: «Le nostre evidenze»\nImportate: 1.")
