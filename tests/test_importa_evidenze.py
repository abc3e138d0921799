"""`importa_evidenze`: files as people save them, all rows or none, twice the same."""

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import timezone

from programma import operazioni
from programma.importazione_evidenze import COLONNE, importa_evidenze
from programma.models import Criterio, Evidenza, ProgrammaPage, Riconoscimento

pytestmark = pytest.mark.django_db

BUONA = {
    "organizzazione": "cs4",
    "criteri": "M3",
    "data": "2025-03-05",
    "titolo": "Incontro di rete",
    "argomento": "Estate",
    "persone_coinvolte": "Anna Gallo",
    "organizzazioni": "cs4 soste",
    "quantita": "",
    "link": "",
    "descrizione": "",
}


DELLE_ORGANIZZAZIONI = {"criteri": "P1.1"}
"""What the manager approves from a file: the default row is for one of their own duties."""


@pytest.fixture
def file_csv(tmp_path):
    """Write rows (dicts over `BUONA`) or raw bytes to a file."""

    def scrivi(*righe, separatore=";", prima="", colonne=COLONNE, grezzo=None):
        percorso = tmp_path / "evidenze.csv"
        if grezzo is None:
            testo = separatore.join(colonne) + "\n"
            for riga in righe:
                valori = {**BUONA, **riga}
                testo += separatore.join('"{}"'.format(valori[c].replace('"', '""')) for c in colonne) + "\n"
            grezzo = prima.encode() + testo.encode()
        percorso.write_bytes(grezzo)
        return percorso

    return scrivi


def esegui(percorso, *argomenti):
    uscita = io.StringIO()
    call_command("importa_evidenze", percorso, *argomenti, stdout=uscita)
    return uscita.getvalue()


def errore(percorso, *argomenti):
    """The message of a refused import, which must have written nothing."""
    prima = Evidenza.objects.count()
    with pytest.raises(CommandError) as preso:
        esegui(percorso, *argomenti)
    assert Evidenza.objects.count() == prima
    return str(preso.value)


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


def test_data_futura__rifiutata(file_csv, programma):
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


def test_same_file_twice__is_skipped(file_csv):
    percorso = file_csv({"quantita": "1", "link": "https://a.example"}, {"titolo": "B", "criteri": "P1.1 M3"})
    esegui(percorso)
    saltate = "Importate: 0. Approvate: 0. Saltate perché già presenti: 2.\nRighe saltate: 2-3.\n"
    assert esegui(percorso) == saltate
    altro_ordine = {"titolo": "B", "criteri": "m3 P1.1", "organizzazioni": "soste cs4"}
    assert "presenti: 2" in esegui(file_csv({"link": "https://a.example"}, altro_ordine))


def test_same_identity_other_values__is_an_error_that_says_which(file_csv):
    esegui(file_csv({}))
    messaggio = errore(file_csv({"argomento": "Inverno", "quantita": "3"}))
    assert messaggio.endswith("ma cambiano l'argomento, la quantità")


def test_said_twice_in_one_file__skipped_if_equal_refused_if_not(file_csv):
    assert "Importate: 1. Approvate: 0. Saltate perché già presenti: 1" in esegui(file_csv({}, {}))
    assert "riga 3: c'è già" in errore(file_csv({"titolo": "B"}, {"titolo": "B", "descrizione": "Altro"}))


def test_gia_scritta_a_mano__riconosciuta(file_csv, referente_b, organizzazione_b, programma):
    evidenza = Evidenza(
        organizzazione=organizzazione_b,
        titolo=BUONA["titolo"],
        data=date(2025, 3, 5),
        argomento="Estate",
        persone_coinvolte="Anna Gallo",
    )
    operazioni.salva_bozza(evidenza, referente_b, [programma.criteri.get(codice="M3")], [organizzazione_b])
    assert "ma cambiano le organizzazioni" in errore(file_csv({}))
    assert "presenti: 1" in esegui(file_csv({"organizzazioni": "cs4"}))


def test_approving__makes_one_row_by_criterion(file_csv, superutente):
    uscita = esegui(file_csv({"criteri": "M3 P1.1", "quantita": "2"}), "--approva", "superutente")
    assert "Importate: 1. Approvate: 1." in uscita
    righe = Riconoscimento.objects.all()
    assert {(r.criterio.codice, r.quantita_riconosciuta, r.deciso_da) for r in righe} == {
        ("M3", 2, superutente),
        ("P1.1", 2, superutente),
    }
    assert "importazione" in Evidenza.objects.get().passaggi.first().motivo


def test_approving__the_manager_what_is_of_organisations(file_csv, manager):
    assert "Importate: 1. Approvate: 1." in esegui(file_csv(DELLE_ORGANIZZAZIONI), "--approva", "manager")
    assert Riconoscimento.objects.get().deciso_da == manager


@pytest.mark.parametrize(
    "riga",
    [
        {},
        {"criteri": "P1.1 M3"},
        {"criteri": "M6", "link": "https://example.org/comunicato"},
        {**DELLE_ORGANIZZAZIONI, "organizzazione": "distretto-family-audit"},
    ],
)
def test_approving__what_is_of_the_manager_is_not_for_the_manager(file_csv, manager, riga):
    percorso = file_csv({**DELLE_ORGANIZZAZIONI, "titolo": "Prima"}, riga)
    assert "riga 3: È un compito del manager, o la invia il Distretto" in errore(percorso, "--approva", "manager")
    assert not Riconoscimento.objects.exists()


def test_approving__coordinamento_what_is_of_the_manager(file_csv, coordinamento):
    del_manager = [{}, {**DELLE_ORGANIZZAZIONI, "organizzazione": "distretto-family-audit"}]
    assert "Approvate: 2." in esegui(file_csv(*del_manager), "--approva", "coordinamento")
    assert {riga.deciso_da for riga in Riconoscimento.objects.all()} == {coordinamento}


def test_approving__coordinamento_nothing_of_an_organisation(file_csv, coordinamento):
    percorso = file_csv({}, {**DELLE_ORGANIZZAZIONI, "titolo": "Altro"})
    assert errore(percorso, "--approva", "coordinamento").endswith("riga 3: Questa evidenza la decide un'altra persona")
    assert not Riconoscimento.objects.exists() and not Evidenza.objects.exists()


def test_imported_without_approving__the_managers_duties_go_to_coordinamento(
    file_csv, manager, coordinamento, superutente
):
    esegui(file_csv({}, {**DELLE_ORGANIZZAZIONI, "titolo": "Di CS4"}))
    compito, di_cs4 = Evidenza.objects.get(criteri__codice="M3"), Evidenza.objects.get(criteri__codice="P1.1")
    assert list(Evidenza.objects.decidibili_da(manager)) == [di_cs4]
    assert list(Evidenza.objects.decidibili_da(coordinamento)) == [compito]
    assert set(Evidenza.objects.decidibili_da(superutente)) == {compito, di_cs4}
    with pytest.raises(PermissionDenied, match="la decide Coordinamento"):
        operazioni.approva(compito, manager)
    assert operazioni.approva(compito, coordinamento).stato == "approvata"


def test_approving__takes_those_that_waited_too_and_once(file_csv, superutente):
    percorso = file_csv({}, {"titolo": "B"})
    esegui(percorso)
    assert "Importate: 0. Approvate: 2. Saltate perché già presenti: 2" in esegui(percorso, "--approva", "superutente")
    assert "Approvate: 0." in esegui(percorso, "--approva", "superutente")
    assert Riconoscimento.objects.count() == 2


def test_approving__nobody_what_they_wrote(file_csv, manager, distretto, programma):
    evidenza = Evidenza(organizzazione=distretto, titolo=BUONA["titolo"], data=date(2025, 3, 5), argomento="Estate")
    operazioni.salva_bozza(evidenza, manager, [programma.criteri.get(codice="M3")], [distretto])
    operazioni.invia(evidenza, manager)
    riga = {
        "organizzazione": "distretto-family-audit",
        "organizzazioni": "distretto-family-audit",
        "persone_coinvolte": "",
    }
    messaggio = errore(file_csv(DELLE_ORGANIZZAZIONI, riga), "--approva", "manager")
    assert messaggio.endswith("riga 3: Non puoi decidere su un'evidenza che hai scritto anche tu")


@pytest.mark.parametrize("nome", ["referente_a", "acs", "nessuno"])
def test_approving__by_who_may_not(file_csv, referente_a, acs, nome):
    assert f"«{nome}»" in errore(file_csv({}), "--approva", nome)


def test_approving__not_by_who_was_deactivated(file_csv, manager):
    manager.is_active = False
    manager.save()
    assert "non può approvare" in errore(file_csv({}), "--approva", "manager")


def test_dry_run__tells_and_does_not_write(file_csv, manager, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        uscita = esegui(file_csv(DELLE_ORGANIZZAZIONI), "--dry-run", "--approva", "manager")
    assert "niente è stato scritto" in uscita and "Importate: 1. Approvate: 1." in uscita
    assert not Evidenza.objects.exists() and not mail.outbox


@pytest.mark.parametrize(
    ("righe", "ruoli"),
    [
        ([DELLE_ORGANIZZAZIONI], {"manager"}),
        ([{}], {"manager", "coordinamento"}),
        ([DELLE_ORGANIZZAZIONI, {"titolo": "Un compito"}], {"manager", "coordinamento"}),
    ],
)
def test_mail__to_coordinamento_only_of_what_is_the_managers(
    file_csv, manager, coordinamento, superutente, django_capture_on_commit_callbacks, righe, ruoli
):
    percorso = file_csv(*righe)
    for argomenti in [], ["--approva", "superutente"]:  # added, then approved of what was waiting
        with django_capture_on_commit_callbacks(execute=True):
            esegui(percorso, *argomenti)
        assert {m.to[0].partition("@")[0] for m in mail.outbox} == ruoli
        mail.outbox.clear()


def test_mail__is_one_summary(file_csv, manager, referente_b, django_capture_on_commit_callbacks):
    percorso = file_csv(*({**DELLE_ORGANIZZAZIONI, "titolo": f"Incontro {n}"} for n in range(40)))
    with django_capture_on_commit_callbacks(execute=True):
        esegui(percorso, "--approva", "manager")
    (messaggio,) = mail.outbox
    assert messaggio.to == [manager.email]
    assert messaggio.subject == "Importazione di evidenze: 40 aggiunte, 40 approvate"
    assert messaggio.body.count("Incontro") == 30
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        esegui(percorso)
    assert not mail.outbox


def test_many_rows__do_not_make_more_queries(file_csv, django_assert_max_num_queries):
    percorso = file_csv(*({"titolo": f"Incontro {n}"} for n in range(60)))
    importa_evidenze(percorso)
    with django_assert_max_num_queries(9):
        importa_evidenze(percorso)


def test_un_fatto_solo__whatever_the_program_that_wrote_its_title(file_csv):
    titoli = ["Perché no", "Perche\u0301 no", "Perché  no", "Perché\u00a0no\u200b", "\ufeffPerché no"]
    esegui(file_csv({"titolo": titoli[0]}))
    Evidenza.objects.update(titolo=titoli[2], argomento="Es\u200btate")  # as it was kept before
    assert "Saltate perché già presenti: 5.\n" in esegui(file_csv(*({"titolo": t} for t in titoli)))
    assert Evidenza.objects.count() == 1


def test_chiavi_e_link__parted_by_commas_too(file_csv):
    riga = {"criteri": "M3, p1.1", "organizzazioni": "cs4,soste; cs4"}
    esegui(file_csv(riga | {"link": "https://a.example/x,y, https://b.example;https://c.example"}))
    evidenza = Evidenza.objects.get()
    assert evidenza.link == ["https://a.example/x,y", "https://b.example", "https://c.example"]
    assert sorted(c.codice for c in evidenza.criteri.all()) == ["M3", "P1.1"]
    assert sorted(o.chiave for o in evidenza.organizzazioni.all()) == ["cs4", "soste"]


def test_testo_di_excel__in_utf16_with_a_title_over_the_header(file_csv):
    valori = [BUONA[c] for c in COLONNE]
    testo = "\ufeffLe nostre evidenze\r\n\r\n" + "\t".join(COLONNE) + "\r\n" + "\t".join(valori) + "\r\n"
    detto = esegui(file_csv(grezzo=testo.encode("utf-16-le")))
    assert detto.startswith("Non letto, prima dei nomi delle colonne: «Le nostre evidenze»\nImportate: 1.")


def quante():
    return Evidenza.objects.count()


@pytest.mark.parametrize(
    "altra",
    [
        {"titolo": "INCONTRO  di   rete!"},
        {"titolo": "Incontro di rete\u200b"},
        {"argomento": "estate."},
        {"organizzazione": "soste"},
        {"criteri": "P1.1"},
        {"criteri": "M3 P1.1", "descrizione": "Due volte utile"},
        {"organizzazione": "soste", "persone_coinvolte": "Un'altra persona"},
    ],
)
def test_said_again__taken_once_in_a_file_and_across_two(file_csv, altra):
    assert "Importate: 1. Approvate: 0. Saltate perché già presenti: 1" in esegui(file_csv({}, altra))
    assert "Importate: 0. Approvate: 0. Saltate perché già presenti: 1" in esegui(file_csv(altra))
    assert quante() == 1


@pytest.mark.parametrize(
    "altra",
    [
        {"titolo": "Incontro di rete 2"},
        {"data": "2025-03-06"},
        {"organizzazione": "soste", "argomento": "Inverno"},
        {"organizzazione": "soste", "criteri": "P1.1"},
    ],
)
def test_un_altro_fatto__is_imported_too(file_csv, altra):
    assert "Importate: 2." in esegui(file_csv({}, altra))


def test_said_again_with_another_quantity__is_refused(file_csv):
    assert "riga 3: dice di nuovo" in errore(file_csv({}, {"organizzazione": "soste", "quantita": "3"}))


def test_righe_saltate__are_named_and_the_fact_said_again_is_told(file_csv):
    altra = {"organizzazione": "soste"}
    uscita = esegui(file_csv({}, {"titolo": "B"}, altra, {"titolo": "C"}, {}))
    assert "Righe saltate: 4, 6." in uscita
    assert "Riga 4: dice di nuovo «Incontro di rete»" in uscita and "Riga 6" not in uscita


@pytest.mark.parametrize(
    "cambia", [{}, {"descrizione": "Adesso è giusta"}, {"criteri": "P1.1 M3", "descrizione": "Per due"}]
)
@pytest.mark.parametrize("approva", [(), ("--approva", "superutente")])
def test_revocata__imported_again_waits_for_a_decision(file_csv, superutente, coordinamento, cambia, approva):
    esegui(file_csv({}), "--approva", "superutente")
    revocata = Evidenza.objects.get()
    operazioni.revoca(revocata, superutente, "Non c'è stato")
    percorso = file_csv(cambia, {"titolo": "Un altro"})
    uscita = esegui(percorso, *approva)
    assert "Riga 2: era stata revocata, e aspetta" in uscita
    di_nuovo = Evidenza.objects.exclude(pk=revocata.pk).get(titolo=BUONA["titolo"])
    assert di_nuovo.stato == "inviata" and not di_nuovo.riconoscimenti.exists()
    assert Riconoscimento.objects.filter(revocato_il=None).count() == len(approva[:1])
    assert "Importate: 0. Approvate: 0. Saltate perché già presenti: 2" in esegui(percorso, *approva)
    operazioni.approva(di_nuovo, superutente)
    assert "Saltate perché già presenti: 2" in esegui(percorso)


def test_file_of_two_days__imported_again_doubles_neither(file_csv):
    percorso = file_csv({}, {"data": "2025-03-06"}, {"data": "2025-11-30", "titolo": "Altro"})
    esegui(percorso)
    assert "Importate: 0. Approvate: 0. Saltate perché già presenti: 3" in esegui(percorso)
    assert quante() == 3


def test_same_post__counts_once_whatever_its_address_day_and_body(file_csv, superutente):
    post = {"criteri": "P2.3", "link": "https://www.facebook.com/a/posts/12345"}
    altro = {"link": "http://m.facebook.com/a/posts/12345/?fbclid=x", "titolo": "Un altro titolo", "data": "2025-04-01"}
    esegui(file_csv(post, {**post, **altro, "organizzazione": "soste"}), "--approva", "superutente")
    assert quante() == 1 and Riconoscimento.objects.get().quantita_riconosciuta == 1


def test_proof_by_file__is_not_asked_of_a_row(file_csv):
    esegui(file_csv({"criteri": "P1.2"}, {"criteri": "P7.1", "titolo": "Palestra"}, {"criteri": "M6", "titolo": "C"}))
    assert quante() == 3
