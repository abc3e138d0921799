"""Convening a meeting: who is written to, what their calendar is told, the sheet for signatures, the act's list."""

import csv
import datetime
import io

import pypdf
import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from base.models import MessaggioInUscita
from base.posta.operazioni import spedisci
from organizzazioni.models import Organizzazione
from registri.models import Partecipante, Riunione
from registri.riunioni import esportazioni, operazioni, selettori

from .scene.riunioni import tipo

pytestmark = pytest.mark.django_db
DOMANI = datetime.date(2025, 6, 11)
EMAIL = ("anna@example.org", "bruno@example.org")


@pytest.fixture
def orologio(monkeypatch):
    def al(*momento):
        adesso = datetime.datetime(*momento, tzinfo=timezone.get_default_timezone())
        monkeypatch.setattr("django.utils.timezone.now", lambda: adesso)

    al(2025, 6, 10, 9)
    return al


@pytest.fixture
def da_convocare(prepara, manager, orologio):
    riunione = prepara(
        "coordinamento", giorno=DOMANI, dalle=datetime.time(9), alle=datetime.time(10, 30), luogo="Sala A"
    )
    riunione.partecipanti.all().delete()
    righe = [Partecipante(nome=email.partition("@")[0].title(), email=email) for email in EMAIL]
    return operazioni.salva_partecipanti(riunione, manager, [*righe, Partecipante(nome="Senza Indirizzo")])


def partiti():
    """What was sent since the last time: (address, subject, method, event) of each message, after a real sending."""
    mail.outbox.clear()
    spedisci(datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1))  # the outbox keeps the real hour
    assert not MessaggioInUscita.objects.exists()
    trovati = []
    for messaggio in mail.outbox:
        parte = next(p for p in messaggio.message().walk() if p.get_content_type() == "text/calendar")
        calendario = Calendar.from_ical(parte.get_payload(decode=True))
        assert parte.get_param("method") == calendario["method"]
        evento = next(iter(calendario.walk("VEVENT")))
        trovati.append((messaggio.to[0], messaggio.subject, str(calendario["method"]), evento))
    return sorted(trovati, key=lambda uno: uno[0])


def test_convened__each_gets_an_invitation_of_their_own(da_convocare, manager):
    riunione = operazioni.convoca(da_convocare, manager)
    assert riunione.stato == "convocata" and riunione.formale == "convocata il 10/06/2025"
    messaggi = partiti()
    assert [uno[0] for uno in messaggi] == list(EMAIL)
    for email, oggetto, metodo, evento in messaggi:
        assert metodo == "REQUEST" and oggetto.startswith("Convocazione: Piano dell'estate")
        assert str(evento["attendee"]) == f"mailto:{email}" and "organizer" in evento
        assert evento["sequence"] == 0 and evento["status"] == "CONFIRMED" and "Sala A" in evento["location"]
        assert (evento["dtstart"].dt.hour, evento["dtend"].dt.minute) == (9, 30)
    assert not set(EMAIL) - {uno[0] for uno in messaggi} and messaggi[0][3]["uid"] == messaggi[1][3]["uid"]


def test_changed__the_sequence_grows_and_the_name_stays(da_convocare, manager):
    operazioni.convoca(da_convocare, manager)
    uid = partiti()[0][3]["uid"]
    riunione = Riunione.objects.get(pk=da_convocare.pk)
    riunione.luogo = "Sala B"
    operazioni.salva_riunione(riunione, manager)
    messaggi = partiti()
    assert [(u[2], u[3]["sequence"], u[3]["uid"] == uid) for u in messaggi] == [("REQUEST", 1, True)] * 2
    assert messaggi[0][1].startswith("È cambiata")
    operazioni.salva_riunione(Riunione.objects.get(pk=riunione.pk), manager)
    assert partiti() == []


def test_cancelled__the_calendar_drops_it_and_the_reason_is_told(da_convocare, manager):
    operazioni.convoca(da_convocare, manager)
    partiti()
    operazioni.annulla(da_convocare, manager, "Sala occupata")
    messaggi = partiti()
    assert [(u[2], u[3]["status"], u[3]["sequence"]) for u in messaggi] == [("CANCEL", "CANCELLED", 1)] * 2
    assert "Sala occupata" in mail.outbox[0].body


def test_never_convened__cancelling_tells_nobody(da_convocare, manager):
    operazioni.annulla(da_convocare, manager, "Rimandata")
    assert partiti() == []


def test_invited_after__is_convened_and_who_goes_is_told(da_convocare, manager):
    operazioni.convoca(da_convocare, manager)
    partiti()
    via = da_convocare.partecipanti.get(email=EMAIL[0])
    nuovo = Partecipante(nome="Carla", email="carla@example.org")
    operazioni.salva_partecipanti(da_convocare, manager, [nuovo], [via.pk])
    assert [(u[0], u[2]) for u in partiti()] == [(EMAIL[0], "CANCEL"), ("carla@example.org", "REQUEST")]


def test_convening__is_refused_past_its_day_or_with_nobody(da_convocare, manager, orologio):
    orologio(2025, 6, 12, 9)
    with pytest.raises(ValidationError, match="passato"):
        operazioni.convoca(da_convocare, manager)
    orologio(2025, 6, 10, 9)
    da_convocare.partecipanti.all().delete()
    with pytest.raises(ValidationError, match="Nessuno"):
        operazioni.convoca(da_convocare, manager)
    assert partiti() == []


def test_formal__by_its_convocation_serves_m3(da_convocare, manager, orologio):
    operazioni.salva_partecipanti(
        da_convocare, manager, [Partecipante(nome="M", ruolo="manager_territoriale", email="m@example.org")]
    )
    operazioni.convoca(da_convocare, manager)
    orologio(2025, 6, 11, 12)
    segni = {uno.pk: "presente" for uno in da_convocare.partecipanti.all()}
    operazioni.registra_presenze(da_convocare, manager, segni)
    proposte = selettori.proposte(Riunione.objects.complete().get(pk=da_convocare.pk))
    assert {p.criterio.codice: p.serve for p in proposte} == {"M2": False, "M3": True}


def test_screen__says_who_has_no_address(da_convocare, manager, client_di):
    client, indirizzo = client_di(manager), reverse("riunioni:convoca", args=[da_convocare.pk])
    html = client.get(indirizzo).content.decode()
    assert "Senza indirizzo, da avvisare a voce" in html and "Senza Indirizzo" in html
    for versione in ("9" * 30, "x", "1"):
        assert client.post(indirizzo, {"versione": versione}).status_code == 302
    assert client.post(indirizzo).status_code == 302
    assert Riunione.objects.get(pk=da_convocare.pk).stato == "convocata"


def test_sheet_for_signatures__is_a_tagged_pdf_for_who_reads_names(tieni, manager, acs, referente_b, client_di, pango):
    riunione = tieni("operativo", [("Gina Bruni", "cs4", "")])
    indirizzo = reverse("riunioni:foglio_firme", args=[riunione.pk])
    risposta = client_di(manager).get(indirizzo)
    letto = pypdf.PdfReader(io.BytesIO(risposta.content))
    radice = letto.trailer["/Root"]
    assert radice["/MarkInfo"]["/Marked"] and b"pdfuaid:part" in radice["/Metadata"].get_object().get_data()
    assert "Gina Bruni" in letto.pages[0].extract_text()
    assert client_di(acs).get(indirizzo).status_code == 200
    assert client_di(referente_b).get(indirizzo).status_code == 404


# -- the three columns ----------------------------------------------------------------------------------------


def colonne(client, **query):
    risposta = client.get(reverse("riunioni:esporta"), {"formato": "csv", **query})
    return [tuple(riga) for riga in csv.reader(io.StringIO(risposta.content.decode("utf-8-sig")), delimiter=";")]


def test_list__has_the_act_s_three_columns_for_a_period_and_a_kind(tieni, prepara, manager, client_di, pango):
    tieni("operativo", [("Gina Bruni", "cs4", "")], titolo="=1+1", giorno=datetime.date(2025, 3, 4))
    tieni("sotto-gruppo", titolo="Altro tipo", giorno=datetime.date(2025, 5, 6))
    prepara("operativo", titolo="Non tenuta", giorno=datetime.date(2025, 3, 5))
    client = client_di(manager)
    tutte = colonne(client)
    assert tutte[0] == ("Data", "Argomento trattato", "Persone coinvolte")
    assert [riga[:2] for riga in tutte[1:]] == [("04/03/2025", "'=1+1"), ("06/05/2025", "Altro tipo")]
    assert "Gina Bruni" in tutte[1][2] and f"{manager} (manager territoriale)" in tutte[1][2]
    assert len(colonne(client, dal="2025-04-01")) == 2 and len(colonne(client, al="2025-04-01")) == 2
    assert [riga[1] for riga in colonne(client, tipo=tipo("sotto-gruppo").pk)[1:]] == ["Altro tipo"]
    for formato, inizio in (("xlsx", b"PK"), ("pdf", b"%PDF-")):
        risposta = client.get(reverse("riunioni:esporta"), {"formato": formato, "dal": "2025-01-01"})
        assert risposta.content.startswith(inizio) and "no-store" in risposta["Cache-Control"]
    assert client.get(reverse("riunioni:esporta"), {"formato": "doc"}).status_code == 302


def test_list__names_are_for_who_may_read_them_and_no_public_page_has_any(
    tieni, manager, coordinamento, acs, referente_a, referente_b, client_di, client
):
    tieni("operativo", [("Gina Bruni", "cs4", ""), ("Pio Tosi", "asif-chimelli", "")], titolo="Incontro riservato")
    letti = {u.username: colonne(client_di(u)) for u in (manager, coordinamento, acs, referente_a, referente_b)}
    for chi in ("manager", "coordinamento", "acs"):
        assert "Gina Bruni" in letti[chi][1][2] and "Pio Tosi" in letti[chi][1][2]
    assert "Pio Tosi" in letti["referente_a"][1][2] and "Gina" not in letti["referente_a"][1][2]
    assert "Gina Bruni" in letti["referente_b"][1][2] and "Pio" not in letti["referente_b"][1][2]
    for indirizzo in ("/", "/programma/", "/organizzazioni/", "/cerca/?q=Incontro+riservato", "/cerca/?q=Gina+Bruni"):
        html = client.get(indirizzo, follow=True).content.decode()
        assert "Gina Bruni</" not in html and "<a" in html and "Incontro riservato</a>" not in html


def test_list__costs_the_same_with_many(tieni, manager, django_assert_num_queries):
    def quante():
        return list(Riunione.objects.visibili_a(manager).svolte().complete())

    for n in range(3):
        tieni("operativo", [("Gina", "cs4", ""), ("Ugo", "soste", "")], titolo=f"Riunione {n}")
    with django_assert_num_queries(5):
        assert len(esportazioni.righe(manager, quante())) == 3
    assert Organizzazione.objects.exists()


def test_convocation__goes_until_the_day_itself_and_no_longer(da_convocare, manager, orologio):
    orologio(2025, 6, 12, 0, 5)
    with pytest.raises(ValidationError, match="Il giorno è passato"):
        operazioni.convoca(da_convocare, manager)
    orologio(2025, 6, 11, 23, 55)
    assert operazioni.convoca(da_convocare, manager).stato == "convocata"
