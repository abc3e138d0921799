# ruff: noqa: F401, F811 (fixtures that two files share)
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

from .scene.foglio import ESPORTA, FOGLIO, deposito, file_csv, problemi, servizio_intero, sezione

ATTESI = Path(__file__).parent / "attesi"


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
    colonne = ("codice", "organizzazione", "nome", "contatti", "tipo_di_ente", "in_parole_semplici", "parole_chiave")
    portineria = "ruolo: Portineria | telefono: 0461 000000"
    contenuto = file_csv(
        ["nido-1", "asif-chimelli", "Asilo", portineria, "pubblico", "Il nido", "gioco"],
        ["", "cs4", "Compiti", "", "privato", "Aiuto nei compiti", "studio"],
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
    assert {t.name for t in nuovo.get_latest_revision_as_object().etichette.all()} == {"studio"}
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
