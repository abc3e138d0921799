"""Evidence in the admin: one URL a verb, each loading through `visibili_a`."""

from django.urls import path

from .views import coda, evidenze, programmi, punteggio, registro

app_name = "programma"

urlpatterns = [
    path("", registro.RegistroView.as_view(), name="evidenze"),
    path("esporta/", registro.EsportaView.as_view(), name="evidenze_esporta"),
    path("coda/", coda.CodaView.as_view(), name="coda"),
    path("coda/pagine/<int:pk>/", coda.PaginaInAttesaView.as_view(), name="pagina"),
    path("punteggio/", punteggio.PunteggioView.as_view(), name="punteggio"),
    path("punteggio/esporta/", punteggio.EsportaPunteggioView.as_view(), name="punteggio_esporta"),
    path("programmi/", programmi.ProgrammiView.as_view(), name="programmi"),
    path("programmi/<int:pk>/criteri/", programmi.CriteriView.as_view(), name="criteri"),
    path("programmi/<int:pk>/criteri/nuovo/", programmi.NuovoCriterioView.as_view(), name="nuovo_criterio"),
    path("programmi/<int:pk>/<slug:azione>/", programmi.StatoView.as_view(), name="stato_programma"),
    path("criteri/<int:pk>/", programmi.CriterioView.as_view(), name="criterio"),
    path("criteri/<int:pk>/elimina/", programmi.EliminaCriterioView.as_view(), name="elimina_criterio"),
    path("nuova/", evidenze.NuovaView.as_view(), name="nuova"),
    path("<int:pk>/", evidenze.EvidenzaView.as_view(), name="evidenza"),
    path("<int:pk>/modifica/", evidenze.ModificaView.as_view(), name="modifica"),
    path("<int:pk>/elimina/", evidenze.EliminaView.as_view(), name="elimina"),
    path("<int:pk>/allegati/<str:chiave>/", evidenze.AllegatoView.as_view(), name="allegato"),
]
