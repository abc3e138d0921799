"""Conventions in the admin: the register, one convention's agreement, its private file."""

from django.urls import path

from cura.views.giudizi import GiudiziView

from . import views
from .cura import views_admin as cura

app_name = "convenzioni"

urlpatterns = [
    path("", views.RegistroView.as_view(), name="registro"),
    path("esporta/", views.EsportaView.as_view(), name="esporta"),
    path("conferme/", cura.FreschezzaView.as_view(), name="freschezza"),
    path("conferme/esporta/", cura.EsportaFreschezzaView.as_view(), name="freschezza_esporta"),
    path("segnalazioni/", cura.SegnalazioniView.as_view(), name="segnalazioni"),
    path("segnalazioni/<int:pk>/", cura.SegnalazioneView.as_view(), name="segnalazione"),
    path("giudizi/", GiudiziView.as_view(), {"ambito": "convenzioni"}, name="giudizi"),
    path("ritiri/", cura.RitiriView.as_view(), name="ritiri"),
    path("ritiri/<int:pk>/", cura.RitiroView.as_view(), name="ritiro"),
    path("atti/<str:chiave>/", views.AttoView.as_view(), name="atto"),
    path("<int:pk>/", views.ConvenzioneView.as_view(), name="convenzione"),
    path("<int:pk>/chiedi/", cura.ChiediView.as_view(), name="chiedi"),
    path("<int:pk>/togli/", cura.ChiediRitiroView.as_view(), name="chiedi_ritiro"),
    path("<int:pk>/firma/", views.FirmaView.as_view(), name="firma"),
    path("<int:pk>/cessa/", views.CessaView.as_view(), name="cessa"),
    path("<int:pk>/rinnova/", views.RinnovaView.as_view(), name="rinnova"),
]
