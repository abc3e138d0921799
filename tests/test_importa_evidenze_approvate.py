"""`importa_evidenze --approva-come`: who may decide on what a file brings, and what is told of it."""

from datetime import date

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from programma import operazioni
from programma.models import Evidenza, Riconoscimento

from .scene.importa_evidenze import BUONA, DELLE_ORGANIZZAZIONI, errore, esegui

pytestmark = pytest.mark.django_db


def test_approving__makes_one_row_by_criterion(file_csv, superutente):
    uscita = esegui(file_csv({"criteri": "M3 P1.1", "quantita": "2"}), "--approva", "superutente")
    assert "Importate: 1. Approvate: 1." in uscita
    righe = Riconoscimento.objects.all()
    assert {(r.criterio.codice, r.quantita_riconosciuta, r.deciso_da) for r in righe} == {
        ("M3", 2, superutente),
        ("P1.1", 2, superutente),
    }
    assert "importazione" in Evidenza.objects.get().passaggi.first().motivo


def test_approving__the_manager_what_is_of_organisations(file_csv, manager):
    assert "Importate: 1. Approvate: 1." in esegui(file_csv(DELLE_ORGANIZZAZIONI), "--approva", "manager")
    assert Riconoscimento.objects.get().deciso_da == manager


@pytest.mark.parametrize(
    "riga",
    [
        {},
        {"criteri": "P1.1 M3"},
        {"criteri": "M6", "link": "https://example.org/comunicato"},
        {**DELLE_ORGANIZZAZIONI, "organizzazione": "distretto-family-audit"},
    ],
)
def test_approving__what_is_of_the_manager_is_not_for_the_manager(file_csv, manager, riga):
    percorso = file_csv({**DELLE_ORGANIZZAZIONI, "titolo": "Prima"}, riga)
    assert "riga 3: È un compito del manager, o la invia il Distretto" in errore(percorso, "--approva", "manager")
    assert not Riconoscimento.objects.exists()


def test_approving__coordinamento_what_is_of_the_manager(file_csv, coordinamento):
    del_manager = [{}, {**DELLE_ORGANIZZAZIONI, "organizzazione": "distretto-family-audit"}]
    assert "Approvate: 2." in esegui(file_csv(*del_manager), "--approva", "coordinamento")
    assert {riga.deciso_da for riga in Riconoscimento.objects.all()} == {coordinamento}


def test_approving__coordinamento_nothing_of_an_organisation(file_csv, coordinamento):
    percorso = file_csv({}, {**DELLE_ORGANIZZAZIONI, "titolo": "Altro"})
    assert errore(percorso, "--approva", "coordinamento").endswith("riga 3: Questa evidenza la decide un'altra persona")
    assert not Riconoscimento.objects.exists() and not Evidenza.objects.exists()


def test_imported_without_approving__the_managers_duties_go_to_coordinamento(
    file_csv, manager, coordinamento, superutente
):
    esegui(file_csv({}, {**DELLE_ORGANIZZAZIONI, "titolo": "Di CS4"}))
    compito, di_cs4 = Evidenza.objects.get(criteri__codice="M3"), Evidenza.objects.get(criteri__codice="P1.1")
    assert list(Evidenza.objects.decidibili_da(manager)) == [di_cs4]
    assert list(Evidenza.objects.decidibili_da(coordinamento)) == [compito]
    assert set(Evidenza.objects.decidibili_da(superutente)) == {compito, di_cs4}
    with pytest.raises(PermissionDenied, match="la decide Coordinamento"):
        operazioni.approva(compito, manager)
    assert operazioni.approva(compito, coordinamento).stato == "approvata"


def test_approving__takes_those_that_waited_too_and_once(file_csv, superutente):
    percorso = file_csv({}, {"titolo": "B"})
    esegui(percorso)
    assert "Importate: 0. Approvate: 2. Saltate perché già presenti: 2" in esegui(percorso, "--approva", "superutente")
    assert "Approvate: 0." in esegui(percorso, "--approva", "superutente")
    assert Riconoscimento.objects.count() == 2


def test_approving__nobody_what_they_wrote(file_csv, manager, distretto, programma):
    evidenza = Evidenza(organizzazione=distretto, titolo=BUONA["titolo"], data=date(2025, 3, 5), argomento="Estate")
    operazioni.salva_bozza(evidenza, manager, [programma.criteri.get(codice="M3")], [distretto])
    operazioni.invia(evidenza, manager)
    riga = {
        "organizzazione": "distretto-family-audit",
        "organizzazioni": "distretto-family-audit",
        "persone_coinvolte": "",
    }
    messaggio = errore(file_csv(DELLE_ORGANIZZAZIONI, riga), "--approva", "manager")
    assert messaggio.endswith("riga 3: Non puoi decidere su un'evidenza che hai scritto anche tu")


@pytest.mark.parametrize("nome", ["referente_a", "acs", "nessuno"])
def test_approving__by_who_may_not(file_csv, referente_a, acs, nome):
    assert f"«{nome}»" in errore(file_csv({}), "--approva", nome)


def test_approving__not_by_who_was_deactivated(file_csv, manager):
    manager.is_active = False
    manager.save()
    assert "non può approvare" in errore(file_csv({}), "--approva", "manager")


def test_dry_run__tells_and_does_not_write(file_csv, manager, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        uscita = esegui(file_csv(DELLE_ORGANIZZAZIONI), "--dry-run", "--approva", "manager")
    assert "niente è stato scritto" in uscita and "Importate: 1. Approvate: 1." in uscita
    assert not Evidenza.objects.exists() and not mail.outbox


@pytest.mark.parametrize(
    ("righe", "ruoli"),
    [
        ([DELLE_ORGANIZZAZIONI], {"manager"}),
        ([{}], {"manager", "coordinamento"}),
        ([DELLE_ORGANIZZAZIONI, {"titolo": "Un compito"}], {"manager", "coordinamento"}),
    ],
)
def test_mail__to_coordinamento_only_of_what_is_the_managers(
    file_csv, manager, coordinamento, superutente, django_capture_on_commit_callbacks, righe, ruoli
):
    percorso = file_csv(*righe)
    for argomenti in [], ["--approva", "superutente"]:  # added, then approved of what was waiting
        with django_capture_on_commit_callbacks(execute=True):
            esegui(percorso, *argomenti)
        assert {m.to[0].partition("@")[0] for m in mail.outbox} == ruoli
        mail.outbox.clear()


def test_mail__is_one_summary(file_csv, manager, referente_b, django_capture_on_commit_callbacks):
    percorso = file_csv(*({**DELLE_ORGANIZZAZIONI, "titolo": f"Incontro {n}"} for n in range(40)))
    with django_capture_on_commit_callbacks(execute=True):
        esegui(percorso, "--approva", "manager")
    (messaggio,) = mail.outbox
    assert messaggio.to == [manager.email]
    assert messaggio.subject == "Importazione di evidenze: 40 aggiunte, 40 approvate"
    assert messaggio.body.count("Incontro") == 30
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        esegui(percorso)
    assert not mail.outbox
