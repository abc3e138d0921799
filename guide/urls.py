"""URLs of the guide outside the page tree."""

from django.urls import path

from . import views

app_name = "guide"

urlpatterns = [
    path("guida/cercato-invano/", views.cercato_invano, name="cercato_invano"),
]
