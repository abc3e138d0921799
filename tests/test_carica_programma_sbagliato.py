"""`carica_programma` with a wrong file: everything that is wrong is said, and nothing is written."""

import re
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from .scene.programma import impronta


def cambia(dati, percorso, valore):
    """Set (or, with `...`, delete) what stands at this path, written as in the messages."""
    *via, ultima = [int(chiave) if chiave.isdigit() else chiave for chiave in re.findall(r"[^.\[\]]+", percorso)]
    for chiave in via:
        dati = dati[chiave]
    if valore is ...:
        del dati[ultima]
    else:
        dati[ultima] = valore


CRITERIO = "progettualita[0].criteri[0]"
OBBLIGO = "azioni_vamt[0].azioni[0].criteri[0]"
SBAGLIATI = [  # path, value put there, reason given (with another path when the error shows elsewhere)
    ("progettualita[3].criteri[1].regola", "x", "valore non ammesso «x»"),
    ("progettualita[3].criteri[1].regola", ..., "valore mancante"),
    (f"{CRITERIO}.percentuale", 0, "valore non ammesso «0»"),
    (f"{CRITERIO}.percentuale", 101, "valore non ammesso «101»"),
    (f"{CRITERIO}.percentuale", 33.333, "valore non ammesso «33.333» (al massimo due decimali)"),
    (f"{CRITERIO}.percentuale", float("nan"), "valore non ammesso «nan»"),
    (f"{CRITERIO}.percentuale", "50", "qui serve un numero, non «50»"),
    (f"{CRITERIO}.percentuale", ..., "valore mancante"),
    (f"{CRITERIO}.unita_plurale", ..., "valore mancante"),
    (f"{CRITERIO}.unita_genere", ..., "valore mancante"),
    (f"{CRITERIO}.unita_genere", "neutro", "valore non ammesso «neutro» (ammessi: maschile, femminile)"),
    (f"{CRITERIO}.unita", ..., "manca il singolare dell'unità"),
    (f"{CRITERIO}.codice", "P2.9", "valore non ammesso «P2.9» (per esempio: P1.1)"),
    (f"{CRITERIO}.codice", "P1.2", "progettualita[0].criteri[1].codice: il codice «P1.2» già usato in " + CRITERIO),
    (f"{CRITERIO}.offerto", 5, "vale solo con la regola «soglia», non con «per_unita»"),
    (f"{CRITERIO}.link_ammessi", ["https://facebook.com"], f"{CRITERIO}.link_ammessi[0]: valore non ammesso"),
    (
        f"{OBBLIGO}.campi_richiesti",
        ["data", "date"],
        f"{OBBLIGO}.campi_richiesti[1]: un'evidenza non ha il campo «date»",
    ),
    (f"{OBBLIGO}.campi_richiesti", ["link|foto"], f"{OBBLIGO}.campi_richiesti[0]: un'evidenza non ha il campo «foto»"),
    (f"{OBBLIGO}.distinte", "sì", "qui serve true o false, non «sì»"),
    (f"{OBBLIGO}.distinte", True, "vale solo con la regola «per_unita», non con «realizzazione»"),
    (f"{OBBLIGO}.codice", "P1.1", "valore non ammesso «P1.1»"),
    ("progettualita[7].criteri[0].percentuale", 10, "il monitoraggio non ha percentuale"),
    ("progettualita[0].criteri", ..., "valore mancante"),
    ("azioni_vamt[0].azioni[0].criteri", [], "l'elenco è vuoto"),
    ("progettualita[0].numero", 2, "progettualita[1].numero: il numero «2» già usato in progettualita[0].numero"),
    ("progettualita[0].referenti", ["x"], "progettualita[0].referenti[0]: nessuna organizzazione ha la chiave «x»"),
    ("progettualita[0].referenti", "cs4", "qui serve un elenco, non «cs4»"),
    ("progettualita[1].altre", ["cs4", "cs4"], "progettualita[1].altre[1]: «cs4» è ripetuto"),
    ("progettualita[0].classificazione", ["Z9"], "progettualita[0].classificazione[0]: «classificazioni» non elenca"),
    ("progettualita[0].titlo", "x", "chiave sconosciuta: forse «titolo»?"),
    ("progettualita[0].titolo", "x" * 201, "testo troppo lungo: 201 caratteri, al massimo 200"),
    ("progettualita[0].titolo", ["x"], "qui serve un testo"),
    ("progettualita[0].sintesi", "x", "qui serve un gruppo di voci"),
    ("progettualita[0]", None, "qui serve un gruppo di voci"),
    ("progettualita", ..., "valore mancante"),
    ("organizzazioni[0].chiave", "soste", "organizzazioni[4].chiave: la chiave «soste» già usata in organizzazioni[0]"),
    ("organizzazioni[0].chiave", "CS 4", "valore non ammesso «CS 4» (per esempio: comune-pergine)"),
    ("organizzazioni[0].settore", "x", "valore non ammesso «x» (ammessi: servizi_persona, servizi_pubblici, "),
    ("organizzazioni[0].aderente_dal", "2022-13-01", "data non valida «2022-13-01»"),
    ("organizzazioni[0].aderente_fino_al", date(2020, 1, 1), "l'adesione finisce prima di cominciare"),
    ("organizzazioni", ..., "valore mancante"),
    ("programma.scadenza", date(2024, 12, 31), "viene prima di «dal» (2025-01-01)"),
    ("programma.anno", "duemila", "qui serve un numero intero, non «duemila»"),
    ("programma.anno", True, "qui serve un numero intero"),
    ("programma.atto.data", ..., "valore mancante"),
    ("programma.numero_azioni", 11, "dice 11, ma «progettualita» elenca 10 azioni"),
    ("programma", ..., "valore mancante"),
    ("distretto.email", "nessuna", "valore non ammesso «nessuna»"),
    ("distretto.attori[0].organizzazione", "x", "nessuna organizzazione ha la chiave «x»"),
    ("distretto.attori[0].persona", "Mario Rossi", "chiave sconosciuta"),
    ("distretto.tappe[0].data", "2022-14", "valore non ammesso «2022-14»"),
    ("distretto", ..., "valore mancante"),
    ("classificazioni.x", "y", "codice non ammesso (per esempio: A0301)"),
    ("azioni", [], "chiave sconosciuta"),
]


class TestFileSbagliato:
    @pytest.mark.parametrize(("percorso", "valore", "messaggio"), SBAGLIATI)
    def test_wrong_key__path_and_reason(self, carica, impianto, percorso, valore, messaggio):
        cambia(impianto, percorso, valore)
        with pytest.raises(CommandError) as errore:
            carica(impianto)
        righe = str(errore.value).splitlines()[1:]
        altrove = re.match(r"\w+\[[^:]*: ", messaggio)
        assert any(riga.startswith(messaggio if altrove else f"{percorso}: {messaggio}") for riga in righe), righe

    def test_wrong_keys__all_at_once_and_nothing_written(self, carica, impianto):
        prima = impronta()
        for percorso, valore in (
            ("progettualita[3].criteri[1].regola", "x"),
            ("organizzazioni[2].natura", "y"),
            ("programma.dal", "z"),
            ("distretto.denominazione", ...),
        ):
            cambia(impianto, percorso, valore)
        with pytest.raises(CommandError) as errore:
            carica(impianto)
        assert str(errore.value).count("\n") == 4
        assert "niente è stato caricato" in str(errore.value)
        assert impronta() == prima

    @pytest.mark.parametrize(
        ("contenuto", "messaggio"),
        [
            ("a: [1, 2\nb: 3", "riga 2, colonna 2: il file non è YAML corretto"),
            ("a: 1\nb: 2\na: 3", "riga 3, colonna 1: il file non è YAML corretto (la chiave «a» è scritta due volte)"),
            ("distretto: !!python/object:os.system x", "il file non è YAML corretto"),
            ("a: \x07", "il file non è YAML leggibile"),
            ("perché: è\n".encode("latin-1"), "riga 1: il file non è in UTF-8"),
            (b"", "qui serve un gruppo di voci"),
            ("[" * 3000, "il file non è YAML leggibile"),
            ("organizzazioni: &a [*a]", "riga 1, colonna 17: il file non è YAML corretto"),
            ("? [1, 2]\n: 3", "il file non è YAML corretto"),
            ("a: " + "9" * 5000, "il file non è YAML leggibile"),
        ],
    )
    def test_unreadable__said_in_italian(self, carica, contenuto, messaggio):
        with pytest.raises(CommandError) as errore:
            carica(contenuto)
        assert messaggio in str(errore.value)

    def test_missing_file(self, db, tmp_path):
        with pytest.raises(CommandError, match="il file non si legge \\(non esiste\\)"):
            call_command("carica_programma", str(tmp_path / "manca.yaml"))
        with pytest.raises(CommandError, match="è una cartella"):
            call_command("carica_programma", str(tmp_path))


def test_adhesion__that_would_begin_after_the_end_that_the_portal_knows(carica, impianto):
    from organizzazioni.models import Organizzazione

    Organizzazione.objects.filter(chiave="soste").update(aderente_fino_al=date(2023, 1, 1))
    [soste] = [dato for dato in impianto["organizzazioni"] if dato["chiave"] == "soste"]
    soste["aderente_dal"] = date(2024, 1, 1)
    prima = impronta()
    with pytest.raises(
        CommandError, match=r"aderente_dal: viene dopo la fine dell'adesione scritta nel portale, 01/01/2023"
    ):
        carica(impianto)
    assert impronta() == prima
