"""What SQL collects for the score, against the pure merge of the same rows one by one."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from home.demo.orologio import orologio
from notizie.models import NotiziaPage
from organizzazioni.models import Organizzazione
from programma import flusso
from programma.fatti import Fatto
from programma.models import Criterio, Riconoscimento
from programma.punteggi import Raccolta, riconosciuto
from programma.selettori.punteggio import media_di, prima_e_dopo, prima_e_dopo_di, quadro_punteggio, raccogli, voci

from .punteggio_dati import ROMA, alle, criterio, evidenza, passaggi, riconosci

pytestmark = pytest.mark.django_db

OGGI = date(2026, 1, 10)


def raccolta(programma, codice, al=OGGI, organizzazione=None):
    return raccogli(programma, al, organizzazione).get(criterio(codice).pk, Raccolta())


def punteggi(programma, al=OGGI, **scelte):
    return {riga.criterio.codice: riga.punteggio for riga in quadro_punteggio(programma, al, **scelte).righe}


def test_table_of_the_year__31_criteria_in_the_order_of_the_act(programma):
    quadro = quadro_punteggio(programma, OGGI)
    assert [voce.codice for voce in quadro.voci] == [f"M{n}" for n in range(1, 10)] + [f"P{n}" for n in range(1, 11)]
    assert len(quadro.righe) == 31
    assert [voce.indicativo for voce in quadro.voci if voce.codice in ("M1", "M9", "P8")] == [0, None, None]
    assert quadro.voci[4].area == "Interazione"
    assert quadro.voci[9].titolo == "Collaborazione con Distretto Famiglia Alta Valsugana e Bersntol"


def test_table_of_the_year__mean_of_an_action_is_of_its_scored_criteria(programma, organizzazione_a):
    riconosci(organizzazione_a, criterio("P1.1"))
    riconosci(organizzazione_a, criterio("P1.2"))
    voce = next(voce for voce in quadro_punteggio(programma, OGGI).voci if voce.codice == "P1")
    assert voce.indicativo == Decimal("50.0")


@pytest.mark.parametrize(
    ("al", "attesi"),
    [("2025-03-31", 0), ("2025-04-01", 1), ("2025-05-31", 1), ("2025-06-01", 0), ("2026-01-10", 0)],
)
def test_data__counts_rows_decided_by_its_end_and_not_revoked_by_then(programma, organizzazione_a, al, attesi):
    riconosci(organizzazione_a, criterio("M2"), deciso="2025-04-01", revocato="2025-06-01")
    assert raccolta(programma, "M2", date.fromisoformat(al)).evidenze == attesi


def test_data__a_day_ends_at_midnight_in_rome(programma, organizzazione_a):
    riconosci(organizzazione_a, criterio("M2"), deciso=alle("2025-07-01", 23, 59))
    riconosci(organizzazione_a, criterio("M3"), deciso=alle("2025-07-02", 0, 0))  # still 1 July in UTC
    assert raccolta(programma, "M2", date(2025, 7, 1)).evidenze == 1
    assert raccolta(programma, "M3", date(2025, 7, 1)).evidenze == 0


@pytest.mark.parametrize("al", [date.min, date.max])
def test_data__the_ends_of_the_calendar_do_not_fail(programma, al):
    assert len(quadro_punteggio(programma, al).righe) == 31


def test_quantity_of_nothing__contributes_nothing(programma, organizzazione_a, organizzazione_b):
    for codice in ("M1", "M2", "M5", "P8.1"):
        riconosci(organizzazione_a, criterio(codice), quantita=0, nominate=[organizzazione_b])
    assert raccogli(programma, OGGI) == {}


def test_quantity__cents_add_up_exactly(programma, organizzazione_a):
    for _ in range(30):
        riconosci(organizzazione_a, criterio("M9"), quantita="0.10")
    assert raccolta(programma, "M9").quantita == Decimal("3.00")


def test_distinct__members_on_the_date_of_the_fact_once_each(programma, organizzazione_a, organizzazione_b):
    m5 = criterio("M5")
    partner = Organizzazione.objects.get(chiave="consolida")
    uscita = Organizzazione.objects.get(chiave="soste")
    uscita.aderente_fino_al = date(2025, 3, 1)
    entrata = Organizzazione.objects.get(chiave="dial-funghi")
    entrata.aderente_dal = date(2025, 3, 2)
    with orologio(alle("2025-03-10")):
        uscita.save()
        entrata.save()
    riconosci(organizzazione_a, m5, quantita=9, nominate=[organizzazione_b, partner])  # the submitter is not named
    riconosci(organizzazione_a, m5, giorno="2025-03-01", nominate=[organizzazione_b, uscita, entrata])
    assert raccolta(programma, "M5").enti == {organizzazione_b.pk, uscita.pk}
    riconosci(organizzazione_a, m5, giorno="2025-03-02", nominate=[uscita, entrata])
    assert raccolta(programma, "M5").enti == {organizzazione_b.pk, uscita.pk, entrata.pk}


def test_waiting__today_is_what_is_sent_now(programma, organizzazione_a):
    evidenza(organizzazione_a, criterio("M2"), criterio("M3"), stato=flusso.INVIATA)
    for stato in (flusso.BOZZA, flusso.DA_INTEGRARE, flusso.APPROVATA, flusso.REVOCATA):
        evidenza(organizzazione_a, criterio("M2"), stato=stato)
    oggi = timezone.localdate()
    assert raccolta(programma, "M2", oggi).in_attesa == raccolta(programma, "M3", oggi).in_attesa == 1


def test_waiting__at_a_past_day_is_what_the_passages_say(programma, organizzazione_a):
    passaggi(
        evidenza(organizzazione_a, criterio("M2")),
        (flusso.INVIATA, "2025-02-01"),
        (flusso.DA_INTEGRARE, "2025-02-03"),
        (flusso.INVIATA, "2025-02-05"),
        (flusso.APPROVATA, "2025-02-07"),
    )
    attese = {"2025-01-31": 0, "2025-02-01": 1, "2025-02-03": 0, "2025-02-05": 1, "2025-02-06": 1, "2025-02-07": 0}
    assert {g: raccolta(programma, "M2", date.fromisoformat(g)).in_attesa for g in attese} == attese


def test_body__counts_only_what_it_submitted(programma, organizzazione_a, organizzazione_b):
    riconosci(organizzazione_a, criterio("M2"), quantita=2)
    riconosci(organizzazione_b, criterio("M2"), quantita=1)
    evidenza(organizzazione_b, criterio("M2"), stato=flusso.INVIATA)
    oggi = timezone.localdate()
    assert punteggi(programma, oggi)["M2"].punteggio == 60
    assert punteggi(programma, oggi, organizzazione=organizzazione_a)["M2"].punteggio == 40
    di_b = punteggi(programma, oggi, organizzazione=organizzazione_b)["M2"]
    assert (di_b.punteggio, di_b.in_attesa) == (20, 1)
    assert punteggi(programma, oggi, organizzazione=organizzazione_a)["M2"].in_attesa == 0


def test_choices__only_those_are_valued(programma):
    scelte = [voce for voce in voci(programma) if voce.codice == "P3"]
    assert list(punteggi(programma, scelte=scelte)) == ["P3.1", "P3.2", "P3.3"]


def test_before_and_after__what_the_approval_would_change(programma, organizzazione_a, organizzazione_b):
    riconosci(organizzazione_a, criterio("M2"), quantita=4)
    di_che = evidenza(
        organizzazione_a, criterio("M2"), criterio("M5"), stato=flusso.INVIATA, quantita=2, nominate=[organizzazione_b]
    )
    esiti = {c.criterio.codice: (c.prima.punteggio, c.dopo.punteggio, c.dopo.in_attesa) for c in prima_e_dopo(di_che)}
    assert esiti == {"M2": (80, 100, 0), "M5": (0, 50, 0)}


def per_riga(righe, istante):
    """The pure merge of recognitions, row by row: the reference that SQL must equal."""
    raccolte = {}
    for ordine, riga in enumerate(sorted(righe, key=lambda riga: (riga.deciso_il, riga.pk))):
        valida = riga.deciso_il <= istante and (riga.revocato_il is None or riga.revocato_il > istante)
        if not valida:
            continue
        criterio = riga.criterio
        nominati = riga.organizzazioni.all() if criterio.distinte or criterio.somma == "enti" else []
        contati = [o.pk for o in nominati if not criterio.distinte or o.aderente_il(riga.data)]
        giorno = riga.data if criterio.somma == "ultimo" else None
        sua = riconosciuto(riga.quantita_riconosciuta, contati, giorno, ordine)
        raccolte[riga.criterio_id] = raccolte.get(riga.criterio_id, Raccolta()) + sua
    return {chiave: senza_ordine(valore) for chiave, valore in raccolte.items() if valore != Raccolta()}


def senza_ordine(raccolta):
    """SQL keeps only the last value, so its place among the others does not matter."""
    return replace(raccolta, ultimo=raccolta.ultimo and replace(raccolta.ultimo, ordine=0))


@pytest.mark.parametrize("seme", range(5))
def test_sql__equals_the_pure_merge_of_the_rows(programma, seme):
    caso = random.Random(seme)
    enti = list(Organizzazione.objects.all())
    for ente in caso.sample(enti, 6):
        ente.aderente_dal = date(2025, 1, 1) + timedelta(days=caso.randrange(200))
        ente.aderente_fino_al = caso.choice([None, ente.aderente_dal + timedelta(days=caso.randrange(200))])
        with orologio(alle("2025-01-01")):
            ente.save()
    with orologio(alle("2025-01-01")):
        Criterio.objects.filter(codice="P9.1").update(somma="enti")
    criteri = list(Criterio.objects.del_programma(programma))
    for _ in range(60):
        deciso = date(2025, 1, 1) + timedelta(days=caso.randrange(365))
        riconosci(
            caso.choice(enti),
            caso.choice([*criteri, *[c for c in criteri if c.distinte or c.somma != "somma"] * 5]),
            quantita=caso.choice(["0", "1", "1", "2.5", "0.07"]),
            deciso=deciso.isoformat(),
            revocato=caso.choice([None, None, (deciso + timedelta(days=caso.randrange(1, 90))).isoformat()]),
            giorno=(date(2025, 1, 1) + timedelta(days=caso.randrange(365))).isoformat(),
            nominate=caso.sample(enti, caso.randrange(5)),
        )
    righe = list(Riconoscimento.objects.select_related("criterio"))
    for mese in range(1, 13):
        al = date(2025, mese, 27)
        attese = per_riga(righe, datetime(2025, mese, 28, tzinfo=ROMA) - timedelta(microseconds=1))
        assert raccogli(programma, al) == attese
    for voce in quadro_punteggio(programma, al).voci:
        assert media_di(Criterio.objects.filter(pk__in=[c.pk for c in voce.criteri]), programma, al) == voce.indicativo


@pytest.mark.parametrize("righe", [1, 120])
def test_query__four_for_a_year_whatever_the_rows(programma, organizzazione_a, django_assert_num_queries, righe):
    for numero in range(righe):
        riconosci(organizzazione_a, criterio("M5"), nominate=[organizzazione_a])
        evidenza(organizzazione_a, criterio(f"P{numero % 7 + 1}.1"), stato=flusso.INVIATA)
    for al in (timezone.localdate(), date(2025, 6, 1)):
        with django_assert_num_queries(4):
            assert len(quadro_punteggio(programma, al, organizzazione_a).righe) == 31


@pytest.mark.parametrize(("somma", "valore"), [("somma", 30), ("ultimo", 16), ("enti", 2)])
def test_monitoring__says_how_its_values_add_up(programma, organizzazione_a, organizzazione_b, somma, valore):
    """ "14 realtà", then "16 (aggiornamento)" are 16, not 30; the later fact is the last, whoever decides it first."""
    with orologio(alle("2025-01-01")):
        Criterio.objects.filter(codice="P8.1").update(somma=somma)
    due = [organizzazione_a, organizzazione_b]
    riconosci(organizzazione_a, criterio("P8.1"), 16, giorno="2025-06-10", deciso="2025-06-20", nominate=due)
    riconosci(organizzazione_b, criterio("P8.1"), 14, giorno="2025-03-10", deciso="2025-07-20", nominate=due[:1])
    righe = {r.criterio.codice: r.punteggio for r in quadro_punteggio(programma, date(2025, 8, 1)).righe}
    assert righe["P8.1"].unita == valore


def test_monitoring__the_last_value_is_that_of_the_day_asked_for(programma, organizzazione_a):
    riconosci(organizzazione_a, criterio("P8.1"), 14, giorno="2025-03-10", deciso="2025-03-20")
    riconosci(organizzazione_a, criterio("P8.1"), 16, giorno="2025-06-10", deciso="2025-06-20", revocato="2025-07-20")
    riconosci(organizzazione_a, criterio("P8.1"), 15, giorno="2025-03-10", deciso="2025-03-21")

    def valore(al):
        return next(r for r in quadro_punteggio(programma, al).righe if r.criterio.codice == "P8.1").punteggio.unita

    giorni = [date(2025, 3, 20), date(2025, 3, 31), date(2025, 6, 30), date(2025, 8, 1)]
    assert [valore(al) for al in giorni] == [14, 15, 16, 15]


def test_monitoring__who_decides_reads_the_old_value_and_the_new(programma, organizzazione_a):
    riconosci(organizzazione_a, criterio("P8.1"), 14, giorno="2025-03-10")
    nuova = evidenza(organizzazione_a, criterio("P8.1"), stato=flusso.INVIATA, giorno="2025-06-10", quantita=16)
    (confronto,) = prima_e_dopo(nuova)
    assert (confronto.prima.unita, confronto.dopo.unita) == (14, 16)


@pytest.mark.parametrize(
    ("codice", "somma", "prima", "dopo"),
    [
        ("M5", "somma", 0, 1),
        ("P9.1", "enti", 0, 2),
        ("P9.1", "ultimo", 7, 3),
        ("P9.1", "somma", 7, 10),
        ("P1.1", "somma", 0, 3),
    ],
)
def test_what_a_fact_would_give__is_the_same_from_a_page_and_from_an_evidence(
    programma, organizzazione_a, nuovo_pezzo, codice, somma, prima, dopo
):
    """Of a member and of a body that is none: one of them counts where members do, both where bodies do."""
    uno = criterio(codice)
    uno.somma = somma
    uno.save()
    estranea = Organizzazione.objects.create(denominazione="Estranea", chiave="estranea")
    enti = (organizzazione_a, estranea)
    if prima:
        riconosci(organizzazione_a, uno, quantita=prima, giorno="2025-02-01")
    fatto = Fatto(uno, date(2025, 3, 5), Decimal(3), enti)
    in_attesa = evidenza(organizzazione_a, uno, stato=flusso.INVIATA, giorno="2025-03-05", nominate=enti, quantita=3)
    pagina = nuovo_pezzo(NotiziaPage, "Festa")
    (da_pagina,), (da_evidenza,) = prima_e_dopo_di(pagina, [fatto]), prima_e_dopo(in_attesa)
    assert (da_evidenza.prima.unita or 0, da_evidenza.dopo.unita) == (prima, dopo)
    assert (da_pagina.prima.unita or 0, da_pagina.dopo.unita) == (prima, dopo)
    assert (da_evidenza.prima.in_attesa, da_evidenza.dopo.in_attesa) == (1, 0)
