"""Closing freezes: what is kept, who downloads it, what answers from it, what a second closing leaves of the first."""

import hashlib
import io
import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from base.solo_aggiunte import NonSiCambia
from home.demo.orologio import orologio
from programma import operazioni
from programma.esportazioni import punteggio_csv, punteggio_json, punteggio_tabella, punteggio_testo
from programma.models import Chiusura, Criterio
from programma.punteggi import VERSIONE_REGOLE, regole
from programma.selettori.chiusure import quadro_congelato
from programma.selettori.punteggio import quadro_punteggio, ricalcola

from .punteggio_dati import alle, criterio, riconosci

pytestmark = pytest.mark.django_db


def punteggi(*argomenti):
    uscita = io.StringIO()
    call_command("punteggi", *argomenti, stdout=uscita)
    return uscita.getvalue()


@pytest.fixture
def anno(programma, organizzazione_a, organizzazione_b):
    with orologio(alle("2025-06-01")):
        Criterio.objects.filter(codice="M9").update(offerto=Decimal("12.5"))
    riconosci(organizzazione_a, criterio("M9"), quantita="2.25", deciso="2025-06-10")
    riconosci(organizzazione_a, criterio("M5"), nominate=[organizzazione_b], deciso="2025-06-11")
    riconosci(organizzazione_b, criterio("M2"), deciso="2025-06-12", revocato="2025-07-01")
    riconosci(organizzazione_b, criterio("P8.1"), quantita=7, deciso="2025-06-13")
    return programma


@pytest.fixture
def chiuso(anno, manager):
    operazioni.chiudi_programma(anno, manager)
    return anno


def test_closing__keeps_what_made_the_score_with_its_digest(chiuso, manager, organizzazione_b):
    chiusura = Chiusura.objects.get()
    assert chiusura.intatta and chiusura.sha256 == hashlib.sha256(chiusura.contenuto.encode()).hexdigest()
    assert (chiusura.chiuso_da, chiusura.regole) == (manager, VERSIONE_REGOLE)
    dati = json.loads(chiusura.contenuto)
    assert (dati["regole"], dati["chiuso_da"], dati["programma"]["anno"]) == (VERSIONE_REGOLE, str(manager), 2025)
    ente = next(o for o in dati["organizzazioni"] if o["chiave"] == organizzazione_b.chiave)
    assert (ente["aderente_dal"], ente["family_audit"]) == ("2022-07-15", True)
    righe = {riga["criterio"]: riga for riga in dati["riconoscimenti"]}
    assert righe["M5"]["organizzazioni"] == [organizzazione_b.chiave] and righe["M2"]["revocato_il"]
    voce = next(v for v in dati["punteggio"]["voci"] if v["codice"] == "M9")
    assert voce["righe"][0]["criterio"]["offerto"] == "12.50" and voce["righe"][0]["punteggio"]["punteggio"] == "36.00"


def test_closing__is_never_changed_nor_deleted(chiuso):
    chiusura = Chiusura.objects.get()
    for vietata in (chiusura.save, chiusura.delete, lambda: Chiusura.objects.update(regole="2")):
        with pytest.raises(NonSiCambia):
            vietata()


@pytest.mark.parametrize("scrivi", [punteggio_json, punteggio_csv, punteggio_testo, punteggio_tabella])
def test_frozen__says_in_every_format_what_is_reckoned(chiuso, scrivi):
    congelato, vivo = quadro_punteggio(chiuso, timezone.localdate()), ricalcola(chiuso, timezone.localdate())
    assert congelato.chiusura and not vivo.chiusura
    assert scrivi(congelato) == scrivi(vivo)


@pytest.mark.parametrize("formato", ["testo", "json", "csv"])
def test_scores__of_a_closed_year_answers_from_it_whatever_the_rules_of_tomorrow(chiuso, monkeypatch, formato):
    risposta = punteggi("2025", "--formato", formato)
    for regola in regole.REGOLE_DI_CALCOLO:
        monkeypatch.setitem(regole.REGOLE_DI_CALCOLO, regola, regole._realizzazione)
    assert punteggi("2025", "--formato", formato) == risposta
    with orologio(timezone.now() + timedelta(days=400)):
        assert punteggi("2025", "--formato", formato) == risposta
    assert punteggi("2025", "--formato", formato, "--al", "2025-12-31") != risposta


def test_page__shows_it_beside_another_reckoning_only_if_they_differ(chiuso, manager, client_di, monkeypatch):
    pagina = client_di(manager).get(reverse("programma:punteggio")).content.decode()
    assert "Ricalcolato ora è lo stesso" in pagina and Chiusura.objects.get().sha256 in pagina
    monkeypatch.setitem(regole.REGOLE_DI_CALCOLO, "soglia", regole._realizzazione)
    pagina = client_di(manager).get(reverse("programma:punteggio")).content.decode()
    assert "qualche criterio dà un altro conto" in pagina
    assert "2,25 su 6,25 (50% di 12,5 ore offerte) = 36%" in pagina and "1 evidenza approvata = 100%" in pagina


def test_not_intact__is_said_and_does_not_answer(chiuso, manager, client_di):
    _scrivi_di_nascosto(Chiusura.objects.get().pk, Chiusura.objects.get().contenuto.replace("36.00", "99.00"))
    with pytest.raises(CommandError, match="l'impronta è diversa"):
        punteggi("2025")
    pagina = client_di(manager).get(reverse("programma:punteggio")).content.decode()
    assert "non è più quello che fu scritto" in pagina


def _scrivi_di_nascosto(chiave, contenuto):
    """As nobody can by the models."""
    with connection.cursor() as cursore:
        cursore.execute("UPDATE programma_chiusura SET contenuto = %s WHERE id = %s", [contenuto, chiave])


def test_reopening__leaves_the_first_and_a_second_closing_adds_its_own(chiuso, manager, organizzazione_a):
    prima = Chiusura.objects.get()
    operazioni.riapri_programma(chiuso, manager, "Ricorso accolto")
    assert quadro_punteggio(chiuso, timezone.localdate()).chiusura is None
    riconosci(organizzazione_a, criterio("M1"), deciso=timezone.now())
    operazioni.chiudi_programma(chiuso, manager)
    seconda, ancora = Chiusura.objects.all()
    assert ancora == prima and ancora.contenuto == prima.contenuto and seconda.sha256 != prima.sha256
    punti = [
        {r.criterio.codice: r.punteggio.punteggio for r in quadro_congelato(c, chiuso, timezone.localdate()).righe}
        for c in (prima, seconda)
    ]
    assert [p["M1"] for p in punti] == [0, 100]
    assert quadro_punteggio(chiuso, timezone.localdate()).chiusura == seconda


def test_before_the_fields_had_their_name__reads_the_same_and_its_text_is_not_touched(chiuso):
    """A closing of format 1 keeps under `evidenza` what a criterion asks."""
    chiusura = Chiusura.objects.get()
    dati = json.loads(chiusura.contenuto) | {"formato": 1}
    for riga in (riga for voce in dati["punteggio"]["voci"] for riga in voce["righe"]):
        riga["criterio"]["evidenza"] = riga["criterio"].pop("campi_richiesti")
    di_prima = Chiusura(programma=chiuso, contenuto=json.dumps(dati), chiuso_il=chiusura.chiuso_il)
    letti = [
        {r.criterio.codice: (r.criterio.campi_richiesti, r.punteggio) for r in quadro.righe}
        for quadro in (quadro_congelato(c, chiuso, timezone.localdate()) for c in (chiusura, di_prima))
    ]
    assert letti[0] == letti[1] and letti[1]["M3"][0] == ["data", "argomento", "persone_coinvolte|organizzazioni"]


def test_download__who_reads_everything_and_nobody_else(
    chiuso, manager, coordinamento, acs, referente_a, client_di, client
):
    chiusura = Chiusura.objects.get()
    url = reverse("programma:punteggio_esporta")
    domanda = {"formato": "chiusura", "chiusura": chiusura.pk}
    for utente in (manager, coordinamento, acs):
        risposta = client_di(utente).get(url, domanda)
        assert hashlib.sha256(risposta.content).hexdigest() == chiusura.sha256
        assert f'filename="punteggio-2025-chiusura-{chiusura.pk}.json"' in risposta["Content-Disposition"]
    assert client_di(referente_a).get(url, domanda).status_code == 404
    assert client.get(url, domanda).status_code == 302
    for sbagliata in ("", "x", "-1", str(chiusura.pk + 1), "9" * 30):
        assert client_di(acs).get(url, {**domanda, "chiusura": sbagliata}).status_code == 404


def test_referent__reads_of_it_the_criteria_of_their_actions_and_no_file(chiuso, referente_a, client_di):
    risposta = client_di(referente_a).get(reverse("programma:punteggio"))
    quadro = risposta.context["quadro"]
    assert quadro.chiusura and {v.codice for v in quadro.voci} == {"P1", "P4", "P5", "P7", "P8", "P9", "P10"}
    assert "formato=chiusura" not in risposta.content.decode()


def test_body__what_one_body_submitted_is_reckoned(chiuso, organizzazione_a):
    quadro = quadro_punteggio(chiuso, timezone.localdate(), organizzazione_a)
    assert quadro.chiusura is None and quadro.organizzazione == organizzazione_a
    m2 = next(riga for riga in quadro.righe if riga.criterio.codice == "P8.1")
    assert m2.punteggio.unita is None
