"""The manager's training: hours offered and attended feed M9 by themselves, in tenths, the same at any date."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programma import operazioni as evidenze
from programma.models import Criterio, Evidenza
from programma.selettori.punteggio import quadro_punteggio
from registri.formazione import operazioni, selettori
from registri.models import Corso
from registri.riservati import MASSIMO_FILE

pytestmark = pytest.mark.django_db


@pytest.fixture
def orologio(monkeypatch, programma):
    def al(*momento):
        adesso = datetime(*momento, tzinfo=timezone.get_default_timezone())
        monkeypatch.setattr("django.utils.timezone.now", lambda: adesso)

    al(2025, 9, 1, 9)
    return al


def corso(manager, giorno=date(2025, 9, 1), ore="7.5", **campi):
    return operazioni.salva_corso(Corso(titolo="Reti di famiglie", giorno=giorno, ore=Decimal(ore), **campi), manager)


def frequenta(uno, manager, ore=None, attestato=True):
    uno = Corso.objects.get(pk=uno.pk)
    uno.frequenza, uno.ore_frequentate = "si", ore and Decimal(ore)
    uno = operazioni.salva_corso(uno, manager)
    if attestato:
        operazioni.allega_attestato(uno, manager, SimpleUploadedFile("attestato.txt", b"Ha frequentato"))
    return Corso.objects.get(pk=uno.pk)


def m9(programma, al):
    riga = next(r for r in quadro_punteggio(programma, al).righe if r.criterio.codice == "M9")
    return riga.criterio.offerto, riga.punteggio.punteggio


def test_certificates__are_so_many_and_no_more(programma, manager, orologio):
    uno = corso(manager)
    for numero in range(MASSIMO_FILE):
        operazioni.allega_attestato(uno, manager, SimpleUploadedFile(f"{numero}.txt", b"Ha frequentato"))
    with pytest.raises(ValidationError, match="Il massimo"):
        operazioni.allega_attestato(uno, manager, SimpleUploadedFile("ancora.txt", b"Ha frequentato"))
    assert uno.file.count() == MASSIMO_FILE


def test_hours__offered_and_attended_feed_m9_and_every_past_day_stays(programma, manager, coordinamento, orologio):
    assert m9(programma, date(2025, 9, 1)) == (None, None)
    uno = corso(manager)
    assert m9(programma, date(2025, 9, 1)) == (Decimal("7.5"), 0)
    orologio(2025, 9, 10, 9)
    frequenta(uno, manager, "2.3")
    evidenza = Evidenza.objects.get(criteri__codice="M9")
    assert (evidenza.stato, evidenza.quantita, evidenza.data) == ("inviata", Decimal("2.3"), uno.giorno)
    with pytest.raises(PermissionDenied):
        evidenze.approva(evidenza, manager)
    evidenze.approva(evidenza, coordinamento)
    assert m9(programma, date(2025, 9, 10)) == (Decimal("7.5"), Decimal("61.33"))
    orologio(2025, 10, 1, 9)
    due = corso(manager, date(2025, 9, 30), "4")
    annullato = corso(manager, date(2025, 11, 3), "6.1")
    assert m9(programma, date(2025, 10, 1)) == (Decimal("17.6"), Decimal("26.14"))
    orologio(2025, 10, 5, 9)
    annullato.annullato = True
    operazioni.salva_corso(annullato, manager)
    evidenze.approva(Evidenza.objects.nate_da(frequenta(due, manager)).get(), coordinamento)
    assert m9(programma, date(2025, 10, 5)) == (Decimal("11.5"), 100)
    orologio(2025, 12, 1, 9)
    assert [m9(programma, date(2025, mese, giorno)) for mese, giorno in ((8, 31), (9, 1), (9, 10), (10, 1))] == [
        (None, None),
        (Decimal("7.5"), 0),
        (Decimal("7.5"), Decimal("61.33")),
        (Decimal("17.6"), Decimal("26.14")),
    ]


def test_course__feeds_only_attended_with_its_certificate_and_says_why_not(manager, orologio):
    uno = corso(manager)
    assert selettori.perche_non_vale(uno) == "Non è ancora detto se è stato frequentato"
    uno = frequenta(uno, manager, attestato=False)
    assert "Manca l'attestato" in selettori.perche_non_vale(uno) and not Evidenza.objects.exists()
    uno = frequenta(uno, manager)
    assert selettori.perche_non_vale(uno) == "" and Evidenza.objects.get().quantita == Decimal("7.5")
    operazioni.togli_attestato(uno.file.get(), manager)
    assert not Evidenza.objects.nate_da(uno).exclude(stato="bozza").exists()
    assert "2024" in selettori.perche_non_vale(frequenta(corso(manager, date(2024, 5, 2)), manager))
    assert Criterio.objects.get(codice="M9").offerto == Decimal("7.5")


def test_offered__is_typed_only_where_no_course_is_counted(manager, orologio, client_di, programma):
    criterio = programma.criteri.get(codice="M9")
    url, client = reverse("programma:criterio", args=[criterio.pk]), client_di(manager)
    assert 'name="offerto"' in client.get(url).content.decode()
    criterio.offerto = Decimal(40)
    evidenze.salva_criterio(criterio, manager)
    assert "Dal primo corso le conta questo registro" in client.get(reverse("formazione:nuovo")).content.decode()
    uno = corso(manager, ore="3.2")
    html = client.get(url).content.decode()
    assert 'name="offerto"' not in html and "lo conta il portale" in html
    client.post(url, {"offerto": "99", "testo_atto": "Parole"})
    criterio.refresh_from_db()
    assert (criterio.offerto, criterio.testo_atto) == (Decimal("3.2"), "Parole")
    operazioni.elimina_corso(uno, manager)
    criterio.refresh_from_db()
    assert criterio.offerto is None and 'name="offerto"' in client.get(url).content.decode()


def test_given_by_hand__is_not_given_again(manager, orologio, programma, distretto):
    criterio = programma.criteri.get(codice="M9")
    a_mano = Evidenza(organizzazione=distretto, titolo="Corso di settembre", data=date(2025, 9, 1), quantita=Decimal(3))
    a_mano = evidenze.salva_bozza(a_mano, manager, [criterio], [distretto])
    Evidenza.objects.filter(pk=a_mano.pk).update(stato="inviata")
    uno = corso(manager)
    assert operazioni.unisci_al_corso(uno, manager, [a_mano.pk]) == 1
    assert "Già data" in selettori.perche_non_vale(frequenta(uno, manager)) and Evidenza.objects.count() == 1
    with pytest.raises(ValidationError, match="annullato"):
        operazioni.elimina_corso(uno, manager)


def test_screens__a_course_from_new_to_evidence_and_bad_input(manager, acs, referente_a, orologio, client_di):
    client, nuovo = client_di(manager), reverse("formazione:nuovo")
    dati = {
        "titolo": "Orari di famiglia",
        "giorno": "2025-08-20",
        "ore": "2,5",
        "frequenza": "si",
        "ore_frequentate": "",
    }
    dati["chiave"] = "0c7a3c1e-2a51-4c0e-8f1e-333333333333"
    for campo, strano, detto in (
        ("ore", "2,55", "decimal"),
        ("ore", "0", "Almeno"),
        ("ore_frequentate", "3", "più delle ore offerte"),
        ("giorno", "2025-12-20", "non è ancora passato"),
        ("giorno", "9999-12-31", ""),
        ("ore", "9" * 40, ""),
        ("titolo", "a\x00b", ""),
        ("frequenza", "forse", ""),
    ):
        risposta = client.post(nuovo, {**dati, campo: strano})
        assert risposta.status_code == 422 and detto in risposta.content.decode(), (campo, strano)
    assert client.post(nuovo, dati).status_code == client.post(nuovo, dati).status_code == 302
    uno = Corso.objects.get()
    assert "Manca l&#x27;attestato" in client.get(uno.get_absolute_url()).content.decode()
    file = {"file": SimpleUploadedFile("attestato.txt", b"Ha frequentato")}
    client.post(reverse("formazione:allega", args=[uno.pk]), file)
    html = client.get(uno.get_absolute_url()).content.decode()
    assert "attestato.txt" in html and "Evidenza per M9" in html
    vecchia = {**dati, "versione": 1}
    assert client.post(reverse("formazione:modifica", args=[uno.pk]), vecchia).status_code == 422
    elenco = reverse("formazione:elenco")
    assert "Orari di famiglia" in client_di(acs).get(elenco).content.decode()
    assert client_di(acs).get(uno.file.get().get_absolute_url()).status_code == 200
    assert client_di(acs).get(nuovo).status_code == 404
    for indirizzo in (elenco, uno.get_absolute_url(), uno.file.get().get_absolute_url()):
        assert client_di(referente_a).get(indirizzo).status_code == 404
    with pytest.raises(PermissionDenied):
        operazioni.salva_corso(uno, acs)


def test_list__costs_the_same_with_many(manager, orologio, client_di):
    client, conti = client_di(manager), []
    for _volta in range(2):
        for _ in range(3):
            corso(manager)
        with CaptureQueriesContext(connection) as fatte:
            client.get(reverse("formazione:elenco"))
        conti.append(len(fatte))
    assert conti[0] == conti[1]
