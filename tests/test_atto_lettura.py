"""Reading an act: texts and PDFs in the layout of the official one, in words of our own."""

from datetime import date

import pytest
import yaml

from base.formati.schema import FileNonValido
from programma.atto import EnteNoto, leggi_atto
from programma.atto.brani import Brano
from programma.atto.coppie import dividi
from programma.atto.etichette import senza_ripetizione
from programma.atto.righe_dell_atto import PostoNellAtto
from programma.impianto import leggi_impianto

from .deposito import RADICE
from .scene.atto import ETICHETTE, AttoDiProva, pdf, scansione

ATTO_VERO = RADICE.parent / "shared/fonti/programma-di-lavoro-2025.txt"
"""The official act, where it is: the repository has none of its sentences."""


def leggi(atto, noti=()):
    return leggi_atto(atto.testo().encode() if isinstance(atto, AttoDiProva) else atto, noti)


def criteri(letto, numero=1):
    azione = next(a for a in letto.impianto["progettualita"] if a["numero"] == numero)
    campi = ("codice", "regola", "percentuale", "unita", "atteso")
    return [tuple(criterio.get(campo) for campo in campi) for criterio in azione["criteri"]]


COMUNI = [("P1.1", "per_unita", 50, "incontro", 2), ("P1.2", "realizzazione", 100, None, None)]


class TestTesto:
    def test_act__every_field_in_the_format_of_the_facts(self):
        letto = leggi(AttoDiProva.con(3))
        impianto = letto.impianto
        assert letto.rilievi == ()
        assert impianto["programma"] == {
            "anno": 2031,
            "dal": date(2031, 1, 1),
            "scadenza": date(2031, 12, 31),
            "atto": {
                "tipo": "Determinazione del dirigente",
                "numero": 42,
                "data": date(2031, 3, 5),
                "riferimento": "2031-X001-00042",
            },
            "delibera_capofila": {"organo": "Giunta comunale", "numero": 8, "data": date(2031, 1, 30)},
            "trasmissione": {"protocollo": 777, "data": date(2031, 2, 2)},
            "aderenti_al": date(2031, 2, 28),
            "numero_azioni": 3,
        }
        assert impianto["distretto"] == {
            "denominazione": "Distretto Family Audit Valle Verde",
            "anno_di_nascita": 2030,
            "delibera_approvazione": {"organo": "Giunta comunale", "numero": 3, "data": date(2030, 2, 1)},
            "ente_capofila": "Comune di Borgo Alto",
            "attori": [
                {
                    "ruolo": "coordinatore_istituzionale",
                    "ufficio": "Assessora al tempo libero",
                    "organizzazione": "comune-di-borgo-alto",
                }
            ],
            "email": "distretto@example.org",
            "tappe": [{"data": "2029-05", "evento": "Primi incontri"}],
        }
        comune, lanterna = impianto["organizzazioni"]
        assert comune["aderente_dal"] == date(2024, 1, 10) and comune["family_in_trentino"] and comune["capofila"]
        assert lanterna["denominazione"] == "La Lanterna società cooperativa sociale"
        assert not lanterna["family_in_trentino"] and lanterna["family_audit"]
        prima, seconda, _ = impianto["progettualita"]
        assert (prima["area"], prima["titolo"]) == ("Vicinato - welfare di valle", "Orti in cortile")
        assert seconda["titolo"] == "La città dei nonni"
        assert prima["referenti"] == [comune["chiave"], lanterna["chiave"]]
        assert prima["altre_testo"] == "Organizzazioni del paese (e non)"
        assert (prima["tempi"], prima["classificazione"]) == ("Entro 30 novembre 2031", ["A0301"])
        assert criteri(letto) == COMUNI
        assert set(prima["atto"]) == {"area", *ETICHETTE}
        assert leggi_impianto(impianto).programma.anno == 2031

    def test_duties__codes_rules_and_what_their_evidence_must_have(self):
        aree = leggi(AttoDiProva.con(1)).impianto["azioni_vamt"]
        assert [area["area"] for area in aree] == ["Networking", "Incontri", "Formazione del manager"]
        letti = [
            (c["codice"], c["regola"], c["percentuale"], c.get("campi_richiesti"))
            for area in aree
            for azione in area["azioni"]
            for c in azione["criteri"]
        ]
        assert letti == [
            ("M1", "realizzazione", 100, None),
            ("M2", "per_unita", 25, ["data", "argomento"]),
            ("M3", "per_unita", 50, ["argomento", "organizzazioni"]),
            ("M4", "soglia", 50, None),
        ]
        assert aree[1]["azioni"][0]["titolo"] == "Riunioni di coordinamento"

    def test_persons__are_never_read(self):
        assert "Nome Cognome" not in str(leggi(AttoDiProva.con(1)).impianto["distretto"])

    @pytest.mark.parametrize("quante", [1, 7, 14])
    def test_other_numbers_of_actions(self, quante):
        letto = leggi(AttoDiProva.con(quante))
        assert [azione["numero"] for azione in letto.impianto["progettualita"]] == list(range(1, quante + 1))
        assert letto.non_letti == []

    def test_no_duties__are_said_to_be_missing(self):
        letto = leggi(AttoDiProva.con(2, compiti=()))
        assert letto.impianto["azioni_vamt"] == []
        assert [str(rilievo) for rilievo in letto.non_letti] == ["non ci sono i compiti del manager (V.A.M.T.)"]

    def test_two_years__the_period_holds_both(self):
        programma = leggi(AttoDiProva.con(2, fino_al=2032)).impianto["programma"]
        assert (programma["anno"], programma["dal"], programma["scadenza"]) == (
            2031,
            date(2031, 1, 1),
            date(2032, 12, 31),
        )

    def test_fewer_actions_than_the_act_says__is_said(self):
        letto = leggi(AttoDiProva.con(2, dichiarate=5))
        assert "l'atto dice 5 azioni, e se ne leggono 2" in [str(rilievo) for rilievo in letto.non_letti]

    def test_thirds__of_a_percentage(self):
        atto = AttoDiProva.con(1)
        atto.azioni[0].indicatori = "Organizzazione di n. 3 incontri Realizzazione di una mappa Pubblicazione di 2 post"
        atto.azioni[0].percentuali = "33,33% per ogni incontro 33 1/3% per la mappa 33,34% per ogni post"
        letto = leggi(atto)
        assert criteri(letto) == [
            ("P1.1", "per_unita", 33.33, "incontro", 3),
            ("P1.2", "realizzazione", 33.33, None, None),
            ("P1.3", "per_unita", 33.34, "post", 2),
        ]
        assert [rilievo.testo[:5] for rilievo in letto.da_controllare] == ["P1.2:"]

    @pytest.mark.parametrize("come", ["doppie", "mozze"])
    def test_label_said_twice__is_no_part_of_the_words(self, come):
        atto = AttoDiProva.con(1)
        setattr(atto.azioni[0], come, tuple(ETICHETTE))
        assert leggi(atto).impianto["progettualita"] == leggi(AttoDiProva.con(1)).impianto["progettualita"]

    def test_missing_rows__are_listed_with_their_place(self):
        atto = AttoDiProva.con(2)
        atto.azioni[0].tempi = atto.azioni[1].generale = None
        letto = leggi(atto)
        assert [rilievo.testo for rilievo in letto.non_letti] == [
            "azione 1: manca la riga «Tempi», o non si legge",
            "azione 2: manca la riga «Obiettivo generale», o non si legge",
        ]
        assert all(rilievo.posto and rilievo.posto.riga > 20 for rilievo in letto.non_letti)
        assert leggi_impianto(letto.impianto, completo=False)

    def test_no_percentages__values_are_only_collected(self):
        atto = AttoDiProva.con(1)
        atto.azioni[0].percentuali = None
        atto.azioni[0].indicatori = "Numero di famiglie coinvolte. Grado di soddisfazione."
        assert criteri(leggi(atto)) == [
            ("P1.1", "monitoraggio", None, "famiglia", None),
            ("P1.2", "monitoraggio", None, None, None),
        ]

    def test_rows_without_label__are_told_from_their_place_and_said(self):
        atto = AttoDiProva.con(1)
        atto.azioni[0].nude = ("generale", "azioni", "classificazione")
        letto = leggi(atto)
        assert letto.impianto["progettualita"] == leggi(AttoDiProva.con(1)).impianto["progettualita"]
        assert len(letto.da_controllare) == 3 and letto.non_letti == []

    def test_percentages_and_indicators_that_do_not_match__keep_the_words_of_each_percentage(self):
        atto = AttoDiProva.con(1)
        atto.azioni[0].indicatori = "un po' di tutto, come viene"
        letto = leggi(atto)
        assert [c["indicatore"] for c in letto.impianto["progettualita"][0]["criteri"]] == [
            "Ogni incontro svolto",
            "Mappa",
        ]
        assert "non si dividono in 2" in letto.non_letti[0].testo

    def test_labels_headings_and_percentages_broken_over_lines_and_pages(self):
        testo = AttoDiProva.con(3).testo()
        for intero, rotto in (
            ("50% per ogni", "50\fDISTRETTO FAMILY AUDIT VALLE VERDE\nPag 7 di 9\n\t% per ogni"),
            ("100% per la mappa", "100% per\n\n\tla mappa"),
            ("Organizzazione referente.\tComune di Borgo", "Organizzazione\tComune di\nreferente.\tBorgo"),
            ("AZIONE V.A.M.T. Percentuale/i di valutazione.\t", "AZIONE V.A.M.T.\t"),
            ("Obiettivo specifico.\t", "Obiettivo\nspecifico.\t"),
            ("1 VICINATO - WELFARE", "\n1 VICINATO -\nWELFARE"),
        ):
            assert intero in testo
            testo = testo.replace(intero, rotto)
        letto = leggi(testo.encode())
        assert letto.rilievi == ()
        assert (
            letto.impianto["progettualita"][2]["sintesi"]
            == leggi(AttoDiProva.con(3)).impianto["progettualita"][2]["sintesi"]
        )
        assert criteri(letto) == COMUNI

    def test_lines_without_tabs__labels_stand_in_the_lines(self):
        testo = AttoDiProva.con(2).testo()
        letto = leggi(testo.replace("\t", " ").encode())
        assert letto.impianto["progettualita"] == leggi(testo.encode()).impianto["progettualita"]

    @pytest.mark.parametrize("codifica", ["utf-8-sig", "utf-16", "cp1252"])
    def test_encodings(self, codifica):
        atto = AttoDiProva.con(1).testo().replace("→", "-").encode(codifica)
        assert leggi(atto).impianto["progettualita"][0]["titolo"] == "Orti in cortile"

    def test_bodies_of_the_portal__keep_their_keys(self):
        noti = [
            EnteNoto("borgo", ("Comune di Borgo Alto",)),
            EnteNoto("lanterna", ("Cooperativa La Lanterna", "Lanterna")),
        ]
        assert leggi(AttoDiProva.con(1), noti).impianto["progettualita"][0]["referenti"] == ["borgo", "lanterna"]


class TestRifiutati:
    @pytest.mark.parametrize(
        ("contenuto", "motivo"),
        [
            (b"", "non contiene testo"),
            (b"una lettera qualunque", "non è un programma di lavoro"),
            (b"PK\x03\x04\0\0", "non è un PDF né un testo"),
            (b"%PDF-1.7 rotto", "non si apre"),
            (scansione(), "è una scansione"),
            ("PROGETTUALITÀ 1\nTitolo.\tORTI\n".encode(), "non si legge di quale anno"),
        ],
        ids=lambda valore: "contenuto" if isinstance(valore, bytes) else None,  # a PDF holds the moment it was made
    )
    def test_file__with_a_plain_reason(self, contenuto, motivo):
        with pytest.raises(FileNonValido, match=motivo):
            leggi_atto(contenuto)


class TestPdf:
    @pytest.mark.parametrize(
        "come",
        [
            {},
            {"stile": "td{vertical-align:middle}"},
            {"bordi": False},
            {"in_righe": True},
            {"stile": "body{text-align:justify;font-family:serif}"},
        ],
        ids=["rigata", "etichette a metà", "senza righe", "una colonna", "giustificata"],
    )
    def test_pdf__says_what_the_text_says(self, pango, come):
        atto = AttoDiProva.con(6)
        letto = leggi_atto(pdf(atto.html(**come)))
        atteso = leggi(atto).impianto
        assert letto.non_letti == []
        assert letto.impianto["progettualita"] == atteso["progettualita"]
        assert letto.impianto["programma"] == atteso["programma"]
        assert [area["area"] for area in letto.impianto["azioni_vamt"]] == [
            area["area"] for area in atteso["azioni_vamt"]
        ]
        assert max(azione.posto.pagina for azione in letto.azioni) > 1

    def test_page_without_text__is_said(self, pango):
        import io

        import pypdf

        atto = pypdf.PdfReader(io.BytesIO(pdf(AttoDiProva.con(1).html())))
        insieme = pypdf.PdfWriter()
        for pagina in (*atto.pages, *pypdf.PdfReader(io.BytesIO(scansione())).pages):
            insieme.add_page(pagina)
        file = io.BytesIO()
        insieme.write(file)
        ultima = len(atto.pages) + 1
        assert f"pagina {ultima}: non ha testo, forse è un'immagine" in map(str, leggi_atto(file.getvalue()).non_letti)

    def test_password__is_said(self, pango):
        import io

        import pypdf

        chiuso = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(AttoDiProva.con(1).html())))
        chiuso.encrypt("segreta")
        file = io.BytesIO()
        chiuso.write(file)
        with pytest.raises(FileNonValido, match="password"):
            leggi_atto(file.getvalue())


class TestPezzi:
    @pytest.mark.parametrize(
        ("testo", "campo", "resto"),
        [
            ("olo. ORTI", "titolo", "ORTI"),
            ("Titolo. ORTI", "titolo", "ORTI"),
            ("i. Entro maggio", "tempi", "Entro maggio"),
            ("i. Prima cosa ii. Seconda cosa", "azioni", "i. Prima cosa ii. Seconda cosa"),
            ("Orti. Poi fiori", "titolo", "Orti. Poi fiori"),
        ],
    )
    def test_label_said_again(self, testo, campo, resto):
        assert senza_ripetizione(testo, campo) == resto

    @pytest.mark.parametrize(
        ("testo", "quanti", "divisi"),
        [
            ("Invio di 2 lettere Stesura di un opuscolo", 2, ["Invio di 2 lettere", "Stesura di un opuscolo"]),
            ("- Una cosa - Altra cosa", 2, ["Una cosa", "Altra cosa"]),
            ("Incontri con il Comune di Borgo Alto", 2, None),
            ("Numero di iscritti. Numero di presenti.", None, ["Numero di iscritti.", "Numero di presenti."]),
        ],
    )
    def test_indicators_of_a_cell(self, testo, quanti, divisi):
        letti = dividi(Brano(((testo, PostoNellAtto(1, 1)),)), quanti)
        assert (letti and [parole for parole, _ in letti]) == divisi


def test_official_act__agrees_with_the_facts_of_the_set_up_file():
    """What both say is the same; where the act is not beside the repository, there is nothing to compare."""
    if not ATTO_VERO.exists():
        return
    veri = yaml.safe_load((RADICE / "home/dati/programma-2025.yaml").read_text(encoding="utf-8"))
    noti = [
        EnteNoto(ente["chiave"], tuple(filter(None, (ente["denominazione"], ente.get("nome_breve")))))
        for ente in veri["organizzazioni"]
    ]
    letto = leggi_atto(ATTO_VERO.read_bytes(), noti)
    for campo in ("numero", "area", "titolo", "referenti", "classificazione"):
        assert [a[campo] for a in letto.impianto["progettualita"]] == [a[campo] for a in veri["progettualita"]]
    for campo in ("codice", "regola", "percentuale", "atteso"):
        di_ognuno = [[c.get(campo) for a in f["progettualita"] for c in a["criteri"]] for f in (letto.impianto, veri)]
        assert di_ognuno[0] == di_ognuno[1]
    assert {campo: valore for campo, valore in veri["programma"].items() if campo != "note"} == letto.impianto[
        "programma"
    ]
