"""Evidence in the admin: one URL a verb, each loading through `visibili_a`."""

from django.urls import path

from .views import coda, evidenze, punteggio, registro

app_name = "programma"

urlpatterns = [
    path("", registro.RegistroView.as_view(), name="evidenze"),
    path("esporta/", registro.EsportaView.as_view(), name="evidenze_esporta"),
    path("coda/", coda.CodaView.as_view(), name="coda"),
    path("coda/pagine/<int:pk>/", coda.PaginaInAttesaView.as_view(), name="pagina"),
    path("punteggio/", punteggio.PunteggioView.as_view(), name="punteggio"),
    path("punteggio/esporta/", punteggio.EsportaPunteggioView.as_view(), name="punteggio_esporta"),
    path("nuova/", evidenze.NuovaView.as_view(), name="nuova"),
    path("<int:pk>/", evidenze.EvidenzaView.as_view(), name="evidenza"),
    path("<int:pk>/modifica/", evidenze.ModificaView.as_view(), name="modifica"),
    path("<int:pk>/elimina/", evidenze.EliminaView.as_view(), name="elimina"),
    path("<int:pk>/allegati/<str:chiave>/", evidenze.AllegatoView.as_view(), name="allegato"),
]
