"""The score in the admin: who sees what, filters that never fail, files for spreadsheets."""

import io
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from organizzazioni.models import Organizzazione
from organizzazioni.operazioni import disattiva
from programma import flusso
from programma.filtri import FiltroPunteggio
from programma.models import AzionePage, Criterio, ProgrammaPage

from .punteggio_dati import criterio, evidenza, riconosci

pytestmark = pytest.mark.django_db

PAGINA = "/admin/evidenze/punteggio/"
FILE = "/admin/evidenze/punteggio/esporta/"
ATTESI = Path(__file__).parent / "attesi"


def codici(risposta):
    quadro = risposta.context["quadro"]
    return [riga.criterio.codice for riga in quadro.righe] if quadro else []


def gruppi(risposta):
    return [voce.codice for voce in risposta.context["quadro"].voci]


@pytest.mark.parametrize("ruolo", ["manager", "coordinamento", "acs", "superutente"])
def test_who_reads_all__sees_31_criteria_and_every_organisation(programma, client_di, request, ruolo):
    risposta = client_di(request.getfixturevalue(ruolo)).get(PAGINA)
    assert risposta.status_code == 200
    assert len(codici(risposta)) == 31
    assert risposta.context["filtro"].form.fields["organizzazione"].queryset.count() == Organizzazione.objects.count()
    assert "obbligatorie in caso di richiesta di contributo" in risposta.content.decode()


def test_referent__sees_only_the_actions_that_their_organisation_leads_or_joins(
    programma, client_di, referente_a, referente_b, nuovo_utente
):
    assert gruppi(client_di(referente_a).get(PAGINA)) == ["P1", "P4", "P5", "P7", "P8", "P9", "P10"]
    assert gruppi(client_di(referente_b).get(PAGINA)) == ["P6"]
    comunita = Organizzazione.objects.get(chiave="comunita-alta-valsugana")  # joins P4, leads P5
    assert gruppi(client_di(nuovo_utente("comunita", comunita.gruppo.name)).get(PAGINA)) == ["P4", "P5"]


def test_referent__involved_later_sees_that_action_once(programma, client_di, referente_b, organizzazione_b):
    azione = AzionePage.objects.child_of(programma).get(numero=6)
    azione.altre.add(organizzazione_b)
    azione.save()
    assert codici(client_di(referente_b).get(PAGINA)) == ["P6.1"]


def test_referent__reads_numbers_and_never_titles(programma, client_di, referente_b, organizzazione_a):
    altrui = riconosci(organizzazione_a, criterio("P6.1")).evidenza
    in_attesa = evidenza(organizzazione_a, criterio("P6.1"), stato=flusso.INVIATA)
    pagina = client_di(referente_b).get(PAGINA).content.decode()
    assert "1 evidenza approvata = 100%" in pagina
    assert "1 in attesa" in pagina
    assert altrui.titolo not in pagina
    assert in_attesa.titolo not in pagina


def test_referent__cannot_learn_the_share_of_another_organisation(
    programma, client_di, referente_b, organizzazione_a, organizzazione_b
):
    riconosci(organizzazione_a, criterio("P6.1"))
    cliente = client_di(referente_b)
    altrui = cliente.get(PAGINA, {"organizzazione": organizzazione_a.pk})
    assert altrui.context["quadro"].organizzazione is None
    assert altrui.context["quadro"].righe[0].punteggio.punteggio == 100
    assert "Questa organizzazione non si può scegliere" in altrui.content.decode()
    proprio = cliente.get(PAGINA, {"organizzazione": organizzazione_b.pk})
    assert proprio.context["quadro"].organizzazione == organizzazione_b
    assert proprio.context["quadro"].righe[0].punteggio.punteggio == 0
    assert list(proprio.context["filtro"].form.fields["organizzazione"].queryset) == [organizzazione_b]


def test_referent__cannot_ask_for_an_action_of_others(programma, client_di, referente_b):
    risposta = client_di(referente_b).get(PAGINA, {"azione": "M2"})
    assert gruppi(risposta) == ["P6"]
    assert "Questa azione non si può scegliere" in risposta.content.decode()
    assert "coordinatore istituzionale" not in risposta.content.decode()


def test_referent__a_draft_programme_is_not_shown(programma, client_di, referente_b, manager):
    ProgrammaPage.objects.update(stato=ProgrammaPage.Stato.BOZZA)
    assert codici(client_di(referente_b).get(PAGINA)) == []
    assert "Non c'è ancora un punteggio" in client_di(referente_b).get(PAGINA).content.decode()
    assert len(codici(client_di(manager).get(PAGINA))) == 31


def test_who_acts_for_nobody_any_more__is_refused(programma, client_di, nuovo_utente):
    comune = Organizzazione.objects.get(chiave="comune-pergine")
    cliente = client_di(nuovo_utente("comune", comune.gruppo.name))
    assert cliente.get(PAGINA).status_code == 200
    disattiva(comune)
    for indirizzo in (PAGINA, FILE):
        assert cliente.get(indirizzo).status_code == 403


def test_anonymous__is_sent_to_the_login(programma, client):
    for indirizzo in (PAGINA, FILE):
        assert client.get(indirizzo).url.startswith("/admin/login/")


def test_user_switched_off__reads_no_criterion(programma, manager):
    manager.is_active = False
    assert not Criterio.objects.con_punteggio_visibile_a(manager).exists()


@pytest.mark.parametrize(
    ("filtro", "messaggio"),
    [
        ({"anno": "1999"}, "L'anno scelto non c'è: mostro il 2025"),
        ({"anno": "x\x00"}, "L'anno scelto non c'è: mostro il 2025"),
        ({"al": "ieri"}, "La data non è valida"),
        ({"al": "2025-02-31"}, "La data non è valida"),
        ({"al": "9999-12-31"}, "La data è nel futuro"),
        ({"organizzazione": "99999999999999999999999"}, "Questa organizzazione non si può scegliere"),
        ({"organizzazione": "a\x00"}, "I caratteri null non sono ammessi"),
        ({"azione": "P99"}, "Questa azione non si può scegliere"),
    ],
)
def test_wrong_filter__says_so_and_shows_the_whole_page(programma, client_di, manager, filtro, messaggio):
    cliente = client_di(manager)
    risposta = cliente.get(PAGINA, filtro)
    assert risposta.status_code == 200
    assert messaggio.replace("'", "&#x27;") in risposta.content.decode()
    assert len(codici(risposta)) == 31
    assert risposta.context["quadro"].al == timezone.localdate()
    assert cliente.get(FILE, filtro | {"formato": "csv"}).url.startswith(PAGINA)


def test_filter__action_day_and_organisation(programma, client_di, manager, organizzazione_a, organizzazione_b):
    riconosci(organizzazione_a, criterio("P1.1"), deciso="2025-04-01")
    riconosci(organizzazione_b, criterio("P1.1"), deciso="2025-05-01")
    cliente = client_di(manager)

    def punteggio(**filtro):
        risposta = cliente.get(PAGINA, {"azione": "P1", **filtro})
        assert gruppi(risposta) == ["P1"]
        return risposta.context["quadro"].righe[0].punteggio.punteggio

    assert punteggio() == 100
    assert punteggio(al="2025-04-30") == 50
    assert punteggio(al="31/03/2025") == 0
    assert punteggio(organizzazione=organizzazione_b.pk) == 50


def test_filter__the_programme_of_today_then_the_newest_that_is_no_draft(programma, client_di, manager, nel):
    nuovo = ProgrammaPage(title="Programma 2026", anno=2026, dal=date(2026, 1, 1), scadenza=date(2026, 12, 31))
    programma.get_parent().add_child(instance=nuovo)
    campi = {"area": "Networking", "titolo": "Prova", "indicatore": "Prova", "regola": "realizzazione"}
    Criterio.objects.create(programma=nuovo, codice="M1", posizione=1, percentuale=100, **campi)
    for giorno, atteso in ((date(2026, 3, 1), nuovo), (date(2025, 6, 1), programma), (date(2028, 1, 1), programma)):
        nel(giorno)
        cliente = client_di(manager)  # a session does not last for years
        assert cliente.get(PAGINA).context["quadro"].programma == atteso
    assert codici(cliente.get(PAGINA, {"anno": "2026"})) == ["M1"]


def test_numbers__open_the_evidence_behind_them(programma, client_di, manager, organizzazione_a):
    m2 = criterio("M2")
    riconosci(organizzazione_a, m2)
    evidenza(organizzazione_a, m2, stato=flusso.INVIATA)
    pagina = client_di(manager).get(PAGINA, {"organizzazione": organizzazione_a.pk}).content.decode()
    registro = f"{reverse('programma:evidenze')}?organizzazione={organizzazione_a.pk}&amp;criterio={m2.pk}&amp;"
    assert f'href="{registro}stato=approvata"' in pagina
    assert f'href="{registro}stato=inviata"' in pagina
    aperto = client_di(manager).get(f"{registro}stato=inviata".replace("&amp;", "&"))
    assert [e.stato for e in aperto.context["page_obj"]] == [flusso.INVIATA]


def test_menu_item__only_for_who_reads_a_score(programma, client_di, referente_b, nuovo_utente):
    assert PAGINA in client_di(referente_b).get("/admin/").content.decode()
    ospite = nuovo_utente("ospite", "Moderators")
    assert PAGINA not in client_di(ospite).get("/admin/").content.decode()


def test_query__the_same_with_1_and_with_100_evidences(programma, client_di, manager, organizzazione_a):
    cliente = client_di(manager)

    def query_con(righe):
        for numero in range(righe):
            riconosci(organizzazione_a, criterio("M5"), nominate=[organizzazione_a])
            evidenza(organizzazione_a, criterio(f"P{numero % 7 + 1}.1"), stato=flusso.INVIATA)
        cliente.get(PAGINA)
        with CaptureQueriesContext(connection) as catturate:
            assert cliente.get(PAGINA).status_code == 200
        return len(catturate)

    assert query_con(1) == query_con(99)


def test_query__at_most_six_for_filters_and_score(programma, manager, django_assert_max_num_queries):
    manager.has_perm("organizzazioni.legge_tutto")  # Django keeps a user's permissions after the first question
    with django_assert_max_num_queries(6):
        filtro = FiltroPunteggio({"al": "2025-06-30"}, manager)
        assert len(filtro.quadro().righe) == 31
        assert len(filtro.form.fields["organizzazione"].choices) > 1


def test_csv__equals_the_kept_file(programma, client_di, manager, organizzazione_a, organizzazione_b):
    riconosci(organizzazione_a, criterio("M3"), quantita="6")
    riconosci(organizzazione_a, criterio("M8"), quantita="0.5")
    riconosci(organizzazione_b, criterio("P8.1"), quantita=7)
    risposta = client_di(manager).get(FILE, {"formato": "csv", "al": "2025-06-30"})
    assert risposta["Content-Type"] == "text/csv; charset=utf-8"
    assert risposta["Content-Disposition"] == 'attachment; filename="punteggio-2025-al-2025-06-30.csv"'
    assert risposta.content == (ATTESI / "esporta-punteggio-2025-al-2025-06-30.csv").read_bytes()


def test_xlsx__numbers_are_numbers(programma, client_di, manager, organizzazione_a):
    riconosci(organizzazione_a, criterio("M3"), quantita="6")
    risposta = client_di(manager).get(FILE, {"formato": "xlsx", "al": "2025-06-30"})
    foglio = load_workbook(io.BytesIO(risposta.content)).active
    righe = {riga[3].value: {c.value: v.value for c, v in zip(foglio[1], riga, strict=True)} for riga in foglio}
    assert len(righe) == 32
    assert (righe["M3"]["Grezzo"], righe["M3"]["Punteggio"], righe["M3"]["Eccedenza"]) == (120, 100, 20)
    assert righe["M3"]["Spiegazione"] == "6 incontri approvati × 20% = 120%, vale 100%"
    assert righe["M9"]["Punteggio"] is None
    assert righe["M1"]["Obbligatoria in caso di richiesta di contributo"] == "sì"


@pytest.mark.parametrize("formato", ["csv", "xlsx"])
def test_export__a_referent_gets_only_what_they_see(programma, client_di, referente_b, formato):
    contenuto = client_di(referente_b).get(FILE, {"formato": formato}).content
    if formato == "xlsx":
        foglio = load_workbook(io.BytesIO(contenuto)).active
        presenti = [riga[3].value for riga in foglio.iter_rows(min_row=2)]
    else:
        presenti = [riga.split(";")[3] for riga in contenuto.decode("utf-8-sig").splitlines()[1:]]
    assert presenti == ["P6.1"]


def test_export__an_unknown_format_goes_back_to_the_page(programma, client_di, manager):
    assert client_di(manager).get(FILE, {"formato": "pdf"}).url.startswith(PAGINA)
