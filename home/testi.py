"""Titles, names and addresses that were written before texts were cleaned at the door (`base.porta`)."""

from collections.abc import Iterator

from django.apps import apps as installate
from django.db import models
from wagtail.models import Page

from base.formati.caratteri import pulito

APP = ("base", "organizzazioni", "programma", "notizie", "guide", "convenzioni", "cura", "home")
MAI = (
    ("base", "versione"),
    ("programma", "passaggio"),
    ("programma", "riconoscimento"),
    ("programma", "chiusura"),
    ("guide", "istantanea"),
)
"""What was written as evidence of a moment is never written again."""


def riscrivi_testi(apps=installate, prova: bool = False) -> Iterator[tuple[models.Model, str, bool]]:
    """Write each text of a line as it is kept now; each that is not so yet, as row, field and whether it becomes so.

    What must be of one row only, and is another's already, stays as it is for a person to look at. Drafts keep what
    their author wrote until they are saved again. With `prova` nothing changes.
    """
    for modello in apps.get_models():
        nome = modello._meta.app_label, modello._meta.model_name
        if (nome[0] in APP and nome not in MAI) or nome == ("wagtailcore", Page._meta.model_name):
            yield from _riscrivi(modello, [c.name for c in modello._meta.local_fields if _e_di_una_riga(c)], prova)


def _e_di_una_riga(campo) -> bool:
    scritto_a_mano = isinstance(campo, models.CharField) and not isinstance(campo, models.SlugField | models.URLField)
    return scritto_a_mano and not campo.choices and not campo.primary_key


def _riscrivi(modello, campi, prova):
    tutte = modello._base_manager
    for riga in tutte.only("pk", *campi).order_by("pk").iterator() if campi else ():
        for campo in campi:
            scritto = getattr(riga, campo)
            nuovo = pulito(scritto or "", una_riga=True)
            if nuovo == (scritto or "") or len(nuovo) > modello._meta.get_field(campo).max_length:
                continue
            if modello._meta.get_field(campo).unique and tutte.filter(**{campo: nuovo}).exists():
                yield riga, campo, False
                continue
            if not prova:
                tutte.filter(pk=riga.pk).update(**{campo: nuovo})
            yield riga, campo, True
