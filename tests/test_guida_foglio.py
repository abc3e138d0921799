"""The services as a sheet: what goes out comes back in, nothing passes the approval, every mistake has its place."""

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

ATTESI = Path(__file__).parent / "attesi"
FOGLIO, ESPORTA = "guida_foglio:foglio", "guida_foglio:esporta"


@pytest.fixture(autouse=True)
def deposito(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "allegati": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}},
    }
    return tmp_path


def sezione(chiave):
    return SezioneGuidaPage.objects.get(organizzazione__chiave=chiave)


def servizio_intero(di="asif-chimelli", titolo='=Nido; "d\'infanzia"', **campi):
    casa = sezione(di)
    servizio = ServizioPage(
        title=titolo,
        sommario="Il nido",
        natura="pubblico",
        erogatore=casa.organizzazione,
        altri_nomi="asilo, nido",
        testo="<p>Uno &amp; <b>due</b></p><ul><li>tre</li></ul>",
        sito="https://example.org/",
        per_chi="Riga\nAltra riga",
        eta_minima=3,
        eta_massima=36,
        on_line=True,
        su_appuntamento=True,
        sospeso=True,
        sospeso_motivo="Lavori",
        sospeso_fino_al=date(2027, 1, 31),
        costo="pagamento",
        icef=True,
        documenti="Uno\nDue",
        codice="nido-1",
        **campi,
    )
    servizio.bisogni = Bisogno.objects.filter(chiave__in=["nido", "conciliazione"])
    servizio.fasi = FaseVita.objects.filter(chiave="neonato")
    servizio.lingue = Lingua.objects.filter(chiave__in=["ita", "deu"])
    tenna = Comune.objects.get(chiave="tenna")
    servizio.luoghi = [
        Luogo(
            comune=tenna,
            nome="Sede | 1º \\ piano",
            accessibilita="si",
            latitudine=Decimal("46.01600"),
            longitudine=Decimal("11.26400"),
            sort_order=0,
        ),
        Luogo(comune=tenna, indirizzo="Via nascosta 1", protetto=True, sort_order=1),
    ]
    servizio.orari = [
        FasciaOraria(giorno=g, dalle=time(9), alle=a, sort_order=n)
        for n, (g, a) in enumerate([(1, time(12)), (1, time(0)), (0, time(12, 30))])
    ]
    servizio.periodi = [PeriodoServizio(tipo="chiusura", dal=date(2026, 8, 10), al=date(2026, 8, 21), ogni_anno=True)]
    servizio.tariffe = [Tariffa(importo=Decimal("310.50"), unita="mese", valida_fino_al=date(2026, 12, 31))]
    servizio.scadenze = [Scadenza(descrizione="Iscrizioni: fine", data=date(2027, 3, 1))]
    servizio.contatti = [
        Contatto(ruolo="Segreteria", telefono="0461 000000", email="nido@example.org"),
        Contatto(ruolo="Coordinatrice", nota="riservata", nascosto=True),
    ]
    servizio.etichette.add("gioco", "asilo nido", "uno, due")
    return pubblica_nuova(casa, servizio)


def file_csv(*righe, colonne=COLONNE, **uno):
    righe = righe or ([uno.get(c, "") for c in colonne],)
    return tabelle.csv_per_excel(colonne, righe)


def problemi(contenuto, utente, nome="servizi.csv"):
    return [str(p) for p in leggi_foglio(nome, contenuto, utente).problemi]


# Round trip


FORMATI = {
    "csv": tabelle.csv_per_excel,
    "per_programmi.csv": lambda *t: tabelle.csv_per_programmi(*t).encode(),
    "xlsx": lambda *t: tabelle.xlsx("Servizi", *t),
}


@pytest.mark.django_db
@pytest.mark.parametrize("formato", FORMATI)
def test_round_trip__what_is_exported_changes_nothing(manager, formato):
    servizio_intero()
    pubblica_nuova(sezione("cs4"), ServizioPage(title="'=Spoglio", sommario="x", natura="privato"))
    piano = leggi_foglio(f"servizi.{formato}", FORMATI[formato](*tabella(manager)), manager)
    assert not piano.problemi and not piano.nuove and not piano.cambiate and len(piano.uguali) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("formato", FORMATI)
def test_round_trip__an_entry_made_again_from_the_sheet_is_the_same(client_di, manager, formato):
    servizio_intero()
    intestazione, righe = tabella(manager)
    righe[0][0] = "nido-2"
    righe[0][2] = "Nido rifatto"
    importa(client_di(manager), FORMATI[formato](intestazione, righe), f"x.{formato}")
    dopo = {riga[0]: riga for riga in tabella(manager)[1]}
    assert dopo["nido-2"][1:2] + dopo["nido-2"][3:] == dopo["nido-1"][1:2] + dopo["nido-1"][3:]


@pytest.mark.django_db
def test_export__is_the_kept_one(manager):
    servizio_intero()
    assert tabelle.csv_per_programmi(*tabella(manager)) == (ATTESI / "foglio-servizi.csv").read_text()


PARTI = [
    Parte("che cosa", "a"),
    Parte("quando", "b", "data"),
    Parte("quanto", "c", "importo"),
    Parte("sì", "d", "si_no"),
]
TESTI = st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n|\\:n"), min_size=1).map(str.strip)


@settings(deadline=None)
@given(
    st.fixed_dictionaries(
        {
            "a": TESTI.filter(bool),
            "b": st.dates(date(1000, 1, 1)),
            "c": st.decimals(0, 999999, places=2),
            "d": st.just(True),
        }
    )
)
def test_parts__are_read_as_they_were_written(valori):
    assert celle.leggi_parti(celle.scrivi_parti(valori, PARTI), PARTI) == valori


ORE = st.times().map(lambda ora: ora.replace(second=0, microsecond=0))


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), ORE, ORE)))
def test_hours__are_read_as_they_were_written(fasce):
    assert celle.leggi_orari(celle.scrivi_orari(fasce)) == fasce


@settings(deadline=None)
@given(st.integers(0, 1440))
def test_age__is_read_as_it_was_written(mesi):
    assert celle.leggi("eta", celle.scrivi("eta", mesi)) == mesi


@settings(deadline=None)
@given(st.text(), st.sampled_from(["data", "importo", "coordinata", "eta", "si_no", "scelta:a,b"]))
def test_cell__whatever_it_is_is_read_or_refused_in_words(testo, tipo):
    for leggi in (
        lambda: celle.leggi(tipo, testo),
        lambda: celle.leggi_orari(testo),
        lambda: celle.leggi_parti(testo, PARTI),
    ):
        try:
            leggi()
        except CellaNonValida as errore:
            assert str(errore)


def test_hours__of_more_days_are_short_to_write():
    assert celle.leggi_orari("lun-mer 9-12:30") == [(g, time(9), time(12, 30)) for g in range(3)]
    assert celle.leggi_orari("Domenica 0-24") == [(6, time(0), time(0))]


def test_every_field_of_what_an_entry_has_many_of__is_in_the_sheet():
    """A field that is added to a place or a contact would be lost by an import: it gets its part here."""
    for colonna in CAMPI:
        if hasattr(colonna, "parti") and colonna.parti:
            scritti = {f.name for f in colonna.modello._meta.concrete_fields} - {"id", "sort_order", "servizio"}
            if colonna.chiave_di:
                scritti.remove("chiave")
            assert {parte.campo for parte in colonna.parti} == scritti, colonna.nome


# What it does


def importa(client, contenuto, nome="servizi.csv"):
    anteprima = client.post(reverse(FOGLIO), {"file": SimpleUploadedFile(nome, contenuto)})
    assert anteprima.status_code == 200, [str(p) for p in anteprima.context["piano"].problemi]
    return conferma(client, anteprima)


def conferma(client, anteprima):
    contesto = anteprima.context
    return client.post(
        reverse(FOGLIO), {"conferma": "1", "foglio": contesto["foglio"], "impronta": contesto["piano"].impronta}
    )


@pytest.mark.django_db
def test_import__makes_drafts_and_publishes_nothing(client_di, manager, deposito):
    servizio = servizio_intero()
    prima = cura_di(ServizioPage).voci.get().dati
    colonne = ("codice", "organizzazione", "nome", "contatti", "tipo_di_ente", "in_parole_semplici")
    contenuto = file_csv(
        ["nido-1", "asif-chimelli", "Asilo", "ruolo: Portineria | telefono: 0461 000000", "pubblico", "Il nido"],
        ["", "cs4", "Compiti", "", "privato", "Aiuto nei compiti"],
        colonne=colonne,
    )
    client = client_di(manager)
    assert importa(client, contenuto).status_code == 302
    servizio.refresh_from_db()
    bozza = servizio.get_latest_revision_as_object()
    assert (servizio.title, bozza.title) == ('=Nido; "d\'infanzia"', "Asilo") and servizio.has_unpublished_changes
    assert [c.ruolo for c in bozza.contatti.all()] == ["Portineria"] and bozza.luoghi.count() == 2
    assert servizio.latest_revision.user == manager and {t.name for t in bozza.etichette.all()} >= {"gioco"}
    assert cura_di(ServizioPage).voci.get().dati == prima
    nuovo = ServizioPage.objects.get(title="Compiti")
    assert not nuovo.live and nuovo.codice.startswith("fg-") and nuovo.erogatore.chiave == "cs4"
    assert nuovo.current_workflow_state is None
    assert not [f for f in deposito.rglob("*") if f.is_file()]
    assert "c'è già" in problemi(contenuto, manager)[0]  # the new one has no code in the file: it would come twice


@pytest.mark.django_db
def test_import__a_deadline_that_moves_is_the_same_in_calendars(client_di, manager):
    servizio = servizio_intero()
    prima = servizio.scadenze.get().chiave
    scadenze = "che cosa: Nuova | entro il: 1/1/2027\nche cosa: Iscrizioni: fine | entro il: 02/03/2027"
    colonne = ("codice", "organizzazione", "nome", "scadenze")
    importa(client_di(manager), file_csv(["nido-1", "asif-chimelli", "Asilo", scadenze], colonne=colonne))
    servizio.refresh_from_db()
    dopo = {s.descrizione: s.chiave for s in servizio.get_latest_revision_as_object().scadenze.all()}
    assert dopo["Iscrizioni: fine"] == prima and len(set(dopo.values())) == 2


@pytest.mark.django_db
def test_import__changed_in_the_meantime_is_shown_again(client_di, manager):
    servizio = servizio_intero()
    client = client_di(manager)
    contenuto = file_csv(["nido-1", "asif-chimelli", "Asilo"], colonne=("codice", "organizzazione", "nome"))
    anteprima = client.post(reverse(FOGLIO), {"file": SimpleUploadedFile("x.csv", contenuto)})
    servizio.title = "Nel frattempo"
    servizio.save_revision()
    ancora = conferma(client, anteprima)
    assert ancora.status_code == 200 and ancora.context["piano"].cambiate[0].cambi[0].prima == "Nel frattempo"
    assert conferma(client, ancora).status_code == 302
    perso = conferma(client, ancora)
    assert "caricalo di nuovo" in str(list(get_messages(perso.wsgi_request))[-1])


@pytest.mark.django_db
def test_referent__has_only_their_own(client_di, referente_a, referente_b, acs, coordinamento):
    servizio_intero()
    assert [riga[0] for riga in tabella(referente_a)[1]] == ["nido-1"] and tabella(referente_b)[1] == []
    altrui, di_nessuno = (
        problemi(file_csv(codice=codice, organizzazione="cs4", nome="Mio"), referente_b)
        for codice in ("nido-1", "mai-1")
    )
    assert altrui == [
        "riga 2, colonna codice: nessuno dei tuoi servizi ha il codice «nido-1»: per un servizio nuovo "
        "lascia la cella vuota"
    ]
    assert di_nessuno == [altrui[0].replace("nido-1", "mai-1")]
    assert "non è tra quelle" in problemi(file_csv(organizzazione="asif-chimelli", nome="Mio"), referente_b)[0]
    client_a, client_b = client_di(referente_a), client_di(referente_b)
    contenuto = file_csv(["nido-1", "asif-chimelli", "Asilo"], colonne=("codice", "organizzazione", "nome"))
    anteprima = client_a.post(reverse(FOGLIO), {"file": SimpleUploadedFile("x.csv", contenuto)})
    assert conferma(client_b, anteprima).status_code == 302  # somebody else's file is not there
    assert ServizioPage.objects.get().get_latest_revision_as_object().title != "Asilo"
    for utente in (acs, coordinamento):
        for nome in (FOGLIO, ESPORTA):
            assert client_di(utente).get(reverse(nome)).status_code == 302
    assert client_di(referente_a).get(reverse(FOGLIO)).status_code == 200


@pytest.mark.django_db
def test_import__never_writes_over_what_waits(client_di, referente_a, manager):
    servizio = servizio_intero()
    servizio.save_revision(user=referente_a)
    servizio.get_workflow().start(servizio, referente_a)
    colonne = ("codice", "organizzazione", "nome")
    assert "aspetta una decisione" in problemi(file_csv(["nido-1", "asif-chimelli", "X"], colonne=colonne), manager)[0]
    uguale = file_csv(["nido-1", "asif-chimelli", servizio.title], colonne=colonne)
    assert problemi(uguale, manager) == []


@pytest.mark.django_db
def test_import__takes_out_what_the_editor_would_not_write(client_di, manager):
    testo = '<p onclick="x()">Ciao <script>alert(1)</script><b>a tutti</p><iframe src="//x"></iframe>'
    contenuto = file_csv(
        organizzazione="cs4",
        nome="Uno",
        in_parole_semplici="x",
        tipo_di_ente="privato",
        descrizione=testo,
        come_fare="Prima & poi\n\nDopo",
    )
    importa(client_di(manager), contenuto)
    bozza = ServizioPage.objects.get().get_latest_revision_as_object()
    assert not any(male in bozza.testo for male in ("script", "onclick", "iframe")) and "<b>a tutti</b>" in bozza.testo
    assert bozza.come_accedere.count("<p") == 2 and "&amp;" in bozza.come_accedere


# Mistakes


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
