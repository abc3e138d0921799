"""The pure modules of the guide: words, ages, hours, facets, completeness."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from base.parole import a_una_lettera, chiave_ordine, parole, radice, simili
from cura import insiemi
from cura.filtri import PAROLE_MASSIMO, Ricerca, leggi
from cura.insiemi import Indice
from guide import completezza, scheda
from guide.completezza import Dotazione
from guide.esportazioni import dati_strutturati
from guide.eta import intervallo_in_parole, si_sovrappone
from guide.orari import ROMA, Fascia, Orario, Periodo, festivo, settimana_in_parole, stato

# Words


@pytest.mark.parametrize(
    ("testo", "attese"),
    [
        ("dell'infanzia", ["infanzia"]),
        ("dell’infanzia", ["infanzia"]),
        ("Città di Palù", ["citta", "palu"]),
        ("baby-sitter", ["baby", "sitter"]),
        ("l'asilo e la scuola", ["asilo", "scuola"]),
        ("", []),
        ("di a da", []),
        ("<b>", ["b"]),
        ("a" * 60, ["a" * 40]),
    ],
)
def test_words__lose_accents_elisions_and_articles(testo, attese):
    assert parole(testo) == attese


@pytest.mark.parametrize(
    ("una", "altra"),
    [
        ("bambino", "bambini"),
        ("psicologo", "psicologia"),
        ("anziana", "anziani"),
        ("nidi", "nido"),
        ("consultori", "consultorio"),
        ("vacanza", "vacanze"),
    ],
)
def test_stem__is_the_same_for_forms_of_a_word(una, altra):
    assert radice(una) == radice(altra)


@pytest.mark.parametrize(
    ("una", "altra", "vicine"),
    [
        ("nido", "nida", True),
        ("consultorio", "consutorio", True),
        ("consultorio", "conusltorio", True),
        ("mensa", "mensas", True),
        ("pediatra", "pediatra", False),
        ("pediatra", "peditara", True),
        ("estate", "estivo", False),
        ("abc", "cba", False),
        ("psicologo", "spicologo", True),
        ("ab", "ba", True),
    ],
)
def test_one_letter__changed_missing_added_or_exchanged(una, altra, vicine):
    assert a_una_lettera(una, altra) is a_una_lettera(altra, una) is vicine


def _distanza(a, b):
    """Optimal string alignment distance, the slow way."""
    d = {(i, -1): i + 1 for i in range(-1, len(a))} | {(-1, j): j + 1 for j in range(-1, len(b))}
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            d[i, j] = min(d[i - 1, j] + 1, d[i, j - 1] + 1, d[i - 1, j - 1] + (x != y))
            if i and j and x == b[j - 1] and a[i - 1] == y:
                d[i, j] = min(d[i, j], d[i - 2, j - 2] + 1)
    return d[len(a) - 1, len(b) - 1]


@given(st.text("abc", max_size=7), st.text("abc", max_size=7))
def test_one_letter__is_a_distance_of_one(a, b):
    assert a_una_lettera(a, b) is (_distanza(a, b) == 1)


def test_similar__leaves_short_words_alone():
    assert simili("tat", ["tata", "tat"]) == []
    assert simili("nodi", ["nidi", "modo", "nodo"]) == ["nidi", "nodo"]


@given(st.text())
def test_order_key__holds_only_what_every_database_sorts_alike(testo):
    assert not set(chiave_ordine(testo)) - set("abcdefghijklmnopqrstuvwxyz0123456789")


# Ages


@pytest.mark.parametrize(
    ("minima", "massima", "testo"),
    [
        (3, 36, "da 3 mesi a 3 anni"),
        (72, 132, "da 6 a 11 anni"),
        (780, None, "da 65 anni"),
        (None, 216, "fino a 18 anni"),
        (0, 72, "da 0 a 6 anni"),
        (None, None, ""),
        (0, None, ""),
        (12, 36, "da 1 anno a 3 anni"),
        (36, 36, "3 anni"),
        (0, 12, "fino a 1 anno"),
        (0, 3, "fino a 3 mesi"),
        (18, 36, "da 18 mesi a 3 anni"),
        (42, 72, "da 3 anni e 6 mesi a 6 anni"),
    ],
)
def test_ages__in_words(minima, massima, testo):
    assert intervallo_in_parole(minima, massima) == testo


@pytest.mark.parametrize(
    ("minima", "massima", "dal", "al", "esito"),
    [
        (3, 36, 0, 36, True),
        (3, 36, 36, 72, False),
        (36, 72, 0, 36, False),
        (None, 72, 36, 72, True),
        (780, None, 780, None, True),
        (None, 780, 780, None, False),
        (72, 72, 72, 132, True),
        (None, None, 0, 36, True),
        (216, 360, 168, 216, False),
        (168, 360, 168, 216, True),
    ],
)
def test_bands__follow_from_ages(minima, massima, dal, al, esito):
    assert si_sovrappone(minima, massima, dal, al) is esito


# Hours


def istante(testo):
    return datetime.fromisoformat(testo).replace(tzinfo=ROMA)


UFFICIO = Orario(tuple(Fascia(giorno, time(9), time(12)) for giorno in range(5)) + (Fascia(3, time(14), time(18, 30)),))
NOTTE = Orario((Fascia(5, time(22), time(2)),))
SEMPRE = Orario(tuple(Fascia(giorno, time(0), time(0)) for giorno in range(7)))
ESTATE = Orario(UFFICIO.fasce, (Periodo(False, date(2026, 6, 15), date(2026, 9, 5), ogni_anno=True),))
FERIE = Orario(UFFICIO.fasce, (Periodo(True, date(2026, 8, 10), date(2026, 8, 21)),))
INVERNO = Orario(UFFICIO.fasce, (Periodo(False, date(2026, 12, 1), date(2026, 3, 31), ogni_anno=True),))


@pytest.mark.parametrize(
    ("orario", "quando", "aperto", "testo"),
    [
        (Orario(), "2026-03-04T10:00", None, ""),
        (UFFICIO, "2026-03-04T08:59", False, "Chiuso ora, apre oggi alle 9"),
        (UFFICIO, "2026-03-04T09:00", True, "Aperto ora, fino alle 12"),
        (UFFICIO, "2026-03-04T12:00", False, "Chiuso ora, apre domani alle 9"),
        (UFFICIO, "2026-03-05T13:00", False, "Chiuso ora, apre oggi alle 14"),
        (UFFICIO, "2026-03-05T18:29", True, "Aperto ora, fino alle 18:30"),
        (UFFICIO, "2026-03-06T15:00", False, "Chiuso ora, apre lunedì alle 9"),
        (UFFICIO, "2026-05-01T10:00", None, "Oggi è festa: conferma l'orario prima di andare"),
        (UFFICIO, "2026-04-06T10:00", None, "Oggi è festa: conferma l'orario prima di andare"),  # Easter Monday
        (UFFICIO, "2026-04-03T12:30", False, "Chiuso ora, apre martedì alle 9"),
        (NOTTE, "2026-03-07T23:00", True, "Aperto ora, fino alle 2"),
        (NOTTE, "2026-03-08T01:59", True, "Aperto ora, fino alle 2"),
        (NOTTE, "2026-03-08T02:00", False, "Chiuso ora, apre sabato alle 22"),
        (SEMPRE, "2026-12-25T03:00", True, "Sempre aperto"),
        (ESTATE, "2026-06-15T10:00", True, "Aperto ora, fino alle 12"),
        (ESTATE, "2027-09-06T10:00", False, "Chiuso ora, apre il 15 giugno"),
        (FERIE, "2026-08-12T10:00", False, "Chiuso ora, apre il 24 agosto"),
        (FERIE, "2027-08-12T10:00", True, "Aperto ora, fino alle 12"),
        (INVERNO, "2027-01-13T10:00", True, "Aperto ora, fino alle 12"),
        (INVERNO, "2026-04-15T10:00", False, "Chiuso ora, apre il 1º dicembre"),
        (Orario(UFFICIO.fasce, sospeso=True), "2026-03-04T10:00", False, "Temporaneamente chiuso"),
        (Orario(UFFICIO.fasce, (), True, date(2026, 3, 4)), "2026-03-04T10:00", False, "Temporaneamente chiuso"),
        (Orario(UFFICIO.fasce, (), True, date(2026, 3, 3)), "2026-03-04T10:00", True, "Aperto ora, fino alle 12"),
        (Orario(sospeso=True), "2026-03-04T10:00", False, "Temporaneamente chiuso"),
    ],
)
def test_open_now(orario, quando, aperto, testo):
    esito = stato(orario, istante(quando))
    assert (esito.aperto, esito.testo) == (aperto, testo)


def test_open_now__is_asked_in_roman_time():
    assert stato(UFFICIO, datetime.fromisoformat("2026-07-01T07:30:00+00:00")).aperto
    assert not stato(UFFICIO, datetime.fromisoformat("2026-01-14T07:30:00+00:00")).aperto


def test_holidays__easter_monday_and_san_francesco():
    assert [festivo(date(anno, 10, 4)) for anno in (2025, 2026)] == [False, True]
    assert festivo(date(2025, 4, 21)) and festivo(date(2027, 3, 29)) and not festivo(date(2025, 4, 20))


ORE = st.times().map(lambda t: t.replace(second=0, microsecond=0))
FASCE = st.lists(st.builds(Fascia, st.integers(0, 6), ORE, ORE), max_size=8).map(tuple)
ISTANTI = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)).map(lambda d: d.replace(tzinfo=ROMA))


@given(FASCE, ISTANTI)
def test_open_now__never_open_without_hours_that_hold(fasce, quando):
    esito = stato(Orario(fasce), quando)
    valgono = [
        f
        for f in fasce
        for giorno in (quando.date(), quando.date() - timedelta(days=1))
        if f.giorno == giorno.weekday()
    ]
    assert not (esito.aperto and not valgono)
    assert (esito.aperto is None) == (not fasce or "festa" in esito.testo)


@pytest.mark.parametrize(
    ("orario", "righe"),
    [
        (UFFICIO, [("da lunedì a mercoledì", "9–12"), ("giovedì", "9–12, 14–18:30"), ("venerdì", "9–12")]),
        (NOTTE, [("sabato", "22–2")]),
        (SEMPRE, [("tutti i giorni", "24 ore su 24")]),
        (Orario(), []),
        (Orario((Fascia(5, time(9), time(12)), Fascia(6, time(9), time(12)))), [("sabato e domenica", "9–12")]),
    ],
)
def test_week__in_words(orario, righe):
    assert settimana_in_parole(orario.fasce) == righe


@pytest.mark.parametrize(
    ("periodo", "testo"),
    [
        (scheda.Periodo(False, date(2026, 6, 15), date(2026, 9, 10), True), "dal 15 giugno al 10 settembre, ogni anno"),
        (scheda.Periodo(True, date(2026, 8, 8), date(2026, 8, 11)), "dall'8 agosto all'11 agosto 2026"),
        (
            scheda.Periodo(True, date(2026, 12, 24), date(2027, 1, 6), nota="Natale"),
            "dal 24 dicembre 2026 al 6 gennaio 2027 (Natale)",
        ),
        (scheda.Periodo(True, date(2026, 5, 1), date(2026, 5, 1)), "il 1º maggio 2026"),
    ],
)
def test_period__in_words(periodo, testo):
    assert str(periodo) == testo


# Facets

AMMESSI = {"eta": ["infanzia"], "comune": ["tenna", "bedollo"], "giorno": ["sab"], "lingua": []}


@pytest.mark.parametrize(
    ("dati", "attesa"),
    [
        ({}, Ricerca()),
        ({"q": "  nido   d'infanzia "}, Ricerca("nido d'infanzia")),
        ({"q": "a\x00b"}, Ricerca("a b")),
        ({"eta": "infanzia", "comune": "tenna"}, Ricerca("", {"eta": "infanzia", "comune": "tenna"})),
        ({"eta": "x", "altro": "y"}, Ricerca("", {}, ("eta",))),
        ({"eta": "", "giorno": "sab"}, Ricerca("", {"giorno": "sab"})),
        ({"q": None, "lingua": "ita"}, Ricerca("", {}, ("lingua",))),
    ],
)
def test_get_parameters__are_read_totally(dati, attesa):
    assert leggi(dati, AMMESSI) == replace(attesa, faccette=tuple(AMMESSI))


@given(st.dictionaries(st.sampled_from([*AMMESSI, "q", "pagina", "x"]), st.text()))
def test_get_parameters__whatever_they_are(dati):
    ricerca = leggi(dati, AMMESSI)
    assert len(ricerca.testo) <= PAROLE_MASSIMO
    assert all(valore in AMMESSI[nome] for nome, valore in ricerca.scelte.items())


def test_search__as_an_address_and_without_a_part():
    ricerca = Ricerca("nido", {"giorno": "sab", "eta": "infanzia"}, faccette=("eta", "giorno"))
    assert ricerca.query() == "?q=nido&eta=infanzia&giorno=sab"
    assert ricerca.senza("eta").query() == "?q=nido&giorno=sab"
    assert ricerca.senza("q").query() == "?eta=infanzia&giorno=sab"
    assert ricerca and not Ricerca() and Ricerca().query() == "?"


VALORI = st.sampled_from([("eta", "a"), ("eta", "b"), ("comune", "x"), ("comune", "y"), ("giorno", "sab")])
SCHEDE = st.lists(st.sets(VALORI), max_size=40)
SCELTE = st.fixed_dictionaries({}, optional={"eta": st.sampled_from("ab"), "comune": st.sampled_from("xyz")})


def _indice(schede):
    quali = {voce: [n for n, sotto in enumerate(schede) if voce in sotto] for voce in set().union(*schede)}
    return Indice({v: insiemi.insieme(p) for v, p in quali.items()}, insiemi.insieme(range(len(schede))))


@given(SCHEDE, SCELTE, st.sets(st.integers(0, 60)))
def test_facets__find_and_count_as_one_by_one(schede, scelte, con_parole):
    indice, base = _indice(schede), insiemi.insieme(con_parole)

    def sotto(n, scelte):
        return n in con_parole and all(voce in schede[n] for voce in scelte.items())

    attese = [n for n in range(len(schede)) if sotto(n, scelte)]
    assert insiemi.filtra(range(len(schede)), indice.trovati(scelte, base)) == attese
    for (faccetta, valore), quanti in indice.conteggi(scelte, base).items():
        cosi = {**scelte, faccetta: valore}
        assert quanti == sum(sotto(n, cosi) for n in range(len(schede)))


@given(st.sets(st.integers(0, 3000)))
def test_sets__are_kept_as_bytes(posizioni):
    valore = insiemi.da_byte(insiemi.in_byte(insiemi.insieme(posizioni)))
    assert insiemi.filtra(sorted(posizioni), valore) == sorted(posizioni)
    assert valore.bit_count() == len(posizioni)


# Completeness

PIENA = Dotazione(**dict.fromkeys(Dotazione.__dataclass_fields__, True))


def test_completeness__empty_full_and_each_answer():
    assert completezza.percentuale(Dotazione()) == 0 and completezza.percentuale(PIENA) == 100
    for campo in set(Dotazione.__dataclass_fields__) - {"a_pagamento", "ha_luoghi"}:
        mancanze = completezza.mancanze(Dotazione(**{**vars(PIENA), campo: False}))
        assert len(mancanze) == 1, campo


def test_completeness__asks_amounts_only_of_what_is_paid_and_access_only_of_places():
    senza = Dotazione(
        **{**vars(PIENA), "a_pagamento": False, "importi": False, "ha_luoghi": False, "accessibilita": False}
    )
    assert completezza.mancanze(senza) == []


# The public sheet

COMPLETA = scheda.Scheda(
    nome="Nido",
    natura="pubblico",
    erogatore="Comune",
    eta_minima=3,
    eta_massima=36,
    costo="pagamento",
    bisogni=(scheda.Nome("nido", "Nido"),),
    lingue=(scheda.Nome("mhn", "Mòcheno"),),
    luoghi=(scheda.Luogo("Sede", "Via Roma 1", scheda.Nome("tenna", "Tenna"), "46.02", "11.26"), scheda.Luogo()),
    fasce=(scheda.Fascia(0, time(7, 30), time(18)),),
    periodi=(scheda.Periodo(True, date(2026, 8, 1), date(2026, 8, 31)),),
    sospeso=True,
    sospeso_fino_al=date(2026, 1, 7),
    tariffe=(scheda.Tariffa("250.00", "al mese"),),
    scadenze=(scheda.Scadenza("Iscrizioni", date(2026, 3, 1)),),
    contatti=(scheda.Contatto("Segreteria", telefono="0461 000000"),),
    allegati=(scheda.FileDaScaricare("Modulo", "/x"),),
    documenti=("Certificato",),
    etichette=("bimbi",),
)


def test_sheet__survives_json():
    import json

    from django.core.serializers.json import DjangoJSONEncoder

    dati = json.loads(json.dumps(COMPLETA.come_dati(), cls=DjangoJSONEncoder))
    assert scheda.Scheda.da_dati({**dati, "di_un_altra_versione": 1}) == COMPLETA


def test_sheet__in_schema_org():
    dati = dati_strutturati(COMPLETA, "https://example.org/nido/")
    assert dati["@type"] == "GovernmentService" and dati["provider"]["@type"] == "GovernmentOrganization"
    assert dati["audience"] == {"@type": "PeopleAudience", "suggestedMinAge": 0, "suggestedMaxAge": 3}
    primo = dati["availableChannel"][0]
    assert primo["serviceLocation"]["address"]["addressLocality"] == "Tenna"
    assert dati["hoursAvailable"][0]["opens"] == "07:30" and dati["offers"][0]["price"] == "250.00"
    vuota = dati_strutturati(scheda.Scheda(nome="X"), "")
    assert vuota == {"@context": "https://schema.org", "@type": "Service", "name": "X"}


@pytest.mark.parametrize(("importo", "testo"), [("12.00", "12 euro"), ("7.50", "7,50 euro")])
def test_amount__in_words(importo, testo):
    assert scheda.Tariffa(importo, "").euro == testo
