"""What the filters of the admin's lists have in common, over `WagtailFilterSet`: they are total."""

from typing import Any, NoReturn

import django_filters
from django import forms
from wagtail.admin.filters import WagtailFilterSet

from .campi import SceltaField

NON_C_E = "Questa scelta non c'è: non la uso per filtrare"


class FiltroAdmin(WagtailFilterSet):
    """A filter of a list. What cannot be read says so beside its field and filters nothing; the rest still filters."""

    def __init__(self, data, queryset, **kwargs):
        super().__init__(data, queryset, **kwargs)
        for filtro in self.filters.values():
            filtro.extra["error_messages"] = {"invalid_choice": NON_C_E, **filtro.extra.get("error_messages", {})}

    def offri(self, nome: str, scelte: Any) -> None:
        """What the filter `nome` offers, of choices or objects. To be said before the form is asked for."""
        if isinstance(self.filters[nome], SceltaFilter):
            self.filters[nome].queryset = scelte
        else:
            self.filters[nome].extra["choices"] = scelte

    @property
    def scelte(self) -> dict[str, Any]:
        """What was asked for and could be read, by the name of the filter."""
        self.form.is_valid()
        return {nome: valore for nome, valore in self.form.cleaned_data.items() if valore not in (None, "")}


class FiltroCalcolato(FiltroAdmin):
    """The filter of what is reckoned and is no table: a selector takes its `scelte`, and it has no `qs` to give."""

    def filter_queryset(self, queryset: Any) -> NoReturn:
        raise TypeError(f"{type(self).__name__} filters no table: give its `scelte` to the selector of the list")


class SceltaFilter(django_filters.ModelChoiceFilter):
    """One object: see `SceltaField`."""

    field_class = SceltaField


class NumeroFilter(django_filters.TypedChoiceFilter):
    """One of the whole numbers offered: a year, some days."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, coerce=int, empty_value=None, **kwargs)


class SpuntaFilter(django_filters.Filter):
    """A box to be ticked."""

    field_class = forms.BooleanField
