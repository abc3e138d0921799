"""What a decision leaves, where it leads, and what is said when it is refused; versions, and the order of criteria."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organizzazioni.decisioni_dalla_posta import letta
from programma import operazioni
from programma.collegamenti_di_posta import indirizzo_di_decisione
from programma.flusso import PassaggioNonAmmesso
from programma.models import Criterio, Evidenza
from programma.operazioni.riletture import _sostituisci, _un_altro
from programma.selettori.coda import prossima
from programma.selettori.doppioni import evidenza_con_gli_stessi_link

from .test_gestione_coda import CODA, inviata, notizia  # noqa: F401 (fixtures)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("azione", "dati", "detto"),
    [
        ("approva", {}, "Non è stata approvata"),
        ("restituisci", {}, "Manca il motivo"),
        ("revoca", {}, "Manca il motivo"),
        ("rivedi", {"rivedi-nota": "x" * 501}, "Non salvato"),
    ],
)
def test_refused__the_title_says_so_and_nothing_moves(inviata, manager, client_di, azione, dati, detto):  # noqa: F811
    evidenza = inviata()
    if azione in ("revoca", "rivedi"):
        evidenza = operazioni.approva(evidenza, manager)
    dati = {"azione": azione, "versione": evidenza.versione, **dati}
    testo = client_di(manager).post(evidenza.get_absolute_url(), dati).content.decode()
    assert "<title>Errore: " in " ".join(testo.split()).replace("<title> ", "<title>") and detto in testo
    assert Evidenza.objects.get().versione == evidenza.versione


def test_refused_page__the_title_says_so(notizia, manager, client_di):  # noqa: F811
    pagina = notizia()
    dati = {"azione": "restituisci", "revisione": letta(pagina.current_workflow_task_state)}
    testo = client_di(manager).post(reverse("programma:pagina", args=[pagina.pk]), dati).content.decode()
    assert "<title>Errore: " in " ".join(testo.split()).replace("<title> ", "<title>") and "Manca il motivo" in testo


def test_decision__leads_to_what_waits_next_and_a_revocation_stays(inviata, manager, client_di):  # noqa: F811
    prima, seconda, terza = (inviata(f"E{n}", giorni=9 - n) for n in range(3))
    client = client_di(manager)

    def decidi(una, azione, **dati):
        una.refresh_from_db()
        criterio = una.criteri.get().pk
        dati = {"azione": azione, "versione": una.versione, f"criterio-{criterio}-quantita": "1", **dati}
        return client.post(una.get_absolute_url(), dati)["Location"]

    assert decidi(prima, "restituisci", **{"restituisci-motivo": "Manca"}) == seconda.get_absolute_url()
    assert decidi(seconda, "approva") == terza.get_absolute_url()
    assert decidi(seconda, "revoca", **{"revoca-motivo": "No"}) == seconda.get_absolute_url()
    assert decidi(terza, "approva") == CODA
    assert prossima(manager, timezone.now()) is None


def test_link_of_a_mail__is_for_coordinamento_of_what_is_theirs(inviata, manager, coordinamento):  # noqa: F811
    """Neither the manager, who would decide it in the portal, nor Coordinamento, of what a body wrote."""
    for chi in (manager, coordinamento):
        assert Client().get(indirizzo_di_decisione(inviata(), chi)).status_code == 410


@pytest.fixture
def bozza(programma, organizzazione_a, referente_a):
    campi = {"titolo": "Tavolo", "data": date(2025, 3, 5), "argomento": "Estate", "persone_coinvolte": "Ada Rossi"}
    una = Evidenza(organizzazione=organizzazione_a, **campi)
    return operazioni.salva_bozza(una, referente_a, [Criterio.objects.get(programma=programma, codice="P1.1")])


def test_version__read_before_any_other_save_is_old(bozza, referente_a, manager):
    lette = [bozza.versione]
    for _ in range(3):
        lette.append(operazioni.salva_bozza(bozza, referente_a, bozza.criteri.all()).versione)
    assert lette == sorted(set(lette))
    for letta_ora in (*lette[:-1], lette[-1] + 1):
        with pytest.raises(operazioni.Conflitto):
            operazioni.salva_bozza(bozza, referente_a, [], versione=letta_ora)
    operazioni.salva_bozza(bozza, referente_a, bozza.criteri.all(), versione=lette[-1])
    spedita = operazioni.invia(bozza, referente_a)
    for letta_ora in (spedita.versione - 1, spedita.versione + 1):
        with pytest.raises(PassaggioNonAmmesso, match="è cambiata mentre la leggevi"):
            operazioni.approva(spedita, manager, versione=letta_ora)
    assert operazioni.approva(spedita, manager, versione=spedita.versione).stato == "approvata"


def test_draft__is_of_the_programme_of_its_first_criterion(bozza, referente_a, nuovo_anno):
    altro = nuovo_anno(2026, codici=("M3",)).criteri.get(codice="M3")
    vecchio = bozza.criteri.get()
    for criteri in ([altro, vecchio], [vecchio, altro]):
        assert operazioni.salva_bozza(bozza, referente_a, criteri).programma == criteri[0].programma
    assert operazioni.salva_bozza(bozza, referente_a, []).programma == vecchio.programma


@pytest.mark.parametrize(("quanto", "nota"), [("-1", "Perché"), ("-0.01", "Perché"), ("0", " "), ("2", "")])
def test_recognised__is_not_below_zero_nor_another_without_a_note(bozza, referente_a, manager, quanto, nota):
    inviata_ora = operazioni.invia(bozza, referente_a)
    riconosciuti = {bozza.criteri.get().pk: operazioni.Riconosciuto(Decimal(quanto), nota)}
    with pytest.raises(ValidationError, match="riconosci"):
        operazioni.approva(inviata_ora, manager, riconosciuti)


def test_criterion__new_goes_after_the_last_and_the_first_of_all_is_the_first(nuovo_anno, manager):
    bozza_2026 = nuovo_anno(2026, "bozza", codici=())

    def nuovo(codice):
        campi = {"area": "A", "titolo": "T", "indicatore": "I", "regola": "realizzazione", "percentuale": 100}
        return operazioni.salva_criterio(Criterio(programma=bozza_2026, codice=codice, **campi), manager).posizione

    assert [nuovo(codice) for codice in ("M1", "M2", "M3")] == [1, 2, 3]


def test_offered__goes_down_as_well_as_up(programma, manager):
    criterio = Criterio.objects.get(programma=programma, codice="M9")
    for totale in (Decimal(40), Decimal(30), Decimal(50), None):
        operazioni.conta_offerto(criterio, totale, manager)
        assert Criterio.objects.get(pk=criterio.pk).offerto == totale


def test_criterion_in_the_place_of_another__is_of_the_same_year_whichever_came_first(bozza, nuovo_anno):
    vecchio = bozza.criteri.get()
    for anno in (2024, 2026):
        altrove = nuovo_anno(anno, codici=("P1.1",)).criteri.get(codice="P1.1")
        with pytest.raises(ValidationError, match="non è più nel programma"):
            _un_altro(bozza, vecchio, altrove)
    assert _un_altro(bozza, vecchio, Criterio.objects.get(programma=bozza.programma, codice="P4.1")) is not None


def test_criterion_in_the_place_of_another__takes_what_fed_that_one_and_not_another(bozza, manager):
    vecchio, altro, terzo = (Criterio.objects.get(programma=bozza.programma, codice=c) for c in ("P1.1", "M1", "M2"))
    for alimentato, dopo in ((vecchio, altro), (terzo, terzo), (None, None)):
        bozza.fonte_criterio = alimentato
        bozza.criteri.set([vecchio])
        _sostituisci(bozza, vecchio, altro, manager)
        assert bozza.fonte_criterio == dopo and list(bozza.criteri.all()) == [altro]


@pytest.mark.parametrize(
    ("dati", "chiesti", "trovata"),
    [("ab", "a", True), ("ab", "ab", True), ("a", "ab", False), ("ab", "bc", False), ("a", "", False)],
)
def test_links__were_given_already_when_one_evidence_has_them_all(bozza, referente_a, dati, chiesti, trovata):
    criterio = bozza.criteri.get()
    criterio.conta_link, criterio.link_ammessi = True, []

    def link(lettere):
        return [f"https://www.facebook.com/x/posts/10000{ord(lettera)}" for lettera in lettere]

    Evidenza.objects.filter(pk=bozza.pk).update(stato="inviata", link=link(dati))
    assert bool(evidenza_con_gli_stessi_link([criterio], link(chiesti))) is trovata


def test_evidence__sent_on_time_or_late_by_the_day_in_rome(bozza, referente_a, programma):
    ultimo = timezone.make_aware(timezone.datetime.combine(programma.scadenza, timezone.datetime.max.time()))
    for quando, tardiva in ((ultimo, False), (ultimo + timedelta(seconds=1), True)):
        spedita = operazioni.invia(bozza, referente_a, quando=quando)
        assert spedita.tardiva is tardiva
        operazioni.richiama(spedita, referente_a)
