"""The summer in the admin: what an organisation keeps, what the manager reports."""

from django.urls import path

from . import views

app_name = "estate"

urlpatterns = [
    path("", views.CentriView.as_view(), name="centri"),
    path("prepara/", views.PreparaTuttiView.as_view(), name="prepara_tutti"),
    path("rapporto/", views.RapportoView.as_view(), name="rapporto"),
    path("rapporto/esporta/", views.EsportaView.as_view(), name="esporta"),
    path("rapporto/offri/", views.OffriView.as_view(), name="offri"),
    path("<int:pk>/", views.CentroView.as_view(), name="servizio"),
    path("<int:pk>/posti/", views.PostiView.as_view(), name="posti"),
    path("<int:pk>/settimane/", views.SettimaneView.as_view(), name="settimane"),
    path("<int:pk>/prepara/", views.PreparaView.as_view(), name="prepara"),
]
