"""URLs of the guide outside the page tree."""

from django.urls import include, path

from cura.views.ricerche import cercato_invano

app_name = "guide"

urlpatterns = [
    path("", include("guide.cura.urls_pubblici")),
    path("guida/cercato-invano/", cercato_invano, {"ambito": "guide"}, name="cercato_invano"),
]
