"""Addresses of the care of the guide, under /admin/guida/."""

from django.urls import path

from . import viste_admin as viste

app_name = "guida"
urlpatterns = [
    path("freschezza/", viste.FreschezzaView.as_view(), name="freschezza"),
    path("freschezza/esporta/", viste.EsportaView.as_view(), name="freschezza_esporta"),
    path("conferma/<int:pk>/", viste.ConfermaView.as_view(), name="conferma"),
    path("segnalazioni/", viste.SegnalazioniView.as_view(), name="segnalazioni"),
    path("segnalazioni/<int:pk>/", viste.SegnalazioneView.as_view(), name="segnalazione"),
    path("ritira/<int:pk>/", viste.RitiraView.as_view(), name="ritira"),
    path("ritiri/", viste.RitiriView.as_view(), name="ritiri"),
    path("ritiri/<int:pk>/", viste.RitiroView.as_view(), name="ritiro"),
]
