"""The documents of a year in the admin."""

from django.urls import path

from . import views, views_definitivi

app_name = "documenti"

urlpatterns = [
    path("", views.DocumentiView.as_view(), name="documenti"),
    path("<int:anno>/pacchetto/", views.PreparaView.as_view(), name="prepara_pacchetto"),
    path("pacchetti/<int:pk>/", views.PacchettoView.as_view(), name="pacchetto"),
    path("riunioni/<int:pk>/verbale/<slug:formato>/", views.VerbaleView.as_view(), name="verbale"),
    path("<int:anno>/<slug:tipo>/scrivi/", views_definitivi.ScriviView.as_view(), name="scrivi"),
    path("<int:anno>/<slug:tipo>/rivedi/", views_definitivi.RivediView.as_view(), name="rivedi"),
    path("definitivi/<int:pk>/", views_definitivi.DefinitivoView.as_view(), name="definitivo"),
    path("definitivi/<int:pk>/pubblica/", views_definitivi.PubblicaView.as_view(), name="pubblica"),
    path("definitivi/<int:pk>/ritira/", views_definitivi.RitiraView.as_view(), name="ritira"),
    path("definitivi/<int:pk>/evidenza/", views_definitivi.EvidenzaView.as_view(), name="evidenza"),
    path("definitivi/<int:pk>/<slug:formato>/", views_definitivi.FileView.as_view(), name="file_definitivo"),
    path("<int:anno>/<slug:tipo>/<slug:formato>/", views.DocumentoView.as_view(), name="documento"),
]
