"""How criteria are chosen in a form that has a day: those on offer change with it, also without leaving the page."""

from django import forms
from django.forms.widgets import Media, Script
from django.urls import reverse

CLASSE = "criteri-del-giorno"


class DelGiorno:
    """Mixin of the widgets that `static/js/criteri.js` fills again when the field `data` of their form changes."""

    def __init__(self, attrs=None, **kwargs):
        super().__init__({"class": CLASSE, **(attrs or {})}, **kwargs)

    @property
    def media(self):
        indirizzo = {"data-indirizzo": reverse("programma:criteri_del_giorno"), "defer": True}
        return super().media + Media(js=[Script("js/criteri.js", **indirizzo)])


class CriteriDaSpuntare(DelGiorno, forms.CheckboxSelectMultiple):
    """Any number of criteria, to tick."""


class CriterioDaScegliere(DelGiorno, forms.Select):
    """One criterion, or none."""
