"""Meetings: who writes and reads them, what they serve once closed, and that a decision is taken once."""

import datetime
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organizzazioni.models import Organizzazione
from programma import operazioni as evidenze
from programma.models import Evidenza, Riconoscimento
from registri.caricamento import carica_tipi
from registri.models import Partecipante, PassaggioDellaRiunione, Riunione, TipoRiunione
from registri.riunioni import operazioni, selettori
from registri.riunioni.flusso_riunioni import RiunioneFerma
from registri.riunioni.forms import RIGHE_MASSIMO, righe_degli_invitati

from .scene.riunioni import AMMINISTRATIVA, COORDINATORE, GIORNO, tipo

pytestmark = pytest.mark.django_db
DUE = [("Anna Bianchi", "comune-pergine", COORDINATORE), ("Bruno Neri", "asif-chimelli", AMMINISTRATIVA)]
PERCHE = "Incontro con tutti e due, convocato come riunione formale"


def codici(riunione):
    return {p.criterio.codice: p.serve for p in selettori.proposte(Riunione.objects.complete().get(pk=riunione.pk))}


# -- what it serves -------------------------------------------------------------------------------------------


def test_kinds__come_from_the_district_s_file_once():
    assert TipoRiunione.objects.count() == 8 and tipo("gruppo-di-lavoro").ogni_mesi == 3
    assert [c.codice for c in tipo("inter-distretto").criteri.all()] == ["P3.1", "M3"]
    assert tipo("inter-distretto").criteri.first().enti.count() == 2
    assert carica_tipi(Path("non/c/e")) == 0
    TipoRiunione.objects.all().delete()
    assert carica_tipi(Path("non/c/e")) == 6


def test_m2__both_persons_and_m3_with_minutes(tieni):
    assert codici(tieni("coordinamento", DUE)) == {"M2": True, "M3": False}
    assert codici(tieni("coordinamento", DUE, verbale="Si approva")) == {"M2": True, "M3": True}
    assert codici(tieni("coordinamento", DUE, assenti=["Bruno Neri"], verbale="Sì")) == {"M2": False, "M3": True}


def test_actions__by_kind_and_body(tieni):
    uno, due = ("Ada", "distretto-famiglia-alta-valsugana", ""), ("Ugo", "distretto-educazione", "")
    assert codici(tieni("tavolo-territoriale", [uno]))["P1.1"]
    assert not codici(tieni("tavolo-territoriale", [("Eva", "cs4", "")], assenti=["Ada"]))["P1.1"]
    assert codici(tieni("inter-distretto", [uno, due]))["P3.1"]
    assert not codici(tieni("inter-distretto", [uno, due], assenti=["Ugo"]))["P3.1"]
    assert codici(tieni("sotto-gruppo"))["P4.1"]


def test_closing__gives_evidence_that_waits_for_who_did_not_write_it(tieni, manager, coordinamento, distretto):
    riunione = tieni("coordinamento", DUE, verbale="Si approva", titolo="Bilancio del trimestre")
    with pytest.raises(ValidationError, match="perché la stessa riunione vale per M2 e M3"):
        operazioni.chiudi(riunione, manager, ["M2", "M3"])
    operazioni.chiudi(riunione, manager, ["M2", "M3"], PERCHE)
    nate = {e.fonte_criterio.codice: e for e in Evidenza.objects.nate_da(riunione)}
    assert set(nate) == {"M2", "M3"}
    m2 = nate["M2"]
    assert (m2.stato, m2.data, m2.organizzazione) == ("inviata", GIORNO, distretto)
    assert m2.argomento == "Bilancio del trimestre"
    assert "Anna Bianchi (Comune di Pergine" in m2.persone_coinvolte and "coordinatore" in m2.persone_coinvolte
    assert "M2: È una riunione di questo tipo; presenti manager territoriale" in m2.descrizione
    assert {e.chiave for e in m2.organizzazioni.all()} == {"comune-pergine", "asif-chimelli"}
    with pytest.raises(PermissionDenied):
        evidenze.approva(m2, manager)
    evidenze.approva(m2, coordinamento)
    assert Riconoscimento.objects.filter(criterio__codice="M2", revocato_il=None).count() == 1


def test_closing__refuses_what_it_does_not_serve_and_keeps_nothing(tieni, manager):
    riunione = tieni("coordinamento", DUE, assenti=["Anna Bianchi"])
    for codice in ("M2", "P7.1"):
        with pytest.raises(ValidationError):
            operazioni.chiudi(riunione, manager, [codice])
    assert Riunione.objects.get(pk=riunione.pk).stato == "tenuta" and not Evidenza.objects.exists()


def test_closed_again__what_did_not_change_stays_decided_and_what_did_waits(tieni, manager, coordinamento):
    riunione = tieni("coordinamento", DUE, verbale="Sì")
    operazioni.chiudi(riunione, manager, ["M2"])
    evidenza = evidenze.approva(Evidenza.objects.get(), coordinamento)
    operazioni.riapri(riunione, manager, "Un refuso")
    operazioni.salva_verbale(riunione, manager, "Sì, senza refusi", [])
    operazioni.chiudi(riunione, manager, ["M2"])
    assert [e.stato for e in Evidenza.objects.all()] == ["approvata"]
    operazioni.riapri(riunione, manager, "Mancava una persona")
    operazioni.salva_partecipanti(riunione, manager, [Partecipante(nome="Carla Verdi", partecipazione="presente")])
    operazioni.chiudi(riunione, manager, ["M2"])
    evidenza.refresh_from_db()
    assert evidenza.stato == "revocata"
    nuova = Evidenza.objects.nate_da(riunione).get()
    assert nuova.stato == "inviata" and "Carla Verdi" in nuova.persone_coinvolte


def test_revoked_by_a_person__is_given_back_only_by_a_person(tieni, manager, coordinamento):
    riunione = tieni("coordinamento", DUE)
    operazioni.chiudi(riunione, manager, ["M2"])
    evidenza = evidenze.approva(Evidenza.objects.get(), coordinamento)
    evidenze.revoca(evidenza, coordinamento, "Non risulta")
    assert not Evidenza.objects.filter(stato="approvata").exists()
    operazioni.riapri(riunione, manager, "Ricontrollo")
    operazioni.chiudi(riunione, manager, ["M2"])
    assert Evidenza.objects.nate_da(riunione).get().stato == "inviata"
    assert not Riconoscimento.objects.filter(revocato_il=None).exists()


def test_dropped__a_criterion_not_given_again_falls(tieni, manager, coordinamento):
    riunione = tieni("coordinamento", DUE)
    operazioni.chiudi(riunione, manager, ["M2"])
    evidenze.approva(Evidenza.objects.get(), coordinamento)
    operazioni.riapri(riunione, manager, "Non vale")
    operazioni.chiudi(riunione, manager, [])
    assert not Riconoscimento.objects.filter(revocato_il=None).exists()


def test_day__of_no_programme_closes_without_evidence(tieni, manager):
    riunione = tieni("coordinamento", DUE, giorno=datetime.date(2024, 5, 6))
    assert codici(riunione) == {} and "2024" in selettori.perche_nessuna(riunione)
    assert operazioni.chiudi(riunione, manager, []).stato == "chiusa"


# -- writing --------------------------------------------------------------------------------------------------


def test_new_meeting__invites_whoever_was_at_the_last_of_its_kind(prepara, manager):
    prima = prepara("coordinamento", DUE)
    assert prima.partecipanti.first().nome == str(manager)
    dopo = prepara("coordinamento", giorno=GIORNO + datetime.timedelta(days=90))
    assert [uno.nome for uno in dopo.partecipanti.all()] == [str(manager), "Anna Bianchi", "Bruno Neri"]
    assert not any(uno.partecipazione for uno in dopo.partecipanti.all())
    assert prepara("operativo").partecipanti.count() == 1


def test_seat__goes_round_the_members(prepara):
    giorno = datetime.date(2025, 10, 7)
    aderenti = list(Organizzazione.objects.aderenti_al(giorno).order_by("aderente_dal", "denominazione"))
    visti = []
    for n in range(len(aderenti)):
        sede = selettori.sede_proposta(giorno)
        visti.append(sede)
        prepara(sede=sede, giorno=giorno + datetime.timedelta(days=n))
    assert visti == aderenti and selettori.sede_proposta(giorno) == aderenti[0]


def test_attendance__not_before_the_day_and_makes_it_held(prepara, manager):
    futura = prepara(giorno=datetime.date(2090, 1, 1))
    with pytest.raises(ValidationError, match="dal giorno"):
        operazioni.registra_presenze(futura, manager, {})
    riunione = operazioni.registra_presenze(prepara(), manager, {}, [("Ospite Uno", "Banca")])
    ospite = riunione.partecipanti.get(nome="Ospite Uno")
    assert riunione.stato == "tenuta" and ospite.presente and not ospite.invitato and ospite.ente == "Banca"
    assert [p.a for p in PassaggioDellaRiunione.objects.filter(riunione=riunione)] == ["tenuta"]


def test_closed__is_frozen(tieni, manager):
    riunione = operazioni.chiudi(tieni("operativo"), manager, [])
    for gesto in (
        lambda: operazioni.salva_riunione(riunione, manager),
        lambda: operazioni.salva_partecipanti(riunione, manager, [Partecipante(nome="Altro")]),
        lambda: operazioni.registra_presenze(riunione, manager, {}),
        lambda: operazioni.salva_verbale(riunione, manager, "x", []),
        lambda: operazioni.allega_file(riunione, manager, SimpleUploadedFile("a.txt", b"a"), "altro"),
        lambda: operazioni.elimina(riunione, manager),
    ):
        with pytest.raises(ValidationError):
            gesto()
    with pytest.raises(RiunioneFerma):
        operazioni.annulla(riunione, manager, "No")


def test_writing__is_the_manager_s_alone(prepara, referente_a, coordinamento, acs):
    riunione = prepara()
    for utente in (referente_a, coordinamento, acs):
        for gesto in (
            lambda u: operazioni.salva_riunione(riunione, u),
            lambda u: operazioni.salva_riunione(Riunione(tipo=tipo("operativo"), titolo="x", giorno=GIORNO), u),
            lambda u: operazioni.registra_presenze(riunione, u, {}),
            lambda u: operazioni.annulla(riunione, u, "No"),
            lambda u: operazioni.elimina(riunione, u),
        ):
            with pytest.raises(PermissionDenied):
                gesto(utente)


def test_two_people__who_saves_second_is_told_and_loses_nothing(tieni, manager, client_di):
    riunione = tieni("operativo")
    operazioni.salva_verbale(riunione, manager, "Di un'altra persona", [])
    client, indirizzo = client_di(manager), reverse("riunioni:verbale", args=[riunione.pk])
    dati = {"verbale": "Il mio testo", "versione": riunione.versione, "righe-TOTAL_FORMS": 0, "righe-INITIAL_FORMS": 0}
    risposta = client.post(indirizzo, dati)
    html = risposta.content.decode()
    assert risposta.status_code == 422 and "Il mio testo" in html and "salva di nuovo" in html
    dati["versione"] = Riunione.objects.get(pk=riunione.pk).versione
    assert client.post(indirizzo, dati).status_code == 302
    assert Riunione.objects.get(pk=riunione.pk).verbale == "Il mio testo"


# -- the screens ----------------------------------------------------------------------------------------------


def test_screens__a_meeting_from_new_to_closed(client_di, manager, programma):
    client = client_di(manager)
    nuova = reverse("riunioni:nuova")
    html = client.get(nuova).content.decode()
    assert "Nuova riunione" in html
    dati = {
        "tipo": tipo("coordinamento").pk,
        "titolo": "Piano d'autunno",
        "giorno": "2025-10-07",
        "dalle": "09:00",
        "alle": "10:30",
        "luogo": "Sala piccola",
        "chiave": "0c7a3c1e-2a51-4c0e-8f1e-111111111111",
    }
    risposta = client.post(nuova, dati)
    riunione = Riunione.objects.get()
    assert risposta["Location"] == reverse("riunioni:invitati", args=[riunione.pk])
    assert client.post(nuova, dati).status_code == 302 and Riunione.objects.count() == 1
    comune, asif = (Organizzazione.objects.get(chiave=c) for c in ("comune-pergine", "asif-chimelli"))
    righe = {
        "righe-TOTAL_FORMS": 3,
        "righe-INITIAL_FORMS": 1,
        "righe-0-riga": riunione.partecipanti.get().pk,
        "righe-0-nome": "La manager",
        "righe-0-ruolo": "manager_territoriale",
        "righe-1-nome": "Anna Bianchi",
        "righe-1-organizzazione": comune.pk,
        "righe-1-ruolo": COORDINATORE,
        "righe-2-nome": "Bruno Neri",
        "righe-2-organizzazione": asif.pk,
        "righe-2-ruolo": AMMINISTRATIVA,
    }
    assert client.post(reverse("riunioni:invitati", args=[riunione.pk]), righe).status_code == 302
    persone = list(riunione.partecipanti.all())
    assert [p.nome for p in persone] == ["La manager", "Anna Bianchi", "Bruno Neri"]
    presenze = reverse("riunioni:presenze", args=[riunione.pk])
    html = client.get(presenze).content.decode()
    assert "Presente il manager" in html and html.count('type="radio"') == 15
    segni = {f"p{p.pk}": "presente" for p in persone}
    assert client.post(presenze, {**segni, "altri": "Carla Verdi; Banca\n"}).status_code == 302
    verbale = {
        "verbale": "Si parte",
        "decisioni": "Prima\nSeconda",
        "righe-TOTAL_FORMS": 1,
        "righe-INITIAL_FORMS": 0,
        "righe-0-che_cosa": "Chiedere i preventivi",
        "righe-0-entro": "2025-11-01",
    }
    assert client.post(reverse("riunioni:verbale", args=[riunione.pk]), verbale).status_code == 302
    file = {"genere": "firme", "file": SimpleUploadedFile("firme.txt", b"Anna, Bruno")}
    client.post(reverse("riunioni:allega", args=[riunione.pk]), file)
    chiudi = reverse("riunioni:chiudi", args=[riunione.pk])
    html = client.get(chiudi).content.decode()
    assert "M2" in html and "presenti manager territoriale" in html
    assert client.post(chiudi, {"criteri": ["M2", "M3"], "perche_insieme": ""}).status_code == 422
    assert client.post(chiudi, {"criteri": ["M2", "M3"], "perche_insieme": PERCHE}).status_code == 302
    html = client.get(riunione.get_absolute_url()).content.decode()
    for detto in ("Chiusa", "Seconda", "Chiedere i preventivi", "firme.txt", "Carla Verdi", "Evidenza per M2"):
        assert detto in html, detto
    seguito = riunione.seguiti.get()
    client.post(reverse("riunioni:fatto", args=[riunione.pk]), {"seguito": seguito.pk})
    seguito.refresh_from_db()
    assert seguito.fatto_il and seguito.entro == datetime.date(2025, 11, 1)


STRANI = ["9" * 40, "²", "a\x00b", "-1", "x" * 25000, "9999-12-31", "25:61"]


@pytest.mark.parametrize("strano", STRANI, ids=ascii)
def test_bad_input__is_said_and_breaks_nothing(prepara, tieni, client_di, manager, strano):
    client, riunione, tenuta = client_di(manager), prepara(), tieni(verbale="Si parte")
    for nome, quale in (("modifica", riunione), ("invitati", riunione), ("presenze", tenuta), ("verbale", tenuta)):
        campi = (
            "tipo",
            "titolo",
            "giorno",
            "dalle",
            "alle",
            "sede",
            "versione",
            "chiave",
            "altri",
            "verbale",
            "decisioni",
        )
        righe = ("riga", "nome", "email", "organizzazione", "ruolo", "entro", "che_cosa", "togli")
        dati = dict.fromkeys(campi, strano) | {f"righe-0-{campo}": strano for campo in righe}
        dati |= {f"p{uno.pk}": strano for uno in quale.partecipanti.all()}
        risposta = client.post(
            reverse(f"riunioni:{nome}", args=[quale.pk]), {**dati, "righe-TOTAL_FORMS": 1, "righe-INITIAL_FORMS": 0}
        )
        assert risposta.status_code in (302, 422), (nome, risposta.status_code)
        assert (
            client.post(reverse(f"riunioni:{nome}", args=[quale.pk]), {"righe-TOTAL_FORMS": strano}).status_code < 500
        )
    for nome, dati in (("fatto", {"seguito": strano}), ("togli_file", {"file": strano})):
        assert client.post(reverse(f"riunioni:{nome}", args=[tenuta.pk]), dati).status_code in (302, 404)
    assert client.post(reverse("riunioni:chiudi", args=[tenuta.pk]), {"criteri": strano}).status_code == 422


def test_file__of_a_kind_that_is_not_accepted_is_refused_in_words(prepara, client_di, manager):
    riunione = prepara()
    indirizzo = reverse("riunioni:allega", args=[riunione.pk])
    risposta = client_di(manager).post(
        indirizzo, {"genere": "altro", "file": SimpleUploadedFile("a.exe", b"MZ")}, follow=True
    )
    assert "tipo accettato" in risposta.content.decode() and not riunione.file.exists()


# -- who reads ------------------------------------------------------------------------------------------------


def test_referent__sees_meetings_where_their_body_is_and_its_people_only(
    tieni, prepara, manager, referente_a, referente_b, coordinamento, acs, client_di
):
    sua = tieni("operativo", [("Gina Della Cs", "cs4", ""), ("Pio Di Asif", "asif-chimelli", "")], titolo="Comune")
    tieni("sotto-gruppo", [("Tea Del Comune", "comune-pergine", "")], titolo="Altrui")
    prepara("operativo", [("Gina", "cs4", "")], titolo="In preparazione")
    visti = {
        u.username: set(Riunione.objects.visibili_a(u).values_list("titolo", flat=True))
        for u in (manager, coordinamento, acs, referente_a, referente_b)
    }
    assert visti == {
        "manager": {"Comune", "Altrui", "In preparazione"},
        "coordinamento": {"Comune", "Altrui"},
        "acs": {"Comune", "Altrui"},
        "referente_a": {"Comune"},
        "referente_b": {"Comune"},
    }
    html = client_di(referente_b).get(sua.get_absolute_url()).content.decode()
    assert "Gina Della Cs" in html and "Pio Di Asif" not in html and str(manager) not in html
    assert "ASIF Chimelli" in html
    assert str(selettori.presenti_per(referente_b, Riunione.objects.complete().get(pk=sua.pk))).endswith(
        "altri: 1; ASIF Chimelli: 1"
    )
    for chi in (coordinamento, acs):
        assert "Pio Di Asif" in client_di(chi).get(sua.get_absolute_url()).content.decode()


def test_files__are_for_who_reads_the_names(tieni, manager, referente_b, coordinamento, acs, client_di):
    riunione = tieni("operativo", [("Gina", "cs4", "")])
    file = operazioni.allega_file(riunione, manager, SimpleUploadedFile("firme.txt", b"Gina"), "firme")
    risposte = {u.username: client_di(u).get(file.get_absolute_url()).status_code for u in (manager, acs, referente_b)}
    assert risposte == {"manager": 200, "acs": 200, "referente_b": 404}
    assert client_di(manager).get(reverse("riunioni:file", args=[10**30, file.chiave])).status_code == 404
    assert "firme.txt" not in client_di(referente_b).get(riunione.get_absolute_url()).content.decode()


def test_files__of_what_is_only_being_prepared_are_the_manager_s(prepara, manager, acs, client_di):
    file = operazioni.allega_file(prepara(), manager, SimpleUploadedFile("bozza.txt", b"Gina"), "altro")
    risposte = [client_di(u).get(file.get_absolute_url()).status_code for u in (manager, acs)]
    assert risposte == [200, 404]


def test_rows__are_never_more_than_a_page_shows(prepara):
    righe = righe_degli_invitati(prepara(), {"righe-TOTAL_FORMS": "9" * 40, "righe-INITIAL_FORMS": 0})
    assert len(righe.forms) == RIGHE_MASSIMO and righe.non_form_errors()


def test_list__costs_the_same_with_many(prepara, tieni, client_di, manager, referente_b):
    def quante(chi):
        client = client_di(chi)
        client.get(reverse("riunioni:elenco"))
        with CaptureQueriesContext(
            connection,
        ) as fatte:
            assert client.get(reverse("riunioni:elenco")).status_code == 200
        return len(fatte)

    tieni("operativo", [("Gina", "cs4", "")])
    prima = quante(manager), quante(referente_b)
    for n in range(12):
        tieni("operativo", [("Gina", "cs4", ""), ("Ugo", "soste", "")], titolo=f"Riunione {n}")
    assert (quante(manager), quante(referente_b)) == prima


def test_one_meeting__costs_the_same_with_many_people(tieni, client_di, manager):
    def quante(riunione):
        client = client_di(manager)
        client.get(riunione.get_absolute_url())
        with CaptureQueriesContext(connection) as fatte:
            client.get(riunione.get_absolute_url())
            client.get(reverse("riunioni:presenze", args=[riunione.pk]))
            client.get(reverse("riunioni:invitati", args=[riunione.pk]))
            client.get(reverse("riunioni:chiudi", args=[riunione.pk]))
        return len(fatte)

    poche = quante(tieni("coordinamento", DUE))
    tante = [(f"Persona {n}", ente, "") for n in range(5) for ente in ("cs4", "soste", "dial-funghi")]
    assert quante(tieni("coordinamento", [*DUE, *tante])) == poche
