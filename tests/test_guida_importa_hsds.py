"""`importa_hsds`: the directory of others, and our own export, come in as drafts; twice is once."""

import csv
import io
import json
import zipfile
from datetime import date, time
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

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
from organizzazioni.models import Distretto
from organizzazioni.operazioni import pubblica_nuova

pytestmark = pytest.mark.django_db
ID = "ac148810-d857-441c-9679-408f346de14b"
ALTRUI = {
    "id": ID,
    "name": "Consultorio\u200b familiare",
    "description": "Ascolto per le coppie.\n\nSu due piani.",
    "status": "active",
    "url": "https://example.org/consultorio",
    "email": "ufficio@example.org",
    "minimum_age": 0.5,
    "maximum_age": 18,
    "fees_description": "Ticket regionale",
    "organization": {"id": "x-1", "name": "Azienda sanitaria", "description": "ASL"},
    "phones": [{"id": "p", "number": "+39 0461 000000", "description": "Centralino"}],
    "schedules": [
        {"id": "s1", "freq": "WEEKLY", "byday": "MO,WE", "opens_at": "09:00Z", "closes_at": "12:30:00"},
        {"id": "s2", "freq": "MONTHLY", "byday": "1FR", "opens_at": "15:00", "description": "Primo venerdì"},
    ],
    "languages": [{"id": "l", "code": "deu", "name": "German"}, {"id": "m", "code": "xxx"}],
    "cost_options": [{"id": "c", "amount": 12.5, "currency": "EUR", "option": "Visita"}],
    "required_documents": [{"id": "d", "document": "Tessera sanitaria"}],
    "attributes": [{"id": "a", "taxonomy_term": {"id": "t", "code": "zzz", "name": "Nido"}}],
    "service_at_locations": [
        {
            "id": "sal",
            "location": {
                "id": "loc",
                "location_type": "physical",
                "name": "Sede",
                "latitude": 46.016,
                "longitude": 11.264,
                "addresses": [{"id": "i", "address_1": "Via Roma 1", "city": "TENNA"}],
            },
        }
    ],
}


@pytest.fixture
def importa(tmp_path, capsys):
    def esegui(contenuto, *opzioni, nome="hsds.json"):
        percorso = tmp_path / nome
        if not isinstance(contenuto, bytes):
            contenuto = json.dumps(contenuto).encode()
        percorso.write_bytes(contenuto)
        uscita = io.StringIO()
        call_command("importa_hsds", percorso, *opzioni, stdout=uscita, stderr=uscita)
        return uscita.getvalue()

    return esegui


def conti(detto):
    return detto.splitlines()[-1].removeprefix("Prova: niente è stato scritto. ")


FATTA = "Bozze nuove: 1. Modificate: 0. Uguali: 0. Sbagliati: 0."
RIFATTA = "Bozze nuove: 0. Modificate: 0. Uguali: 1. Sbagliati: 0."


def intero():
    sezione = SezioneGuidaPage.objects.get(organizzazione__chiave="cs4")
    servizio = ServizioPage(
        title="Nido",
        sommario="Il nido",
        natura="terzo_settore",
        erogatore=sezione.organizzazione,
        altri_nomi="asilo",
        testo="<p>Uno due</p>",
        sito="https://example.org/",
        per_chi="Famiglie",
        eta_minima=3,
        eta_massima=36,
        on_line=True,
        su_appuntamento=True,
        note_orari="suonare",
        costo="pagamento",
        icef=True,
        note_costo="Sconti ai fratelli",
        come_accedere="<p>Telefona</p>",
        documenti="Uno\nDue",
    )
    servizio.bisogni = Bisogno.objects.filter(chiave__in=["nido", "conciliazione"])
    servizio.fasi = FaseVita.objects.filter(chiave="neonato")
    servizio.lingue = Lingua.objects.filter(chiave="deu")
    tenna = Comune.objects.get(chiave="tenna")
    servizio.luoghi = [
        Luogo(comune=tenna, nome="Sede", indirizzo="Via Roma 1", accessibilita="si", note_accessibilita="rampa"),
        Luogo(comune=tenna, latitudine=Decimal("46.01600"), longitudine=Decimal("11.26400")),
    ]
    servizio.orari = [FasciaOraria(giorno=g, dalle=time(9), alle=time(12)) for g in (0, 2)]
    servizio.periodi = [PeriodoServizio(tipo="stagione", dal=date(2026, 9, 1), al=date(2027, 6, 30))]
    servizio.tariffe = [Tariffa(importo=Decimal("310.50"), unita="mese", descrizione="Mattina")]
    servizio.scadenze = [Scadenza(descrizione="Iscrizioni", data=date(2099, 3, 1))]
    servizio.contatti = [Contatto(ruolo="Segreteria", telefono="0461 000000", email="a@example.org", nota="mattina")]
    return pubblica_nuova(sezione, servizio)


def esportato(indirizzo="services?full=true"):
    risposta = Client().get(f"/api/hsds/{indirizzo}")
    return b"".join(risposta.streaming_content) if risposta.streaming else risposta.content


def test_a_list_of_others__comes_in_as_drafts_with_what_was_understood(importa):
    detto = importa({"contents": [ALTRUI]})
    assert conti(detto) == FATTA and "orari: lun 09:00-12:30\n    mer 09:00-12:30" in detto
    servizio = ServizioPage.objects.get()
    assert (servizio.title, servizio.live, str(servizio.translation_key)) == ("Consultorio familiare", False, ID)
    assert (servizio.sommario, servizio.eta_minima, servizio.eta_massima) == ("Ascolto per le coppie.", 6, 216)
    assert (servizio.erogatore, servizio.erogatore_esterno, servizio.costo) == (None, "Azienda sanitaria", "pagamento")
    assert [lg.comune.chiave for lg in servizio.luoghi.all()] == ["tenna"]
    assert [t.importo for t in servizio.tariffe.all()] == [Decimal("12.50")]
    assert [b.chiave for b in servizio.bisogni.all()] == ["nido"]
    assert [lingua.chiave for lingua in servizio.lingue.all()] == ["deu"]
    assert "Primo venerdì" in servizio.note_orari
    assert {c.ruolo for c in servizio.contatti.all()} == {"Centralino", "E-mail"}
    assert conti(importa({"contents": [ALTRUI]})) == RIFATTA
    assert "Modificate: 1." in importa({"contents": [{**ALTRUI, "name": "Altro nome"}]})
    assert ServizioPage.objects.count() == 1


@pytest.mark.parametrize(
    "forma",
    [
        ALTRUI,
        [ALTRUI],
        {"contents": [{"id": "o", "name": "Azienda sanitaria", "services": [ALTRUI]}]},
        {
            "id": "o",
            "name": "Azienda sanitaria",
            "services": [{k: v for k, v in ALTRUI.items() if k != "organization"}],
        },
        {**ALTRUI["service_at_locations"][0], "service": {**ALTRUI, "service_at_locations": []}},
        b"\xef\xbb\xbf" + json.dumps(ALTRUI).encode(),
        (json.dumps(ALTRUI) + "\n" + json.dumps({**ALTRUI, "id": "2", "status": "inactive"})).encode(),
    ],
)
def test_every_form__of_the_standard_is_read(importa, forma):
    assert conti(importa(forma)) == FATTA
    assert ServizioPage.objects.get().erogatore_esterno == "Azienda sanitaria"


def tabella(*righe):
    uscita = io.StringIO(newline="")
    scrittore = csv.DictWriter(uscita, list(righe[0]))
    scrittore.writeheader()
    scrittore.writerows(righe)
    return uscita.getvalue().encode("utf-8-sig")


def pacchetto():
    sede = ALTRUI["service_at_locations"][0]
    luogo = {k: v for k, v in sede["location"].items() if k != "addresses"}
    return {
        "services.csv": tabella(
            {k: v for k, v in ALTRUI.items() if isinstance(v, str | float | int)} | {"organization_id": "o"}
        ),
        "organizations.csv": tabella({"id": "o", "name": "Azienda sanitaria"}),
        "schedules.csv": tabella({**ALTRUI["schedules"][0], "service_id": ID}),
        "locations.csv": tabella(luogo),
        "addresses.csv": tabella({**sede["location"]["addresses"][0], "location_id": "loc"}),
        "service_at_locations.csv": tabella({"id": "sal", "service_id": ID, "location_id": "loc"}),
        "contacts.csv": tabella({"id": "c1", "service_id": ID, "title": "Segreteria"}),
        "phones.csv": tabella({"id": "p", "contact_id": "c1", "number": "+39 0461 000000"}),
        "attributes.csv": tabella({"id": "a", "link_id": ID, "taxonomy_term_id": "t"}),
        "taxonomy_terms.csv": tabella({"id": "t", "code": "nido", "name": "Nido"}),
    }


def test_district_without_a_body__is_told_where_to_choose_one(importa):
    Distretto.objects.update(organizzazione=None)
    detto = importa([ALTRUI])
    assert "si sceglie in Impostazioni → Distretto" in detto and not ServizioPage.objects.exists()


@pytest.mark.parametrize("in_zip", [True, False])
def test_csv_package__is_put_together(importa, tmp_path, in_zip):
    if in_zip:
        uscita = io.BytesIO()
        with zipfile.ZipFile(uscita, "w") as archivio:
            for nome, contenuto in pacchetto().items():
                archivio.writestr(f"hsds/{nome}", contenuto)
        assert conti(importa(uscita.getvalue(), nome="hsds.zip")) == FATTA
    else:
        cartella = tmp_path / "hsds"
        cartella.mkdir()
        for nome, contenuto in pacchetto().items():
            (cartella / nome).write_bytes(contenuto)
        call_command("importa_hsds", cartella, stdout=io.StringIO())
    servizio = ServizioPage.objects.get()
    assert (servizio.erogatore_esterno, servizio.eta_minima) == ("Azienda sanitaria", 6)
    assert [o.giorno for o in servizio.orari.all()] == [0, 2]
    assert [(c.ruolo, bool(c.telefono)) for c in servizio.contatti.all()] == [("Segreteria", True), ("E-mail", False)]
    assert [b.chiave for b in servizio.bisogni.all()] == ["nido"]
    assert servizio.luoghi.get().indirizzo == "Via Roma 1"


def test_our_own_export__changes_nothing_where_it_comes_from(importa):
    servizio = intero()
    assert conti(importa(esportato())) == RIFATTA
    assert conti(importa(esportato("services?full=true&format=ndjson"))) == RIFATTA
    assert conti(importa(esportato("organizations?full_service=true"))) == RIFATTA
    altro = json.loads(esportato(f"services/{servizio.translation_key}"))
    detto = importa({**altro, "eligibility_description": "Tutti"})
    assert "Modificate: 1." in detto and "  per_chi: Tutti" in detto and detto.count("\n  ") == 1


def test_our_own_export__comes_back_the_same_in_an_empty_guide(importa):
    servizio = intero()
    prima = json.loads(esportato())["contents"][0]
    servizio.delete()
    assert conti(importa({"contents": [prima]})) == FATTA
    tornato = ServizioPage.objects.get()
    assert tornato.codice == servizio.codice
    bozza = tornato.get_latest_revision_as_object()
    bozza.natura = "terzo_settore"  # the standard has no word for it: who publishes says it
    bozza.save_revision().publish()
    dopo = json.loads(esportato())["contents"][0]
    assert {k: v for k, v in dopo.items() if k != "last_modified"} == {
        k: v for k, v in prima.items() if k != "last_modified"
    }


def test_public_body_of_the_network__is_known_and_twice_is_once(importa):
    comune = {**ALTRUI, "organization": {"id": "c", "name": "Comune di Pergine Valsugana"}}
    assert conti(importa(comune)) == FATTA
    assert ServizioPage.objects.get().natura == "pubblico"
    assert conti(importa(comune)) == RIFATTA


def test_dry_run__writes_nothing(importa):
    detto = importa(ALTRUI, "--dry-run")
    assert "Prova: niente è stato scritto." in detto and conti(detto) == FATTA
    assert not ServizioPage.objects.exists()


def test_wrong_services__are_told_one_by_one_and_the_others_come_in(importa):
    detto = importa(
        [
            {**ALTRUI, "id": "1", "name": ""},
            {**ALTRUI, "id": "2", "minimum_age": "tre"},
            {**ALTRUI, "id": "3", "url": "non un sito"},
            {**ALTRUI, "id": "4", "schedules": "x", "phones": [None], "organization": 3},
            ALTRUI,
            ALTRUI,
            {**ALTRUI, "id": "7", "name": "Altrove", "service_at_locations": [], "service_areas": [{"name": "Roma"}]},
            {**ALTRUI, "id": "8", "status": "defunct"},
        ]
    )
    saltati = [riga for riga in detto.splitlines() if riga.startswith("Saltato: ")]
    assert [riga.split(",")[0].split(":")[1].strip() for riga in saltati] == [f"servizio {n}" for n in (1, 2, 3, 6)]
    assert "manca il nome" in saltati[0] and "colonna sito" in saltati[2] and "già" in saltati[3]
    assert "Fuori dal territorio, lasciati fuori: 1" in detto and "Non più attivi, lasciati fuori: 1" in detto
    assert conti(detto) == "Bozze nuove: 2. Modificate: 0. Uguali: 0. Sbagliati: 4."
    assert ServizioPage.objects.count() == 2


@pytest.mark.parametrize(
    "contenuto",
    [b"", b"niente", b"[]", b"{}", b"PK\x03\x04rotto", b"\xff\xfe", b"[" * 100000, b"1"],
    ids=range(8),
)
def test_wrong_file__is_told(importa, contenuto):
    with pytest.raises(CommandError, match="niente è stato importato"):
        importa(contenuto)


def test_user__must_be_a_manager(importa, manager, referente_a):
    with pytest.raises(CommandError, match="non è un manager"):
        importa(ALTRUI, "--utente", referente_a.username)
    importa(ALTRUI, "--utente", manager.username)
    assert ServizioPage.objects.get().owner == manager
