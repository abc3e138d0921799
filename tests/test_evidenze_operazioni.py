"""The states of an evidence, through the only functions that change them."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import ProtectedError

from base.models import MessaggioInUscita
from base.solo_aggiunte import NonSiCambia
from programma import operazioni, permissions
from programma.flusso import PassaggioNonAmmesso
from programma.models import Criterio, Evidenza, Passaggio, Riconoscimento

pytestmark = pytest.mark.django_db
ROMA = ZoneInfo("Europe/Rome")


@pytest.fixture
def bozza(organizzazione_a, referente_a, programma):
    """A complete draft of organisation A for P1.1."""

    def crea(codice="P1.1", utente=referente_a, organizzazione=organizzazione_a, **campi):
        campi = {"titolo": "Tavolo territoriale", "data": date(2025, 3, 5), "argomento": "Estate", **campi}
        criterio = Criterio.objects.get(programma=programma, codice=codice)
        evidenza = Evidenza(organizzazione=organizzazione, **campi)
        return operazioni.salva_bozza(evidenza, utente, [criterio], [organizzazione])

    return crea


def test_whole_round__one_row_by_criterion(bozza, referente_a, manager, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        evidenza = operazioni.invia(bozza(quantita=Decimal(2)), referente_a)
    assert evidenza.stato == "inviata"
    assert [m.to for m in mail.outbox] == [[manager.email]]
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        evidenza = operazioni.approva(evidenza, manager, commento="Bene")
    riga = Riconoscimento.objects.get(evidenza=evidenza)
    assert (riga.criterio.codice, riga.quantita_riconosciuta, riga.deciso_da) == ("P1.1", 2, manager)
    assert [ente.chiave for ente in riga.organizzazioni.all()] == ["asif-chimelli"]
    assert [m.to for m in mail.outbox] == [[referente_a.email]]
    assert "Bene" in mail.outbox[0].body and mail.outbox[0].alternatives
    assert [p.a for p in evidenza.passaggi.all()] == ["approvata", "inviata"]


def test_returned__the_reason_is_required_and_arrives(bozza, referente_a, manager, django_capture_on_commit_callbacks):
    evidenza = operazioni.invia(bozza(), referente_a)
    with pytest.raises(PassaggioNonAmmesso):
        operazioni.restituisci(evidenza, manager, "  ")
    with django_capture_on_commit_callbacks(execute=True):
        evidenza = operazioni.restituisci(evidenza, manager, "Manca il verbale")
    assert evidenza.stato == "da_integrare"
    assert "Manca il verbale" in mail.outbox[-1].body
    assert operazioni.invia(evidenza, referente_a).stato == "inviata"


def test_sent__is_told_to_who_decides(bozza, referente_a, manager, coordinamento, django_capture_on_commit_callbacks):
    """What a manager wrote, or counts as theirs though nobody of them signed it, is for Coordinamento."""
    del_manager, compito = bozza(utente=manager), bozza("M2", persone_coinvolte="Anna Gallo")
    compito.origine = Evidenza.Origine.IMPORTAZIONE  # came from a file, was returned, is corrected and sent again
    compito.save()
    for evidenza, chi, avvisato in (
        (bozza(), referente_a, manager),
        (del_manager, manager, coordinamento),
        (compito, referente_a, coordinamento),
    ):
        with django_capture_on_commit_callbacks(execute=True):
            operazioni.invia(evidenza, chi)
        assert [m.to for m in mail.outbox] == [[avvisato.email]]
        mail.outbox.clear()


def test_revoked__body_authors_and_the_other_managers_are_told(
    bozza, referente_a, referente_b, manager, coordinamento, nuovo_utente, django_capture_on_commit_callbacks
):
    altro = nuovo_utente("manager_due", "Manager territoriale")
    evidenza = bozza()
    evidenza.autori.add(referente_b)  # of another body, now
    with django_capture_on_commit_callbacks(execute=True):
        operazioni.approva(operazioni.invia(evidenza, referente_a), manager)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        operazioni.revoca(evidenza, manager, "  Contata due volte ")
    assert {m.to[0] for m in mail.outbox} == {referente_a.email, referente_b.email, altro.email}
    assert all("Revocata" in m.subject and "Contata due volte" in m.body for m in mail.outbox)
    assert evidenza.passaggi.first().motivo == "Contata due volte"
    assert evidenza.riconoscimenti.get().motivo == "Contata due volte"


def test_who_wrote_does_not_approve__not_even_the_superuser(bozza, superutente, manager, coordinamento, referente_a):
    evidenza = operazioni.invia(bozza(utente=manager), manager)
    for utente in (manager, referente_a):
        with pytest.raises(PermissionDenied):
            operazioni.approva(evidenza, utente)
    assert operazioni.approva(evidenza, coordinamento).stato == "approvata"
    propria = operazioni.invia(bozza(utente=superutente), superutente)
    with pytest.raises(PermissionDenied):
        operazioni.approva(propria, superutente)


def test_who_added_a_file__is_an_author(bozza, manager, referente_a, tmp_path):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from base.allegati import esamina

    evidenza = bozza()
    file = SimpleUploadedFile("verbale.txt", b"presenti: tre")
    operazioni.allega(evidenza, manager, file, esamina(file))
    evidenza = operazioni.invia(evidenza, referente_a)
    with pytest.raises(PermissionDenied):
        operazioni.approva(evidenza, manager)


def test_manager_does_not_decide_for_coordinamento__nor_the_other_way(bozza, referente_a, coordinamento, acs):
    evidenza = operazioni.invia(bozza(), referente_a)
    for utente in (coordinamento, acs):
        with pytest.raises(PermissionDenied):
            operazioni.approva(evidenza, utente)


def test_another_quantity__wants_a_note_and_zero_is_allowed(bozza, referente_a, manager):
    evidenza = operazioni.invia(bozza(quantita=Decimal(3)), referente_a)
    criterio = evidenza.criteri.get()
    with pytest.raises(ValidationError):
        operazioni.approva(evidenza, manager, {criterio.pk: operazioni.Riconosciuto(Decimal(1))})
    assert not Riconoscimento.objects.filter(evidenza=evidenza).exists()
    operazioni.approva(evidenza, manager, {criterio.pk: operazioni.Riconosciuto(Decimal(0), "Già contati")})
    assert Riconoscimento.objects.get(evidenza=evidenza).quantita_riconosciuta == 0


def test_revocation__the_row_stays_and_says_why(bozza, referente_a, manager):
    evidenza = operazioni.approva(operazioni.invia(bozza(), referente_a), manager)
    with pytest.raises(PassaggioNonAmmesso):
        operazioni.revoca(evidenza, manager, "")
    evidenza = operazioni.revoca(evidenza, manager, "Data sbagliata")
    riga = Riconoscimento.objects.get(evidenza=evidenza)
    assert riga.revocato_il and riga.revocato_da == manager and riga.motivo == "Data sbagliata"
    with pytest.raises(PermissionDenied):
        operazioni.elimina_bozza(evidenza, referente_a)


def test_passages__are_added_and_go_only_with_a_draft(bozza, referente_a, manager, client_di):
    evidenza = operazioni.approva(operazioni.invia(bozza(), referente_a), manager)
    passaggio = evidenza.passaggi.first()
    passaggio.chi = referente_a
    for vietata in (
        passaggio.save,
        passaggio.delete,
        Passaggio.objects.all().delete,
        lambda: Passaggio.objects.update(chi=referente_a),
        lambda: Passaggio.objects.bulk_update([passaggio], ["chi"]),
    ):
        with pytest.raises(NonSiCambia), transaction.atomic():
            vietata()
    assert [p.chi for p in evidenza.passaggi.all()] == [manager, referente_a]
    altra = operazioni.richiama(operazioni.invia(bozza(titolo="Altra"), referente_a), referente_a)
    operazioni.elimina_bozza(altra, referente_a)
    assert set(Passaggio.objects.values_list("evidenza", flat=True)) == {evidenza.pk}


@pytest.mark.parametrize("passo", ["inviata", "restituita", "revocata"])
def test_what_was_sent__is_not_deleted_by_any_route(bozza, referente_a, manager, passo):
    evidenza = operazioni.invia(bozza(), referente_a)
    if passo == "restituita":
        operazioni.restituisci(evidenza, manager, "Manca il verbale")
    if passo == "revocata":
        operazioni.revoca(operazioni.approva(evidenza, manager), manager, "No")
    for vietata in (Evidenza.objects.get().delete, Evidenza.objects.all().delete):
        with pytest.raises(ProtectedError), transaction.atomic():
            vietata()
    assert Evidenza.objects.exists()


def test_decision_of_who_may_not__says_why(bozza, referente_a, client_di):
    evidenza = operazioni.invia(bozza(), referente_a)
    deciso = {"azione": "approva", "versione": evidenza.versione}
    risposta = client_di(referente_a).post(evidenza.get_absolute_url(), deciso, follow=True)
    assert "hai scritto anche tu" in risposta.content.decode()


def test_taking_back__only_by_who_sent(bozza, referente_a, manager, organizzazione_a, django_user_model):
    collega = django_user_model.objects.create_user("collega", email="collega@example.org")
    collega.groups.add(organizzazione_a.gruppo)
    evidenza = operazioni.invia(bozza(), referente_a)
    with pytest.raises(PermissionDenied):
        operazioni.richiama(evidenza, collega)
    assert operazioni.richiama(evidenza, referente_a).stato == "bozza"


@pytest.mark.parametrize(
    ("codice", "campi", "campo"),
    [
        ("P1.1", {"data": None}, "data"),
        ("P1.1", {"data": date(2024, 12, 31)}, "data"),
        ("P1.1", {"data": date(2026, 1, 1)}, "data"),
        ("P1.1", {"data": date(2099, 1, 1)}, "data"),
        ("P1.1", {"titolo": ""}, "titolo"),
        ("M2", {"argomento": ""}, "argomento"),
        ("M2", {"persone_coinvolte": ""}, "persone_coinvolte"),
        ("M4", {}, "progettualita"),
        ("P2.3", {"link": ["https://example.org/post"]}, "link"),
        ("P1.1", {"link": ["ftp://x"]}, "link"),
        ("P2.3", {"link": ["https://evil.example\\@facebook.com/"]}, "link"),
        ("P2.3", {"link": ["https://facebook.com@www.facebook.com/"]}, "link"),
    ],
)
def test_sending__what_is_missing_has_its_field(bozza, referente_a, codice, campi, campo):
    evidenza = bozza(codice, **campi)
    with pytest.raises(ValidationError) as errore:
        operazioni.invia(evidenza, referente_a)
    assert campo in errore.value.message_dict
    evidenza.refresh_from_db()
    assert evidenza.stato == "bozza"


def test_p2_3__a_subdomain_of_facebook_is_fine(bozza, referente_a):
    evidenza = bozza("P2.3", link=["https://www.facebook.com/DistrettoFamilyAudit/posts/1"])
    assert operazioni.invia(evidenza, referente_a).stato == "inviata"


def test_after_the_deadline__is_taken_and_late(bozza, referente_a):
    in_tempo = operazioni.invia(bozza(), referente_a, quando=datetime(2025, 12, 31, 23, 30, tzinfo=ROMA))
    tardi = operazioni.invia(bozza(), referente_a, quando=datetime(2026, 1, 1, 0, 5, tzinfo=ROMA))
    assert (in_tempo.tardiva, tardi.tardiva) == (False, True)


def test_closed_programme__nothing_moves(bozza, referente_a, manager, programma):
    attesa, approvata, altra = bozza(), bozza(), bozza()
    attesa = operazioni.invia(attesa, referente_a)
    approvata = operazioni.approva(operazioni.invia(approvata, referente_a), manager)
    operazioni.chiudi_programma(programma, manager)
    for tentativo in (
        lambda: operazioni.approva(attesa, manager),
        lambda: operazioni.restituisci(attesa, manager, "no"),
        lambda: operazioni.richiama(attesa, referente_a),
        lambda: operazioni.revoca(approvata, manager, "no"),
        lambda: operazioni.invia(altra, referente_a),
        lambda: operazioni.salva_bozza(altra, referente_a, altra.criteri.all()),
        lambda: bozza(),
    ):
        with pytest.raises(PermissionDenied):
            tentativo()
    with pytest.raises(PassaggioNonAmmesso):
        operazioni.riapri_programma(programma, manager, " ")
    operazioni.riapri_programma(programma, manager, "Manca un verbale")
    assert operazioni.approva(attesa, manager).stato == "approvata"


def test_two_people_together__the_second_is_told(bozza, referente_a):
    evidenza = bozza()
    versione = evidenza.versione
    prima, seconda = Evidenza.objects.get(pk=evidenza.pk), Evidenza.objects.get(pk=evidenza.pk)
    prima.titolo = "Prima"
    operazioni.salva_bozza(prima, referente_a, prima.criteri.all(), versione=versione)
    with pytest.raises(operazioni.Conflitto) as conflitto:
        operazioni.salva_bozza(seconda, referente_a, seconda.criteri.all(), versione=versione)
    assert conflitto.value.attuale.titolo == "Prima"


def test_approving_together__one_refused_stops_no_other(bozza, referente_a, manager):
    buona, propria = operazioni.invia(bozza(), referente_a), operazioni.invia(bozza(utente=manager), manager)
    fatte, rifiutate = operazioni.approva_insieme(
        [buona, propria], manager, {e.pk: e.versione for e in (buona, propria)}
    )
    assert [e.pk for e in fatte] == [buona.pk]
    assert [(e.pk, bool(motivo)) for e, motivo in rifiutate] == [(propria.pk, True)]


def test_mail_that_does_not_leave__loses_no_decision(
    bozza, referente_a, manager, settings, caplog, django_capture_on_commit_callbacks
):
    settings.POSTA_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with django_capture_on_commit_callbacks(execute=True):
        evidenza = operazioni.approva(operazioni.invia(bozza(), referente_a), manager)
    evidenza.refresh_from_db()
    assert evidenza.stato == "approvata"
    assert "non parte" in caplog.text
    avviso = MessaggioInUscita.objects.get(a_chi=str(referente_a))
    assert (avviso.stato, avviso.tentativi) == ("attesa", 1) and "Approvata" in avviso.oggetto


@pytest.mark.parametrize(
    ("stato", "puo"),
    [
        ("bozza", {"modificare", "eliminare"}),
        ("inviata", {"richiamare", "decidere"}),
        ("da_integrare", {"modificare"}),
        ("approvata", {"revocare"}),
        ("revocata", set()),
    ],
)
@pytest.mark.parametrize("chiuso", [False, True])
def test_each_state__what_may_be_done_of_it(bozza, referente_a, manager, stato, puo, chiuso):
    evidenza = operazioni.invia(bozza(), referente_a)
    evidenza.stato, evidenza.programma.stato = stato, "chiuso" if chiuso else "approvato"
    chi = {"modificare": referente_a, "eliminare": referente_a, "richiamare": referente_a, "decidere": manager}
    gesti = [*chi, "revocare"]
    possono = {g for g in gesti if getattr(permissions, f"puo_{g}")(chi.get(g, manager), evidenza)}
    assert possono == (set() if chiuso else puo)
