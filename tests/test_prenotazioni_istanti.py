"""Bookings to the minute and to the last place: a clock that stands still where the rule says it."""

from datetime import datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from base.models import MessaggioInUscita
from notizie.models import EventoPage, PostiDellEvento, Prenotazione
from notizie.prenotazioni import operazioni
from notizie.prenotazioni.collegamenti import CONFERMA
from programma.models import AzionePage, Criterio, Evidenza

pytestmark = pytest.mark.django_db
Stato = Prenotazione.Stato
UN_GIORNO, UN_ORA, UN_MINUTO = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
ADESSO = timezone.make_aware(datetime(2026, 3, 4, 10, 0))
OGGI = ADESSO.date()


class Orologio:
    ora = ADESSO


@pytest.fixture
def orologio(monkeypatch):
    """What time it is, until somebody sets it."""
    suo = Orologio()
    monkeypatch.setattr(timezone, "now", lambda: suo.ora)
    return suo


@pytest.fixture
def apri(orologio, nuovo_pezzo, manager):
    """Open the bookings of an event of that day, at five."""

    def _apri(quanti=None, giorno=OGGI + 10 * UN_GIORNO, **campi):
        detto = {"data": giorno, "ora_inizio": time(17), **campi}
        evento = nuovo_pezzo(EventoPage, f"Serata {EventoPage.objects.count()}", **detto)
        return operazioni.salva_posti(PostiDellEvento(evento=evento, quanti=quanti), manager)

    return _apri


def messaggi(che_cosa, *argomenti):
    """Do something, and say how many mails are to leave."""
    prima = MessaggioInUscita.objects.count()
    che_cosa(*argomenti)
    return MessaggioInUscita.objects.count() - prima


def chiede(posti, chi):
    operazioni.chiedi(posti, chi.title(), f"{chi}@example.org")
    return Prenotazione.objects.get(posti=posti, email=f"{chi}@example.org")


def conferma(una):
    operazioni.conferma(CONFERMA.apri(CONFERMA.gettone(una.pk, stato=una.stato_del_collegamento)))
    una.refresh_from_db()
    return una


@pytest.mark.parametrize(("dopo", "quante"), [(UN_ORA - UN_MINUTO, 0), (UN_ORA, 1)])
def test_address__is_written_to_again_after_an_hour(orologio, apri, dopo, quante):
    posti = apri()
    assert messaggi(chiede, posti, "ada") == 1
    orologio.ora += dopo
    assert messaggi(chiede, posti, "ada") == quante


def test_address__is_written_to_about_five_events_in_an_hour(orologio, apri):
    tutti = [apri() for _ in range(7)]
    assert [messaggi(operazioni.chiedi, uno, "Ada", "ada@example.org") for uno in tutti] == [1] * 5 + [0] * 2
    orologio.ora += UN_ORA
    assert messaggi(operazioni.chiedi, tutti[6], "Ada", "ada@example.org") == 1


@pytest.mark.parametrize(
    ("dopo", "stato"), [(UN_ORA - UN_MINUTO, Stato.CONFERMATA), (UN_ORA, Stato.IN_ATTESA)], ids=str
)
def test_place__is_kept_for_an_hour_to_who_asked(orologio, apri, dopo, stato):
    posti = apri(quanti=1)
    ada, bea = chiede(posti, "ada"), conferma(chiede(posti, "bea"))
    assert (ada.tenuta_fino_a, bea.stato) == (ADESSO + UN_ORA, Stato.IN_ATTESA)
    orologio.ora += dopo
    assert conferma(ada).stato == stato


def test_place__that_is_still_there_is_of_who_confirms_late(orologio, apri):
    posti = apri(quanti=1)
    ada = chiede(posti, "ada")
    orologio.ora += 2 * UN_ORA
    assert conferma(ada).stato == Stato.CONFERMATA


def test_place__that_was_kept_is_gone_when_the_organiser_took_it_away(apri, manager):
    posti = apri(quanti=2)
    ada, _ = chiede(posti, "ada"), conferma(chiede(posti, "bea"))
    operazioni.salva_posti(PostiDellEvento(evento=posti.evento, quanti=1), manager, versione=1)
    assert conferma(ada).stato == Stato.IN_ATTESA


def test_places__become_as_few_as_are_taken_and_names_are_kept_for_less(apri, manager):
    posti = apri(quanti=3)
    for chi in ("ada", "bea"):
        conferma(chiede(posti, chi))
    for versione, campi in enumerate(({"quanti": 2}, {"conserva": 10}, {"quanti": 2, "conserva": 10}), start=1):
        operazioni.salva_posti(PostiDellEvento(evento=posti.evento, **campi), manager, versione=versione)
    attuali = PostiDellEvento.objects.get()
    assert (attuali.quanti, attuali.conserva, attuali.versione) == (2, 10, 4)
    for campi in ({"quanti": 1, "conserva": 10}, {"conserva": 11}):
        with pytest.raises(ValidationError):
            operazioni.salva_posti(PostiDellEvento(evento=posti.evento, **campi), manager, versione=4)


def test_place__asked_for_and_not_confirmed_is_not_the_organisers_to_give_back(apri, manager):
    posti = apri()
    assert not operazioni.togli(posti, manager, chiede(posti, "ada").pk)
    assert operazioni.togli(posti, manager, conferma(chiede(posti, "bea")).pk) is True
    assert Prenotazione.objects.get().email == "ada@example.org"


@pytest.mark.parametrize(("fra", "promemoria"), [(0, 0), (1, 0), (2, 1)])
def test_reminder__is_what_was_written_on_the_eve_already(orologio, apri, manager, fra, promemoria):
    posti = apri(quanti=1, giorno=OGGI + fra * UN_GIORNO)
    ada, bea = conferma(chiede(posti, "ada")), conferma(chiede(posti, "bea"))
    orologio.ora += max(0, fra - 1) * UN_GIORNO
    assert operazioni.segui()["promemoria"] == promemoria
    operazioni.togli(posti, manager, ada.pk)
    bea.refresh_from_db()
    assert (bea.stato, bea.ricordata_il) == (Stato.CONFERMATA, orologio.ora)
    assert operazioni.segui()["promemoria"] == 0


def test_reminder__comes_again_for_another_day_and_not_for_another_place(orologio, apri):
    posti = apri(giorno=OGGI + UN_GIORNO)
    conferma(chiede(posti, "ada"))
    for campi, volte in (({"luogo": "Biblioteca"}, 0), ({"ora_inizio": time(18)}, 1)):
        EventoPage.objects.filter(pk=posti.evento.pk).update(**campi)
        operazioni.avvisa_dei_cambiamenti(EventoPage.objects.get(pk=posti.evento.pk))
        assert operazioni.segui()["promemoria"] == volte


def test_reminder__not_of_what_began_already_though_it_goes_on_for_days(orologio, apri):
    giorni = {"ora_inizio": None, "data_fine": OGGI + 3 * UN_GIORNO}
    posti = apri(giorno=OGGI - UN_GIORNO, **giorni)
    conferma(chiede(posti, "ada"))
    Prenotazione.objects.update(ricordata_il=None)
    assert operazioni.segui()["promemoria"] == 0
    EventoPage.objects.update(data=OGGI)
    assert operazioni.segui()["promemoria"] == 1


def test_change__of_what_is_over_is_told_to_nobody(orologio, apri):
    posti = apri()
    conferma(chiede(posti, "ada"))
    EventoPage.objects.update(luogo="Biblioteca")
    orologio.ora += 11 * UN_GIORNO
    assert messaggi(operazioni.avvisa_dei_cambiamenti, EventoPage.objects.get()) == 0
    posti.refresh_from_db()
    assert posti.detto["dove"] == "Biblioteca"


def test_names__of_requests_and_of_past_events_are_forgotten_in_one_go(orologio, apri):
    passato, altro = apri(), apri()
    conferma(chiede(passato, "ada")), conferma(chiede(passato, "bea"))
    chiede(altro, "cleo")
    orologio.ora += CONFERMA.durata
    assert operazioni.dimentica_prenotazioni() == 0
    orologio.ora += UN_MINUTO
    assert operazioni.dimentica_prenotazioni() == 1
    chiede(altro, "dora")
    orologio.ora = timezone.make_aware(datetime.combine(OGGI + 41 * UN_GIORNO, time(0, 30)))
    assert operazioni.dimentica_prenotazioni() == 3
    passato.refresh_from_db()
    assert passato.prenotati_alla_fine == 2


def test_numbers__given_already_follow_who_corrects_them(apri, programma, manager):
    posti = apri(giorno=programma.dal)
    posti.evento.azioni_realizzate = AzionePage.objects.child_of(programma).filter(numero=8)
    posti.evento.save()
    criterio = Criterio.objects.get(programma=programma, codice="P8.2")
    with pytest.raises(ValidationError, match="Scrivi prima quante persone"):
        operazioni.offri_presenti(posti, manager, criterio.pk)
    operazioni.scrivi_presenti(posti, manager, None, 17)
    evidenza = operazioni.offri_presenti(posti, manager, criterio.pk)
    assert (evidenza.quantita, evidenza.descrizione) == (17, "Dipendenti: 0; comunità: 17.")
    assert evidenza.link == [posti.evento.get_full_url()] and evidenza.id_autori() == {manager.pk}
    operazioni.scrivi_presenti(posti, manager, 6, None)
    assert Evidenza.objects.get().descrizione == "Dipendenti: 6; comunità: 0."
    operazioni.scrivi_presenti(posti, manager, None, None)
    assert Evidenza.objects.get().quantita == 0
