"""Evidence in the admin: one URL a verb, each loading through `visibili_a`."""

from django.urls import path

from .views import evidenze, punteggio

app_name = "programma"

urlpatterns = [
    path("punteggio/", punteggio.PunteggioView.as_view(), name="punteggio"),
    path("punteggio/esporta/", punteggio.EsportaPunteggioView.as_view(), name="punteggio_esporta"),
    path("nuova/", evidenze.NuovaView.as_view(), name="nuova"),
    path("<int:pk>/", evidenze.EvidenzaView.as_view(), name="evidenza"),
    path("<int:pk>/modifica/", evidenze.ModificaView.as_view(), name="modifica"),
    path("<int:pk>/elimina/", evidenze.EliminaView.as_view(), name="elimina"),
    path("<int:pk>/allegati/<str:chiave>/", evidenze.AllegatoView.as_view(), name="allegato"),
]
