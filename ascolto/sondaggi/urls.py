"""Surveys in the admin."""

from django.urls import path

from . import views, views_gesti, views_lingue, views_pubblicazione

app_name = "sondaggi"

urlpatterns = [
    path("", views.ElencoView.as_view(), name="elenco"),
    path("nuovo/", views_gesti.NuovoView.as_view(), name="nuovo"),
    path("<int:pk>/", views.SondaggioView.as_view(), name="sondaggio"),
    path("<int:pk>/prova/", views.ProvaView.as_view(), name="prova"),
    path("<int:pk>/risultati/", views.RisultatiView.as_view(), name="risultati"),
    path("<int:pk>/risultati/esporta/", views.EsportaView.as_view(), name="esporta"),
    path("<int:pk>/modifica/", views_gesti.ModificaView.as_view(), name="modifica"),
    path("<int:pk>/domande/nuova/", views_gesti.DomandaView.as_view(), name="nuova_domanda"),
    path("<int:pk>/domande/<slug:chiave>/", views_gesti.DomandaView.as_view(), name="domanda"),
    path("<int:pk>/domande/<slug:chiave>/sposta/", views_gesti.SpostaDomandaView.as_view(), name="sposta_domanda"),
    path("<int:pk>/domande/<slug:chiave>/togli/", views_gesti.TogliDomandaView.as_view(), name="togli_domanda"),
    path("<int:pk>/lingue/<slug:lingua>/", views_lingue.TraduciView.as_view(), name="traduci"),
    path("<int:pk>/apri/", views_gesti.ApriView.as_view(), name="apri"),
    path("<int:pk>/scadenza/", views_gesti.ScadenzaView.as_view(), name="scadenza"),
    path("<int:pk>/codici/", views_gesti.CodiciView.as_view(), name="codici"),
    path("<int:pk>/chiudi/", views_gesti.ChiudiView.as_view(), name="chiudi"),
    path("<int:pk>/testi/", views_gesti.TestiView.as_view(), name="testi"),
    path("<int:pk>/proponi/", views_pubblicazione.ProponiView.as_view(), name="proponi"),
    path("<int:pk>/pubblica/", views_pubblicazione.PubblicaView.as_view(), name="pubblica"),
    path("<int:pk>/restituisci/", views_pubblicazione.RestituisciView.as_view(), name="restituisci"),
    path("<int:pk>/ritira/", views_pubblicazione.RitiraView.as_view(), name="ritira"),
    path("<int:pk>/offri/", views_pubblicazione.OffriView.as_view(), name="offri"),
    path("<int:pk>/elimina/", views_gesti.EliminaView.as_view(), name="elimina"),
]
