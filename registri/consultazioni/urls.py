"""Consultations in the admin."""

from django.urls import path

from . import views, views_esito, views_raccolta

app_name = "consultazioni"

urlpatterns = [
    path("", views.ElencoView.as_view(), name="elenco"),
    path("nuova/", views_raccolta.NuovaView.as_view(), name="nuova"),
    path("<int:pk>/", views.ConsultazioneView.as_view(), name="consultazione"),
    path("<int:pk>/modifica/", views_raccolta.ModificaView.as_view(), name="modifica"),
    path("<int:pk>/sedute/", views_raccolta.SeduteView.as_view(), name="sedute"),
    path("<int:pk>/enti/", views_raccolta.EntiView.as_view(), name="enti"),
    path("<int:pk>/bisogni/", views.BisogniView.as_view(), name="bisogni"),
    path("<int:pk>/bisogni/nuovo/", views_raccolta.NuovoBisognoView.as_view(), name="nuovo_bisogno"),
    path("<int:pk>/bisogni/<int:bisogno>/", views_raccolta.BisognoView.as_view(), name="bisogno"),
    path("<int:pk>/bisogni/<int:bisogno>/togli/", views_raccolta.TogliBisognoView.as_view(), name="togli_bisogno"),
    path("<int:pk>/parole/", views_raccolta.ParoleView.as_view(), name="parole"),
    path("<int:pk>/modello/", views_raccolta.ModelloView.as_view(), name="modello"),
    path("<int:pk>/modello/<int:numero>/", views.StesuraView.as_view(), name="stesura"),
    path("<int:pk>/proponi/", views_esito.ProponiView.as_view(), name="proponi"),
    path("<int:pk>/pubblica/", views_esito.PubblicaView.as_view(), name="pubblica"),
    path("<int:pk>/restituisci/", views_esito.RestituisciView.as_view(), name="restituisci"),
    path("<int:pk>/ritira/", views_esito.RitiraView.as_view(), name="ritira"),
    path("<int:pk>/elimina/", views_raccolta.EliminaView.as_view(), name="elimina"),
]
