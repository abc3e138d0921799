"""Telephone numbers that were written before they were checked: put in groups, or shown to a person."""

from collections.abc import Iterator

from django.apps import apps as installate

from base.formati.telefoni import TelefonoRifiutato, normale

CAMPI = (
    ("organizzazioni", "OrganizzazionePage", "telefono"),
    ("guide", "Contatto", "telefono"),
    ("convenzioni", "ConvenzionePage", "telefono"),
    ("notizie", "ComunicatoPage", "contatto_telefono"),
)
"""Where the portal keeps telephone numbers."""


def riscrivi_telefoni(apps=installate, prova: bool = False) -> Iterator[tuple[object, str, str]]:
    """Write each number that can be read as it is kept now; what cannot comes out with its field and why.

    Drafts keep what their author wrote until they are saved again: then the form says it. With `prova` nothing changes.
    """
    for app, modello, campo in CAMPI:
        righe = apps.get_model(app, modello).objects
        for riga in righe.exclude(**{campo: ""}).order_by("pk").iterator():
            scritto = getattr(riga, campo)
            try:
                nuovo = normale(scritto)
            except TelefonoRifiutato as rifiuto:
                yield riga, campo, str(rifiuto)
                continue
            if nuovo != scritto and len(nuovo) <= riga._meta.get_field(campo).max_length and not prova:
                righe.filter(pk=riga.pk).update(**{campo: nuovo})
