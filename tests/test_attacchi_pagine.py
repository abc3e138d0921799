"""Attacks on pages and accounts: ways round the approval, the locks and the invitations."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import Page

from home.models import HomePage
from notizie.models import NotiziaPage, NotizieIndexPage, SezioneNotiziePage
from organizzazioni.models import OrganizzazioniIndexPage
from organizzazioni.operazioni import invita
from programma import operazioni
from programma.models import AzionePage, Criterio, Evidenza, ProgrammaPage, ProgrammiIndexPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def attesa():
    """A news page of an organisation, by `utente`, waiting for approval."""

    def nuova(utente, organizzazione, titolo="Una notizia"):
        sezione = SezioneNotiziePage.objects.get(organizzazione=organizzazione)
        pagina = sezione.add_child(
            instance=NotiziaPage(title=titolo, slug="una-notizia", data=date(2025, 5, 5), live=False, owner=utente)
        )
        pagina.save_revision(user=utente)
        pagina.get_workflow().start(pagina, utente)
        return NotiziaPage.objects.get(pk=pagina.pk)

    return nuova


def approva(pagina, utente):
    stato = pagina.current_workflow_task_state
    stato.task.specific.on_action(stato, utente, "approve")
    return NotiziaPage.objects.get(pk=pagina.pk)


def modulo(pagina, **cambiati):
    """A post of Wagtail's editor that writes over the last revision, as its autosave does."""
    return {
        "title": pagina.title,
        "slug": pagina.slug,
        "data": "2025-05-05",
        "sommario": "",
        "corpo-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "overwrite_revision_id": pagina.latest_revision_id,
        "loaded_revision_id": pagina.latest_revision_id,
        **cambiati,
    }


def in_blocco(client, azione, pagina):
    return client.post(f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', azione])}?id={pagina.pk}")


def test_revision_written_over_after_approval__the_new_evidence_waits(
    attesa, manager, coordinamento, distretto, programma, client_di
):
    pagina = approva(attesa(manager, distretto), coordinamento)
    criterio = Criterio.objects.filter(programma=programma, link_ammessi=[]).first()
    client = client_di(manager)
    client.post(reverse("wagtailadmin_pages:edit", args=[pagina.pk]), modulo(pagina, criteri_serviti=[criterio.pk]))
    assert NotiziaPage.objects.get(pk=pagina.pk).latest_revision_id == pagina.latest_revision_id
    in_blocco(client, "publish", pagina)
    evidenza = Evidenza.objects.nate_da(pagina).get()
    assert evidenza.stato == "inviata"
    assert not evidenza.riconoscimenti.exists()


def test_page_rewritten_while_it_is_decided__refused(attesa, referente_a, organizzazione_a, manager, client_di):
    pagina = attesa(referente_a, organizzazione_a)
    lettura, chi_decide = reverse("programma:pagina", args=[pagina.pk]), client_di(manager)
    letta = chi_decide.get(lettura).context["letta"]
    modifica = reverse("wagtailadmin_pages:edit", args=[pagina.pk])
    di_a = client_di(referente_a)
    di_a.post(modifica, {"action-cancel-workflow": "1", **modulo(pagina)})
    di_a.post(modifica, {"action-submit": "1", **modulo(pagina, title="Mai letta")})
    di_a.post(modifica, modulo(pagina, title="Mai letta"))
    pagina = NotiziaPage.objects.get(pk=pagina.pk)
    if not pagina.workflow_in_progress:
        pagina.get_workflow().start(pagina, referente_a)
    assert pagina.get_latest_revision().content["title"] == "Mai letta"
    chi_decide.post(lettura, {"azione": "approva", "revisione": letta})
    assert not NotiziaPage.objects.get(pk=pagina.pk).live


def test_two_decisions_together__the_second_finds_the_first(attesa, referente_a, organizzazione_a, manager):
    pagina = attesa(referente_a, organizzazione_a)
    stato = pagina.current_workflow_task_state
    approva(pagina, manager)
    with pytest.raises(PermissionDenied, match="non aspetta più"):
        stato.task.specific.on_action(stato, manager, "reject", comment="Troppo tardi")
    assert NotiziaPage.objects.get(pk=pagina.pk).live


def test_draft_of_a_locked_action__is_not_published_in_bulk(manager, superutente, client_di, programma):
    nuovo = ProgrammaPage(title="2026", anno=2026, dal=date(2026, 1, 1), scadenza=date(2026, 12, 31), slug="2026")
    ProgrammiIndexPage.objects.get().add_child(instance=nuovo)
    nuovo.save_revision(user=manager).publish()
    azione = nuovo.add_child(instance=AzionePage(title="Come l'atto", area="Area", numero=1))
    azione.save_revision(user=manager).publish()
    operazioni.approva_programma(ProgrammaPage.objects.get(pk=nuovo.pk))
    azione.title = "Diversa dall'atto"
    azione.save_revision(user=manager)
    for utente in (manager, superutente):
        in_blocco(client_di(utente), "publish", azione)
        assert AzionePage.objects.get(pk=azione.pk).title == "Come l'atto"


@pytest.mark.parametrize("modello", [HomePage, NotizieIndexPage, OrganizzazioniIndexPage, ProgrammiIndexPage])
def test_only_page_of_its_kind__is_not_deleted_with_what_it_holds(modello, manager, superutente, client_di, programma):
    pagina = modello.objects.get()
    quante = Page.objects.count()
    for utente in (manager, superutente):
        client = client_di(utente)
        risposta = client.post(
            reverse("wagtailadmin_pages:delete", args=[pagina.pk]), {"confirm_site_name": "Distretto Family Audit"}
        )
        assert risposta.status_code == 302
        assert in_blocco(client, "delete", pagina).status_code == 302
        assert Page.objects.count() == quante


def test_mail_address__nobody_changes_it_to_be_invited(referente_b, organizzazione_a, manager, client_di):
    client, profilo = client_di(referente_b), reverse("wagtailadmin_account")
    assert client.get(profilo).status_code == 200
    client.post(
        profilo,
        {
            "name_email-first_name": "Bruno",
            "name_email-last_name": "Neri",
            "name_email-email": "nuova@ente-a.it",
            "theme-theme": "system",
            "theme-density": "default",
            "theme-contrast": "system",
            "theme-keyboard_shortcuts": "on",
        },
    )
    referente_b.refresh_from_db()
    assert referente_b.email == "referente.b@example.org"
    invitata = invita("nuova@ente-a.it", "Nuova", "Persona", [organizzazione_a], manager)
    assert invitata != referente_b
    assert not referente_b.groups.filter(pk=organizzazione_a.gruppo_id).exists()
