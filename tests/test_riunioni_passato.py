"""Evidence already given, and a sheet, become meetings: nothing counts twice, nothing is lost."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from base.formati import tabelle
from programma import operazioni as evidenze
from programma.models import Criterio, Evidenza, Riconoscimento
from programma.selettori.punteggio import quadro_punteggio
from registri.models import Riunione
from registri.riunioni import operazioni, selettori
from registri.riunioni.importazione import leggi_riunioni
from registri.riunioni.riconoscere import coppie

from .scene.riunioni import AMMINISTRATIVA, COORDINATORE, GIORNO, tipo

pytestmark = pytest.mark.django_db
DUE = [("Anna Bianchi", "comune-pergine", COORDINATORE), ("Bruno Neri", "asif-chimelli", AMMINISTRATIVA)]


@pytest.fixture
def data_a_mano(programma, manager, coordinamento, distretto):
    """An evidence of meetings that was written in the form and approved."""

    def nuova(*codici, titolo="Incontro d'autunno", giorno=GIORNO, approvata=True, **campi):
        criteri = list(Criterio.objects.filter(programma=programma, codice__in=codici))
        campi = {"argomento": titolo, "persone_coinvolte": "Anna Bianchi, Bruno Neri", **campi}
        sua = Evidenza(organizzazione=distretto, titolo=titolo, data=giorno, perche_insieme="È uno solo", **campi)
        evidenza = evidenze.invia(evidenze.salva_bozza(sua, manager, criteri, [distretto]), manager)
        return evidenze.approva(evidenza, coordinamento) if approvata else evidenza

    return nuova


def contano():
    return list(
        Riconoscimento.objects.filter(revocato_il=None).order_by("pk").values_list("criterio__codice", flat=True)
    )


def test_pairs__make_meetings_that_are_closed_and_evidence_stays_as_it_was(data_a_mano, manager):
    uno, due = data_a_mano("M2"), data_a_mano("M3")
    altra = data_a_mano("P4.1", titolo="Sotto-gruppo", giorno=date(2025, 5, 6), approvata=False)
    data_a_mano("M6", titolo="Un comunicato", link=["https://example.org/a"])
    prima, storia = contano(), list(Evidenza.objects.order_by("pk").values_list("pk", "stato", "versione"))
    trovate = coppie()
    assert [(c.prima, c.codici, c.riunione) for c in trovate] == [(altra, ["P4.1"], None), (uno, ["M2", "M3"], None)]
    assert [c.tipo for c in trovate] == [tipo("sotto-gruppo"), tipo("coordinamento")]
    for coppia in trovate:
        operazioni.unisci_evidenze(coppia, manager)
    assert contano() == prima == ["M2", "M3", "M6"]
    assert list(Evidenza.objects.order_by("pk").values_list("pk", "stato", "versione")) == storia
    riunione = Riunione.objects.get(giorno=GIORNO)
    assert riunione.stato == "chiusa" and set(riunione.gia_date.all()) == {uno, due}
    assert {"Anna Bianchi", "Bruno Neri"} <= {p.nome for p in riunione.partecipanti.all()}
    assert coppie() == []


def test_united__is_not_given_again_by_the_meeting(data_a_mano, tieni, manager):
    data_a_mano("M2", titolo="Piano dell'estate")
    riunione = tieni("coordinamento", DUE, verbale="Sì")
    (coppia,) = coppie()
    assert coppia.riunione == riunione
    operazioni.unisci_evidenze(coppia, manager)
    proposte = {p.criterio.codice: p for p in selettori.proposte(Riunione.objects.complete().get(pk=riunione.pk))}
    assert not proposte["M2"].serve and "Già data" in proposte["M2"].perche and proposte["M3"].serve
    operazioni.chiudi(riunione, manager, ["M3"])
    assert contano() == ["M2"] and Evidenza.objects.nate_da(riunione).count() == 1


def test_given_by_the_meeting_already__is_not_united(data_a_mano, tieni, manager):
    riunione = operazioni.chiudi(tieni("coordinamento", DUE), manager, ["M2"])
    data_a_mano("M2", titolo="Piano dell'estate")
    (coppia,) = coppie()
    with pytest.raises(operazioni.GiaUnita, match="ha già dato M2"):
        operazioni.unisci_evidenze(coppia, manager)
    assert not riunione.gia_date.exists()


def test_command__does_it_once_and_the_score_does_not_move(data_a_mano, programma):
    data_a_mano("M2")
    data_a_mano("M3", titolo="Un altro", giorno=date(2025, 9, 9))
    prima = quadro_punteggio(programma, timezone.localdate())

    def esegui(**opzioni):
        uscita = io.StringIO()
        call_command("riunioni_da_evidenze", stdout=uscita, **opzioni)
        return uscita.getvalue()

    assert "niente è stato scritto" in esegui(dry_run=True) and not Riunione.objects.exists()
    assert "Fatte: 2." in esegui() and "Fatte: 0." in esegui()
    assert Riunione.objects.count() == 2 and quadro_punteggio(programma, timezone.localdate()) == prima


def test_screen__does_what_is_ticked(data_a_mano, manager, referente_a, client_di):
    evidenza = data_a_mano("M2")
    data_a_mano("M3", titolo="Un altro", giorno=date(2025, 9, 9))
    client, indirizzo = client_di(manager), reverse("riunioni:dalle_evidenze")
    assert "Incontro d" in client.get(indirizzo).content.decode()
    assert client_di(referente_a).get(indirizzo).status_code == 404
    client.post(indirizzo, {"coppia": ["x", str(evidenza.pk)]})
    assert [r.titolo for r in Riunione.objects.all()] == ["Incontro d'autunno"]
    assert "già date" in client.get(reverse("riunioni:elenco")).content.decode()


def test_pairs__cost_the_same_with_many(data_a_mano):
    def quante():
        with CaptureQueriesContext(connection) as fatte:
            for coppia in coppie():
                coppia.persone()
        return len(fatte)

    data_a_mano("M2")
    prima = quante()
    for n in range(6):
        data_a_mano("M3", titolo=f"Altro {n}", giorno=date(2025, 9, n + 1))
    assert quante() == prima


# -- a sheet --------------------------------------------------------------------------------------------------

UNA_PER_RIUNIONE = (
    "Codice;Data;Tipo;Argomento;Sede;Persone coinvolte\n"
    "R1;7/10/2025;Gruppo di lavoro;Piano d'autunno;CS4;Anna Bianchi; \n"
    ";2025-09-02;operativo;Ordini;;\n"
)
UNA_PER_PRESENZA = (
    "data\ttipo\targomento\tnome\tente\truolo\tpartecipazione\n"
    "07/10/2025\tcoordinamento\tBilancio\tLa manager\t\tmanager_territoriale\tsì\n"
    "07/10/2025\tcoordinamento\tBILANCIO\tAnna Bianchi\tcomune-pergine\tcoordinatore_istituzionale\tda remoto\n"
    "07/10/2025\tcoordinamento\tBilancio\tBruno Neri\tBanca\t\tassente\n"
)


def importa(testo, manager, nome="f.csv"):
    piano = leggi_riunioni(nome, testo if isinstance(testo, bytes) else testo.encode())
    assert piano.problemi == [], [str(p) for p in piano.problemi]
    return piano, operazioni.importa_riunioni(piano, manager)


def test_one_row_a_meeting__is_held_and_the_same_file_adds_nothing(programma, manager):
    testo = UNA_PER_RIUNIONE.replace("Anna Bianchi; ", '"Anna Bianchi; Bruno Neri"')
    piano, fatte = importa(testo, manager)
    assert [(r.titolo, r.stato, r.giorno) for r in fatte] == [
        ("Piano d'autunno", "tenuta", GIORNO),
        ("Ordini", "tenuta", date(2025, 9, 2)),
    ]
    assert fatte[0].sede.chiave == "cs4" and fatte[0].partecipanti.count() == 2
    Riunione.objects.filter(titolo="Ordini").update(titolo="Ordini d'autunno", giorno=date(2025, 9, 3))  # mended here
    piano, fatte = importa(testo, manager)
    assert fatte == [] and len(piano.gia_qui) == 2 and Riunione.objects.count() == 2


def test_one_row_a_presence__is_one_meeting_that_serves_what_it_should(programma, manager):
    _, (riunione,) = importa(UNA_PER_PRESENZA, manager)
    segni = {p.nome: (p.partecipazione, p.ente, p.ruolo) for p in riunione.partecipanti.all()}
    assert segni["Anna Bianchi"] == ("da_remoto", "Comune di Pergine", COORDINATORE)
    assert segni["Bruno Neri"] == ("assente", "Banca", "") and riunione.presente_il_manager
    assert importa(UNA_PER_PRESENZA, manager)[1] == []


@pytest.mark.parametrize(
    "detto", ["Anna Bianchi, Bruno Neri", '"Anna Bianchi; Bruno Neri"', '"Anna Bianchi\nBruno Neri"']
)
def test_people__are_parted_as_sheets_do(programma, detto):
    piano = leggi_riunioni("f.csv", f"data;tipo;argomento;persone_coinvolte\n07/10/2025;operativo;X;{detto}\n".encode())
    assert [p.nome for p in piano.nuove[0].persone] == ["Anna Bianchi", "Bruno Neri"]


def test_workbook__reads_as_the_csv_does(programma, manager):
    righe = [(date(2025, 10, 7), "Gruppo di lavoro", "Dal foglio", "Anna; Bruno")]
    contenuto = tabelle.xlsx("Riunioni", ("data", "tipo", "argomento", "persone_coinvolte"), righe)
    _, (riunione,) = importa(contenuto, manager, "f.xlsx")
    assert riunione.giorno == GIORNO and riunione.partecipanti.count() == 2


def test_written_by_hand_before__the_same_day_and_words_are_not_made_again(prepara, manager):
    prepara("operativo", titolo="Ordini", giorno=date(2025, 9, 2))
    piano, fatte = importa("data;tipo;argomento\n02/09/2025;operativo;ORDINI!\n", manager)
    assert fatte == [] and len(piano.gia_qui) == 1


@pytest.mark.parametrize(
    ("riga", "detto"),
    [
        ("31/02/2025;operativo;X;;", "la data «31/02/2025» non esiste"),
        ("9999-01-01;operativo;X;;", "Controlla l'anno"),
        ("2026-12-31;operativo;X;;", "nel futuro"),
        ("07/10/2025;riunione segreta;X;;", "non c'è tra i tipi"),
        ("07/10/2025;operativo;;;", "argomento: manca"),
        (f"07/10/2025;operativo;{'x' * 201};;", "al massimo 200"),
        ("07/10/2025;operativo;X;;presente", "nome: manca"),
        ("07/10/2025;operativo;X;Anna;forse", "partecipazione"),
        ("07/10/2025;operativo;X\x00Y;Anna;", "caratteri di controllo"),
    ],
)
def test_wrong_row__is_said_with_its_number_and_nothing_is_made(programma, manager, client_di, riga, detto):
    testo = f"data;tipo;argomento;nome;partecipazione\n01/09/2025;operativo;Giusta;;\n{riga}\n"
    piano = leggi_riunioni("f.csv", testo.encode())
    assert [p for p in map(str, piano.problemi) if p.startswith("riga 3") and detto in p], piano.problemi
    risposta = client_di(manager).post(
        reverse("riunioni:importa"), {"file": SimpleUploadedFile("f.csv", testo.encode())}
    )
    assert risposta.status_code == 422 and "riga 3" in risposta.content.decode() and not Riunione.objects.exists()


@pytest.mark.parametrize("contenuto", [b"", b"PK\x03\x04rotto", b"a;b\n1;2\n", b"\xff\xfe\x00", b"data;tipo\n"])
def test_file__that_cannot_be_read_is_said(programma, contenuto):
    assert leggi_riunioni("f.csv", contenuto).problemi


def test_screen__pasted_cells_are_seen_then_imported_once(programma, manager, referente_a, client_di):
    client, indirizzo = client_di(manager), reverse("riunioni:importa")
    assert client_di(referente_a).get(indirizzo).status_code == 404
    for vuoto in ({}, {"incollato": "  "}, {"incollato": "a\x00"}):
        assert client.post(indirizzo, vuoto).status_code == 422
    html = client.post(indirizzo, {"incollato": UNA_PER_PRESENZA}).content.decode()
    assert "Che cosa farebbe il file" in html and not Riunione.objects.exists()
    tenuto = html.split('name="tenuto" value="')[1].split('"')[0]
    assert client.post(indirizzo, {"conferma": "1", "tenuto": "inventato"}).status_code == 302
    assert not Riunione.objects.exists()
    client.post(indirizzo, {"conferma": "1", "tenuto": tenuto})
    client.post(indirizzo, {"conferma": "1", "tenuto": tenuto})
    assert [r.titolo for r in Riunione.objects.all()] == ["Bilancio"]
