"""Sheets as people really send them: what has one reading is read and shown, what has two is refused with its place."""

import io
from datetime import date, time
from decimal import Decimal

import pytest
from openpyxl import Workbook

from base.formati.caratteri import TRATTINI
from base.posizione import che_cosa_non_va
from guide.foglio.celle import CellaNonValida, leggi
from guide.foglio.lettura import leggi_foglio
from guide.foglio.ore import GIORNI, leggi_orari
from guide.models import Comune, Luogo, ServizioPage, SezioneGuidaPage
from guide.operazioni.foglio import importa_foglio
from organizzazioni.operazioni import pubblica_nuova

NUOVO = {
    "organizzazione": "cs4",
    "nome": "Prova",
    "in_parole_semplici": "Una frase",
    "tipo_di_ente": "terzo_settore",
    "bisogni": "nido",
    "momenti": "neonato",
    "tutto_il_territorio": "sì",
    "costo": "gratuito",
}


def csv_di(*righe, prima="", separatore=";", codifica="utf-8"):
    nomi = list(righe[0])
    linee = [separatore.join(nomi), *(separatore.join(f'"{riga[n]}"' for n in nomi) for riga in righe)]
    return (prima + "\r\n".join(linee) + "\r\n").encode(codifica)


def xlsx_di(*fogli):
    """Each sheet: title, whether it is hidden, its rows."""
    libro = Workbook()
    libro.remove(libro.active)
    for titolo, nascosto, righe in fogli:
        foglio = libro.create_sheet(titolo)
        foglio.sheet_state = "hidden" if nascosto else "visible"
        for riga in righe:
            foglio.append(riga)
    uscita = io.BytesIO()
    libro.save(uscita)
    return uscita.getvalue()


RIGHE = [list(NUOVO), list(NUOVO.values())]


def capito(piano, colonna, riga=0):
    assert not piano.problemi, piano.problemi
    return next(cambio.dopo for cambio in piano.righe[riga].cambi if cambio.colonna == colonna)


# Hours


def in_breve(testo):
    giorni = {}
    for giorno, dalle, alle in leggi_orari(testo):
        giorni.setdefault(f"{dalle:%H:%M}-{alle:%H:%M}", []).append(GIORNI[giorno])
    return {ore: " ".join(quali) for ore, quali in giorni.items()}


@pytest.mark.parametrize("trattino", [c for c in map(chr, range(0x2300)) if TRATTINI.match(c)])
def test_hours__every_dash_is_a_dash(trattino):
    assert in_breve(f"lun{trattino}ven 9{trattino}12:30") == {"09:00-12:30": "lun mar mer gio ven"}


@pytest.mark.parametrize(
    ("testo", "atteso"),
    [
        ("lun/mer/ven 9-12", {"09:00-12:00": "lun mer ven"}),
        ("lun,mer,ven 9-12", {"09:00-12:00": "lun mer ven"}),
        ("lun mer ven 9-12", {"09:00-12:00": "lun mer ven"}),
        ("lun-mer,ven 9-12", {"09:00-12:00": "lun mar mer ven"}),
        ("lun\u00a0-\u00a0ven\t9-12", {"09:00-12:00": "lun mar mer gio ven"}),
        ("Lunedì, Mercoledì e Venerdì: 9.00-12.30", {"09:00-12:30": "lun mer ven"}),
        ("LUN.-VEN. dalle ore 9 alle ore 12", {"09:00-12:00": "lun mar mer gio ven"}),
        ("dal lunedi' al giovedi' 9-12 e 15-18", dict.fromkeys(("09:00-12:00", "15:00-18:00"), "lun mar mer gio")),
        ("sab e dom 10-12", {"10:00-12:00": "sab dom"}),
        ("sab/dom 10-12", {"10:00-12:00": "sab dom"}),
        ("tutti i giorni 9-19", {"09:00-19:00": "lun mar mer gio ven sab dom"}),
        ("lun-ven 9-12; sab 10-11", {"09:00-12:00": "lun mar mer gio ven", "10:00-11:00": "sab"}),
        ("lun 9-12, mar 10-11", {"09:00-12:00": "lun", "10:00-11:00": "mar"}),
        ("lun 9-12\ndom chiuso", {"09:00-12:00": "lun"}),
        ("ven 20-24:00", {"20:00-00:00": "ven"}),
        ("ven 22-6", {"22:00-06:00": "ven"}),
        ("dom h24", {"00:00-00:00": "dom"}),
    ],
)
def test_hours__the_days_are_those_that_are_written(testo, atteso):
    assert in_breve(testo) == atteso


@pytest.mark.parametrize(
    ("testo", "perche"),
    [
        ("marzo 9-12", "non è un orario"),
        ("martello 9-12", "non è un orario"),
        ("lunven 9-12", "non è un orario"),
        ("feriali 9-12", "da lunedì a venerdì o fino a sabato"),
        ("lun-mer-ven 9-12", "due modi"),
        ("lun/ven 9-12", "due modi"),
        ("da lun, ven 9-12", "due modi"),
        ("ven-lun 9-12", "all'indietro"),
        ("lun, lun 9-12", "due volte"),
        ("lun 9-5", "due modi"),
        ("lun 9-12, 3-6", "all'indietro"),
        ("lun 9,30-12", "non è un orario"),
        ("lun 24-8", "comincia alle 24"),
        ("lun 24:30-8", "non esiste"),
        ("lun 9-12\nlun chiuso", "sia chiuso"),
        ("dom chiuso", "solo quando è chiuso"),
        ("lun-ven 9-12 su appuntamento", "non è un orario"),
        ("9-12", "non è un orario"),
        ("lun", "non è un orario"),
    ],
)
def test_hours__what_has_two_readings_or_none_is_refused(testo, perche):
    with pytest.raises(CellaNonValida, match=perche):
        leggi_orari(testo)


def test_hours__a_cell_made_to_last_ends_at_once():
    for testo in ("lun e " * 5000, "lun 9-12," + "9-12," * 6000 + "x", "dal lun a " * 3000):
        with pytest.raises(CellaNonValida):
            leggi_orari(testo)


@pytest.mark.django_db
def test_hours__the_preview_writes_what_was_understood(manager):
    righe = [NUOVO | {"nome": n, "orari": o} for n, o in (("a", "lun\u00adven 9–12:30"), ("b", "lun/mer/ven 9-12"))]
    piano = leggi_foglio("x.csv", csv_di(*righe), manager)
    assert capito(piano, "orari") == "\n".join(f"{g} 09:00-12:30" for g in GIORNI[:5])
    assert capito(piano, "orari", 1) == "lun 09:00-12:00\nmer 09:00-12:00\nven 09:00-12:00"
    pagine = importa_foglio(piano, manager)
    assert [o.giorno for o in pagine[1].orari.all()] == [0, 2, 4]
    piano = leggi_foglio("x.csv", csv_di(NUOVO | {"orari": "marzo 9-12"}), manager)
    assert [str(p)[:24] for p in piano.problemi] == ["riga 2, colonna orari: «"]


@pytest.mark.django_db
def test_same_hours_written_otherwise__changes_nothing(manager):
    importa_foglio(leggi_foglio("x.csv", csv_di(NUOVO | {"orari": "lun-mar 9-12"}), manager), manager)
    codice = ServizioPage.objects.get().codice
    altro = NUOVO | {"codice": codice, "orari": "lunedì e martedì: 9.00–12.00", "tutto_il_territorio": "✓"}
    piano = leggi_foglio("x.csv", csv_di(altro), manager)
    assert not piano.problemi and len(piano.uguali) == 1


# The other columns that are interpreted


@pytest.mark.parametrize(
    ("tipo", "testo", "valore"),
    [
        ("importo", "€ 12,50", Decimal("12.50")),
        ("importo", "12,5 euro", Decimal("12.50")),
        ("importo", "1.200,00", Decimal("1200.00")),
        ("importo", "1,200.00", Decimal("1200.00")),
        ("importo", "EUR 1 200,00", Decimal("1200.00")),
        ("importo", "12.50€", Decimal("12.50")),
        ("eta", "3 anni", 36),
        ("eta", "3anni", 36),
        ("eta", "1 anno", 12),
        ("eta", "18 mesi", 18),
        ("eta", "2 anni e 6 mesi", 30),
        ("eta", "0", 0),
        ("sito", "www.example.org/nido", "https://www.example.org/nido"),
        ("sito", "http://example.org", "http://example.org"),
        ("coordinata", "−11,238001234", Decimal("-11.23800")),
        ("data", "31-12-2026", date(2026, 12, 31)),
        ("data", "31.12.2026", date(2026, 12, 31)),
        *(("si_no", vero, True) for vero in ("si'", "SI’", "x", "✓", "✔", "Vero")),
        *(("si_no", falso, False) for falso in ("NO", "✗", "")),
        ("scelta:terzo_settore,privato", "Terzo settore", "terzo_settore"),
    ],
)
def test_cells__what_has_one_reading_is_read(tipo, testo, valore):
    assert leggi(tipo, testo) == valore


@pytest.mark.parametrize(
    ("tipo", "testo", "perche"),
    [
        ("importo", "1.200", "due modi"),
        ("importo", "1,200", "due modi"),
        ("importo", "-5", "non è un importo"),
        ("importo", "gratis", "non è un importo"),
        ("importo", "12,50 al mese", "non è un importo"),
        ("importo", "1.200.000,00", "troppo"),
        ("eta", "3", "3 anni oppure 3 mesi"),
        ("eta", "3–36", "una per colonna"),
        ("eta", "3-6 anni", "una per colonna"),
        ("eta", "tre anni", "non è un'età"),
        ("data", "31/12/26", "non è una data"),
        ("data", "12/31/2026", "non esiste"),
        ("data", "1/2-2026", "non è una data"),
        ("coordinata", "46 06", "non è una coordinata"),
        ("coordinata", "11° 14' E", "non è una coordinata"),
        ("si_no", "forse", "sì o no"),
    ],
)
def test_cells__what_has_two_readings_or_none_is_refused(tipo, testo, perche):
    with pytest.raises(CellaNonValida, match=perche):
        leggi(tipo, testo)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sito", "letto"), [("example.org", "https://example.org"), ("ufficio@example.org", ""), ("a.it, b.it", "")]
)
def test_site__without_https(manager, sito, letto):
    piano = leggi_foglio("x.csv", csv_di(NUOVO | {"sito": sito}), manager)
    if letto:
        assert capito(piano, "sito") == letto
    else:
        assert [p.percorso for p in piano.problemi] == ["riga 2, colonna sito"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("punto", "perche"),
    [
        ("latitudine: 46,06500 | longitudine: 11,23800", ""),
        ("latitudine: 11,23800 | longitudine: 46,06500", "sembrano scambiate"),
        ("latitudine: 45,43800 | longitudine: 12,32700", "km da Pergine"),
        ("latitudine: 46,06500 | longitudine: -11,23800", "km da Pergine"),
        ("latitudine: 46,06500", "o nessuna"),
    ],
)
def test_coordinate__swapped_or_far_are_asked_again(manager, punto, perche):
    contenuto = csv_di(NUOVO | {"luoghi": f"comune: pergine-valsugana | via: Via Roma 1 | {punto}"})
    trovati = [str(p) for p in leggi_foglio("x.csv", contenuto, manager).problemi]
    assert len(trovati) == bool(perche)
    assert all(t.startswith("riga 2, colonna luoghi: ") and perche in t for t in trovati), trovati


def test_position__where_only_the_country_is_known():
    assert che_cosa_non_va((46.07, 11.24)) == ""
    assert "scambiate" in che_cosa_non_va((11.24, 46.07))
    assert "non è in Italia" in che_cosa_non_va((51.5, 0.1))


@pytest.mark.django_db
def test_place__is_refused_in_the_editor_too(manager):
    comune = Comune.objects.get(chiave="pergine-valsugana")
    luogo = Luogo(comune=comune, latitudine=Decimal("11.238"), longitudine=Decimal("46.065"))
    with pytest.raises(Exception, match="scambiate"):
        luogo.clean()


# The file as a whole


@pytest.mark.django_db
@pytest.mark.parametrize(
    "contenuto",
    [
        csv_di(NUOVO, prima="\ufeffsep=;\r\n"),
        csv_di(NUOVO, prima="sep=,\r\n", separatore=","),
        csv_di(NUOVO, prima="\ufeff\ufeff"),
        csv_di(NUOVO, prima="\ufeff", separatore="\t", codifica="utf-16-le"),
        csv_di(NUOVO, prima="\ufeff", separatore="\t", codifica="utf-16-be"),
        csv_di(NUOVO, separatore="\t"),
        csv_di({n.upper().replace("_", " "): v for n, v in NUOVO.items()}),
        csv_di({n: v.replace("ì", "i\u0300") for n, v in NUOVO.items()}),
        csv_di(NUOVO | {"nome": "\u200bProva\u00a0"}),
    ],
)
def test_csv__as_programs_save_it(manager, contenuto):
    piano = leggi_foglio("x.csv", contenuto, manager)
    assert capito(piano, "nome") == "Prova"
    assert capito(piano, "tutto_il_territorio") == "sì"
    assert piano.righe[0].numero == 2


@pytest.mark.django_db
def test_csv__a_title_and_empty_rows_before_the_header(manager):
    piano = leggi_foglio("x.csv", csv_di(NUOVO, prima="I nostri servizi;2026;\r\n\r\n;;\r\n"), manager)
    assert capito(piano, "nome") == "Prova"
    assert piano.righe[0].numero == 5
    assert piano.avvisi == ["Non letto, prima dei nomi delle colonne: «I nostri servizi 2026»"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fogli", "letto"),
    [
        ([("Istruzioni", True, [["Come compilare"]]), ("Servizi", False, RIGHE)], "Servizi"),
        ([("Istruzioni", False, [["organizzazione", "la chiave di chi scrive"]]), ("Dati", False, RIGHE)], "Dati"),
        ([("Vecchi", True, [RIGHE[0], ["x"] * 8]), ("Foglio1", False, RIGHE)], "Foglio1"),
        ([("Servizi", False, [["I nostri"], [], *RIGHE]), ("Altri", False, RIGHE)], "Servizi"),
        ([("Vuoto", False, []), ("Nascosto", True, RIGHE)], "Nascosto"),
    ],
)
def test_workbook__the_first_sheet_that_has_the_header_and_which(client_di, manager, fogli, letto):
    piano = leggi_foglio("x.xlsx", xlsx_di(*fogli), manager)
    assert capito(piano, "nome") == "Prova"
    assert piano.avvisi[0].startswith(f"Letto il foglio «{letto}»")
    assert all(f"«{titolo}»" in piano.avvisi[0] for titolo, _, _ in fogli)


@pytest.mark.django_db
@pytest.mark.parametrize("errore", ["#N/A", "#N/D", "#REF!", "#RIF!", "#DIV/0!", "#NOME?", "#VALUE!", "####"])
def test_errors_of_the_sheet__are_refused_with_their_place(manager, errore):
    riga = NUOVO | {"note_costo": errore}
    attesi = [f"riga 2: la colonna note_costo contiene un errore del foglio di calcolo ({errore}): scrivi il valore"]
    for nome, contenuto in (
        ("x.xlsx", xlsx_di(("S", False, [list(riga), list(riga.values())]))),
        ("x.csv", csv_di(riga)),
    ):
        assert [str(p) for p in leggi_foglio(nome, contenuto, manager).problemi] == attesi


@pytest.mark.django_db
def test_preview__says_what_was_read_and_what_was_understood(client_di, manager, tmp_path, settings):
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.urls import reverse

    settings.STORAGES = {
        **settings.STORAGES,
        "allegati": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}},
    }
    riga = NUOVO | {"orari": "lun e mer 9–12", "parole_chiave": "gioco,  asilo nido"}
    contenuto = xlsx_di(("Leggimi", False, []), ("Servizi", False, [list(riga), list(riga.values())]))
    risposta = client_di(manager).post(
        reverse("guida_foglio:foglio"), {"file": SimpleUploadedFile("x.xlsx", contenuto)}
    )
    testo = risposta.content.decode()
    assert risposta.status_code == 200
    assert "Letto il foglio «Servizi»; non letti: «Leggimi»" in testo
    assert "lun 09:00-12:00<br>mer 09:00-12:00" in testo
    assert "asilo nido" in testo and "lun e mer 9–12" not in testo


@pytest.mark.django_db
def test_name_already_taken__is_the_same_however_it_is_written(manager):
    sezione = SezioneGuidaPage.objects.get(organizzazione__chiave="cs4")
    pubblica_nuova(sezione, ServizioPage(title="Perche\u0301 no", sommario="x", natura="privato", codice="gia"))
    piano = leggi_foglio("x.csv", csv_di(NUOVO | {"nome": "perché  no"}), manager)
    assert ["il suo codice gia" in str(p) for p in piano.problemi] == [True]


def test_hours__times_are_of_the_clock():
    assert leggi_orari("lun 8:05-9") == [(0, time(8, 5), time(9))]
