"""The registers in the admin."""

from django.urls import path

from . import views
from .aderenti import views as adesioni

app_name = "registri"

urlpatterns = [
    path("aderenti/", views.ElencoView.as_view(), name="aderenti"),
    path("aderenti/esporta/", views.EsportaView.as_view(), name="esporta_aderenti"),
    path("aderenti/invia/", views.InviaView.as_view(), name="invia_aderenti"),
    path("aderenti/registro/", adesioni.RegistroView.as_view(), name="adesioni"),
    path("aderenti/registro/nuovo/", adesioni.RegistraView.as_view(), name="registra_adesione"),
    path(
        "aderenti/registro/atto/<int:pk>/<slug:cosa>/<slug:verso>/<slug:giorno>/",
        adesioni.RegistraView.as_view(),
        name="atto_di_adesione",
    ),
    path("aderenti/registro/file/<str:chiave>/", adesioni.FileView.as_view(), name="file_di_adesione"),
    path("aderenti/invii/<int:pk>/<slug:formato>/", views.InviatoView.as_view(), name="aderenti_inviati"),
]
