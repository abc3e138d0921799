"""Telephone numbers: dialled right, printed one way, asked about where there is a doubt."""

import importlib
import io
from uuid import UUID

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.template import Context, Template
from pytest_django.asserts import assertHTMLEqual
from wagtail.blocks import StructBlockValidationError

from base.formati.telefoni import Numero, TelefonoRifiutato, da_esportare, leggi, leggibili, normale
from guide.dati_aperti.hsds import _telefoni
from guide.models import Contatto
from guide.models.pagine import EmergenzeBlock
from organizzazioni.models import OrganizzazionePage


@pytest.mark.parametrize(
    ("scritto", "stampato", "collegamenti"),
    [
        ("", "", []),
        ("0461234567", "0461 234567", ["tel:+390461234567"]),
        ("0461/234567", "0461 234567", ["tel:+390461234567"]),
        ("0461\u2013234567", "0461 234567", ["tel:+390461234567"]),
        ("(0461) 23.45.67", "0461 234567", ["tel:+390461234567"]),
        ("+39 (0)461 234567", "0461 234567", ["tel:+390461234567"]),
        ("0039 0461 234567", "0461 234567", ["tel:+390461234567"]),
        ("Tel. 0461\u00a0234567", "0461 234567", ["tel:+390461234567"]),
        ("02 12345678", "02 1234 5678", ["tel:+390212345678"]),
        ("333-1234567", "333 123 4567", ["tel:+393331234567"]),
        ("+39 376 123456", "+39 376 123 456", ["tel:+39376123456"]),
        ("800123456", "800 123 456", ["tel:+39800123456"]),
        ("1522", "1522", ["tel:1522"]),
        ("116117", "116117", ["tel:116117"]),
        ("+43 512 1234567", "+43 512 1234567", ["tel:+435121234567"]),
        ("0461 234567, interno 12", "0461 234567 int. 12", ["tel:+390461234567;ext=12"]),
        ("0461 234567 (int. 3)", "0461 234567 int. 3", ["tel:+390461234567;ext=3"]),
        ("0461 234567 #12", "0461 234567 int. 12", ["tel:+390461234567;ext=12"]),
        ("0461-234567 x 12", "0461 234567 int. 12", ["tel:+390461234567;ext=12"]),
        ("0461-23-45-67", "0461 234567", ["tel:+390461234567"]),
        ("0461-234567/0461-234568", "0461 234567, 0461 234568", ["tel:+390461234567", "tel:+390461234568"]),
        ("0461 234567 / 333 1234567", "0461 234567, 333 123 4567", ["tel:+390461234567", "tel:+393331234567"]),
        ("0461 234567 - 0461 234568", "0461 234567, 0461 234568", ["tel:+390461234567", "tel:+390461234568"]),
        ("0461 234567 o 333 1234567", "0461 234567, 333 123 4567", ["tel:+390461234567", "tel:+393331234567"]),
        ("0461 234567; 0461/234567", "0461 234567", ["tel:+390461234567"]),
    ],
)
def test_number__is_read_one_way_and_reads_the_same_again(scritto, stampato, collegamenti):
    assert [numero.collegamento for numero in leggi(scritto)] == collegamenti
    assert normale(scritto) == stampato == normale(normale(scritto))


@pytest.mark.parametrize(
    ("scritto", "detto"),
    [
        ("461 234567", "manca lo zero iniziale? Scrivi 0461 234567"),
        ("+39 461 234567", "manca lo zero iniziale? Scrivi 0461 234567"),
        ("376 123456", "Scrivi 0376 123456; se è un cellulare scrivi +39 376 123 456"),
        ("O461 234567", "lettere al posto di cifre"),
        ("0461 23l567", "lettere al posto di cifre"),
        ("0461 234567 (la mattina)", "vanno nella nota"),
        ("chiedere di Anna", "vanno nella nota"),
        ("0461 234567/8", "scrivi ogni numero per intero"),
        ("0461 234567-68", "scrivi ogni numero per intero"),
        ("0461-234567/8", "scrivi ogni numero per intero"),
        ("0461/234567-68", "scrivi ogni numero per intero"),
        ("0461", "controlla le cifre"),
        ("0461 234567 89012345", "separali con una virgola"),
        ("+99 123456789", "controlla le cifre"),
    ],
)
def test_doubt__is_asked_and_not_guessed(scritto, detto):
    with pytest.raises(TelefonoRifiutato) as rifiuto:
        leggi(scritto)
    assert detto in str(rifiuto.value) and leggibili(scritto) == [] and da_esportare(scritto) == scritto


def test_field__puts_numbers_in_groups_for_forms_and_imports_alike():
    contatto = Contatto(ruolo="Segreteria", telefono="0461/234567 o 3331234567")
    contatto.full_clean(exclude=["servizio"])
    assert contatto.telefono == "0461 234567, 333 123 4567"
    for scritto in ("O461 234567", ", ".join(f"0461 23456{n}" for n in range(10))):
        with pytest.raises(ValidationError) as rifiuto:
            Contatto(ruolo="Segreteria", telefono=scritto).full_clean(exclude=["servizio"])
        assert list(rifiuto.value.message_dict) == ["telefono"]


def test_field__holds_some_numbers_with_their_extensions():
    scritto = "0461 234567 int. 1234, 0461 234568 int. 1235, 333 123 4567, 800 123 456, +43 512 1234567"
    contatto = Contatto(ruolo="Segreteria", telefono=scritto)
    contatto.full_clean(exclude=["servizio"])
    assert contatto.telefono == scritto


@pytest.mark.parametrize("numero", ["112", "118", "114", "1522", "116117", "19696"])
def test_emergency_number__short_ones_are_taken(numero):
    blocco = EmergenzeBlock().child_blocks["numero"]
    assert blocco.clean({"numero": f" {numero} ", "nome": "Aiuto", "quando": ""})["numero"] == numero


@pytest.mark.parametrize(
    ("scritto", "detto"),
    [
        ("11O", "lettere al posto di cifre"),
        ("l12", "lettere al posto di cifre"),
        ("12", "controlla le cifre"),
        ("112, 118", "un numero solo"),
        ("", "obbligatorio"),
    ],
)
def test_emergency_number__in_doubt_is_refused(scritto, detto):
    blocco = EmergenzeBlock().child_blocks["numero"]
    with pytest.raises(StructBlockValidationError) as rifiuto:
        blocco.clean({"numero": scritto, "nome": "Aiuto", "quando": ""})
    assert detto in str(rifiuto.value.block_errors["numero"])


def test_page__links_what_can_be_dialled_and_prints_the_rest():
    modello = Template('{% include "includes/telefono.html" with valore=valore only %}')
    scritto = modello.render(Context({"valore": "0461234567 / 3331234567"}))
    assertHTMLEqual(
        scritto, '<a href="tel:+390461234567">0461 234567</a>, <a href="tel:+393331234567">333 123 4567</a>'
    )
    assert modello.render(Context({"valore": "0461 la mattina"})) == "0461 la mattina"


def test_open_data__have_one_form_with_the_extension_apart():
    telefoni = _telefoni("0461/234567 int. 12, 333 1234567", UUID(int=1), "x", {}, "Segreteria")
    assert [(t["number"], t.get("extension")) for t in telefoni] == [("+390461234567", 12), ("+393331234567", None)]
    assert len({t["id"] for t in telefoni}) == 2 and _telefoni("", UUID(int=1), "x", {}) == []
    assert _telefoni("boh", UUID(int=1), "x", {})[0]["number"] == "boh"
    assert da_esportare("0461/234567 int. 12") == "+390461234567 int. 12"
    assert str(Numero("112", "112")) == "112"


@pytest.mark.django_db
def test_numbers_of_before__are_written_again_and_those_in_doubt_listed():
    buona, dubbia = OrganizzazionePage.objects.order_by("pk")[:2]
    OrganizzazionePage.objects.filter(pk=buona.pk).update(telefono="0461/234567")
    OrganizzazionePage.objects.filter(pk=dubbia.pk).update(telefono="461 234567")
    detto = io.StringIO()
    call_command("telefoni", "--dry-run", stdout=detto)
    assert OrganizzazionePage.objects.get(pk=buona.pk).telefono == "0461/234567"
    importlib.import_module("home.migrations.0003_telefoni_in_un_modo_solo").riscrivi(apps, None)
    telefoni = [OrganizzazionePage.objects.get(pk=pagina.pk).telefono for pagina in (buona, dubbia)]
    assert telefoni == ["0461 234567", "461 234567"]
    assert f"{dubbia.title}: «461 234567»: manca lo zero iniziale? Scrivi 0461 234567" in detto.getvalue()
    assert detto.getvalue().endswith("Da guardare: 1\n")
