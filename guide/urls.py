"""URLs of the guide outside the page tree."""

from django.urls import include, path

from cura.urls_pubblici import indirizzi

app_name = "guide"

urlpatterns = [
    path("", include("guide.cura.urls_pubblici")),
    path("guida/", include(indirizzi("guide"))),
]
