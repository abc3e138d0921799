"""System checks: what a page that feeds the score must declare."""

from django.apps import apps
from django.core.checks import Error, Tags, register

from .models.alimentazione import CollegamentoCriterio, fonti

PANNELLO = "azioni_realizzate"


@register(Tags.models)
def pagine_che_alimentano(app_configs, **kwargs):
    """A page with `CollegamentoCriterio` is listened to, says its facts, lets who writes name the action, and a copy of
    it proves nothing."""
    ascoltate = set(fonti())
    errori = []
    for modello in apps.get_models():
        if issubclass(modello, CollegamentoCriterio):
            mancanze = {
                "non è registrata: manca alimentazione.registra_fonte in AppConfig.ready": modello._meta.label
                not in ascoltate,
                "non ha un metodo fatti()": not callable(getattr(modello, "fatti", None)),
                "lascia alle copie i legami con il programma (exclude_fields_in_copy)": not set(
                    CollegamentoCriterio.exclude_fields_in_copy
                )
                <= set(modello.exclude_fields_in_copy),
                f"non ha {PANNELLO} tra i pannelli": PANNELLO not in _campi(modello.content_panels),
            }
            errori += [
                Error(f"{modello._meta.label} {mancanza}.", obj=modello, id="programma.E001")
                for mancanza, vero in mancanze.items()
                if vero
            ]
    return errori


def _campi(pannelli):
    """The names of the fields in these panels, at any depth."""
    campi = set()
    for pannello in pannelli:
        campi |= _campi(getattr(pannello, "children", ())) | {getattr(pannello, "field_name", None)}
    return campi
