"""What an editor of the admin says of a form that cannot be saved: every error, each with the way to its field."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.functional import lazy
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from wagtail.admin.messages import messages, render

IN_UN_BLOCCO = "c'è qualcosa da correggere"
"""Of a part made of blocks: the error is in one of them, in words for each field of it."""
MASSIMO = 20
"""More are not read at once."""


class Errore(NamedTuple):
    """`campo` is the id of the field, empty for what is of no field."""

    campo: str
    etichetta: str
    detto: str


def errori_di(form: Any, prima: str = "") -> Iterator[Errore]:
    """The errors of a form and of its rows, in the order of the fields. `prima`: which row it is."""
    in_ordine = sorted(form.errors.as_data().items(), key=lambda voce: [*form.fields, voce[0]].index(voce[0]))
    for nome, errori in in_ordine:
        campo = form[nome] if nome in form.fields else None
        etichetta = f"{prima}{campo.label}" if campo else prima.rstrip(": ")
        for errore in errori:
            detti = [IN_UN_BLOCCO] if hasattr(errore, "as_json_data") else errore.messages
            for detto in detti:
                yield Errore(campo.auto_id if campo else "", etichetta, detto)
    for insieme in getattr(form, "formsets", {}).values():
        nome = capfirst(insieme.model._meta.verbose_name)
        for detto in insieme.non_form_errors():
            yield Errore("", f"{prima}{nome}", detto)
        for n, riga in enumerate(insieme.forms, 1):
            if riga.errors and not riga.cleaned_data.get("DELETE"):
                yield from errori_di(riga, f"{prima}{nome} {n}: ")


def elenca(request: Any, message: str, form: Any, buttons: Any = None) -> None:
    """In the place of Wagtail's message, that says that something is wrong and, of fields, not what."""
    messages.error(request, _in_pagina(message, buttons, form))


def _scritto(message, buttons, form):
    righe = format_html_join("", "{}", ((_riga(errore),) for errore in [*errori_di(form)][:MASSIMO]))
    return render(message, buttons, detail=format_html('<ul class="errori-elenco">{}</ul>', righe))


_in_pagina = lazy(_scritto, SafeString)
"""When the page is drawn: only then a field has the name that its panel gives it."""


def _riga(errore):
    if errore.campo:
        return format_html('<li><a href="#{}" data-al-campo>{}</a>: {}</li>', *errore)
    return format_html("<li>{}{}</li>", f"{errore.etichetta}: " if errore.etichetta else "", errore.detto)
