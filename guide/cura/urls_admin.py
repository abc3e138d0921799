"""Addresses of the care of the guide, under /admin/guida/."""

from django.urls import path

from cura.views.giudizi import GiudiziView

from . import views_admin as views

app_name = "guida"
urlpatterns = [
    path("freschezza/", views.FreschezzaView.as_view(), name="freschezza"),
    path("freschezza/esporta/", views.EsportaView.as_view(), name="freschezza_esporta"),
    path("conferma/<int:pk>/", views.ConfermaView.as_view(), name="conferma"),
    path("conferma/<int:pk>/chiedi/", views.ChiediView.as_view(), name="chiedi"),
    path("giudizi/", GiudiziView.as_view(), {"ambito": "guide"}, name="giudizi"),
    path("segnalazioni/", views.SegnalazioniView.as_view(), name="segnalazioni"),
    path("segnalazioni/<int:pk>/", views.SegnalazioneView.as_view(), name="segnalazione"),
    path("ritira/<int:pk>/", views.ChiediRitiroView.as_view(), name="chiedi_ritiro"),
    path("ritiri/", views.RitiriView.as_view(), name="ritiri"),
    path("ritiri/<int:pk>/", views.RitiroView.as_view(), name="ritiro"),
]
