"""The manager's log of contacts in the admin."""

from django.urls import path

from . import views

app_name = "intermediazione"

urlpatterns = [
    path("", views.ElencoView.as_view(), name="elenco"),
    path("nuova/", views.NuovaView.as_view(), name="nuova"),
    path("<int:pk>/", views.ModificaView.as_view(), name="modifica"),
    path("<int:pk>/fatto/", views.FattoView.as_view(), name="fatto"),
    path("<int:pk>/riunione/", views.RiunioneView.as_view(), name="riunione"),
    path("<int:pk>/prepara/<slug:ambito>/", views.PreparaView.as_view(), name="prepara"),
    path("<int:pk>/elimina/", views.EliminaView.as_view(), name="elimina"),
]
