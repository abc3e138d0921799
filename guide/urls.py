"""URLs of the guide outside the page tree."""

from django.urls import include, path

from . import views

app_name = "guide"

urlpatterns = [
    path("", include("guide.redazione.urls")),
    path("guida/cercato-invano/", views.cercato_invano, name="cercato_invano"),
]
