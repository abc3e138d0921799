"""Two people at the same instant, on two connections: the row is held, and the second finds what the first did.

Only a database that holds rows can say it: they run on PostgreSQL alone, where `.ci/run` runs the tests again (see
`conftest.py`). On SQLite one writer at a time is the rule of the file itself.
"""

import threading
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from ascolto.models import RispostaAlSondaggio
from ascolto.sondaggi import operazioni as sondaggi
from base.models import TabellaScritta
from base.pronte.tabelle_scritte import cambiate, versioni
from convenzioni import operazioni as convenzioni
from convenzioni.models import Categoria, ConvenzionePage, SezioneConvenzioniPage
from cura import operazioni as cura
from guide import operazioni as guide
from guide.models import FaseVita, ServizioPage, SezioneGuidaPage
from notizie.models import (
    EventoPage,
    Iscritto,
    NotiziaPage,
    NumeroNewsletter,
    PostiDellEvento,
    Prenotazione,
    SezioneNotiziePage,
)
from notizie.newsletter import operazioni as newsletter
from notizie.prenotazioni import operazioni as prenotazioni
from notizie.prenotazioni.collegamenti import CONFERMA, PROPRIA
from organizzazioni.models import Organizzazione, Utente
from organizzazioni.operazioni import MANAGER, approva_pagina, pubblica_nuova
from programma import operazioni
from programma.flusso import PassaggioNonAmmesso
from programma.importazione_evidenze import importa_evidenze
from programma.models import Criterio, Evidenza, Passaggio, Riconoscimento

from .scene.sondaggi import aperto
from .test_attacchi_editor import dati as notizia


@pytest.fixture
def base_a_parte(django_db_setup, django_db_blocker):
    """A copy of the tests' database, in which everybody commits; it is thrown away."""
    vera = connection.settings_dict["NAME"]
    copia = f"{vera}_due"
    with django_db_blocker.unblock():
        connection.close()
        with connection._nodb_cursor() as cursore:
            cursore.execute(f'DROP DATABASE IF EXISTS "{copia}"')
            cursore.execute(f'CREATE DATABASE "{copia}" TEMPLATE "{vera}"')
        connection.settings_dict["NAME"] = copia
        yield
        connection.close()
        connection.settings_dict["NAME"] = vera
        with connection._nodb_cursor() as cursore:
            cursore.execute(f'DROP DATABASE "{copia}"')


@pytest.fixture
def persone(base_a_parte):
    ente = Organizzazione.objects.get(chiave="asif-chimelli")
    referente, manager, altro = (Utente.objects.create_user(nome) for nome in ("referente", "manager", "altro"))
    referente.groups.add(ente.gruppo)
    for persona in (manager, altro):
        persona.groups.add(Group.objects.get(name=MANAGER))
    return ente, referente, manager, altro


@pytest.fixture
def inviata(persone):
    ente, referente, *_ = persone
    evidenza = Evidenza(organizzazione=ente, titolo="Tavolo", data=date(2025, 3, 5), argomento="Estate")
    criterio = Criterio.objects.get(programma__anno=2025, codice="P1.1")
    return operazioni.invia(operazioni.salva_bozza(evidenza, referente, [criterio], [ente]), referente)


def insieme(prima, seconda):
    """Run both on connections of their own; `seconda` begins while `prima` has not committed yet. What each raised."""
    fatta, esiti = threading.Event(), [None, None]

    def esegui(posto, funzione):
        try:
            with transaction.atomic():
                if posto:
                    fatta.wait(timeout=10)
                funzione()
                if not posto:
                    fatta.set()
                    ferma.wait(timeout=1)  # long enough for the other to knock at the row
        except Exception as errore:  # noqa: BLE001  (the tests look at it)
            esiti[posto] = errore
        finally:
            connection.close()

    ferma = threading.Event()
    fili = [threading.Thread(target=esegui, args=coppia) for coppia in enumerate((prima, seconda))]
    for filo in fili:
        filo.start()
    for filo in fili:
        filo.join(timeout=30)
    return esiti


def test_two_write_in_a_table__neither_waits_and_their_notes_are_two_rows_for_ever(base_a_parte):
    prima, seconda = FaseVita.objects.values_list("pk", flat=True)[:2]
    esito = []

    def altra():
        with transaction.atomic(), connection.cursor() as cursore:
            cursore.execute("SET LOCAL lock_timeout = '2s'")
            esito.append(FaseVita.objects.filter(pk=seconda).update(nome="seconda"))
        connection.close()

    note = TabellaScritta.objects.filter(tabella=FaseVita._meta.db_table)
    with transaction.atomic():
        for nome in ("prima", "di nuovo"):
            FaseVita.objects.filter(pk=prima).update(nome=nome)
        filo = threading.Thread(target=altra)
        filo.start()
        filo.join(timeout=30)
    assert esito == [1] and note.count() == 2
    for n in range(30):
        stato = versioni()
        FaseVita.objects.filter(pk=prima).update(nome=f"altra {n}")
        assert cambiate(stato, versioni()) == {FaseVita._meta.db_table}
    assert note.count() == 2


def test_one_code_used_twice__one_answer(persone):
    _, _, manager, _ = persone
    sondaggio = aperto(manager)
    (codice,) = sondaggi.dai_codici(sondaggio, manager, 1)
    esiti = insieme(
        lambda: sondaggi.consegna(sondaggio, {"d1": 0}, codice), lambda: sondaggi.consegna(sondaggio, {"d1": 1}, codice)
    )
    assert esiti[0] is None and isinstance(esiti[1], sondaggi.CodiceNonValido)
    assert RispostaAlSondaggio.objects.get().dati["d1"] == 0


def test_answer_while_a_survey_closes__is_counted_or_refused(persone):
    _, _, manager, _ = persone
    sondaggio = aperto(manager)
    (codice,) = sondaggi.dai_codici(sondaggio, manager, 1)
    esiti = insieme(
        lambda: sondaggi.chiudi_sondaggio(sondaggio, manager), lambda: sondaggi.consegna(sondaggio, {"d1": 1}, codice)
    )
    assert esiti[0] is None and isinstance(esiti[1], sondaggi.SondaggioChiuso)
    assert not RispostaAlSondaggio.objects.exists()


def test_two_approvals__one_counts(persone, inviata):
    _, _, manager, altro = persone
    esiti = insieme(lambda: operazioni.approva(inviata, manager), lambda: operazioni.approva(inviata, altro))
    assert esiti[0] is None and isinstance(esiti[1], PassaggioNonAmmesso)
    assert Riconoscimento.objects.get().deciso_da == manager


def test_taken_back_while_approved__who_comes_first_wins(persone, inviata):
    _, referente, manager, _ = persone
    esiti = insieme(lambda: operazioni.richiama(inviata, referente), lambda: operazioni.approva(inviata, manager))
    assert esiti[0] is None and isinstance(esiti[1], PassaggioNonAmmesso)
    assert not Riconoscimento.objects.exists() and Evidenza.objects.get().stato == "bozza"


def test_two_revocations__one_passage(persone, inviata):
    _, _, manager, altro = persone
    operazioni.approva(inviata, manager)
    esiti = insieme(lambda: operazioni.revoca(inviata, manager, "A"), lambda: operazioni.revoca(inviata, altro, "B"))
    assert esiti[0] is None and isinstance(esiti[1], PassaggioNonAmmesso)
    assert Passaggio.objects.filter(a="revocata").count() == 1 and Riconoscimento.objects.get().motivo == "A"


def test_closed_while_approved__the_closing_wins(persone, inviata):
    _, _, manager, altro = persone
    esiti = insieme(
        lambda: operazioni.chiudi_programma(inviata.programma, altro), lambda: operazioni.approva(inviata, manager)
    )
    assert esiti[0] is None and isinstance(esiti[1], PermissionDenied)
    assert not Riconoscimento.objects.exists()


def post(chi, ente, titolo="Il post"):
    """A draft for the posts (P2.3), with the link that everybody gives."""
    link = ["https://www.facebook.com/comune/posts/1"]
    evidenza = Evidenza(organizzazione=ente, titolo=titolo, data=date(2025, 3, 5), argomento="Estate", link=link)
    return operazioni.salva_bozza(evidenza, chi, [Criterio.objects.get(programma__anno=2025, codice="P2.3")], [ente])


def test_one_post_sent_twice_at_once__is_counted_once(persone):
    ente, referente, manager, _ = persone
    una, altra = post(referente, ente), post(manager, ente, "Lo stesso post")
    esiti = insieme(lambda: operazioni.invia(una, referente), lambda: operazioni.invia(altra, manager))
    assert esiti[0] is None and isinstance(esiti[1], ValidationError)
    assert "già in un'altra evidenza" in str(esiti[1])


def test_one_fact_sent_twice_at_once__the_second_is_told(persone):
    ente, referente, manager, _ = persone
    criterio = Criterio.objects.get(programma__anno=2025, codice="P1.1")
    fatto = {"organizzazione": ente, "titolo": "Tavolo", "data": date(2025, 3, 5), "argomento": "Estate"}
    una, altra = (operazioni.salva_bozza(Evidenza(**fatto), chi, [criterio], [ente]) for chi in (referente, manager))
    esiti = insieme(
        lambda: operazioni.invia(una, referente, anche_se_detta=False),
        lambda: operazioni.invia(altra, manager, anche_se_detta=False),
    )
    assert esiti[0] is None and isinstance(esiti[1], operazioni.GiaDetta)


def test_one_post_sent_and_imported_at_once__is_one_evidence(persone, tmp_path):
    ente, referente, *_ = persone
    una, righe = post(referente, ente), tmp_path / "righe.csv"
    righe.write_text(
        "organizzazione;criteri;data;titolo;argomento;organizzazioni;link\n"
        f"{ente.chiave};P2.3;2025-03-06;Un post di marzo;Estate;{ente.chiave};https://www.facebook.com/comune/posts/1\n"
    )
    assert insieme(lambda: operazioni.invia(una, referente), lambda: importa_evidenze(righe)) == [None, None]
    assert Evidenza.objects.get() == una


def test_two_decisions_on_a_page__the_second_finds_the_first(persone):
    ente, referente, manager, altro = persone
    pagina = NotiziaPage(title="Una", live=False, owner=referente)
    SezioneNotiziePage.objects.get(organizzazione=ente).add_child(instance=pagina)
    pagina.save_revision(user=referente)
    pagina.get_workflow().start(pagina, referente)
    sua, di_altro = (NotiziaPage.objects.get(pk=pagina.pk) for _ in range(2))
    assert sua.current_workflow_task_state and di_altro.current_workflow_task_state
    esiti = insieme(lambda: approva_pagina(sua, manager), lambda: approva_pagina(di_altro, altro))
    assert esiti[0] is None and isinstance(esiti[1], PermissionDenied)


@pytest.mark.parametrize("prima_invia", [False, True])
def test_autosave_and_submit_at_once__make_one_page_that_waits(persone, client_di, prima_invia):
    """Both creations are on their way before either has its answer: neither knows the page of the other."""
    ente, referente, *_ = persone
    sezione = SezioneNotiziePage.objects.get(organizzazione=ente)
    porta = reverse("wagtailadmin_pages:add", args=["notizie", "notiziapage", sezione.pk])
    salva, invia = client_di(referente), client_di(referente)
    campi = notizia(chiave_nuova=str(uuid4()))
    stati = {}

    def salva_da_se():
        stati["salva"] = salva.post(porta, campi, headers={"accept": "application/json"}).status_code

    def invia_ora():
        stati["invia"] = invia.post(porta, campi | {"action-submit": "1"}).status_code

    assert insieme(*((invia_ora, salva_da_se) if prima_invia else (salva_da_se, invia_ora))) == [None, None]
    assert stati == {"invia": 302, "salva": 400 if prima_invia else 200}
    assert NotiziaPage.objects.get().workflow_in_progress


def test_two_signatures__one_evidence(persone):
    ente, referente, manager, _ = persone
    pagina = ConvenzionePage(
        title="Dentista",
        partner="Studio",
        categoria=Categoria.objects.first(),
        valida_dal=date(2025, 6, 1),
        valida_fino_al=date(2027, 5, 31),
    )
    SezioneConvenzioniPage.objects.get(organizzazione=ente).add_child(instance=pagina)
    pagina.save_revision(user=referente).publish()
    firme = [
        lambda: convenzioni.registra_firma(pagina, referente, date(2025, 6, 10)),
        lambda: convenzioni.registra_firma(pagina, manager, date(2025, 6, 20)),
    ]
    assert insieme(*firme) == [None, None]
    evidenza = Evidenza.objects.nate_da(pagina).get()
    assert (evidenza.data, evidenza.inviata_da) == (date(2025, 6, 20), manager)


def test_cards_issued_twice_at_once__stay_within_what_was_granted(persone):
    ente, referente, manager, _ = persone
    oggi = timezone.localdate()
    lotto = convenzioni.concedi(ente, oggi.year, 5, oggi + timedelta(days=30), manager)
    esiti = insieme(*[lambda: convenzioni.emetti(lotto, 4, referente)] * 2)
    assert esiti[0] is None and "ancora 1" in str(esiti[1]) and lotto.card.count() == 4


def test_newsletter_started_twice_at_once__leaves_once(persone, monkeypatch):
    *_, manager, altro = persone
    monkeypatch.setattr("notizie.newsletter.operazioni.numeri.metti_in_coda", lambda numero: None)
    Iscritto.objects.create(email="una@example.org", confermata_il=timezone.now())
    numero = NumeroNewsletter.objects.create(titolo="Autunno", parole="<p>Ciao</p>")
    esiti = insieme(*[lambda chi=chi: newsletter.avvia_invio(numero, chi) for chi in (manager, altro)])
    assert esiti[0] is None and isinstance(esiti[1], ValidationError) and numero.consegne.count() == 1


@pytest.fixture
def scheda(persone):
    sezione = SezioneGuidaPage.objects.get(organizzazione=persone[0])
    return pubblica_nuova(sezione, ServizioPage(title="Nido", sommario="In breve", natura="pubblico"))


def test_withdrawal_asked_twice_at_once__is_one(persone, scheda):
    _, referente, manager, _ = persone
    esiti = insieme(*[lambda chi=chi: cura.chiedi_ritiro(scheda, chi, "Chiude") for chi in (referente, manager)])
    assert esiti[0] is None and isinstance(esiti[1], cura.PassaggioImpossibile) and scheda.ritiri.count() == 1


def test_report_closed_twice_at_once__is_answered_once(persone, scheda):
    *_, manager, altro = persone
    segnalazione = guide.segnala_errore(scheda, "Il telefono è cambiato", "una@example.org")
    esiti = insieme(*[lambda chi=chi: cura.risolvi(segnalazione, chi, "Fatto") for chi in (manager, altro)])
    assert esiti[0] is None and isinstance(esiti[1], cura.PassaggioImpossibile)


@pytest.fixture
def prenotate(persone):
    """Who asked for the one place of an event: the place is kept for none of them any more."""
    ente, referente, *_ = persone
    evento = EventoPage(title="Serata", data=timezone.localdate() + timedelta(days=9))
    SezioneNotiziePage.objects.get(organizzazione=ente).add_child(instance=evento)
    posti = prenotazioni.salva_posti(PostiDellEvento(evento=evento, quanti=1), referente)
    for chi in ("ada", "bea", "cleo", "dora"):
        prenotazioni.chiedi(posti, chi, f"{chi}@example.org")
    posti.prenotazioni.update(tenuta_fino_a=None)
    return list(posti.prenotazioni.order_by("pk"))


def conferma(una):
    stato = una.stato_del_collegamento
    return lambda: prenotazioni.conferma(CONFERMA.apri(CONFERMA.gettone(una.pk, stato=stato)))


def disdici(una):
    return lambda: prenotazioni.disdici(PROPRIA.apri(PROPRIA.gettone(una.pk, stato=una.email)))


def stati(righe):
    return [Prenotazione.objects.filter(pk=una.pk).values_list("stato", flat=True).first() for una in righe]


def test_last_place_confirmed_twice_at_once__is_of_one(prenotate):
    assert insieme(*map(conferma, prenotate[:2])) == [None, None]
    assert stati(prenotate) == ["confermata", "in_attesa", "da_confermare", "da_confermare"]


def test_two_places_given_back_at_once__are_of_the_two_who_wait(prenotate):
    PostiDellEvento.objects.update(quanti=2)
    for una in prenotate:
        conferma(una)()
    assert stati(prenotate) == ["confermata", "confermata", "in_attesa", "in_attesa"]
    assert insieme(*map(disdici, prenotate[:2])) == [None, None]
    assert stati(prenotate) == [None, None, "confermata", "confermata"]


def test_called_off_while_one_confirms__nobody_gets_a_place(prenotate):
    evento = EventoPage.objects.get(title="Serata")
    evento.stato = "annullato"
    esiti = insieme(lambda: evento.save_revision().publish(), conferma(prenotate[0]))
    assert esiti[0] is None and "annullato" in str(esiti[1])
    assert stati(prenotate)[0] == "da_confermare"
