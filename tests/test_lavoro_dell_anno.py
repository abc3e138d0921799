"""The year as the manager reads it: what is missing, who owes it, by when; letters, digests, one's own calendar."""

import io
import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.urls import reverse
from icalendar import Calendar

from base.models import MessaggioInUscita
from organizzazioni.models import Organizzazione
from organizzazioni.operazioni import disattiva
from programma import operazioni
from programma.models import AvvisiPersonali, AzionePage, Criterio, TermineInterno
from programma.selettori.dovuti import anni_da_fare, anno_da_fare
from programma.selettori.riassunto import CalendarioPersonale
from programma.testi_pronti import sollecito

from .punteggio_dati import criterio, evidenza, riconosci
from .scene.costo import quante_query

pytestmark = pytest.mark.django_db
OTTOBRE = date(2025, 10, 1)
CASA = reverse("wagtailadmin_home")
SCADENZE = reverse("programma:scadenze")


@pytest.fixture
def azione_b(organizzazione_b):
    """The only action that B leads."""
    return AzionePage.objects.get(referenti__organizzazione=organizzazione_b)


@pytest.fixture
def termine(azione_b, programma, manager):
    nuovo = TermineInterno(azione=azione_b, giorno=date(2025, 10, 10), che_cosa="Primo incontro")
    return operazioni.salva_termine(nuovo, programma, manager)


def di(anno, codice):
    return next(dovuto for dovuto in anno.dovuti if dovuto.voce.codice == codice)


# -- what is missing ------------------------------------------------------------------------------------------


def test_dues__say_what_is_missing_whose_it_is_and_by_when(programma, azione_b, organizzazione_b, termine):
    anno = anno_da_fare(programma, OTTOBRE)
    dovuto = di(anno, azione_b.codice)
    assert (dovuto.chi, dovuto.entro) == ((organizzazione_b,), termine.giorno)
    assert anno.dovuti[0] is dovuto  # the nearest first
    assert di(anno, "M1").chi == () and di(anno, "M1").entro == programma.scadenza
    assert all(riga.punteggio.mancanza.startswith(("Manca ", "Mancano ")) for riga in di(anno, "M1").righe)


def test_dues__end_with_what_is_complete(programma, organizzazione_b):
    prima = anno_da_fare(programma, OTTOBRE)
    solo = next(
        c for c in Criterio.objects.filter(regola="realizzazione") if len(di(prima, c.gruppo).voce.criteri) == 1
    )
    riconosci(organizzazione_b, solo)
    dopo = anno_da_fare(programma, OTTOBRE)
    assert solo.gruppo not in [dovuto.voce.codice for dovuto in dopo.dovuti]
    assert dopo.completi == prima.completi + 1


def test_dues__a_part_of_a_total_waits_for_the_total(programma):
    anno = anno_da_fare(programma, OTTOBRE)
    soglie = {c.gruppo for c in Criterio.objects.filter(regola="soglia", offerto=None)}
    assert soglie and soglie <= {dovuto.voce.codice for dovuto in anno.dovuti}


def test_members__who_gave_nothing_are_named_until_they_send(programma, organizzazione_b, distretto):
    assert organizzazione_b in anno_da_fare(programma, OTTOBRE).senza_nulla
    assert distretto not in anno_da_fare(programma, OTTOBRE).senza_nulla
    evidenza(organizzazione_b, criterio("P1.1"), stato="bozza")
    assert organizzazione_b in anno_da_fare(programma, OTTOBRE).senza_nulla
    evidenza(organizzazione_b, criterio("P1.1"), stato="inviata")
    assert organizzazione_b not in anno_da_fare(programma, OTTOBRE).senza_nulla


def test_home__of_the_manager_is_the_year(programma, manager, client_di, nel, organizzazione_b):
    nel(OTTOBRE)
    testo = client_di(manager).get(CASA).content.decode()
    assert "Che cosa manca nel\n    2025" in testo and "mancano 91 giorni" in testo
    assert reverse("programma:scrivi", args=[programma.pk, organizzazione_b.pk]) in testo
    assert "Che cosa è mancato" not in testo and "Chiudi l'anno" not in testo


def test_home__after_the_term_says_so(programma, manager, client_di, nel):
    nel(date(2026, 1, 20))
    testo = client_di(manager).get(CASA).content.decode()
    assert "Che cosa è mancato nel" in testo and "Mancava" in testo and "Il termine è passato il 31 dicembre" in testo
    assert "Chiudi l'anno" in testo and "Tocca a" not in testo


@pytest.mark.parametrize("ruolo", ["referente_a", "coordinamento", "acs"])
def test_home__of_others_has_no_such_panel(ruolo, request, client_di, nel):
    nel(OTTOBRE)
    testo = client_di(request.getfixturevalue(ruolo)).get(CASA).content.decode()
    assert "Che cosa manca nel" not in testo


def test_home_and_year__cost_the_same_with_much_and_with_little(
    programma, manager, client_di, nel, azione_b, organizzazione_a
):
    nel(OTTOBRE)
    client = client_di(manager)
    lavoro = reverse("programma:lavoro", args=[programma.pk])
    riconosci(organizzazione_a, criterio("P1.1"))
    prima = {indirizzo: quante_query(indirizzo, client)[0] for indirizzo in (CASA, lavoro)}
    for numero in range(40):
        riconosci(organizzazione_a, criterio("P1.1"))
        TermineInterno.objects.create(azione=azione_b, giorno=OTTOBRE + timedelta(days=numero), che_cosa=f"N. {numero}")
    for indirizzo, quante in prima.items():
        dopo, elenco = quante_query(indirizzo, client)
        assert dopo <= quante, elenco
    assert prima[CASA] <= 76, prima


# -- internal deadlines ---------------------------------------------------------------------------------------


def test_deadline__is_of_an_action_and_of_a_day_of_the_year(programma, azione_b, manager, referente_a, nuovo_anno):
    fuori = TermineInterno(azione=azione_b, giorno=date(2026, 1, 2), che_cosa="Tardi")
    with pytest.raises(ValidationError, match="dal 01/01/2025 al 31/12/2025"):
        operazioni.salva_termine(fuori, programma, manager)
    dentro = TermineInterno(azione=azione_b, giorno=date(2026, 1, 2), che_cosa="D'altri")
    with pytest.raises(ValidationError, match="non è del programma 2026"):
        operazioni.salva_termine(dentro, nuovo_anno(), manager)
    with pytest.raises(PermissionDenied):
        operazioni.salva_termine(dentro, programma, referente_a)
    assert not TermineInterno.objects.exists()


def test_deadline__is_added_changed_done_and_taken_off_from_its_screens(programma, azione_b, manager, client_di):
    client, dati = client_di(manager), {"azione": azione_b.pk, "giorno": "2025-11-03", "che_cosa": "Bozza"}
    client.post(reverse("programma:nuovo_termine", args=[programma.pk]), dati)
    termine = TermineInterno.objects.get()
    suo = reverse("programma:termine", args=[programma.pk, termine.pk])
    client.post(suo, {**dati, "che_cosa": "Bozza letta"})
    assert TermineInterno.objects.get().che_cosa == "Bozza letta"
    client.post(suo, {"azione_da_fare": "fatto"})
    assert TermineInterno.objects.get().fatto_il and not TermineInterno.objects.aperti().exists()
    client.post(suo, {"azione_da_fare": "togli"})
    assert not TermineInterno.objects.exists()


@pytest.mark.parametrize(
    "dati", [{"giorno": "9999-12-31"}, {"giorno": "boh"}, {"azione": "9" * 40}, {"che_cosa": "x\0y"}, {"che_cosa": ""}]
)
def test_deadline__that_is_wrong_comes_back_with_its_message(dati, programma, azione_b, manager, client_di):
    interi = {"azione": azione_b.pk, "giorno": "2025-11-03", "che_cosa": "Bozza", **dati}
    risposta = client_di(manager).post(reverse("programma:nuovo_termine", args=[programma.pk]), interi)
    assert risposta.status_code == 200 and risposta.context["form"].errors
    assert not TermineInterno.objects.exists()


def test_deadline__of_a_closed_year_does_not_move(programma, termine, manager):
    operazioni.chiudi_programma(programma, manager)
    with pytest.raises(PermissionDenied):
        operazioni.segna_termine(termine, programma, manager, fatto=True)


# -- letters --------------------------------------------------------------------------------------------------


def test_letter__is_ready_with_what_the_body_owes_and_no_other(programma, azione_b, organizzazione_b, termine):
    oggetto, testo = sollecito(anno_da_fare(programma, OTTOBRE), organizzazione_b)
    assert "2025" in oggetto and azione_b.title in testo and "Primo incontro, entro il 10 ottobre 2025" in testo
    assert "Manca" in testo and not re.search(r"\bP1\.\d", testo)
    _, dopo = sollecito(anno_da_fare(programma, date(2026, 2, 1)), organizzazione_b)
    assert "il termine del programma 2025 è passato" in dopo and "come tardivo" in dopo


def test_letter__to_a_member_without_actions_says_what_it_can_do(programma):
    senza_azioni = Organizzazione.objects.get(chiave="dial-funghi")
    _, testo = sollecito(anno_da_fare(programma, OTTOBRE), senza_azioni)
    assert "non è ancora arrivato nulla" in testo


def test_letter__leaves_as_it_was_changed_and_is_answered_to_the_manager(
    programma, organizzazione_b, referente_b, referente_a, manager, client_di, dopo
):
    indirizzo = reverse("programma:scrivi", args=[programma.pk, organizzazione_b.pk])
    assert "Manca" in client_di(manager).get(indirizzo).context["form"].initial["testo"]
    dopo(client_di(manager).post, indirizzo, {"oggetto": "A che punto siete?", "testo": "Due righe <b>mie</b>"})
    from django.core import mail

    (messaggio,) = mail.outbox
    assert (messaggio.to, messaggio.reply_to) == ([referente_b.email], [manager.email])
    assert "Due righe <b>mie</b>" in messaggio.body and "&lt;b&gt;" in messaggio.alternatives[0][0]


def test_letter__to_nobody_is_not_sent(programma, organizzazione_b, manager, client_di):
    indirizzo = reverse("programma:scrivi", args=[programma.pk, organizzazione_b.pk])
    assert "Nessuno entra nel portale" in client_di(manager).get(indirizzo).content.decode()
    risposta = client_di(manager).post(indirizzo, {"oggetto": "Ciao", "testo": "Testo"})
    assert "prima invita una persona" in risposta.content.decode() and not MessaggioInUscita.objects.exists()


def test_letter__to_a_body_that_is_switched_off_is_not_sent(programma, organizzazione_b, referente_b, manager):
    disattiva(organizzazione_b)
    with pytest.raises(ValidationError, match="Nessuno entra"):
        operazioni.scrivi_al_referente(programma, organizzazione_b, manager, "Ciao", "Testo")


# -- digest ---------------------------------------------------------------------------------------------------


def riassunti(oggi, nel):
    nel(oggi)
    uscita = io.StringIO()
    call_command("manda_riassunti", stdout=uscita)
    return uscita.getvalue().strip()


def test_digest__goes_only_to_who_has_something(nel, termine, manager, referente_a, referente_b, acs, superutente):
    assert riassunti(OTTOBRE, nel) == "Riassunti mandati: 2"
    assert {m.email for m in MessaggioInUscita.objects.all()} == {manager.email, referente_b.email}
    testo = MessaggioInUscita.objects.get(email=referente_b.email).contenuto["body"]
    assert "Primo incontro, entro il 10 ottobre 2025" in testo and "/admin/evidenze/scadenze/" in testo


def test_digest__is_one_a_week_and_none_for_who_does_not_want_it(nel, termine, manager, referente_b):
    operazioni.scegli_riassunto(manager, False)
    assert riassunti(date(2025, 10, 6), nel) == "Riassunti mandati: 1"  # a Monday
    assert riassunti(date(2025, 10, 7), nel) == "Riassunti mandati: 0"
    assert riassunti(date(2025, 10, 13), nel) == "Riassunti mandati: 1"


def test_digest__in_the_last_month_says_what_is_missing_and_nothing_before(nel, manager, referente_b):
    assert riassunti(date(2025, 11, 3), nel) == "Riassunti mandati: 0"
    assert riassunti(date(2025, 12, 1), nel) == "Riassunti mandati: 2"
    testo = MessaggioInUscita.objects.get(email=referente_b.email).contenuto["body"]
    assert "mancano 30 giorni. Manca ancora:" in testo and "M1 " not in testo


def test_digest__tried_out_writes_nothing(nel, termine, referente_b):
    nel(OTTOBRE)
    uscita = io.StringIO()
    call_command("manda_riassunti", "--dry-run", stdout=uscita)
    assert "da mandare: 2" in uscita.getvalue()
    assert not MessaggioInUscita.objects.exists() and not AvvisiPersonali.objects.exists()


# -- one's own calendar ---------------------------------------------------------------------------------------


def test_calendar__has_an_address_that_is_secret_and_can_be_taken_back(nel, termine, referente_b, client, client_di):
    nel(OTTOBRE)
    suo = client_di(referente_b)
    assert "Crea l'indirizzo" in suo.get(SCADENZE).content.decode()
    suo.post(SCADENZE, {"azione": "crea"})
    primo = AvvisiPersonali.objects.get().chiave
    assert len(primo) == 43 and primo in suo.get(SCADENZE).content.decode()
    risposta = client.get(f"/scadenze/{primo}.ics")
    eventi = Calendar.from_ical(risposta.content).walk("VEVENT")
    assert {str(e["SUMMARY"]).partition(" · ")[2] or str(e["SUMMARY"]) for e in eventi} == {
        "Primo incontro",
        "Programma 2025: ultimo giorno dei fatti che contano",
    }
    assert risposta["Cache-Control"] == "private, no-store" and "Cookie" not in risposta.get("Vary", "")
    suo.post(SCADENZE, {"azione": "crea"})
    assert client.get(f"/scadenze/{primo}.ics").status_code == 404
    secondo = AvvisiPersonali.objects.get().chiave
    suo.post(SCADENZE, {"azione": "togli"})
    assert client.get(f"/scadenze/{secondo}.ics").status_code == 404
    assert client.get("/scadenze/None.ics").status_code == 404


def test_calendar__of_who_is_out_answers_nothing(nel, termine, referente_b, organizzazione_b, client):
    nel(OTTOBRE)
    operazioni.cambia_indirizzo(referente_b)
    chiave = AvvisiPersonali.objects.get().chiave
    assert client.get(f"/scadenze/{chiave}.ics").status_code == 200
    referente_b.groups.clear()
    assert client.get(f"/scadenze/{chiave}.ics").status_code == 404


def test_calendar__shows_the_deadlines_of_one_s_own_actions_only(nel, termine, referente_a, manager, client_di):
    nel(OTTOBRE)
    titoli = [scadenza.titolo for scadenza in CalendarioPersonale(referente_a, OTTOBRE).scadenze]
    assert titoli == ["Programma 2025: ultimo giorno dei fatti che contano"]
    assert "Primo incontro" not in client_di(referente_a).get(SCADENZE).content.decode()
    assert "Primo incontro" in client_di(manager).get(SCADENZE).content.decode()


def test_years__that_have_not_begun_are_not_there_yet(programma, nuovo_anno):
    nuovo_anno()
    assert [anno.programma.anno for anno in anni_da_fare(OTTOBRE)] == [2025]
    assert [anno.programma.anno for anno in anni_da_fare(date(2026, 1, 7))] == [2026, 2025]
