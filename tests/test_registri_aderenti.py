"""The list of members: at any date as it was known, as a file, sent once and kept."""

import csv
import hashlib
import io
from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from base.models import MessaggioInUscita
from organizzazioni.models import Organizzazione
from programma.models import Evidenza
from registri import operazioni
from registri.models import InvioElenco
from registri.selettori import cambiati_dall_ultimo_invio, elenco_al

pytestmark = pytest.mark.django_db
GIORNO = date(2025, 3, 31)
DUE = "ufficio@example.org\naltro@example.org\nufficio@example.org"


@pytest.fixture
def orologio(monkeypatch):
    def al(*momento):
        adesso = datetime(*momento, tzinfo=timezone.get_default_timezone())
        monkeypatch.setattr("django.utils.timezone.now", lambda: adesso)

    al(2025, 6, 10, 9)
    return al


def righe(al, **opzioni):
    uscita = io.StringIO()
    call_command("elenco_aderenti", al=al.isoformat(), stdout=uscita, **opzioni)
    return list(csv.DictReader(io.StringIO(uscita.getvalue())))


def test_command__six_members_of_the_act_in_order_of_adhesion():
    lette = righe(GIORNO)
    assert list(lette[0]) == ["n", "denominazione", "data_adesione", "family_in_trentino", "family_audit", "dal", "al"]
    assert [riga["n"] for riga in lette] == ["1", "2", "3", "4", "5", "6"]
    assert lette[-1]["denominazione"] == "Dial Funghi S.r.l." and lette[-1]["data_adesione"] == "2022-12-16"
    comune = next(riga for riga in lette if riga["denominazione"] == "Comune di Pergine Valsugana")
    assert comune["family_in_trentino"] == "sì" and comune["dal"] == "2022-07-15" and comune["al"] == ""
    assert len(righe(date(2022, 12, 15))) == 5 and righe(date(2022, 7, 14)) == []


def test_command__refuses_what_it_cannot_read(tmp_path):
    for opzioni in ({"al": "31/03/2025"}, {"formato": "doc"}, {"file": str(tmp_path / "manca" / "x.csv")}):
        with pytest.raises(CommandError):
            call_command("elenco_aderenti", stdout=io.StringIO(), **opzioni)


def test_past_list__is_changed_by_nothing_written_later(orologio):
    prima = elenco_al(GIORNO)
    orologio(2025, 7, 1, 9)
    ente = Organizzazione.objects.get(chiave="soste")
    ente.denominazione, ente.aderente_fino_al, ente.family_audit = "Altro nome", date(2025, 2, 1), False
    ente.save()
    Organizzazione.objects.filter(chiave="cs4").update(aderente_dal=date(2020, 1, 1))
    Organizzazione.objects.filter(chiave="dial-funghi").update(family_in_trentino=True)
    assert elenco_al(GIORNO) == prima
    oggi = {uno.denominazione: uno for uno in elenco_al(date(2025, 7, 1))}
    assert "Soste società a responsabilità limitata" not in oggi and "Altro nome" not in oggi
    assert oggi["Dial Funghi S.r.l."].family_in_trentino


def test_who_left_and_came_back__keeps_the_first_adhesion(orologio):
    ente = Organizzazione.objects.get(chiave="soste")
    ente.aderente_fino_al = date(2025, 6, 10)
    ente.save()
    orologio(2025, 9, 1, 9)
    ente.aderente_dal, ente.aderente_fino_al = date(2025, 9, 1), None
    ente.save()
    uno = next(uno for uno in elenco_al(date(2025, 9, 1)) if uno.denominazione == ente.denominazione)
    assert (uno.data_adesione, uno.dal) == (date(2022, 7, 15), date(2025, 9, 1))
    assert ente.denominazione not in {uno.denominazione for uno in elenco_al(date(2025, 7, 1))}


def test_mark__holds_from_its_first_to_its_last_day(orologio):
    ente = Organizzazione.objects.get(chiave="cs4")
    ente.family_audit_dal, ente.family_audit_fino_al = date(2025, 6, 11), date(2025, 6, 12)
    ente.save()
    orologio(2025, 6, 13, 9)
    trovati = [
        next(uno for uno in elenco_al(date(2025, 6, giorno)) if uno.denominazione == ente.denominazione).family_audit
        for giorno in (10, 11, 12, 13)
    ]
    assert trovati == [False, True, True, False]


def test_sending__keeps_the_files_writes_and_offers_the_evidence(orologio, manager, coordinamento, client_di, pango):
    client = client_di(manager)
    indirizzo = reverse("registri:invia_aderenti")
    assert "acs@example.org" not in client.get(indirizzo).content.decode()
    dati = {
        "al": "2025-03-31",
        "destinatari": "ufficio@example.org\naltro@example.org\nufficio@example.org",
        "nota": "Primo",
    }
    assert client.post(indirizzo, dati).status_code == 302
    invio = InvioElenco.objects.get()
    assert invio.destinatari == ["ufficio@example.org", "altro@example.org"] and len(invio.righe) == 6
    for formato in ("csv", "xlsx", "pdf"):
        with getattr(invio, formato).open() as file:
            contenuto = file.read()
        assert hashlib.sha256(contenuto).hexdigest() == getattr(invio, f"{formato}_sha256")
        scaricato = client.get(reverse("registri:aderenti_inviati", args=[invio.pk, formato]))
        assert b"".join(scaricato.streaming_content) == contenuto
    per_loro = MessaggioInUscita.objects.filter(email__in=invio.destinatari).order_by("email")
    assert [messaggio.email for messaggio in per_loro] == ["altro@example.org", "ufficio@example.org"]
    nomi = [nome for nome, _, _ in per_loro[0].contenuto["attachments"]]
    assert nomi == [f"aderenti-al-2025-03-31.{formato}" for formato in ("csv", "xlsx", "pdf")]
    evidenza = Evidenza.objects.get(criteri__codice="M1")
    assert evidenza.stato == "inviata" and evidenza.inviata_da == manager and evidenza.allegati.count() == 2
    assert client_di(coordinamento).get(evidenza.get_absolute_url()).status_code == 200


def test_sending__says_what_changed_and_the_home_asks_to_send_again(orologio, manager, client_di, pango, referente_a):
    assert cambiati_dall_ultimo_invio() is None
    operazioni.invia_elenco(date(2025, 6, 10), ["ufficio@example.org"], manager)
    assert cambiati_dall_ultimo_invio() == []
    casa = reverse("wagtailadmin_home")
    assert "è cambiato dall'ultimo invio" not in client_di(manager).get(casa).content.decode()
    Organizzazione.objects.filter(chiave="consolida").update(aderente_dal=date(2025, 6, 1))
    Organizzazione.objects.filter(chiave="cs4").update(family_in_trentino=True)
    detti = {(uno.denominazione, uno.che_cosa) for uno in cambiati_dall_ultimo_invio()}
    assert ("Distretto dell'Economia Solidale (Consolida)", "è entrata") in detti
    assert ("C.S.4. Società cooperativa sociale ONLUS", "marchio Family in Trentino: sì") in detti and len(detti) == 2
    html = client_di(manager).get(casa).content.decode()
    assert "è cambiato dall'ultimo invio" in html.replace("&#x27;", "'")
    assert "dall'ultimo invio" not in client_di(referente_a).get(casa).content.decode().replace("&#x27;", "'")


def test_sending__wrong_input_is_said_and_nothing_leaves(orologio, manager, client_di):
    indirizzo = reverse("registri:invia_aderenti")
    for dati, detto in (
        ({"al": "2025-03-31", "destinatari": "ufficio@example.org, senza chiocciola"}, "non è un indirizzo e-mail"),
        ({"al": "2025-03-31", "destinatari": ""}, "obbligatorio"),
        ({"al": "2022-01-01", "destinatari": "ufficio@example.org"}, "nessuna organizzazione aderente"),
        ({"al": "2030-01-01", "destinatari": "ufficio@example.org"}, "non sia nel futuro"),
        ({"al": "ieri", "destinatari": "ufficio@example.org"}, "valid"),
    ):
        risposta = client_di(manager).post(indirizzo, dati)
        assert risposta.status_code == 422 and detto in risposta.content.decode(), dati
    assert not InvioElenco.objects.exists() and not MessaggioInUscita.objects.exists()


def test_only_the_manager__sends(orologio, pango, manager, acs, coordinamento, referente_a, client_di):
    for utente in (acs, coordinamento, referente_a):
        with pytest.raises(PermissionDenied):
            operazioni.invia_elenco(GIORNO, ["ufficio@example.org"], utente)
    invio = operazioni.invia_elenco(GIORNO, ["ufficio@example.org"], manager)
    for nome, valori in (("aderenti", []), ("esporta_aderenti", []), ("aderenti_inviati", [invio.pk, "csv"])):
        indirizzo = reverse(f"registri:{nome}", args=valori)
        assert client_di(acs).get(indirizzo).status_code == 200, nome
        assert client_di(referente_a).get(indirizzo).status_code in (302, 403), nome
    assert client_di(acs).get(reverse("registri:invia_aderenti")).status_code in (302, 403)


def test_nobody_written_to__is_refused(orologio, manager):
    with pytest.raises(ValidationError):
        operazioni.invia_elenco(GIORNO, [], manager)


def test_list__costs_the_same_however_long(orologio, manager, client_di, django_assert_max_num_queries):
    client = client_di(manager)
    client.get(reverse("registri:aderenti"))
    with CaptureQueriesContext(connection) as prima:
        client.get(reverse("registri:aderenti"))
    for n in range(20):
        Organizzazione.objects.create(chiave=f"x{n}", denominazione=f"X {n}", natura="privata", aderente_dal=GIORNO)
    with django_assert_max_num_queries(len(prima)):
        html = client.get(f"{reverse('registri:aderenti')}?al=2025-06-10").content.decode()
    assert all(f">X {n}<" in html for n in range(20))


def test_rows_that_are_kept__are_those_of_the_file_that_was_sent(orologio, manager, pango):
    invio = operazioni.invia_elenco(GIORNO, ["ufficio@example.org"], manager)
    with invio.csv.open("rb") as file:
        spediti = list(csv.DictReader(io.StringIO(file.read().decode())))
    detti = {True: "sì", False: "no", None: ""}
    tenuti = [
        {nome: detti[v] if v is None or isinstance(v, bool) else str(v) for nome, v in riga.items()}
        for riga in invio.righe
    ]
    assert tenuti == spediti
