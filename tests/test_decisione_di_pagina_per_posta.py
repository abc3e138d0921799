"""Coordinamento decides on a page from its mail, by the mechanism of evidence's link: the very words that were sent."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.models import TaskState

from base.models import Documento
from notizie.models import NotiziaPage, SezioneNotiziePage
from organizzazioni.decisioni_dalla_posta import indirizzo_della_pagina
from organizzazioni.operazioni import approva_pagina

pytestmark = pytest.mark.django_db


@pytest.fixture
def documento(distretto):
    return Documento.objects.create(title="Programma della serata", file=ContentFile(b"%PDF-1.7 x", "serata.pdf"))


@pytest.fixture
def del_manager(manager, distretto, documento):
    """A news page that the manager wrote and sent, with a document that no public page names yet."""
    sezione = SezioneNotiziePage.objects.get(organizzazione=distretto)
    pagina = NotiziaPage(title="Una <b>serata</b>", sommario="Tutti invitati", live=False, owner=manager)
    pagina.corpo = [("documento", documento)]
    pagina = sezione.add_child(instance=pagina)
    pagina.save_revision(user=manager)
    pagina.get_workflow().start(pagina, manager)
    return NotiziaPage.objects.get(pk=pagina.pk)


@pytest.fixture
def link(del_manager, coordinamento):
    return indirizzo_della_pagina(del_manager.current_workflow_task_state, coordinamento)


def conferma(link, azione="approva", **dati):
    return Client().post(link, {"azione": azione, "confermo": "1", **dati})


def parole(risposta):
    return risposta.content.decode()


def test_link__reads_the_page_its_preview_and_files_and_decides_nothing_until_confirmed(link, del_manager, documento):
    risposta = Client().get(link)
    letto = parole(risposta)
    assert "Una &lt;b&gt;serata&lt;/b&gt;" in letto and "Tutti invitati" in letto and "Nuova pagina" in letto
    assert documento.title in letto and "wagtail-userbar" not in letto
    assert risposta["Referrer-Policy"] == "no-referrer" and "no-store" in risposta["Cache-Control"]
    anteprima = Client().get(f"{link}?com_e")
    assert "Tutti invitati" in parole(anteprima) and anteprima["Referrer-Policy"] == "no-referrer"
    file = Client().get(f"{link}?documento={documento.pk}")
    assert b"".join(file.streaming_content) == b"%PDF-1.7 x" and "attachment" in file["Content-Disposition"]
    assert Client().get(documento.url).status_code == 404
    for altro in ("0", "x", str(10**30), "\0"):
        assert Client().get(link, {"documento": altro}).status_code == 404
    assert "Confermo: approvala" in parole(Client().post(link, {"azione": "approva"}))
    assert not NotiziaPage.objects.get(pk=del_manager.pk).live


def test_link__publishes_once_in_the_name_of_who_has_it(link, del_manager, coordinamento):
    assert "Approvata" in parole(conferma(link))
    stato = TaskState.objects.get(revision__object_id=str(del_manager.pk))
    assert (stato.status, stato.finished_by) == (TaskState.STATUS_APPROVED, coordinamento)
    assert NotiziaPage.objects.get(pk=del_manager.pk).live
    assert Client().get(link).status_code == 410 and conferma(link).status_code == 410
    assert Client().get(f"{link}?com_e").status_code == 410


def test_link__returns_with_a_reason_and_not_without(link, del_manager, mailoutbox, dopo):
    assert "Scrivi il motivo" in parole(Client().post(link, {"azione": "restituisci"}))
    dopo(conferma, link, "restituisci", motivo="Manca la foto")
    stato = TaskState.objects.get(revision__object_id=str(del_manager.pk))
    assert (stato.status, stato.comment) == (TaskState.STATUS_REJECTED, "Manca la foto")
    assert "Manca la foto" in mailoutbox[0].body


def test_link__of_other_words_another_person_or_another_kind_does_nothing(
    link, del_manager, manager, coordinamento, acs, referente_a
):
    stato = del_manager.current_workflow_task_state
    for altro in (manager, acs, referente_a):
        assert Client().get(indirizzo_della_pagina(stato, altro)).status_code == 410
    for ruoto in (link[:-6] + "xxxxx/", link.replace("/decisione/pagina/", "/decisione/")):
        assert conferma(ruoto).status_code == 410
    del_manager.title = "Altre parole"
    del_manager.save_revision(user=manager, overwrite_revision=stato.revision)
    assert Client().get(link).status_code == 410 and conferma(link).status_code == 410
    nuovo = indirizzo_della_pagina(TaskState.objects.get(pk=stato.pk), coordinamento)
    assert "Altre parole" in parole(Client().get(nuovo))
    coordinamento.set_password("un'altra frase lunga 8")
    coordinamento.save()
    assert Client().get(nuovo).status_code == 410


def test_link__of_who_has_or_must_have_a_second_factor_asks_to_sign_in(link, del_manager, coordinamento, settings):
    settings.SECONDO_FATTORE_RICHIESTO = True
    assert conferma(link)["Location"].startswith("/admin/login/?next=")
    settings.SECONDO_FATTORE_RICHIESTO = False
    Authenticator.objects.create(user=coordinamento, type=Authenticator.Type.TOTP, data={"secret": ""})
    assert conferma(link).status_code == Client().get(f"{link}?com_e").status_code == 302
    assert not NotiziaPage.objects.get(pk=del_manager.pk).live


def test_mail__of_coordinamento_has_the_link_and_says_what_changes_of_a_public_page(
    del_manager, manager, coordinamento, mailoutbox, dopo
):
    approva_pagina(del_manager, coordinamento)
    pagina = NotiziaPage.objects.get(pk=del_manager.pk)
    pagina.sommario = "Tutti attesi"
    pagina.save_revision(user=manager)
    dopo(pagina.get_workflow().start, pagina, manager)
    (messaggio,) = mailoutbox
    trovato = re.search(r"http\S+/decisione/pagina/\S+/", messaggio.body)[0]
    letto = parole(Client().get(trovato))
    assert '<span class="deletion">invitati</span>' in letto and '<span class="addition">attesi</span>' in letto
    assert "Che cosa si pubblica" not in letto
