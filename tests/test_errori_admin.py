"""What an editor of the admin says of what cannot be saved: in the title, and with the way to each field."""

import html
import re

import pytest
from django import forms
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from base.errori import IN_UN_BLOCCO, Errore, errori_di
from guide.forms import EtaField
from guide.models import SezioneGuidaPage
from notizie.models import SezioneNotiziePage

pytestmark = pytest.mark.django_db
DETTAGLI = ("contatti", "scadenze", "settimane_estive", "orari", "periodi", "tariffe", "allegati")


def _titolo(risposta):
    return re.search(r"<title>(.*?)</title>", risposta.content.decode(), re.S)[1].strip()


def test_editor__lists_every_error_by_the_name_that_its_panel_gives_it(client_di, manager):
    sezione = SezioneGuidaPage.objects.filter(organizzazione__chiave="asif-chimelli").get()
    indirizzo = reverse("wagtailadmin_pages:add", args=["guide", "serviziopage", sezione.pk])
    client = client_di(manager)
    assert not _titolo(client.get(indirizzo)).startswith("Errore")
    righe = {nome: inline_formset([]) for nome in DETTAGLI}
    luoghi = inline_formset([{"nome": "Sala", "latitudine": "99", "ORDER": 1}])
    dati = {"title": "", "sommario": "", "testo": rich_text(""), "eta_minima_0": "9000", "eta_minima_1": "anni"}
    risposta = client.post(indirizzo, nested_form_data({**dati, **righe, "luoghi": luoghi}))
    testo = risposta.content.decode()
    assert _titolo(risposta).startswith("Errore: ")
    elenco = testo.split('class="errori-elenco"')[1].split("</ul>")[0]
    assert '<a href="#id_title" data-al-campo>Nome del servizio</a>: ' in elenco
    assert '<a href="#id_eta_minima" data-al-campo>Età da</a>: Al massimo 120 anni' in elenco
    assert '<a href="#id_luoghi-0-latitudine" data-al-campo>Luogo 1: Latitudine</a>: Al massimo 90' in elenco


def test_editor__says_that_something_is_wrong_in_a_part_made_of_blocks(client_di, manager):
    sezione = SezioneNotiziePage.objects.filter(organizzazione__chiave="asif-chimelli").get()
    indirizzo = reverse("wagtailadmin_pages:add", args=["notizie", "notiziapage", sezione.pk])
    dati = {"title": "Una", "corpo": streamfield([("titolo", "Lungo " * 40)])}
    elenco = html.unescape(client_di(manager).post(indirizzo, nested_form_data(dati)).content.decode())
    assert re.search(rf'<a href="#id_corpo" data-al-campo>[^<]+</a>: {IN_UN_BLOCCO}', elenco)


def test_lists__of_the_manager_say_yes_and_no_in_italian(client_di, manager):
    testo = client_di(manager).get(reverse("gestione_organizzazioni:index")).content.decode()
    assert re.search(r">\s*Sì\s*<", testo) and not re.search(r">\s*(True|False)\s*<", testo)


def test_snippet__says_its_errors_too(client_di, manager):
    risposta = client_di(manager).post(reverse("bisogno:add"), {"nome": ""})
    assert _titolo(risposta).startswith("Errore: ") and 'href="#id_nome"' in risposta.content.decode()


def test_errors__of_the_whole_form_are_of_no_field_and_html_is_not_believed():
    class Modulo(forms.Form):
        nome = forms.CharField(label="<b>Nome</b>", max_length=3)

        def clean(self):
            raise forms.ValidationError("<i>Insieme</i>")

    assert list(errori_di(Modulo({"nome": ""}))) == [
        Errore("id_nome", "<b>Nome</b>", "Questo campo è obbligatorio."),
        Errore("", "", "<i>Insieme</i>"),
    ]


def test_age__both_its_boxes_are_called_as_the_field_is():
    class Modulo(forms.Form):
        eta = EtaField(max_value=12)

    reso = str(Modulo()["eta"])
    assert 'id="id_eta_0"' in reso and reso.count('aria-labelledby="id_eta-label') == 2
    assert 'aria-labelledby="id_eta-label id_eta_1"' in reso and 'aria-label="anni o mesi"' in reso
