"""Lists of pages of any type: what each shows of itself, in one query."""

from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Value
from django.db.models.functions import Cast, Coalesce, NullIf
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction, get_page_models

from .models import BasePage


def _collegamento(modello):
    """The name under which a query on `Page` reaches `modello`."""
    return modello._meta.get_ancestor_link(Page).related_query_name()


def _ha_data(modello):
    return any(campo.name == "data" and isinstance(campo, models.DateField) for campo in modello._meta.get_fields())


def con_sommario(pagine):
    """Annotate a queryset of `Page` with `sommario` and `giorno` (its own date, or the day it was published)."""
    modelli = [m for m in get_page_models() if issubclass(m, BasePage)]
    sommari = [
        NullIf(F(f"{_collegamento(m)}__{campo}"), Value(""))
        for m in modelli
        for campo in ("sommario", *m.sommari_di_riserva)
    ]
    giorni = [F(f"{_collegamento(m)}__data") for m in modelli if _ha_data(m)]
    return pagine.annotate(
        sommario=Coalesce(*sommari, "search_description", Value(""), output_field=models.TextField()),
        giorno=Coalesce(*giorni, Cast("first_published_at", models.DateField()), output_field=models.DateField()),
    )


def senza_riservate(pagine, percorso="path"):
    """`pagine` without those that only some may read (a password, a login on them or above): as core's `public`, but
    with no query of its own, however many they are. `percorso` is where the path is."""
    return _senza(pagine, PageViewRestriction, "page__path", percorso)


def senza_raccolte_riservate(righe, percorso):
    """`righe` without those whose document only some may read; `percorso` is where the path of its collection is."""
    return _senza(righe, CollectionViewRestriction, "collection__path", percorso)


def _senza(righe, limiti, suo, percorso):
    qui = ExpressionWrapper(OuterRef(percorso), output_field=models.CharField())
    return righe.filter(~Exists(limiti.objects.alias(qui=qui).filter(qui__startswith=F(suo))))
