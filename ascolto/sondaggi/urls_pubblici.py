"""Surveys, for who answers. What follows the address of a survey may be somebody's code: no log should keep it."""

from django.urls import path, re_path

from . import views_pubbliche

app_name = "sondaggi_pubblici"

urlpatterns = [
    path("<slug:chiave>/", views_pubbliche.RispondiView.as_view(), name="rispondi"),
    path("<slug:chiave>/grazie/", views_pubbliche.grazie, name="grazie"),
    path("<slug:chiave>/risultati/", views_pubbliche.risultati, name="risultati"),
    path("<slug:chiave>/risultati.csv", views_pubbliche.risultati_csv, name="risultati_csv"),
    re_path(
        r"^(?P<chiave>[\w-]+)/c/(?P<codice>[^/]{1,60})/$", views_pubbliche.RispondiView.as_view(), name="con_codice"
    ),
]
