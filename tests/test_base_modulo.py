"""Fields of our pages in the admin, as a screen reader meets them."""

import re

import pytest
from django import forms
from django.template import Context, Template

from base.campi import RigheField

PAGINA = Template("{% load modulo %}{% campo voce richiesti=richiesti %}")


class Modulo(forms.Form):
    titolo = forms.CharField(help_text="Una riga", error_messages={"required": "Scrivi un titolo"})
    luogo = forms.CharField(required=False)
    enti = forms.MultipleChoiceField(
        choices=[("a", "Primo"), ("b", "Secondo")],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Scegli un ente"},
    )


def resa(nome, dati=None, richiesti=()):
    return PAGINA.render(Context({"voce": Modulo(dati)[nome], "richiesti": richiesti}))


def descritto_da(html):
    """The text of everything that describes the field or the group."""
    nomi = re.search(r'aria-describedby="([^"]+)"', html)[1].split()
    return " ".join(re.search(rf'id="{nome}"[^>]*>(.*?)</(?:div|p)>\s', html, re.S)[1] for nome in nomi)


@pytest.mark.parametrize(("nome", "frase"), [("titolo", "Scrivi un titolo"), ("enti", "Scegli un ente")])
def test_error__is_read_with_its_field(nome, frase):
    assert frase in descritto_da(resa(nome, dati={}))


def test_help__is_read_with_its_field():
    assert "Una riga" in descritto_da(resa("titolo"))


def test_many_boxes__are_a_group_with_its_name():
    html = resa("enti")
    assert re.search(r"<fieldset.*?<legend[^>]*>\s*Enti<", html, re.S) and "obbligatorio" in html


def test_asked_later__is_told_and_not_forced():
    html = resa("luogo", richiesti={"luogo"})
    assert 'aria-required="true"' in html and not re.search(r"<input[^>]* required", html)
    assert "aria-required" not in resa("luogo")


def test_rows__are_read_one_a_line_and_a_null_is_refused():
    campo = RigheField(required=False)
    assert campo.clean(" uno \n\n due") == ["uno", "due"] and campo.clean("") == []
    with pytest.raises(forms.ValidationError):
        campo.clean("uno\ndu\0e")
