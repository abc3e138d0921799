"""The queue of who decides: what is in it, for whom, and what it costs."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from home.demo.orologio import momento, orologio
from notizie.models import ComunicatoPage, NotiziaPage, SezioneNotiziePage
from organizzazioni.decisioni_dalla_posta import letta
from organizzazioni.operazioni import approva_pagina
from programma import operazioni
from programma.forms import MOTIVI_PRONTI
from programma.models import Criterio, Evidenza
from programma.pannelli import PannelloPunteggio
from programma.selettori.coda import Coda
from programma.selettori.referente import le_mie_azioni

from .punteggio_dati import evidenza, riconosci

pytestmark = pytest.mark.django_db
CODA = reverse("programma:coda")


@pytest.fixture
def inviata(programma, organizzazione_a, referente_a):
    """A submitted evidence of organisation A, sent `giorni` ago."""

    def crea(titolo="Tavolo", giorni=0, utente=referente_a, organizzazione=organizzazione_a, codice="P1.1"):
        criterio = Criterio.objects.get(programma=programma, codice=codice)
        evidenza = Evidenza(organizzazione=organizzazione, titolo=titolo, data=date(2025, 3, 5), argomento="Estate")
        operazioni.salva_bozza(evidenza, utente, [criterio], [organizzazione])
        return operazioni.invia(evidenza, utente, quando=timezone.now() - timedelta(days=giorni))

    return crea


@pytest.fixture
def notizia(organizzazione_a, referente_a):
    """A news page of organisation A that waits for approval."""

    def crea(
        titolo="Una notizia",
        utente=referente_a,
        organizzazione=organizzazione_a,
        criteri=(),
        modello=NotiziaPage,
        **campi,
    ):
        sezione = SezioneNotiziePage.objects.get(organizzazione=organizzazione)
        pagina = sezione.add_child(instance=modello(title=titolo, live=False, owner=utente, **campi))
        pagina.criteri_serviti = criteri
        pagina.save_revision(user=utente)
        pagina.get_workflow().start(pagina, utente)
        return modello.objects.get(pk=pagina.pk)

    return crea


def titoli(utente):
    return [voce.titolo for voce in Coda(utente)]


def test_one_queue__evidence_and_pages_from_the_oldest(inviata, notizia, manager, coordinamento):
    inviata("Seconda", giorni=3)
    notizia("Ultima")
    inviata("Prima", giorni=20)
    assert titoli(manager) == ["Prima", "Seconda", "Ultima"]
    assert [voce.da_quanto for voce in Coda(manager)] == ["da 2 settimane", "da 3 giorni", "da meno di un'ora"]
    assert titoli(coordinamento) == []


def test_queue_of_coordinamento__is_what_the_manager_wrote(inviata, notizia, manager, coordinamento, distretto):
    inviata("Del manager", utente=manager, organizzazione=distretto)
    notizia("Notizia del manager", utente=manager, organizzazione=distretto)
    assert titoli(manager) == []
    assert sorted(titoli(coordinamento)) == ["Del manager", "Notizia del manager"]


def test_who_does_not_decide__has_no_queue(inviata, client_di, referente_a, acs):
    inviata()
    for utente in (referente_a, acs):
        assert titoli(utente) == []
        assert client_di(utente).get(CODA).status_code == 302
        assert client_di(utente).post(CODA, {"evidenza": Evidenza.objects.get().pk}).status_code == 302
    assert Evidenza.objects.get().stato == "inviata"


def test_page__says_what_changes(notizia, manager, referente_a, client_di):
    pagina = notizia("Com'era")
    client_di(manager).post(
        reverse("programma:pagina", args=[pagina.pk]),
        {
            "azione": "approva",
            "revisione": letta(pagina.current_workflow_task_state),
        },
    )
    pagina = NotiziaPage.objects.get(pk=pagina.pk)
    assert pagina.live
    pagina.title, pagina.data = "Com'è", date(2025, 5, 1)
    pagina.save_revision(user=referente_a)
    pagina.get_workflow().start(pagina, referente_a)
    [voce] = Coda(manager)
    assert (voce.titolo, voce.cambia) == ("Com'è", "cambia: titolo, data")
    risposta = client_di(manager).get(voce.indirizzo).content.decode()
    assert "deletion" in risposta and "addition" in risposta


def test_returned_and_mended__is_seen(inviata, manager, referente_a):
    evidenza = operazioni.restituisci(inviata(), manager, "Manca il verbale")
    operazioni.invia(evidenza, referente_a)
    assert [voce.cambia for voce in Coda(manager)] == ["corretta dopo una restituzione"]


def spunta(evidenza):
    """What the box of an evidence in the queue sends."""
    return f"{evidenza.pk}-{evidenza.versione}"


def test_together__the_answer_lists_done_and_refused(inviata, manager, client_di, distretto):
    buona, altra = inviata("Buona"), inviata("Altra")
    propria = inviata("Propria", utente=manager, organizzazione=distretto)
    risposta = client_di(manager).post(
        CODA, {"evidenza": [*map(spunta, (buona, propria)), spunta(altra).split("-")[0], "x", "999999"]}
    )
    testo = risposta.content.decode()
    assert "1 evidenza approvata, 2 no" in testo
    assert "Non puoi decidere su un&#x27;evidenza che hai scritto anche tu" in testo
    assert "Non si sa quale versione hai letto" in testo
    stati = {e.titolo: e.stato for e in Evidenza.objects.filter(pk__in=[buona.pk, altra.pk, propria.pk])}
    assert stati == {"Buona": "approvata", "Altra": "inviata", "Propria": "inviata"}


def test_together__without_choices_does_nothing(inviata, manager, client_di):
    inviata()
    risposta = client_di(manager).post(CODA, follow=True)
    assert "Spunta almeno" in risposta.content.decode()
    assert Evidenza.objects.get().stato == "inviata"


def test_after_the_decision__the_next_one_comes(inviata, manager, client_di):
    prima, seconda = inviata("Prima", giorni=2), inviata("Seconda", giorni=1)
    cliente = client_di(manager)
    criterio = prima.criteri.get()

    def approva(evidenza):
        return cliente.post(
            evidenza.get_absolute_url(),
            {
                "azione": "approva",
                "versione": evidenza.versione,
                f"criterio-{criterio.pk}-quantita": "1",
                f"criterio-{criterio.pk}-nota": "",
            },
        )

    risposta = approva(prima)
    assert risposta.url == seconda.get_absolute_url()
    assert "Approvata: «Prima»" in cliente.get(risposta.url).content.decode()
    assert approva(seconda).url == CODA
    assert "Non c'è nulla da approvare" in cliente.get(CODA).content.decode()


@pytest.mark.parametrize("indirizzo", [CODA, reverse("wagtailadmin_home")])
def test_cost__is_constant(inviata, notizia, manager, client_di, indirizzo):
    cliente = client_di(manager)

    def conta():
        cliente.get(indirizzo)
        with CaptureQueriesContext(connection) as query:
            assert cliente.get(indirizzo).status_code == 200
        return len(query)

    inviata("E0")
    notizia("N0")
    uno = conta()
    for n in range(1, 50):
        inviata(f"E{n}", giorni=n % 20)
        notizia(f"N{n}")
    assert conta() <= uno


@pytest.mark.parametrize("p", ["0", "-1", "99", "x", "1e9", ""])
def test_wrong_page__is_never_an_error(inviata, manager, client_di, p):
    inviata()
    assert client_di(manager).get(CODA, {"p": p}).status_code == 200


def test_home__has_one_queue_and_no_panel_of_wagtail(inviata, notizia, manager, coordinamento, acs, client_di):
    inviata("Tavolo di marzo")
    notizia("Notizia di marzo")
    for utente, coda in ((manager, True), (coordinamento, False), (acs, False)):
        testo = client_di(utente).get(reverse("wagtailadmin_home")).content.decode()
        assert ("Tavolo di marzo" in testo and "Notizia di marzo" in testo) is coda
        assert "Programma 2025" in testo and reverse("programma:evidenze") in testo
        assert "Awaiting" not in testo and "In attesa della tua revisione" not in testo
        assert testo.count("Notizia di marzo") <= 1


def test_menu__says_how_many_wait(inviata, manager, referente_a, client_di):
    inviata()
    assert "Da approvare (1)" in client_di(manager).get(CODA).content.decode()
    assert "Da approvare" not in client_di(referente_a).get(reverse("programma:evidenze")).content.decode()


def test_returning__the_ready_sentences_are_enough(inviata, manager, client_di):
    evidenza, cliente = inviata(), client_di(manager)
    risposta = cliente.post(
        evidenza.get_absolute_url(),
        {"azione": "restituisci", "versione": evidenza.versione, "restituisci-motivo": " "},
    )
    assert "Scrivi il motivo" in risposta.content.decode()
    pronto = MOTIVI_PRONTI[0]
    cliente.post(
        evidenza.get_absolute_url(),
        {
            "azione": "restituisci",
            "versione": evidenza.versione,
            "restituisci-pronti": [pronto],
            "restituisci-motivo": "E la data",
        },
    )
    assert evidenza.passaggi.first().motivo == f"{pronto}\nE la data"


def test_reading__shows_the_score_before_and_after(inviata, manager, referente_a, client_di):
    evidenza = inviata()
    testo = client_di(manager).get(evidenza.get_absolute_url()).content.decode()
    assert "1 incontro approvato × " in testo and "Prima" in testo
    assert "Prima" not in client_di(referente_a).get(evidenza.get_absolute_url()).content.decode()


def test_page_that_is_evidence__tells_who_approves(programma, manager, client_di, notizia):
    criteri = [programma.criteri.get(codice="P4.2")]
    pagina = notizia("Serata aperta", criteri=criteri, data=date(2025, 11, 8))
    testo = client_di(manager).get(reverse("programma:pagina", args=[pagina.pk])).content.decode()
    assert "Vale come evidenza" in testo and "<strong>P4.2</strong>" in testo
    fuori = notizia("Fuori dal periodo", criteri=criteri, data=date(2024, 11, 8))
    assert "P4.2" not in client_di(manager).get(reverse("programma:pagina", args=[fuori.pk])).content.decode()


def confronti(cliente, pagina):
    righe = cliente.get(reverse("programma:pagina", args=[pagina.pk])).context["prima_e_dopo"]
    return {riga.criterio.codice: (riga.prima.punteggio, riga.dopo.punteggio) for riga in righe}


def test_page_that_is_evidence__tells_the_score_before_and_after(programma, manager, client_di, notizia):
    cliente = client_di(manager)
    criteri = list(programma.criteri.filter(codice__in=["P4.2", "P1.2"]))
    pagina = notizia("Serata aperta", criteri=criteri, data=date(2025, 11, 8))
    assert confronti(cliente, pagina) == {"P1.2": (0, 100), "P4.2": (0, 50)}
    testo = cliente.get(reverse("programma:pagina", args=[pagina.pk])).content.decode()
    assert "Punteggio prima e dopo l&#x27;approvazione" in testo or "Punteggio prima e dopo l'approvazione" in testo
    assert "1 mail o post approvato × 50% = 50%" in testo


def test_page_written_again__takes_the_place_of_what_counted(programma, manager, client_di, notizia, referente_a):
    criteri = list(programma.criteri.filter(codice__in=["P4.2", "P1.2"]))
    pagina = notizia("Serata aperta", criteri=criteri, data=date(2025, 11, 8))
    approva_pagina(pagina, manager)
    pagina = NotiziaPage.objects.get(pk=pagina.pk)
    pagina.data, pagina.criteri_serviti = date(2025, 11, 9), [c for c in criteri if c.codice == "P4.2"]
    pagina.save_revision(user=referente_a)
    pagina.get_workflow().start(pagina, referente_a)
    assert confronti(client_di(manager), pagina) == {"P4.2": (50, 50), "P1.2": (100, 0)}


def test_monitored_number__is_read_before_and_after(programma, manager, organizzazione_a, referente_a, client_di):
    p81 = programma.criteri.get(codice="P8.1")
    riconosci(organizzazione_a, p81, quantita=14)
    nuova = evidenza(organizzazione_a, p81, stato="inviata", quantita=16)  # the last value is the one that counts
    nuova.autori.add(referente_a)
    testo = client_di(manager).get(nuova.get_absolute_url()).content.decode()
    assert "<td>Monitoraggio, senza punteggio: 14 realtà</td>" in testo
    assert "<strong>Monitoraggio, senza punteggio: 16 realtà</strong>" in testo


def test_press_release__tells_who_approves_that_it_counts_by_itself(programma, manager, client_di, notizia):
    pagina = notizia("Nasce il gruppo", modello=ComunicatoPage, data=date(2025, 10, 20))
    testo = client_di(manager).get(reverse("programma:pagina", args=[pagina.pk])).content.decode()
    assert "Se approvi, conta subito" in testo and "<strong>M6</strong>" in testo and "Approva e pubblica" in testo
    fuori = notizia("Altro anno", modello=ComunicatoPage, data=date(2024, 10, 20))
    testo = client_di(manager).get(reverse("programma:pagina", args=[fuori.pk])).content.decode()
    assert "<strong>M6</strong>" not in testo


def test_scheduled_page__is_not_called_published(manager, client_di, notizia):
    esce = timezone.make_aware(datetime(timezone.localdate().year + 1, 12, 8, 9, 30))
    pagina, cliente = notizia("Il mercatino", go_live_at=esce), client_di(manager)
    indirizzo = reverse("programma:pagina", args=[pagina.pk])
    risposta = cliente.get(indirizzo)
    testo, giorno = risposta.content.decode(), f"8 dicembre {esce.year}"
    assert f"Esce da sola l&#x27;{giorno}, ore 09:30" in testo and f"Approva: esce l&#x27;{giorno}" in testo
    assert "Approva e pubblica" not in testo
    fatto = cliente.post(indirizzo, {"azione": "approva", "revisione": risposta.context["letta"]}, follow=True)
    (detto,) = fatto.context["messages"]
    assert f"«Il mercatino» esce da sola l&#x27;{giorno}, ore 09:30" in str(detto)
    assert not NotiziaPage.objects.get(pk=pagina.pk).live


@pytest.mark.parametrize(
    ("ora", "detto"),
    [
        ("2025-12-30 12:00", "scade domani"),
        ("2025-12-31 00:30", "scade oggi"),
        ("2025-12-31 23:30", "scade oggi"),
        ("2026-01-01 00:30", "la scadenza è passata"),
    ],
)
def test_home__the_deadline_stays_on_its_day_and_near_midnight(programma, manager, acs, ora, detto):
    with orologio(momento(ora)):
        for utente in (manager, acs):
            assert detto in PannelloPunteggio(utente).render_html({})


def test_home_of_the_referent__has_the_deadline_on_its_day(programma, referente_a, client_di):
    cliente = client_di(referente_a)
    for ora, detto in (("2025-12-31 23:30", "La scadenza è oggi"), ("2026-01-01 00:30", "La scadenza è passata")):
        with orologio(momento(ora)):
            assert detto in render_to_string(
                "programma/admin/home/mie_azioni.html", {"anni": le_mie_azioni(referente_a)}
            )
    assert cliente.get("/admin/").status_code == 200


def test_home__says_no_deadlines_of_a_closed_year(programma, manager):
    operazioni.chiudi_programma(programma, manager)
    testo = PannelloPunteggio(manager).render_html({})
    assert "Chiuso" in testo and "scade" not in testo and "scadenza" not in testo
