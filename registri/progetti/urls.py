"""Shared projects in the admin."""

from django.urls import path

from . import views

app_name = "progetti"

urlpatterns = [
    path("", views.ElencoView.as_view(), name="elenco"),
    path("nuovo/", views.NuovoView.as_view(), name="nuovo"),
    path("<int:pk>/", views.ProgettoView.as_view(), name="progetto"),
    path("<int:pk>/modifica/", views.ModificaView.as_view(), name="modifica"),
    path("<int:pk>/vale/", views.ValeView.as_view(), name="vale"),
    path("<int:pk>/unisci/", views.UnisciView.as_view(), name="unisci"),
    path("<int:pk>/allega/", views.AllegaView.as_view(), name="allega"),
    path("<int:pk>/togli-file/", views.TogliFileView.as_view(), name="togli_file"),
    path("<int:pk>/file/<str:chiave>/", views.FileView.as_view(), name="file"),
    path("<int:pk>/elimina/", views.EliminaView.as_view(), name="elimina"),
]
