"""A form field in the admin's frame, read aloud with its help and its errors."""

from django import template
from django.utils.html import format_html

register = template.Library()


@register.inclusion_tag("base/admin/campo.html")
def campo(campo, richiesti=()):
    """`campo` as core shows it, tied to its error messages, which core leaves apart; several boxes are a group.

    `richiesti` names the fields that are demanded later although the form accepts them empty.
    """
    richiesto = campo.name in richiesti
    aiuto, errore = f"{campo.auto_id}_helptext", f"{campo.auto_id}_error"
    descrizioni = " ".join(nome for nome, presente in ((aiuto, campo.help_text), (errore, campo.errors)) if presente)
    attributi = {"aria-describedby": descrizioni} if descrizioni else {}
    if richiesto and not campo.field.required:
        attributi["aria-required"] = "true"
    return {
        "campo": campo,
        "reso": campo.as_widget(attrs=attributi),
        "descrizioni": descrizioni,
        "id_aiuto": aiuto,
        "id_errore": errore,
        "etichetta": _etichetta(campo, richiesto),
    }


def _etichetta(campo, richiesto):
    """The label; core adds its own mark to what the form requires, but not to a group."""
    if campo.use_fieldset and (richiesto or campo.field.required):
        return format_html(
            '{}<span class="w-required-mark" aria-hidden="true">*</span><span class="w-sr-only"> obbligatorio</span>',
            campo.label,
        )
    if richiesto and not campo.field.required:
        return format_html('{}<span class="w-required-mark" aria-hidden="true">*</span>', campo.label)
    return campo.label
