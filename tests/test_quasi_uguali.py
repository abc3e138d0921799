"""Two things that are nearly the same: each was taken for the other by a fault that no test noticed."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from base.models import MessaggioInUscita
from base.posta import operazioni as posta
from base.posta.operazioni import CONSERVA, dimentica_vecchi
from convenzioni.validita import Vigenza, e_nuova, rinnovo
from cura.flusso_segnalazioni import PassaggioImpossibile, passa
from guide.estate.settimane import di_seguito
from guide.models import SezioneGuidaPage
from guide.operazioni.foglio import importa_foglio
from notizie.models import NotiziaPage, SezioneNotiziePage
from organizzazioni import operazioni as persone
from organizzazioni.models import Organizzazione, Utente
from programma import flusso, operazioni
from programma import importazione_evidenze as importazione
from programma.models import Criterio, Evidenza
from programma.punteggi.tipi import CriterioPunteggio
from programma.selettori.coda import Coda, prossima
from programma.selettori.doppioni import evidenza_con_gli_stessi_link, impronta
from registri.aderenti.operazioni import registra_movimento
from registri.models import Partecipante, Riunione
from registri.riunioni import operazioni as riunioni

from .scene.riunioni import COORDINATORE, tipo

QUANDO = date(2025, 3, 5)


def evidenza(stato=flusso.INVIATA, **campi):
    criteri = campi.pop("criteri", [1])
    tutti = SimpleNamespace(all=lambda: [SimpleNamespace(pk=pk) for pk in criteri])
    detta = {"stato": stato, "organizzazione_id": 1, "data": QUANDO, "titolo": "Tavolo", "criteri": tutti}
    return SimpleNamespace(**{**detta, **campi})


@pytest.mark.parametrize(
    "altra", [{"organizzazione_id": 2}, {"data": QUANDO + timedelta(days=1)}, {"titolo": "Zeta"}, {"criteri": [1, 2]}]
)
def test_row__is_not_evidence_that_differs_in_one_thing(altra):
    riga = SimpleNamespace(identita=(1, {1}, QUANDO, impronta("Tavolo")))
    assert importazione._Presenti.sono_la_stessa(riga, evidenza())
    assert not importazione._Presenti.sono_la_stessa(riga, evidenza(**altra))


def test_row__is_the_evidence_that_waits_before_the_one_that_was_decided(monkeypatch):
    monkeypatch.setattr(importazione, "_differenze", lambda lettura, presente: [])
    tutte = [evidenza(stato) for stato in (flusso.APPROVATA, flusso.BOZZA, flusso.INVIATA, flusso.REVOCATA)]
    presenti = [SimpleNamespace(evidenza=una) for una in tutte]
    assert importazione._la_stessa(None, presenti) is tutte[2]


def test_row__of_what_was_revoked_approves_nothing(monkeypatch):
    monkeypatch.setattr(importazione.operazioni, "approva", lambda *a, **k: pytest.fail("approved"))
    presenti = SimpleNamespace(
        gia_detta=lambda lettura: (evidenza(flusso.REVOCATA), []),
        sono_la_stessa=lambda lettura, una: True,
        revocata=lambda lettura: False,
    )
    esito = SimpleNamespace(importate=[], saltate=[], avvisi=[], approvate=[])
    riga = SimpleNamespace(numero=2, errori=[])
    importazione._accogli(riga, presenti, object(), esito)
    assert (esito.saltate, esito.approvate, riga.errori) == ([2], [], [])


@pytest.mark.django_db
def test_link__is_the_same_fact_only_for_a_criterion_that_counts_links(programma, organizzazione_a):
    conta = Criterio.objects.get(programma=programma, codice="P3.1")
    altro = Criterio.objects.get(programma=programma, codice="P1.1")
    for criterio, conta_link in ((conta, True), (altro, False)):
        Criterio.objects.filter(pk=criterio.pk).update(conta_link=conta_link)
    conta, altro = (Criterio.objects.get(pk=uno.pk) for uno in (conta, altro))
    link = ["https://example.org/post/1"]
    data = {"programma": programma, "organizzazione": organizzazione_a, "data": QUANDO, "stato": "approvata"}
    for criterio in (conta, altro):
        Evidenza.objects.create(titolo="Post", link=link, **data).criteri.set([criterio])
    assert evidenza_con_gli_stessi_link([conta], link) and not evidenza_con_gli_stessi_link([altro], link)
    assert not evidenza_con_gli_stessi_link([conta, altro], link)


def test_percentage__below_zero_is_no_percentage():
    with pytest.raises(ValueError):
        CriterioPunteggio("X", "per_unita", percentuale=Decimal(-20))


def test_term_of_one_year__is_renewed_by_one_year_and_not_by_its_days():
    un_anno = Vigenza(date(2023, 3, 1), date(2024, 2, 29), tacito=True)
    assert rinnovo(un_anno, date(2024, 1, 1)) == (date(2024, 3, 1), date(2025, 2, 28))


@pytest.mark.django_db
def test_message_that_did_not_leave__is_kept_for_its_days():
    for passati in (timedelta(days=-1), timedelta(days=1)):
        quando = timezone.now() - CONSERVA - passati
        MessaggioInUscita.objects.create(email="a@example.org", oggetto="O", stato="fallito", creato_il=quando)
    assert dimentica_vecchi() == 1
    assert MessaggioInUscita.objects.get().creato_il > timezone.now() - CONSERVA


@pytest.mark.django_db
def test_mark__that_begins_is_written_on_the_body(organizzazione_a, manager):
    Organizzazione.objects.filter(pk=organizzazione_a.pk).update(family_audit=False)
    registra_movimento(organizzazione_a, "family_audit", "inizio", QUANDO, manager)
    assert Organizzazione.objects.get(pk=organizzazione_a.pk).family_audit


@pytest.mark.django_db
def test_meeting__has_the_manager_once_whoever_is_usually_there(programma, manager):
    Utente.objects.filter(pk=manager.pk).update(first_name="M" * 120, last_name="R" * 60)
    manager = Utente.objects.get(pk=manager.pk)
    for giorno in (QUANDO, QUANDO + timedelta(days=7)):
        nuova = riunioni.salva_riunione(Riunione(tipo=tipo("gruppo-di-lavoro"), giorno=giorno, titolo="T"), manager)
        (lui,) = nuova.partecipanti.filter(ruolo="manager_territoriale")
        assert lui.nome == str(manager)[:120]
        if giorno == QUANDO:
            Partecipante.objects.create(riunione=nuova, nome="Anna Bianchi", ruolo=COORDINATORE)
    nuova.partecipanti.filter(ruolo="manager_territoriale").delete()
    ultima = riunioni.salva_riunione(
        Riunione(tipo=tipo("gruppo-di-lavoro"), giorno=QUANDO + timedelta(days=14), titolo="T"), manager
    )
    assert set(ultima.partecipanti.values_list("ruolo", flat=True)) == {"manager_territoriale", COORDINATORE}


@pytest.mark.django_db
def test_queue__names_who_asked_and_not_who_wrote_last(organizzazione_a, referente_a, nuovo_utente, manager):
    scrive = nuovo_utente("scrive", organizzazione_a)
    sezione = SezioneNotiziePage.objects.get(organizzazione=organizzazione_a)
    pagina = sezione.add_child(instance=NotiziaPage(title="Festa", live=False, owner=scrive))
    pagina.save_revision(user=scrive)
    pagina.get_workflow().start(pagina, referente_a)
    assert [voce.chi for voce in Coda(manager)] == [str(referente_a)]


@pytest.mark.django_db
def test_role__passes_to_somebody_older_and_never_to_oneself(manager, referente_b):
    vecchia = Utente.objects.create(pk=manager.pk - 1000, username="vecchia", email="vecchia@example.org")
    oggi = timezone.localdate()
    with pytest.raises(ValidationError, match="Questo indirizzo è il tuo"):
        persone.passa_le_consegne(manager, manager.email, "M", "M", dal=oggi, finisce=oggi)
    assert persone.passa_le_consegne(manager, vecchia.email, "V", "V", dal=oggi, finisce=oggi) == vecchia


@pytest.mark.django_db
@pytest.mark.parametrize("quanto", ["1", "3"])
def test_quantity_recognised__less_or_more_than_declared_wants_a_note(
    programma, organizzazione_a, referente_a, manager, quanto
):
    criterio = Criterio.objects.get(programma=programma, codice="P1.1")
    una = Evidenza(organizzazione=organizzazione_a, titolo="Tavolo", data=QUANDO, argomento="Estate", quantita=2)
    inviata = operazioni.invia(operazioni.salva_bozza(una, referente_a, [criterio], [organizzazione_a]), referente_a)
    with pytest.raises(ValidationError, match="spiega in una nota"):
        operazioni.approva(inviata, manager, {criterio.pk: operazioni.Riconosciuto(Decimal(quanto))})
    assert Evidenza.objects.get(pk=inviata.pk).stato == "inviata"


@pytest.mark.django_db
def test_programme__takes_pages_while_it_is_open_and_from_who_may(programma, manager, acs):
    assert programma.permissions_for_user(manager).can_add_subpage()
    assert not programma.permissions_for_user(acs).can_add_subpage()
    programma.stato = programma.Stato.CHIUSO
    assert not programma.permissions_for_user(manager).can_add_subpage()


def test_report__that_was_resolved_says_so_and_that_was_not_says_that():
    for azione, stato, detto in (("risolve", "risolta", "è già risolta"), ("riapre", "nuova", "non è risolta")):
        with pytest.raises(PassaggioImpossibile, match=detto):
            passa(azione, stato)


def test_weeks__make_as_many_runs_as_there_are_holes():
    lunedi = [date(2026, 6, 15) + timedelta(days=7 * n) for n in (0, 1, 3, 4, 5)]
    settimane = [(uno, uno + timedelta(days=4)) for uno in lunedi]
    assert di_seguito(settimane) == [(lunedi[0], settimane[1][1]), (lunedi[2], settimane[4][1])]


@pytest.mark.django_db
def test_sheet__writes_in_no_section_of_others_nor_in_none(organizzazione_b, referente_a):
    altrui = SezioneGuidaPage.objects.get(organizzazione=organizzazione_b)
    for sezione in (altrui, None):
        piano = SimpleNamespace(nuove=[SimpleNamespace(sezione=sezione)], cambiate=[])
        with pytest.raises(PermissionDenied, match="Questa sezione"):
            importa_foglio(piano, referente_a)


def test_convention__is_new_from_its_first_day_to_the_last_of_its_novelty():
    giorni = [QUANDO + timedelta(days=n) for n in (-1, 0, 60, 61)]
    assert [e_nuova(QUANDO, giorno) for giorno in giorni] == [False, True, True, False]


@pytest.mark.django_db
def test_queue__after_a_thing_comes_the_next_and_after_the_last_the_first(
    programma, organizzazione_a, referente_a, manager
):
    criterio, adesso = Criterio.objects.get(programma=programma, codice="P1.1"), timezone.now()
    tutte = []
    for n in range(3):
        una = Evidenza(organizzazione=organizzazione_a, titolo=f"E{n}", data=QUANDO, argomento="Estate")
        operazioni.salva_bozza(una, referente_a, [criterio], [organizzazione_a])
        tutte.append(operazioni.invia(una, referente_a, quando=adesso - timedelta(days=9 - n)))
    indirizzi = [una.get_absolute_url() for una in tutte]
    assert [prossima(manager, una.inviata_il) for una in tutte] == indirizzi
    assert prossima(manager, adesso) == indirizzi[0]


@pytest.mark.django_db
def test_message__keeps_as_much_of_a_long_subject_as_there_is_room_for():
    posta._tieni("a@example.org", "A" * 300, "O" * 300)
    tenuto = MessaggioInUscita.objects.get()
    assert (len(tenuto.a_chi), len(tenuto.oggetto)) == (200, 255)
