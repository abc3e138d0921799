"""Approving a programme: what is missing is listed, what is frozen is said, and one may go back."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageLogEntry

from organizzazioni.models import Organizzazione
from programma import operazioni
from programma.flusso import PassaggioNonAmmesso
from programma.models import AzionePage, Criterio, Evidenza, ProgrammaPage, ProgrammiIndexPage, ReferenteAzione
from programma.selettori.prontezza import lacune

pytestmark = pytest.mark.django_db


@pytest.fixture
def vuoto(programma):
    pagina = ProgrammaPage(
        title="2027", slug="2027", anno=2027, dal=date(2027, 1, 1), scadenza=date(2027, 12, 31), live=False
    )
    ProgrammiIndexPage.objects.get().add_child(instance=pagina)
    pagina.save_revision()
    return pagina


@pytest.fixture
def intero(vuoto):
    testi = dict.fromkeys(("area", "obiettivo_generale", "obiettivo_specifico", "azioni", "tempi"), "Scritto")
    azione = vuoto.add_child(instance=AzionePage(title="Tavolo", slug="tavolo", numero=1, live=False, **testi))
    azione.referenti = [ReferenteAzione(organizzazione=Organizzazione.objects.get(chiave="cs4"))]
    azione.save()
    azione.save_revision()
    Criterio.objects.create(
        programma=vuoto,
        azione=azione,
        codice="P1.1",
        posizione=1,
        area="Area",
        titolo="Tavolo",
        indicatore="Incontri",
        regola="per_unita",
        percentuale=20,
    )
    return vuoto


def verso(programma, azione):
    return reverse("programma:stato_programma", args=[programma.pk, azione])


def stato(programma):
    return ProgrammaPage.objects.get(pk=programma.pk).stato


def riconosci(programma, quando=None):
    """An evidence of the programme, recognised by the operations' own door."""
    criterio = programma.criteri.get(codice="P1.1")
    evidenza = Evidenza.objects.create(
        programma=programma,
        organizzazione=Organizzazione.objects.get(chiave="cs4"),
        data=programma.dal,
        titolo="Fatto",
        stato="inviata",
    )
    evidenza.criteri.add(criterio)
    from django.utils import timezone

    from programma.operazioni.evidenze import _riconosci  # the judge of the date is elsewhere

    _riconosci(evidenza, None, {}, "", quando or timezone.now(), avvisa=False)


def test_empty_programme__is_refused_with_what_is_missing(vuoto, manager, client_di):
    cliente = client_di(manager)
    pagina = cliente.get(verso(vuoto, "approva")).content.decode()
    assert "non c&#x27;è nessuna azione" in pagina and "non c&#x27;è nessun criterio" in pagina
    assert reverse("wagtailadmin_pages:add", args=["programma", "azionepage", vuoto.pk]) in pagina
    assert 'type="submit" class="button' not in pagina
    dopo = cliente.post(verso(vuoto, "approva"), follow=True).content.decode()
    assert "manca ancora qualcosa" in dopo and stato(vuoto) == "bozza"
    with pytest.raises(ValidationError, match="nessuna azione"):
        operazioni.approva_programma(vuoto, manager)


@pytest.mark.parametrize("campo", ["area", "obiettivo_generale", "obiettivo_specifico", "azioni"])
def test_action__each_field_is_asked_with_its_link(intero, manager, client_di, campo):
    azione = AzionePage.objects.child_of(intero).get()
    setattr(azione, campo, "  ")
    azione.save()
    (lacuna,) = lacune(intero)
    assert lacuna.manca == f"manca {AzionePage._meta.get_field(campo).verbose_name}"
    assert lacuna.indirizzo == reverse("wagtailadmin_pages:edit", args=[azione.pk])
    with pytest.raises(ValidationError):
        operazioni.approva_programma(intero, manager)


def test_action__without_bodies_or_number_is_incomplete(intero):
    azione = AzionePage.objects.child_of(intero).get()
    azione.referenti, azione.numero = [], None
    azione.save()
    assert lacune(intero)[0].manca == "mancano numero, organizzazioni referenti"


def test_only_sheets_outside_the_act__are_no_actions(intero):
    azione = AzionePage.objects.child_of(intero).get()
    azione.fuori_programma, azione.numero = True, None
    azione.save()
    assert lacune(intero)[0].manca == "non c'è nessuna azione"


@pytest.mark.parametrize(
    "campi, detto",
    [
        ({"indicatore": ""}, "manca indicatore"),
        ({"regola": "monitoraggio", "percentuale": None, "titolo": ""}, "manca titolo"),
        ({"azione": None}, "manca azione del programma"),
    ],
)
def test_criterion__incomplete_is_listed(intero, campi, detto):
    Criterio.objects.filter(programma=intero).update(**campi)
    (lacuna,) = lacune(intero)
    assert (lacuna.di, lacuna.manca) == ("Criterio P1.1", detto)


def test_the_act_of_2025__lacks_nothing(programma):
    assert lacune(programma) == []


def test_before__what_is_frozen_is_said(intero, manager, client_di):
    pagina = client_di(manager).get(verso(intero, "approva")).content.decode()
    assert "Che cosa si blocca" in pagina and "Azioni dell'atto: 1" in pagina
    assert "data dell&#x27;atto di approvazione non sono scritti" in pagina


def test_undo__until_something_is_recognised(intero, manager, client_di, client):
    cliente = client_di(manager)
    cliente.post(verso(intero, "approva"))
    azione = AzionePage.objects.child_of(intero).get()
    assert (stato(intero), azione.live) == ("approvato", True)
    assert verso(intero, "annulla") in cliente.get(reverse("programma:programmi")).content.decode()
    cliente.post(verso(intero, "annulla"))
    azione.refresh_from_db()
    assert (stato(intero), azione.live) == ("bozza", False)
    cliente.post(verso(intero, "approva"))
    azione.refresh_from_db()
    assert (stato(intero), azione.live) == ("approvato", True)
    riconosci(intero, quando=None)
    assert verso(intero, "annulla") not in cliente.get(reverse("programma:programmi")).content.decode()
    assert "già stata riconosciuta" in cliente.post(verso(intero, "annulla"), follow=True).content.decode()
    assert stato(intero) == "approvato"


def test_undo__a_recognition_dated_before_the_approval_counts(intero, manager):
    from django.utils import timezone

    operazioni.approva_programma(intero, manager)
    riconosci(intero, timezone.now().replace(year=2020))
    with pytest.raises(ValidationError, match="riconosciuta"):
        operazioni.annulla_approvazione(intero, manager)


def test_correct__wants_a_reason_and_keeps_what_is_public(intero, manager, client_di):
    cliente = client_di(manager)
    operazioni.approva_programma(intero, manager)
    riconosci(intero)
    assert "serve il motivo" in cliente.post(verso(intero, "correggi"), {"motivo": " "}).content.decode()
    assert stato(intero) == "approvato"
    cliente.post(verso(intero, "correggi"), {"motivo": "L'atto dice 25%"})
    assert PageLogEntry.objects.get(action="programma.correggi").data == {"motivo": "L'atto dice 25%"}
    azione = AzionePage.objects.child_of(intero).get()
    assert (stato(intero), azione.live) == ("bozza", True)
    azione.title = "Tavolo, come nell'atto"
    azione.save_revision()
    cliente.post(verso(intero, "approva"))
    azione.refresh_from_db()
    assert (stato(intero), azione.title) == ("approvato", "Tavolo, come nell'atto")
    operazioni.annulla_approvazione(intero, manager)
    azione.refresh_from_db()
    assert (stato(intero), azione.live) == ("bozza", True)  # it was public before this approval


def test_closed__is_not_undone(intero, manager):
    operazioni.approva_programma(intero, manager)
    operazioni.chiudi_programma(intero, manager)
    for operazione in (
        lambda: operazioni.annulla_approvazione(intero, manager),
        lambda: operazioni.correggi_programma(intero, manager, "perché"),
    ):
        with pytest.raises(PassaggioNonAmmesso):
            operazione()


def test_only_the_manager__goes_back(programma, referente_a, coordinamento, acs):
    for utente in (referente_a, coordinamento, acs):
        with pytest.raises(PermissionDenied):
            operazioni.annulla_approvazione(programma, utente)
        with pytest.raises(PermissionDenied):
            operazioni.correggi_programma(programma, utente, "perché")


def test_criterion__of_a_programme_taken_back_to_draft_stays_where_something_was_recognised(intero, manager):
    operazioni.approva_programma(intero, manager)
    riconosci(intero)
    operazioni.correggi_programma(intero, manager, "Un criterio sbagliato")
    usato = intero.criteri.get()
    altro = Criterio.objects.get(pk=usato.pk)
    altro.pk, altro.codice, altro.posizione = None, "P1.2", 2
    altro.save()
    for criterio in (usato, altro):
        operazioni.elimina_criterio(criterio, manager)
        with pytest.raises(ProtectedError), transaction.atomic():
            criterio.delete()
    assert intero.criteri.count() == 2 and not intero.criteri.in_vigore().exists()


def test_criterion__of_a_programme_whose_approval_was_undone_goes(intero, manager):
    operazioni.approva_programma(intero, manager)
    operazioni.annulla_approvazione(intero, manager)
    operazioni.elimina_criterio(intero.criteri.get(), manager)
    assert not intero.criteri.exists()


def test_list_of_programmes__costs_the_same_however_many_are_approved(
    intero, manager, client_di, django_assert_max_num_queries
):
    client = client_di(manager)
    lista = reverse("programma:programmi")
    operazioni.approva_programma(intero, manager)
    client.get(lista)
    with CaptureQueriesContext(connection) as prima:
        client.get(lista)
    for anno in (2031, 2032, 2033):
        altro = ProgrammaPage(
            title=f"{anno}", anno=anno, dal=date(anno, 1, 1), scadenza=date(anno, 12, 31), stato="approvato"
        )
        intero.get_parent().add_child(instance=altro)
    with django_assert_max_num_queries(len(prima)):
        client.get(lista)


def test_closing__lists_what_is_still_open_with_its_place(programma, manager, referente_a, organizzazione_a, client_di):
    for titolo in ("Prima", "Seconda"):
        evidenza = Evidenza(organizzazione=organizzazione_a, titolo=titolo, data=date(2025, 3, 5), argomento=titolo)
        operazioni.salva_bozza(evidenza, referente_a, [programma.criteri.get(codice="P1.1")], [organizzazione_a])
        operazioni.invia(evidenza, referente_a)
    operazioni.approva(evidenza, manager)
    html = client_di(manager).get(verso(programma, "chiudi")).content.decode()
    for detto in (
        "Evidenze che aspettano una decisione: 1",
        "stato=inviata",
        "M9: manca il totale offerto",
        "Criteri senza nulla di riconosciuto: M1",
        "Evidenze approvate senza file né link: 1",
        "Delibera dell&#x27;ente capofila: manca il file",
    ):
        assert detto in html, detto
    assert "P1.1," not in html
    client_di(manager).post(verso(programma, "chiudi"), {"letto": "on"})
    assert stato(programma) == "chiuso"
