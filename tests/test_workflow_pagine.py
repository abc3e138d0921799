"""Pages in the workflow: returned with a reason, resubmitted, approved by who did not write them, with our mails."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from base.models import MessaggioInUscita
from notizie.models import NotiziaPage, SezioneNotiziePage
from organizzazioni.decisioni_dalla_posta import letta
from organizzazioni.operazioni import approva_pagina, restituisci_pagina

pytestmark = pytest.mark.django_db


@pytest.fixture
def notizia(organizzazione_a, referente_a):
    """A news page sent by `utente` for `organizzazione`, waiting."""

    def crea(titolo="Una notizia", utente=referente_a, organizzazione=organizzazione_a):
        sezione = SezioneNotiziePage.objects.get(organizzazione=organizzazione)
        pagina = sezione.add_child(instance=NotiziaPage(title=titolo, live=False, owner=utente))
        pagina.save_revision(user=utente)
        pagina.get_workflow().start(pagina, utente)
        return NotiziaPage.objects.get(pk=pagina.pk)

    return crea


@pytest.fixture
def posta(django_capture_on_commit_callbacks):
    """Run a function and return the mails that it sent."""

    def spedita(funzione):
        MessaggioInUscita.objects.all().delete()
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            funzione()
        return list(mail.outbox)

    return spedita


def azione_di_wagtail(pagina, nome):
    stato = pagina.current_workflow_task_state
    return reverse("wagtailadmin_pages:workflow_action", args=[pagina.pk, nome, stato.pk])


def pubblica(pagina):
    return NotiziaPage.objects.get(pk=pagina.pk).live


def stato_di(pagina):
    return TaskState.objects.filter(revision__object_id=str(pagina.pk)).latest("pk").status


def nostra(pagina):
    return reverse("programma:pagina", args=[pagina.pk])


def decisione(pagina, azione, **campi):
    return {"azione": azione, "revisione": letta(pagina.current_workflow_task_state), **campi}


def dati_notizia(pagina, **campi):
    return nested_form_data(
        {
            "title": pagina.title,
            "slug": pagina.slug,
            "sommario": "",
            "data": timezone.localdate().isoformat(),
            "immagine": "",
            "corpo": streamfield([]),
            "azioni_realizzate": [],
            "criteri_serviti": [],
            "comments": inline_formset([]),
            **campi,
        }
    )


# -- the reason of a return ---------------------------------------------------------------------------------


def test_returning__asks_the_reason_by_every_door(notizia, manager, client_di):
    pagina, cliente = notizia(), client_di(manager)
    modale = cliente.get(azione_di_wagtail(pagina, "reject")).json()["html"]
    assert "Che cosa c&#x27;è da cambiare" in modale and "required" in modale
    risposta = cliente.post(
        azione_di_wagtail(pagina, "reject"), {"comment": " "}, headers={"x-requested-with": "XMLHttpRequest"}
    )
    assert "Scrivi il motivo" in risposta.json()["html"]
    cliente.post(azione_di_wagtail(pagina, "reject"), {"comment": ""})
    assert "Scrivi il motivo" in cliente.post(nostra(pagina), decisione(pagina, "restituisci")).content.decode()
    with pytest.raises(PermissionDenied):
        restituisci_pagina(pagina, manager, "  ")
    dati = dati_notizia(pagina, **{"action-workflow-action": "1", "workflow-action-name": "reject"})
    cliente.post(reverse("wagtailadmin_pages:edit", args=[pagina.pk]), dati)
    assert stato_di(pagina) == TaskState.STATUS_IN_PROGRESS


def test_returned__and_sent_again(notizia, manager, referente_a, client_di, posta):
    pagina = notizia()
    campi = decisione(pagina, "restituisci", **{"restituisci-motivo": "Manca la foto"})
    [messaggio] = posta(lambda: client_di(manager).post(nostra(pagina), campi))
    assert messaggio.to == [referente_a.email]
    assert "Manca la foto" in messaggio.body and "Manca la foto" in messaggio.alternatives[0].content
    assert stato_di(pagina) == TaskState.STATUS_REJECTED
    assert client_di(manager).get(nostra(pagina)).status_code == 302
    modifica = reverse("wagtailadmin_pages:edit", args=[pagina.pk])
    dati = dati_notizia(pagina, title="Con la foto", **{"action-submit": "1"})
    [messaggio] = posta(lambda: client_di(referente_a).post(modifica, dati))
    assert messaggio.to == [manager.email] and "Con la foto" in messaggio.subject
    assert stato_di(pagina) == TaskState.STATUS_IN_PROGRESS


# -- approval -------------------------------------------------------------------------------------------------


def test_approved__is_published_and_the_organisation_is_told(notizia, manager, referente_a, client_di, posta):
    pagina = notizia()
    [messaggio] = posta(
        lambda: client_di(manager).post(nostra(pagina), decisione(pagina, "approva", commento="Bella notizia"))
    )
    assert pubblica(pagina)
    assert messaggio.to == [referente_a.email] and "Bella notizia" in messaggio.body
    assert messaggio.subject == "Approvata: Una notizia"
    assert messaggio.alternatives[0].mimetype == "text/html"


def test_page_changed_while_it_is_read__is_not_decided(notizia, manager, referente_a, client_di):
    pagina = notizia()
    vecchia = decisione(pagina, "approva")
    pagina.title = "Cambiata"
    revisione = pagina.save_revision(user=referente_a)
    TaskState.objects.filter(revision__object_id=str(pagina.pk)).update(revision=revisione)
    risposta = client_di(manager).post(nostra(pagina), vecchia, follow=True)
    assert "rileggila" in risposta.content.decode()
    assert not pubblica(pagina)


def test_page_of_the_manager__is_approved_by_coordinamento(
    notizia, manager, coordinamento, distretto, client_di, posta
):
    messaggi = posta(lambda: notizia("Del manager", manager, distretto))
    assert [m.to for m in messaggi] == [[coordinamento.email]]
    pagina = NotiziaPage.objects.get(title="Del manager")
    assert client_di(manager).get(nostra(pagina)).status_code == 302
    client_di(manager).post(nostra(pagina), decisione(pagina, "approva"))
    client_di(manager).post(azione_di_wagtail(pagina, "approve"), {"comment": ""})
    assert not pubblica(pagina)
    cliente = client_di(coordinamento)
    lettura = cliente.get(nostra(pagina))
    assert lettura.status_code == 200 and "Nuova pagina" in lettura.content.decode()
    task = pagina.current_workflow_task
    anteprima = cliente.get(reverse("wagtailadmin_pages:workflow_preview", args=[pagina.pk, task.pk]))
    assert anteprima.status_code == 200 and "Del manager" in anteprima.content.decode()
    [messaggio] = posta(lambda: cliente.post(nostra(pagina), decisione(pagina, "approva")))
    assert messaggio.to == [manager.email]
    assert pubblica(pagina)


def test_coordinamento__sees_only_what_waits_for_it(notizia, coordinamento, client_di):
    """Without page permissions, an approver opens a page only while it waits for them."""
    pagina = notizia()
    cliente = client_di(coordinamento)
    for indirizzo in (
        nostra(pagina),
        reverse("wagtailadmin_pages:edit", args=[pagina.pk]),
        reverse("wagtailadmin_pages:view_draft", args=[pagina.pk]),
        reverse("wagtailadmin_pages:workflow_preview", args=[pagina.pk, pagina.current_workflow_task.pk]),
    ):
        assert cliente.get(indirizzo).status_code in (302, 403, 404)
    cliente.post(azione_di_wagtail(pagina, "approve"), {"comment": ""})
    assert not pubblica(pagina)


@pytest.mark.parametrize("chi", ["referente_a", "referente_b", "acs"])
def test_who_does_not_decide__neither_reads_nor_approves(notizia, chi, request, client_di):
    pagina, utente = notizia(), request.getfixturevalue(chi)
    cliente = client_di(utente)
    assert cliente.get(nostra(pagina)).status_code == 404
    assert cliente.post(nostra(pagina), decisione(pagina, "approva")).status_code == 404
    cliente.post(azione_di_wagtail(pagina, "approve"), {"comment": ""})
    with pytest.raises(PermissionDenied):
        approva_pagina(pagina, utente)
    assert not pubblica(pagina)


def test_superuser__does_not_approve_their_own(notizia, superutente, client_di):
    pagina = notizia("Mia", superutente)
    client_di(superutente).post(nostra(pagina), decisione(pagina, "approva"))
    client_di(superutente).post(azione_di_wagtail(pagina, "approve"), {"comment": ""})
    assert not pubblica(pagina)


# -- mails ----------------------------------------------------------------------------------------------------


def test_mails_of_wagtail__are_off(notizia, manager, superutente, referente_a, posta):
    messaggi = posta(notizia)
    assert [m.to for m in messaggi] == [[manager.email]]
    [messaggio] = messaggi
    assert messaggio.subject == "Da approvare: Una notizia"
    pagina = NotiziaPage.objects.get(title="Una notizia")
    for testo in (messaggio.body, messaggio.alternatives[0].content):
        assert "Una notizia" in testo and str(referente_a) in testo
        assert "The page" not in testo and "moderation" not in testo
        assert nostra(pagina) in testo
