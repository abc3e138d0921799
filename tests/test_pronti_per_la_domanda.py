"""«Pronti per la domanda?»: the nine duties with state and proof, the window as data, one printout, no money."""

import json
from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from documenti.tipi import scrivi
from programma import operazioni
from programma.models import Criterio, DomandaDiContributo
from programma.selettori.domanda import DA_FARE, FATTO, IN_CORSO, IN_PARTE, NON_FATTO, ha_prova, prontezza
from programma.selettori.riassunto import CalendarioPersonale

from .punteggio_dati import criterio, evidenza, riconosci
from .scene.costo import quante_query

pytestmark = pytest.mark.django_db
NOVEMBRE = date(2025, 11, 3)


@pytest.fixture
def pagina(programma):
    return reverse("programma:domanda", args=[programma.pk])


def compito(pronta, codice):
    return next(c for c in pronta.compiti if c.riga.criterio.codice == codice)


def test_duties__are_the_nine_of_the_act_and_nothing_else(programma):
    pronta = prontezza(programma, NOVEMBRE)
    assert [c.riga.criterio.codice for c in pronta.compiti] == [f"M{n}" for n in range(1, 10)]
    assert not pronta.pronti and pronta.fatti == 0
    assert compito(pronta, "M9").che_cosa_manca == ["Manca il totale offerto, che scrive il manager"]


def test_duty__has_a_state_and_its_proofs(programma, distretto, nel):
    nel(NOVEMBRE)
    riconosci(distretto, criterio("M1"))
    riconosci(distretto, criterio("M2"), revocato="2025-05-01")
    riconosci(distretto, criterio("M3"), quantita=2)
    evidenza(distretto, criterio("M6"), stato="inviata")
    pronta = prontezza(programma, NOVEMBRE)
    stati = {codice: compito(pronta, codice).stato for codice in ("M1", "M2", "M3", "M6")}
    assert stati == {"M1": FATTO, "M2": DA_FARE, "M3": IN_CORSO, "M6": IN_CORSO}
    assert len(compito(pronta, "M1").prove) == 1 and not compito(pronta, "M2").prove
    assert len(compito(pronta, "M1").senza_file) == 1 and not compito(pronta, "M1").che_cosa_manca
    assert compito(pronta, "M3").che_cosa_manca[0].startswith("Mancano 3 incontri")
    chiusi = {codice: replace(compito(pronta, codice), chiuso=True).stato for codice in stati}
    assert chiusi == {"M1": FATTO, "M2": NON_FATTO, "M3": IN_PARTE, "M6": IN_PARTE}


@pytest.mark.parametrize("campo", ["link", "fonte_id", "progettualita_id"])
def test_proof__without_a_file_may_be_a_link_a_sheet_or_a_content(programma, distretto, campo):
    prova = riconosci(distretto, criterio("M1")).evidenza
    assert not ha_prova(prova)
    setattr(prova, campo, ["https://example.org/verbale"] if campo == "link" else 1)
    assert ha_prova(prova)


def test_proofs__are_those_that_made_the_score_of_that_day(programma, distretto, nel):
    nel(NOVEMBRE)
    riconosci(distretto, criterio("M1"), deciso="2025-06-02")
    riconosci(distretto, criterio("M2"), deciso="2025-04-01", revocato="2025-05-01")
    for giorno, con_prove in ((date(2025, 4, 10), {"M2"}), (date(2025, 6, 1), set()), (date(2025, 6, 2), {"M1"})):
        pronta = prontezza(programma, giorno)
        assert {c.riga.criterio.codice for c in pronta.compiti if c.prove} == con_prove


def test_ready__is_when_every_duty_is_done(programma, distretto, nel):
    nel(date(2025, 6, 1))
    Criterio.objects.filter(codice="M9").update(offerto=1)
    for c in Criterio.objects.del_programma(programma).filter(azione=None):
        quante = 2 if c.codice in ("M5", "M8") else 5
        nomi = list(distretto._meta.model.objects.aderenti_al(NOVEMBRE)[:2])
        riconosci(distretto, c, quantita=quante, nominate=nomi, deciso="2025-06-02")
    pronta = prontezza(programma, NOVEMBRE)
    assert pronta.pronti and pronta.fatti == 9


@pytest.mark.parametrize(
    ("giorno", "detto"), [(date(2026, 1, 9), "prima"), (date(2026, 1, 31), "aperta"), (date(2026, 3, 1), "chiusa")]
)
def test_window__is_data(giorno, detto, programma, manager):
    assert prontezza(programma, giorno).finestra == ""
    finestra = DomandaDiContributo(
        programma=programma, si_chiede=True, apre=date(2026, 1, 10), chiude=date(2026, 2, 28)
    )
    operazioni.salva_domanda(finestra, manager)
    assert prontezza(programma, giorno).finestra == detto


def test_page__keeps_switch_and_window_and_reminds_of_the_last_day(programma, pagina, manager, client_di, nel):
    nel(NOVEMBRE)
    client = client_di(manager)
    assert "Nessuno ha ancora scritto" in client.get(pagina).content.decode()
    client.post(pagina, {"si_chiede": "on", "apre": "2026-01-10", "chiude": "2026-02-28", "dove": "Sportello"})
    testo = " ".join(client.get(pagina).content.decode().split())
    assert "Non ancora" in testo and "dal 10 gennaio 2026 al 28 febbraio 2026" in testo and "Sportello" in testo
    titoli = [s.titolo for s in CalendarioPersonale(manager, NOVEMBRE).scadenze]
    assert "Domanda di contributo 2025: ultimo giorno" in titoli
    client.post(pagina, {"apre": "2026-01-10", "chiude": "2026-02-28"})
    assert "il contributo non si chiede" in client.get(pagina).content.decode()
    assert "€" not in testo and "euro" not in testo.lower().replace("europe", "")


@pytest.mark.parametrize(
    "dati", [{"apre": "2026-03-01", "chiude": "2026-02-01"}, {"chiude": "9999-12-31"}, {"dove": "x\0"}, {"apre": "boh"}]
)
def test_page__says_what_is_wrong_and_keeps_what_was_typed(dati, pagina, manager, client_di):
    risposta = client_di(manager).post(pagina, {"si_chiede": "on", "dove": "Sportello", **dati})
    assert risposta.context["form"].errors and not DomandaDiContributo.objects.exists()


def test_request__is_the_manager_s_to_write(programma, pagina, acs, referente_a, client_di):
    for utente in (acs, referente_a):
        assert client_di(utente).get(pagina).status_code == 404
        with pytest.raises(PermissionDenied):
            operazioni.salva_domanda(DomandaDiContributo(programma=programma), utente)


def test_printout__says_the_same(programma, manager, client_di, pango, distretto):
    riconosci(distretto, criterio("M1"))
    risposta = client_di(manager).get(reverse("documenti:documento", args=[2025, "compiti-del-manager", "pdf"]))
    assert risposta["Content-Type"] == "application/pdf" and risposta.content.startswith(b"%PDF")
    dati = json.loads(scrivi("compiti-del-manager", programma, NOVEMBRE, "json"))
    assert [c["codice"] for c in dati["compiti"]] == [f"M{n}" for n in range(1, 10)] and not dati["pronti"]
    assert dati["compiti"][0]["stato"] == FATTO and len(dati["compiti"][0]["prove"]) == 1


def test_page__costs_the_same_with_much_and_with_little(programma, pagina, manager, client_di, distretto):
    client = client_di(manager)
    riconosci(distretto, criterio("M3"))
    prima, _ = quante_query(pagina, client)
    for _ in range(20):
        riconosci(distretto, criterio("M3"))
    dopo, elenco = quante_query(pagina, client)
    assert dopo == prima, elenco
