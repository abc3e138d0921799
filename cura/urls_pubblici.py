"""Public addresses that every kind of entry has; its app puts them among its own, under `Cura.urls_pubblici`."""

from django.urls import path

from .views.giudizi import PercheView, giudica
from .views.ricerche import cercato_invano


def indirizzi(ambito: str) -> list:
    """Those of the kind `ambito`."""
    questo = {"ambito": ambito}
    return [
        path("cercato-invano/", cercato_invano, questo, name="cercato_invano"),
        path("utile/<int:pk>/", giudica, questo, name="giudica"),
        path("utile/<int:pk>/<str:gettone>/", PercheView.as_view(), questo, name="perche"),
    ]
