"""The yearly measures in the admin."""

from django.urls import path

from . import views, views_rilevazioni

app_name = "misure"

urlpatterns = [
    path("", views.ElencoView.as_view(), name="elenco"),
    path("nuova/", views_rilevazioni.NuovaView.as_view(), name="nuova"),
    path("<int:pk>/", views_rilevazioni.RilevazioneView.as_view(), name="rilevazione"),
    path("<int:pk>/insieme/", views.SintesiView.as_view(), name="sintesi"),
    path("<int:pk>/insieme/esporta/", views.EsportaView.as_view(), name="esporta"),
    path("<int:pk>/enti/esporta/", views.EsportaView.as_view(per_ente=True), name="esporta_enti"),
    path("<int:pk>/ente/<int:ente>/", views.EnteView.as_view(), name="ente"),
    path("<int:pk>/sollecita/", views_rilevazioni.SollecitaView.as_view(), name="sollecita"),
    path("<int:pk>/aggiungi/", views_rilevazioni.AggiungiView.as_view(), name="aggiungi"),
    path("<int:pk>/scadenza/", views_rilevazioni.ScadenzaView.as_view(), name="scadenza"),
    path("<int:pk>/chiudi/", views_rilevazioni.ChiudiView.as_view(), name="chiudi"),
    path("<int:pk>/riapri/", views_rilevazioni.RiapriView.as_view(), name="riapri"),
    path("<int:pk>/elimina/", views_rilevazioni.EliminaView.as_view(), name="elimina"),
]
