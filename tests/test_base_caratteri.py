"""Unicode once, at the door: what looks the same is the same, whoever typed it and wherever it comes in."""

import io
import json
from importlib import import_module

import pytest
from django import forms
from django.apps import apps
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st
from wagtail import blocks
from wagtail.models import Page

from base.formati.caratteri import con_trattini, pulito, uguagliabile
from base.formati.lettura_yaml import leggi_yaml
from base.formati.schema import FileNonValido
from home.testi import riscrivi_testi
from notizie.models import Iscritto, NotiziaPage, SezioneNotiziePage
from organizzazioni.models import Organizzazione


@pytest.mark.parametrize(
    ("scritto", "tenuto"),
    [
        ("Citta\u0300 dei  bambini", "Città dei bambini"),
        ("\ufeffSportello\u200b famiglia\u200f", "Sportello famiglia"),
        ("\u202aufficio@example.org\u202c", "ufficio@example.org"),
        ("fami\u00adglia e\u2060 lavoro", "famiglia e lavoro"),
        ("€\u00a012,50\u202fal\u2003giorno", "€ 12,50 al giorno"),
        (" a \t b ", "a b"),
        ("uno \r\n  due\rtre\u2028quattro\x0bcinque", "uno\ndue\ntre\nquattro\ncinque"),
        ("e\u200d\u0301\u200d", "é"),
        ("senza\x07 suono\x9f", "senza suono"),
        ("\ud800solo", "solo"),
        ("\u200b\u00a0\ufeff", ""),
    ],
)
def test_cleaned__what_nobody_sees_goes(scritto, tenuto):
    assert pulito(scritto) == tenuto


@pytest.mark.parametrize(
    "testo",
    [
        "👨‍👩‍👧‍👦 in festa",
        "❤️‍🔥",
        "1️⃣ passo",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "می‌خواهم",
        "ﬁ ², ½ № – “sì”",
        "a\n\nb",
    ],
)
def test_cleaned__what_people_see_stays(testo):
    assert pulito(testo) == testo


@given(st.text())
def test_cleaned__twice_is_once(testo):
    assert pulito(pulito(testo)) == pulito(testo)
    assert "\n" not in pulito(testo, una_riga=True)


def test_text_to_be_compared__the_same_title_written_three_ways():
    assert len({uguagliabile(t) for t in ("Perché no", "Perche\u0301 no", "perché\u00a0 no\u200b")}) == 1


def test_with_dashes__every_dash():
    assert con_trattini("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad-") == "-" * 9


class Modulo(forms.Form):
    nome = forms.CharField(max_length=6)
    testo = forms.CharField(widget=forms.Textarea)
    posta = forms.EmailField()
    sito = forms.URLField(assume_scheme="https")
    giorno = forms.DateField(input_formats=["%d/%m/%Y"])
    quanti = forms.IntegerField()
    parola = forms.CharField(strip=False, widget=forms.PasswordInput)


def test_moduli__texts_are_cleaned_before_they_are_judged_and_passwords_are_not():
    modulo = Modulo(
        {
            "nome": "Citta\u0300\u200b\n",
            "testo": "uno\u00a0 due\r\ntre",
            "posta": "ufficio\u200b@example.org",
            "sito": "https://example.org/\ufeff",
            "giorno": "\u200e31/12/2026",
            "quanti": "\u00a012",
            "parola": " a\u0300  ",
        }
    )
    assert modulo.is_valid(), modulo.errors
    assert modulo.cleaned_data["nome"] == "Città"
    assert modulo.cleaned_data["testo"] == "uno due\ntre"
    assert modulo.cleaned_data["posta"] == "ufficio@example.org"
    assert modulo.cleaned_data["sito"] == "https://example.org/"
    assert (modulo.cleaned_data["giorno"].year, modulo.cleaned_data["quanti"]) == (2026, 12)
    assert modulo.cleaned_data["parola"] == " a\u0300  "
    assert Modulo({"nome": "\u200b"}).has_error("nome", "required")


def test_blocks__the_texts_of_a_stream_too():
    assert blocks.CharBlock().clean("Perche\u0301 \u00a0no") == "Perché no"
    assert (
        blocks.RichTextBlock().clean(blocks.RichTextBlock().to_python("<p>a\u200b\u00a0b</p>")).source == "<p>a b</p>"
    )


def test_yaml_values__texts_and_keys_of_a_yaml_file():
    assert leggi_yaml("nome: Citta\u0300\u200b\nvoci: [e\u0300, 1]\n\u200bx: [sì]".encode()) == {
        "nome": "Città",
        "voci": ["è", 1],
        "x": ["sì"],
    }
    with pytest.raises(FileNonValido, match="la chiave «nome» è scritta due volte"):
        leggi_yaml("nome: a\n\u200bnome: b".encode())


@pytest.mark.django_db
def test_editor__a_page_is_kept_as_it_will_be_compared(client_di, referente_a, organizzazione_a):
    sezione = SezioneNotiziePage.objects.get(organizzazione=organizzazione_a)
    testo = {
        "blocks": [{"key": "a", "text": "Caffe\u0300\u200b  insieme", "type": "unstyled", "depth": 0}],
        "entityMap": {},
    }
    risposta = client_di(referente_a).post(
        f"/admin/pages/add/notizie/notiziapage/{sezione.pk}/",
        {
            "title": "Perche\u0301\u00a0 no\u200b",
            "data": "01/03/2025",
            "sommario": "uno\u2009due",
            "corpo-count": "1",
            "corpo-0-deleted": "",
            "corpo-0-order": "0",
            "corpo-0-type": "testo",
            "corpo-0-value": json.dumps(
                {**testo, "blocks": [{**b, "inlineStyleRanges": [], "entityRanges": []} for b in testo["blocks"]]}
            ),
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
        },
    )
    assert risposta.status_code == 302
    notizia = NotiziaPage.objects.get()
    assert (notizia.title, notizia.sommario) == ("Perché no", "uno due")
    assert ">Caffè insieme</p>" in str(notizia.corpo)


@pytest.mark.django_db
def test_texts_of_before__become_the_same_and_what_would_be_twice_is_told(organizzazione_a):
    scomposta, nascosta = "Cooperativa  Citta\u0300", "anna\u200b@example.org"
    Organizzazione.objects.filter(pk=organizzazione_a.pk).update(denominazione=scomposta)
    Page.objects.filter(pk=organizzazione_a.pagina.pk).update(title=scomposta, draft_title=scomposta)
    doppia, sola = (Iscritto.objects.create(email=email) for email in (nascosta, "bruno\ufeff@example.org"))
    Iscritto.objects.create(email="anna@example.org")
    detto = io.StringIO()
    call_command("ripulisci_testi", "--dry-run", stdout=detto)
    assert detto.getvalue().endswith("Cambiati: 4. Da guardare: 1\n") and "@" not in detto.getvalue()
    assert Page.objects.get(pk=organizzazione_a.pagina.pk).title == scomposta
    import_module("home.migrations.0006_testi_puliti").riscrivi(apps, None)
    pagina = Page.objects.get(pk=organizzazione_a.pagina.pk)
    assert {Organizzazione.objects.get(pk=organizzazione_a.pk).denominazione, pagina.title, pagina.draft_title} == {
        "Cooperativa Città"
    }
    assert [Iscritto.objects.get(pk=uno.pk).email for uno in (doppia, sola)] == [nascosta, "bruno@example.org"]
    assert list(riscrivi_testi()) == [(doppia, "email", False)]
