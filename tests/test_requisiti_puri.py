"""What an evidence must bring, as pure functions: words, addresses, demands."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programma.collegamenti import chiave, e_accettato, e_di_una_cosa, link_non_validi
from programma.parole_uguali import ha_parole, impronta, nomina, parla_di_rinnovo
from programma.requisiti import SENZA_COLONNA, SENZA_FILE, Prova, data_non_valida, mancanze

POST = "https://www.facebook.com/DistrettoFamilyAudit/posts/100250912"


@pytest.mark.parametrize(
    "altro",
    [
        "incontro di rete",
        "INCONTRO  DI RETE",
        "Incontro di rete.",
        "«Incontro» – di  rete!",
        "Incontro\u00a0di\u200b rete",
        "Incontro_di-rete",
        "Ｉncontro di rete",
    ],
)
def test_parole__case_punctuation_spaces_and_what_cannot_be_seen_do_not_count(altro):
    assert impronta("Incontro di rete") == impronta(altro)


def test_parole__the_same_letter_composed_or_not_and_an_apostrophe_for_an_accent():
    assert impronta("Perch\u00e9") == impronta("perche\u0301") == impronta("PERCHE'")
    assert impronta("Incontro 1") != impronta("Incontro 2")


@given(st.text())
def test_parole__folding_twice_is_folding_once(testo):
    assert impronta(impronta(testo)) == impronta(testo)
    assert ha_parole(testo) == bool(impronta(testo))


@pytest.mark.parametrize("testo", ["", "   ", "\u200b\u2060", "—", "...", "\u3164", "\u00ad"])
def test_parole__nothing_to_read(testo):
    assert not ha_parole(testo)


@pytest.mark.parametrize(
    "testo", ["PED 2025.pdf", "ped2025.xlsx", "il nostro PED!", "PianoEditoriale.pdf", "piani e piano"]
)
def test_nomina__a_word_of_a_text_or_of_a_file(testo):
    assert nomina(testo, ["piano", "PED"])


@pytest.mark.parametrize("testo", ["spedito a tutti", "pedagogia.pdf", "pianta.png", ""])
def test_nomina__not_a_piece_of_another_word(testo):
    assert not nomina(testo, ["piano", "PED"])


@pytest.mark.parametrize("testo", ["Rinnovo della convenzione", "convenzione RINNOVATA", "Si rinnova la palestra"])
def test_renewal__said(testo):
    assert parla_di_rinnovo(testo)


@pytest.mark.parametrize(
    "testo", ["Palestra, rinnovo tacito", "Durata un anno, rinnovabile", "Non è un rinnovo", "Nuova"]
)
def test_renewal__not_said(testo):
    assert not parla_di_rinnovo(testo)


@pytest.mark.parametrize(
    "altro",
    [
        POST + "/",
        POST + "?fbclid=abc&utm_source=x",
        POST + "#commenti",
        POST.replace("https", "http"),
        POST.replace("www.", "m."),
        POST.replace("www.", "it-it."),
        POST.replace("www.facebook", "FACEBOOK"),
        POST.replace("/posts/", "//posts/./"),
        POST.replace("/posts/", "/%70osts/"),
        POST.replace("/posts/", "/posts/la-mostra-apre/"),
        POST + "?a=1",
        POST + "%20",
        "https://www.facebook.com/permalink.php?story_fbid=100250912&id=42",
        POST.replace(".com/", ".com:443/"),
    ],
)
def test_link__another_address_of_the_same_post(altro):
    assert chiave(altro) == chiave(POST)


@pytest.mark.parametrize(
    ("uno", "altro"),
    [
        (POST, POST + "3"),
        ("https://example.org/?p=1", "https://example.org/?p=2"),
        ("https://comune.pergine.tn.it/a", "https://asif.tn.it/a"),
        ("https://www.facebook.com/share/p/abc", "https://www.facebook.com/share/p/abd"),
    ],
)
def test_link__addresses_of_two_things(uno, altro):
    assert chiave(uno) != chiave(altro)


@given(st.text())
def test_link__anything_has_a_key(testo):
    assert isinstance(chiave(testo), str) and isinstance(link_non_validi([testo]), list)


@pytest.mark.parametrize(
    ("indirizzo", "siti", "accettato"),
    [
        (POST, ["facebook.com"], True),
        ("https://facebook.com.evil.example/1", ["facebook.com"], False),
        ("https://notfacebook.com/1", ["facebook.com"], False),
        ("https://evil.example/facebook.com", ["facebook.com"], False),
        ("https://ｆacebook.com/1", ["facebook.com"], False),
        (POST + "\u200b", ["facebook.com"], False),
        ("https://evil.example\\@facebook.com/", ["facebook.com"], False),
        ("javascript:alert(1)//facebook.com", ["facebook.com"], False),
        ("https://facebook.com:99999/x", ["facebook.com"], False),
        ("https://portale.example/newsletter/7/", ["portale.example/newsletter"], True),
        ("https://portale.example/newsletter/../card/", ["portale.example/newsletter"], False),
        ("https://portale.example/newsletters/7/", ["portale.example/newsletter"], False),
        ("https://qualunque.example/", [], True),
    ],
)
def test_link__accepted_sites_with_their_folders(indirizzo, siti, accettato):
    assert e_accettato(indirizzo, siti) is accettato


def test_link__the_first_page_of_a_site_is_no_post():
    assert not e_di_una_cosa("https://facebook.com/") and not e_di_una_cosa("https://facebook.com/?fbclid=1")
    assert e_di_una_cosa("https://facebook.com/?story_fbid=1") and e_di_una_cosa(POST)


def campi(prova, valori, muti=(), contati=()):
    return [campo for campo, _ in mancanze(prova, {"titolo": "Titolo", **valori}, muti, contati)]


INCONTRO = Prova("P4.1", ("argomento", "persone_coinvolte|organizzazioni"), intere=True, minimo=1)


def test_meeting__topic_and_who():
    assert campi(INCONTRO, {}) == ["argomento", "persone_coinvolte"]
    assert campi(INCONTRO, {"argomento": "\u200b", "persone_coinvolte": "..."}) == ["argomento", "persone_coinvolte"]
    assert campi(INCONTRO, {"argomento": "Estate", "organizzazioni": ["cs4"]}) == []


@pytest.mark.parametrize("quantita", ["0.5", "0.01", "1.5", "0"])
def test_counted_units__are_whole_and_at_least_one(quantita):
    valori = {"argomento": "Estate", "persone_coinvolte": "Anna", "quantita": Decimal(quantita)}
    assert campi(INCONTRO, valori) == ["quantita"]


@pytest.mark.parametrize("quantita", [None, Decimal(1), Decimal("2.00")])
def test_counted_units__one_when_empty(quantita):
    assert campi(INCONTRO, {"argomento": "Estate", "persone_coinvolte": "Anna", "quantita": quantita}) == []


PREZIOSI = Prova("P2.3", ("link",), ("facebook.com",), ("facebook.com",), conta_link=True, intere=True, minimo=1)


def test_post__as_many_as_the_distinct_accepted_links():
    due = [POST, POST + "3"]
    assert campi(PREZIOSI, {"link": []}) == ["link"]
    assert campi(PREZIOSI, {"link": [POST], "quantita": Decimal(2)}) == ["quantita"]
    assert campi(PREZIOSI, {"link": [POST, POST + "/?utm_source=x"], "quantita": Decimal(2)}) == ["quantita"]
    assert campi(PREZIOSI, {"link": [POST, "https://example.org/a"], "quantita": Decimal(2)}) == ["quantita"]
    assert campi(PREZIOSI, {"link": due, "quantita": Decimal(2)}) == campi(PREZIOSI, {"link": due}) == []
    assert campi(PREZIOSI, {"link": ["https://www.facebook.com/"]}) == ["link"]


def test_post__what_another_evidence_has_counted_is_not_counted_again():
    gia = {chiave(POST)}
    assert campi(PREZIOSI, {"link": [POST + "/"]}, contati=gia) == ["link"]
    assert campi(PREZIOSI, {"link": [POST, POST + "3"]}, contati=gia) == []
    assert campi(PREZIOSI, {"link": [POST, POST + "3"], "quantita": Decimal(2)}, contati=gia) == ["quantita"]


PED = Prova("M7", ("allegati|link",), parti=("piano|PED", "calendario"))


@pytest.mark.parametrize(
    ("valori", "muti", "attesi"),
    [
        ({}, (), ["allegati", "allegati", "allegati"]),
        ({"allegati": ["piano.pdf"]}, (), ["allegati"]),
        ({"allegati": ["piano.pdf"], "descrizione": "Con il calendario"}, (), ["allegati"]),
        ({"allegati": ["piano.pdf", "piano-2.pdf"]}, (), ["allegati"]),
        ({"allegati": ["piano.pdf", "calendario.xlsx"]}, (), []),
        ({"allegati": ["piano-e-calendario.pdf"]}, (), []),
        ({"allegati": ["1.pdf", "2.pdf", "3.pdf"], "titolo": "PED e calendario"}, (), []),
        ({"allegati": ["IMG_1.pdf", "IMG_2.pdf"], "titolo": "PED e calendario editoriale"}, (), []),
        ({"link": ["https://a.example/1", "https://a.example/1/"], "titolo": "PED e calendario"}, (), ["allegati"] * 2),
        ({"titolo": "Piano editoriale"}, SENZA_COLONNA, ["descrizione"]),
        ({"titolo": "PED e calendario editoriale"}, SENZA_COLONNA, []),
    ],
)
def test_parts__each_named_and_proved(valori, muti, attesi):
    assert campi(PED, valori, muti) == attesi


CONVENZIONE = Prova("P7.1", ("novita", "allegati|link"), solo_nuove=True)


def test_convention__new_or_renewal_and_only_new_ones_count():
    assert campi(CONVENZIONE, {"allegati": ["c.pdf"]}) == ["novita"]
    assert campi(CONVENZIONE, {"allegati": ["c.pdf"], "novita": "rinnovo"}) == ["novita"]
    assert campi(CONVENZIONE, {"allegati": ["c.pdf"], "novita": "nuova"}) == []
    assert campi(CONVENZIONE, {"titolo": "Rinnovo palestra"}, SENZA_COLONNA) == ["titolo"]
    assert campi(CONVENZIONE, {"titolo": "Palestra"}, SENZA_COLONNA) == []


MAIL_ACS = Prova("M8", ("persone_coinvolte|link",), ("portale.example/newsletter",), ("questo sito/newsletter",))


def test_notice__recipients_or_an_issue_of_the_newsletter():
    assert campi(MAIL_ACS, {"link": [POST]}) == ["persone_coinvolte"]
    assert campi(MAIL_ACS, {"link": [POST], "persone_coinvolte": "I dipendenti, 86 indirizzi"}) == []
    assert campi(MAIL_ACS, {"link": ["https://portale.example/newsletter/3/"]}) == []
    assert "questo sito/newsletter" in mancanze(MAIL_ACS, {})[0][1]


def test_content__is_its_own_file_but_not_its_own_facebook_post():
    assert campi(Prova("P1.2", ("allegati|link",)), {}, SENZA_FILE) == []
    assert campi(PREZIOSI, {}, SENZA_FILE) == ["link"]


@pytest.mark.parametrize(
    "valori",
    [
        {"titolo": "Rinnovo"},
        {"quantita": Decimal(0)},
        {"quantita": Decimal("0.5")},
        {"quantita": ""},
        {"link": ["https://www.facebook.com/"], "quantita": Decimal(2)},
    ],
)
def test_criterion_that_asks_nothing__takes_anything(valori):
    assert campi(Prova("P1.2"), valori) == []


ALTRI_SITI = ["https://example.org/a"]
SENZA_CONTARE = Prova("P1.3", ("link",), ("facebook.com", "x.com"), ("Facebook", "X"))


@pytest.mark.parametrize(
    ("prova", "valori", "frase"),
    [
        (SENZA_CONTARE, {}, "P1.3 vuole un link di: Facebook, X"),
        (SENZA_CONTARE, {"link": ALTRI_SITI}, "P1.3 accetta solo link di: Facebook, X"),
        (PREZIOSI, {"link": ALTRI_SITI}, "P2.3 accetta solo link di: facebook.com e non alla prima pagina"),
        (Prova("P1.2", ("link",)), {}, "P1.2: questo criterio chiede un link"),
        (
            MAIL_ACS,
            {},
            "M8: questo criterio chiede le persone coinvolte oppure un link di: questo sito/newsletter",
        ),
        (
            Prova("P1.2", ("argomento",), ("facebook.com",), ("Facebook",)),
            {"argomento": " ", "link": [POST]},
            "P1.2: questo criterio chiede l'argomento trattato",
        ),
        (
            Prova("P1.2", (), ("facebook.com",), ("Facebook", "X")),
            {"link": ALTRI_SITI},
            "P1.2 accetta solo link di: Facebook, X",
        ),
        (Prova("M2", intere=True), {"quantita": "1.5"}, "M2 conta unità intere: scrivi un numero senza decimali"),
        (Prova("M2", minimo=2), {"quantita": Decimal(1)}, "M2: la quantità è almeno 2"),
        (
            PREZIOSI,
            {"link": [POST], "quantita": Decimal(2)},
            "P2.3: serve un link diverso per ogni unità, e c'è un link solo ancora da contare",
        ),
        (
            PREZIOSI,
            {"link": [POST, POST + "3"], "quantita": Decimal(3)},
            "P2.3: serve un link diverso per ogni unità, e i link diversi sono 2 ancora da contare",
        ),
        (
            Prova("M7", parti=("piano|PED",)),
            {},
            "M7 vale con tutte le sue parti, manca «piano»: allegala, o aggiungi il suo link",
        ),
        (
            Prova("P7.1", solo_nuove=True),
            {"argomento": "Rinnovo"},
            "P7.1 conta solo ciò che è nuovo, e qui si parla di un rinnovo",
        ),
        (
            Prova("P7.1", solo_nuove=True),
            {"novita": "rinnovo", "titolo": "Rinnovo"},
            "P7.1 conta solo ciò che è nuovo: un rinnovo non conta",
        ),
    ],
)
def test_what_is_missing__is_one_sentence_that_says_what_would_do(prova, valori, frase):
    assert [detta for _, detta in mancanze(prova, valori)] == [frase]


@pytest.mark.parametrize(
    ("prova", "valori"),
    [
        (Prova("P1.2", (), ("facebook.com",)), {}),
        (Prova("P1.2", (), ("facebook.com",)), {"link": [*ALTRI_SITI, POST]}),
        (Prova("P1.2", ("allegati|link",), ("facebook.com",)), {"link": ALTRI_SITI, "allegati": ["a.pdf"]}),
        (Prova("P1.2"), {"link": ALTRI_SITI}),
        (Prova("M2", minimo=2), {"quantita": Decimal(2)}),
        (Prova("P7.1", solo_nuove=True), {"novita": "nuova", "titolo": "Rinnovo"}),
        (
            Prova("M7", parti=("piano", "calendario")),
            {"link": ["https://a.example/piano", "https://a.example/calendario"]},
        ),
        (
            Prova("M7", parti=("piano", "calendario")),
            {"allegati": ["1.pdf"], "link": ["https://a.example/2"], "argomento": "Piano e calendario"},
        ),
    ],
)
def test_what_is_missing__none_where_one_proof_of_those_accepted_is_there(prova, valori):
    assert mancanze(prova, valori) == []


def test_data__from_the_first_to_the_last_day_of_the_programme_and_not_to_come():
    dal, al, un_giorno = date(2025, 1, 1), date(2025, 12, 31), timedelta(days=1)
    detti = [data_non_valida(giorno, dal, al, al + un_giorno) for giorno in (dal, al)]
    assert detti == ["", ""] and data_non_valida(dal, dal, al, dal) == ""
    assert "nel futuro" in data_non_valida(dal + un_giorno, dal, al, dal)
    for fuori in (dal - un_giorno, al + un_giorno):
        assert data_non_valida(fuori, dal, al, al + un_giorno) == (
            f"La data {fuori:%d/%m/%Y} è fuori dal periodo del programma: dal 01/01/2025 al 31/12/2025"
        )
    assert data_non_valida(None, dal, al, al) == "Indica la data del fatto"
