"""The yearly measures: asked once, written by each body, reminded, read together, each with its walls."""

import io
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from base.models import MessaggioInUscita
from documenti.tipi import report_annuale
from documenti.tipi.spunti import DEL_REPORT
from organizzazioni.models import Organizzazione
from registri.misure import operazioni, selettori
from registri.models import MisureDellEnte, Quesito, Rilevazione

pytestmark = pytest.mark.django_db
SCADE = date(2026, 2, 28)
DATI = {
    "q-dipendenti": "20",
    "q-donne": "12",
    "q-orario": ["Banca delle ore"],
    "q-lavoro-agile": "si",
    "q-servizi": ["Convenzioni e sconti"],
}


@pytest.fixture
def orologio(monkeypatch, programma):
    def al(*momento):
        adesso = datetime(*momento, tzinfo=timezone.get_default_timezone())
        monkeypatch.setattr("django.utils.timezone.now", lambda: adesso)

    al(2026, 1, 20, 9)
    return al


@pytest.fixture
def rilevazione(manager, orologio):
    return operazioni.apri_rilevazione(2025, SCADE, manager)


def di(rilevazione, ente):
    return rilevazione.misure.get(organizzazione=ente)


def tutte_inviate(rilevazione, manager, quante=6, **valori):
    for n, una in enumerate(rilevazione.misure.order_by("pk")[:quante]):
        completi = {
            "dipendenti": Decimal(10 + n),
            "donne": Decimal(5),
            "lavoro-agile": True,
            "orario": ("Banca delle ore",),
            "servizi": ("Mensa o buoni pasto",),
            **valori,
        }
        operazioni.invia_misure(una, manager, completi)


def test_opening__asks_the_members_of_the_year_and_writes_to_their_people(manager, referente_a, referente_b, orologio):
    entrata = Organizzazione.objects.get(chiave="cciaa-trento")
    entrata.aderente_dal = date(2026, 1, 10)
    entrata.save()
    uscita = Organizzazione.objects.get(chiave="soste")
    uscita.aderente_fino_al = date(2026, 1, 15)
    uscita.save()
    aperta = operazioni.apri_rilevazione(2025, SCADE, manager)
    chieste = {una.organizzazione.chiave for una in aperta.misure.all()}
    assert chieste == {"cs4", "comune-pergine", "asif-chimelli", "comunita-alta-valsugana", "dial-funghi"}
    assert set(MessaggioInUscita.objects.values_list("email", flat=True)) == {referente_a.email, referente_b.email}
    operazioni.aggiungi_ente(aperta, entrata, manager)
    for ente in (entrata, uscita):
        with pytest.raises(ValidationError):
            operazioni.aggiungi_ente(aperta, ente, manager)
    perche = {riga.misure.organizzazione.chiave: riga.perche for riga in selettori.a_che_punto(aperta, SCADE)}
    assert perche["cs4"] == "" and "rispondi tu" in perche["dial-funghi"] and len(perche) == 6
    for anno, scade, detto in (
        (2025, SCADE, "già state chieste"),
        (2027, SCADE, "cominciato"),
        (1999, SCADE, "Nel 1999"),
    ):
        with pytest.raises(ValidationError, match=detto):
            operazioni.apri_rilevazione(anno, scade, manager)
    with pytest.raises(PermissionDenied):
        operazioni.apri_rilevazione(2024, SCADE, referente_a)


def test_questions__stay_as_they_were_when_the_collection_opened(rilevazione, manager):
    Quesito.objects.filter(chiave="donne").update(testo="Altro", genere="lungo")
    Quesito.objects.filter(chiave="novita").delete()
    ora = {quesito.chiave: quesito for quesito in Rilevazione.objects.get().quesiti}
    assert ora["donne"].testo == "Quante sono donne?" and ora["donne"].genere == "numero" and "novita" in ora
    assert [nome for nome, _ in rilevazione.sezioni][:2] == ["Chi lavora qui", "Orari e luoghi di lavoro"]


def test_body__writes_a_half_then_sends_then_corrects(rilevazione, organizzazione_a, referente_a, client_di):
    client, misure = client_di(referente_a), di(rilevazione, organizzazione_a)
    url = misure.get_absolute_url()
    assert misure.get_absolute_url() in client.get(reverse("wagtailadmin_home")).content.decode()
    risposta = client.post(url, {"q-dipendenti": "venti", "q-donne": "12", "q-racconto": "Bene", "versione": "1"})
    html = risposta.content.decode()
    assert risposta.status_code == 422 and 'value="venti"' in html and "Scrivi un numero" in html
    misure.refresh_from_db()
    assert misure.risposte == {"donne": "12", "racconto": "Bene"} and misure.stato == "iniziata"
    assert 'name="versione" value="2"' in html and '<a href="#domanda-dipendenti">' in html
    assert client.post(url, {"q-donne": "13", "versione": "1"}).status_code == 422
    risposta = client.post(url, {**DATI, "q-servizi": [], "versione": "2", "invia": "si"})
    assert risposta.status_code == 422 and "Manca la risposta" in risposta.content.decode()
    misure.refresh_from_db()
    assert misure.risposte["dipendenti"] == "20" and misure.risposte["racconto"] is None and not misure.inviata_il
    assert client.post(url, {**DATI, "versione": "3", "invia": "si"}).status_code == 302
    misure.refresh_from_db()
    assert (misure.stato, misure.inviata_da, misure.per_conto) == ("inviata", referente_a, False)
    assert misure.get_absolute_url() not in client.get(reverse("wagtailadmin_home")).content.decode()
    sbagliata = client.post(url, {**DATI, "q-donne": "", "versione": "4", "invia": "si"})
    assert sbagliata.status_code == 422 and "valgono ancora quelle di prima" in sbagliata.content.decode()
    client.post(url, {**DATI, "q-donne": "14", "versione": "4", "invia": "si"})
    misure.refresh_from_db()
    assert misure.risposte["donne"] == "14" and misure.stato == "inviata"


def test_strange_input__is_said_and_breaks_nothing(rilevazione, organizzazione_a, referente_a, manager, client_di):
    url = di(rilevazione, organizzazione_a).get_absolute_url()
    for strano in ("9" * 40, "²", "a\x00b", "x" * 9000, "\u202e1"):
        assert client_di(referente_a).post(url, dict.fromkeys(DATI, strano)).status_code == 422
        assert client_di(manager).post(reverse("misure:nuova"), {"anno": strano, "scade_il": strano}).status_code == 422
        assert client_di(manager).post(
            reverse("misure:sollecita", args=[rilevazione.pk]), {"ente": strano}
        ).status_code in (302, 404)
    assert client_di(referente_a).post(url, {"versione": "x", "q-donne": "3"}).status_code == 422
    assert di(rilevazione, organizzazione_a).risposte == {}


def test_last_year__is_offered_to_be_confirmed_or_changed(
    rilevazione, organizzazione_a, referente_a, manager, client_di, orologio
):
    tutte_inviate(rilevazione, manager, novita="Asilo aziendale")
    operazioni.chiudi_rilevazione(rilevazione, manager)
    orologio(2027, 1, 20, 9)
    Quesito.objects.filter(chiave="lavoro-agile").update(genere="lungo")
    nuova = operazioni.apri_rilevazione(2026, date(2027, 2, 28), manager)
    misure = di(nuova, organizzazione_a)
    url, client = misure.get_absolute_url(), client_di(referente_a)
    html = client.get(url).content.decode()
    assert "Asilo aziendale" in html and "dell&#x27;anno scorso" in html.replace("dell'", "dell&#x27;")
    assert "vale-novita" in html and "vale-lavoro-agile" not in html
    scritti = {campo: client.get(url).context["modulo"][campo].value() for campo in DATI}
    assert scritti["q-lavoro-agile"] == ""
    scritti |= {"q-novita": "Asilo aziendale", "q-lavoro-agile": "Sì, due giorni"}
    client.post(url, {**scritti, "q-dipendenti": "99", "vale-novita": "on", "versione": "1"})
    misure.refresh_from_db()
    assert misure.risposte == {"dipendenti": "99", "novita": "Asilo aziendale", "lavoro-agile": "Sì, due giorni"}
    invio = {**scritti, "q-dipendenti": "99", "versione": "2", "invia": "si"}
    risposta = client.post(url, invio)
    assert risposta.status_code == 422 and "valgono ancora, oppure cambiale" in risposta.content.decode()
    assert "Non ancora inviate" in risposta.content.decode(), "who presses «Invia» is told that they are not sent"
    assert client.post(url, {**invio, "rivista": "on"}).status_code == 422  # another version is there by now
    assert client.post(url, {**invio, "versione": "3", "rivista": "on"}).status_code == 302
    misure.refresh_from_db()
    assert misure.stato == "inviata" and misure.risposte["orario"] == ["Banca delle ore"]


def test_cleared_answer_of_last_year__stays_cleared(
    rilevazione, organizzazione_a, referente_a, manager, orologio, client_di
):
    tutte_inviate(rilevazione, manager, novita="Asilo aziendale")
    orologio(2027, 1, 20, 9)
    misure = di(operazioni.apri_rilevazione(2026, date(2027, 2, 28), manager), organizzazione_a)
    client_di(referente_a).post(misure.get_absolute_url(), {"q-novita": "", "versione": "1"})
    misure.refresh_from_db()
    assert misure.risposte["novita"] is None
    assert "Asilo" not in client_di(referente_a).get(misure.get_absolute_url()).content.decode()


def test_manager__answers_for_a_body_that_sent_paper(
    rilevazione, organizzazione_b, manager, referente_a, acs, client_di
):
    url = di(rilevazione, organizzazione_b).get_absolute_url()
    client_di(manager).post(url, {**DATI, "versione": "1", "invia": "si"})
    misure = di(rilevazione, organizzazione_b)
    assert misure.per_conto and misure.inviata_da == manager and misure.stato == "inviata"
    assert "scritte dal manager" in client_di(manager).get(url).content.decode()
    assert "<form" not in client_di(acs).get(url).content.decode().partition("main")[2].partition("</main>")[0]
    for utente in (acs, referente_a):
        with pytest.raises(PermissionDenied):
            operazioni.salva_misure(misure, utente, {"donne": 1})


def test_walls__a_body_reads_its_own_and_all_of_it_only_closed(
    rilevazione,
    organizzazione_a,
    organizzazione_b,
    referente_a,
    referente_b,
    manager,
    coordinamento,
    client_di,
    nuovo_utente,
):
    tutte_inviate(rilevazione, manager, novita="ZZNOVITA")
    di_b = di(rilevazione, organizzazione_b).get_absolute_url()
    insieme, esporta = (reverse(f"misure:{nome}", args=[rilevazione.pk]) for nome in ("sintesi", "esporta_enti"))
    assert client_di(referente_b).get(di_b).status_code == 200
    assert client_di(referente_a).get(di_b).status_code == client_di(referente_a).post(di_b, DATI).status_code == 404
    assert client_di(referente_a).get(insieme).status_code == 404
    html = client_di(referente_a).get(rilevazione.get_absolute_url()).content.decode()
    assert "ASIF" in html and "CS4" not in html
    operazioni.chiudi_rilevazione(rilevazione, manager)
    html = client_di(referente_a).get(insieme).content.decode()
    assert "mediana" in html and "ZZNOVITA" not in html and "speso per questi servizi" not in html
    assert "CS4" not in html and client_di(referente_a).get(esporta).status_code == 404
    for utente in (manager, coordinamento):
        html = client_di(utente).get(insieme).content.decode()
        assert "ZZNOVITA" in html and "CS4" in html and "speso per questi servizi" in html
    for nome in ("nuova", "chiudi", "scadenza", "elimina"):
        url = reverse(f"misure:{nome}", args=[] if nome == "nuova" else [rilevazione.pk])
        assert {client_di(u).post(url).status_code for u in (coordinamento, referente_a)} == {404}
    estraneo = nuovo_utente("estraneo")
    assert client_di(estraneo).get(reverse("misure:elenco")).status_code in (302, 403, 404)


def test_closed__is_only_read_until_it_is_opened_again(rilevazione, organizzazione_a, manager, referente_a, client_di):
    misure = di(rilevazione, organizzazione_a)
    operazioni.chiudi_rilevazione(rilevazione, manager)
    with pytest.raises(ValidationError, match="chiusa"):
        operazioni.salva_misure(misure, referente_a, {"donne": 3})
    risposta = client_di(referente_a).post(misure.get_absolute_url(), {"q-donne": "7", "versione": "1"})
    assert risposta.status_code == 422 and 'value="7"' in risposta.content.decode()
    with pytest.raises(ValidationError, match="chiusa"):
        operazioni.sollecita_adesso(rilevazione, manager)
    operazioni.riapri_rilevazione(rilevazione, manager)
    operazioni.salva_misure(misure, referente_a, {"donne": 3})
    with pytest.raises(ValidationError, match="già risposto"):
        operazioni.elimina_rilevazione(rilevazione, manager)


def test_reminders__are_few_and_only_for_who_has_not_answered(
    rilevazione, organizzazione_a, organizzazione_b, referente_a, referente_b, manager, orologio
):
    tutti = Organizzazione.objects.filter(chiave="comune-pergine")
    tutti.update(aderente_fino_al=date(2026, 2, 1))
    operazioni.invia_misure(
        di(rilevazione, organizzazione_b),
        referente_b,
        {
            "dipendenti": Decimal(1),
            "donne": Decimal(1),
            "lavoro-agile": True,
            "orario": ("Banca delle ore",),
            "servizi": ("Niente di questo",),
        },
    )
    MessaggioInUscita.objects.all().delete()
    call_command("sollecita_misure", "--dry-run", stdout=io.StringIO())
    for giorno in ((2, 13), (2, 14), (2, 14), (2, 25), (3, 4), (3, 18), (3, 30), (6, 1)):
        orologio(2026, *giorno, 6)
        call_command("sollecita_misure", stdout=io.StringIO())
    mandati = MessaggioInUscita.objects.values_list("email", "oggetto")
    assert {email for email, _ in mandati} == {referente_a.email} and len(mandati) == 4
    assert di(rilevazione, organizzazione_a).solleciti == 4
    assert [una.organizzazione for una in operazioni.sollecita_adesso(rilevazione, manager)] == [organizzazione_a]
    with pytest.raises(ValidationError, match="già scritto oggi"):
        operazioni.sollecita_adesso(rilevazione, manager, organizzazione_a.pk)
    with pytest.raises(ValidationError, match="nessuno"):
        operazioni.sollecita_adesso(rilevazione, manager, organizzazione_b.pk)


def test_manager_s_screens__open_follow_close_and_throw_away(manager, referente_a, orologio, client_di):
    client = client_di(manager)
    html = client.get(reverse("misure:nuova")).content.decode()
    assert 'value="2025"' in html and "2026-02-19" in html and "non ha nessuno a cui scrivere" in html
    assert client.post(reverse("misure:nuova"), {"anno": "2025", "scade_il": "2026-01-01"}).status_code == 422
    client.post(reverse("misure:nuova"), {"anno": "2025", "scade_il": "2026-02-28"})
    una = Rilevazione.objects.get()
    assert "0 su 6" in client.get(reverse("wagtailadmin_home")).content.decode()
    gesto = {
        nome: reverse(f"misure:{nome}", args=[una.pk])
        for nome in ("sollecita", "scadenza", "chiudi", "riapri", "elimina")
    }
    client.post(gesto["sollecita"])
    assert di(una, Organizzazione.objects.get(chiave="asif-chimelli")).ultimo_sollecito == date(2026, 1, 20)
    assert client.post(gesto["scadenza"], {"scade_il": "2026-01-02"}).status_code == 422
    client.post(gesto["scadenza"], {"scade_il": "2026-03-10"})
    assert "Dial Funghi" in client.get(gesto["chiudi"]).content.decode()
    client.post(gesto["chiudi"])
    una.refresh_from_db()
    assert una.scade_il == date(2026, 3, 10) and not una.aperta
    assert "10/03/2026" in client.get(reverse("misure:elenco")).content.decode()
    assert "Misure 2025" in client_di(referente_a).get(reverse("agenda:anno", args=[2026])).content.decode()
    client.post(gesto["riapri"])
    client.post(gesto["elimina"])
    assert not Rilevazione.objects.exists() and not MisureDellEnte.objects.exists()


def test_exports__clean_formulas_and_compare_years(rilevazione, manager, client_di, orologio):
    tutte_inviate(rilevazione, manager, novita="=1+1")
    operazioni.chiudi_rilevazione(rilevazione, manager)
    orologio(2027, 1, 20, 9)
    nuova = operazioni.apri_rilevazione(2026, date(2027, 2, 28), manager)
    tutte_inviate(nuova, manager, quante=2)
    url, client = reverse("misure:esporta_enti", args=[rilevazione.pk]), client_di(manager)
    csv = client.get(url).content.decode("utf-8-sig")
    assert "'=1+1" in csv and csv.count("\r\n") == 7
    insieme = client.get(reverse("misure:esporta", args=[nuova.pk]), {"formato": "xlsx"})
    foglio = load_workbook(io.BytesIO(insieme.content)).active
    righe = {riga[1]: riga for riga in foglio.iter_rows(values_only=True)}
    assert righe["Quante persone lavorano nell'organizzazione?"][5:] == (
        21,
        10.5,
        "in tutto 75, mediana 12,5 persone",
        -54,
    )
    assert client.get(url, {"formato": "pdf"}).status_code == 404


def test_lists__cost_the_same_with_many(rilevazione, manager, referente_a, client_di):
    tutte_inviate(rilevazione, manager, quante=2)
    pagine = [(manager, rilevazione.get_absolute_url()), (manager, reverse("misure:sintesi", args=[rilevazione.pk]))]
    pagine += [(manager, reverse("misure:elenco")), (referente_a, reverse("misure:elenco"))]

    def quante():
        conti = []
        for utente, url in pagine:
            client = client_di(utente)
            with CaptureQueriesContext(connection) as fatte:
                assert client.get(url).status_code == 200
            conti.append(len(fatte))
        return conti

    prima = quante()
    for n in range(12):
        ente = Organizzazione.objects.create(
            chiave=f"ente-{n}", denominazione=f"Ente {n}", aderente_dal=date(2020, 1, 1)
        )
        operazioni.aggiungi_ente(rilevazione, ente, manager)
    tutte_inviate(rilevazione, manager, quante=15)
    Rilevazione.objects.create(anno=2023, scade_il=SCADE, domande=[], aperta_da=manager)
    assert quante() == prima


def test_annual_report__has_them_once_closed_and_never_of_one_body(rilevazione, manager, programma, orologio):
    def capitolo(al):
        report = report_annuale.report_annuale(programma, al)
        dati = report_annuale.in_dati(report)["misure"]
        capitoli = {uno.titolo: uno for uno in report_annuale.in_corpo(report).capitoli}
        return dati, str(capitoli["Misure delle organizzazioni"]), list(DEL_REPORT[1].spunto(report))

    tutte_inviate(rilevazione, manager, quante=4, novita="ZZNOVITA")
    dati, detto, spunti = capitolo(date(2026, 1, 20))
    assert dati is None and "non è ancora chiusa" in detto and spunti == []
    orologio(2026, 3, 20, 9)
    operazioni.chiudi_rilevazione(rilevazione, manager)
    assert capitolo(date(2026, 3, 19))[0] is None
    dati, detto, spunti = capitolo(date(2026, 3, 20))
    quesiti = {uno["chiave"]: uno for uno in dati["quesiti"]}
    assert (dati["enti"], dati["inviate"], quesiti["dipendenti"]["somma"]) == (6, 4, 46)
    assert quesiti["lavoro-agile"]["conti"] == {"sì": 4, "no": 0}
    assert {"novita", "spesa-servizi"}.isdisjoint(quesiti) and "ZZNOVITA" not in detto
    assert "in tutto 46, mediana 11,5 persone" in detto and any("in tutto 46" in uno for uno in spunti)
