"""Surveys, for who answers. What follows the address of a survey may be somebody's code: no log should keep it."""

from django.urls import path, re_path

from . import views_pubbliche

app_name = "sondaggi_pubblici"

urlpatterns = [
    path("<slug:chiave>/", views_pubbliche.RispondiView.as_view(), name="rispondi"),
    path("<slug:chiave>/grazie/", views_pubbliche.grazie, name="grazie"),
    re_path(
        r"^(?P<chiave>[\w-]+)/c/(?P<codice>[^/]{1,60})/$", views_pubbliche.RispondiView.as_view(), name="con_codice"
    ),
]
