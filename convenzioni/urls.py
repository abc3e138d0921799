"""Conventions in the admin: the register, one convention's agreement, its private file."""

from django.urls import path

from . import views

app_name = "convenzioni"

urlpatterns = [
    path("", views.RegistroView.as_view(), name="registro"),
    path("esporta/", views.EsportaView.as_view(), name="esporta"),
    path("atti/<str:chiave>/", views.AttoView.as_view(), name="atto"),
    path("<int:pk>/", views.ConvenzioneView.as_view(), name="convenzione"),
    path("<int:pk>/firma/", views.FirmaView.as_view(), name="firma"),
    path("<int:pk>/ritira/", views.RitiraView.as_view(), name="ritira"),
    path("<int:pk>/rinnova/", views.RinnovaView.as_view(), name="rinnova"),
]
