"""Meetings in the admin."""

from django.urls import path

from . import views, views_passato, views_scrittura

app_name = "riunioni"

urlpatterns = [
    path("", views.ElencoView.as_view(), name="elenco"),
    path("esporta/", views.EsportaView.as_view(), name="esporta"),
    path("importa/", views_passato.ImportaView.as_view(), name="importa"),
    path("dalle-evidenze/", views_passato.DalleEvidenzeView.as_view(), name="dalle_evidenze"),
    path("nuova/", views_scrittura.NuovaView.as_view(), name="nuova"),
    path("<int:pk>/", views.RiunioneView.as_view(), name="riunione"),
    path("<int:pk>/file/<str:chiave>/", views.FileView.as_view(), name="file"),
    path("<int:pk>/foglio-firme/", views.FoglioFirmeView.as_view(), name="foglio_firme"),
    path("<int:pk>/convoca/", views_scrittura.ConvocaView.as_view(), name="convoca"),
    path("<int:pk>/modifica/", views_scrittura.ModificaView.as_view(), name="modifica"),
    path("<int:pk>/invitati/", views_scrittura.InvitatiView.as_view(), name="invitati"),
    path("<int:pk>/presenze/", views_scrittura.PresenzeView.as_view(), name="presenze"),
    path("<int:pk>/verbale/", views_scrittura.VerbaleView.as_view(), name="verbale"),
    path("<int:pk>/allega/", views_scrittura.AllegaView.as_view(), name="allega"),
    path("<int:pk>/togli-file/", views_scrittura.TogliFileView.as_view(), name="togli_file"),
    path("<int:pk>/fatto/", views_scrittura.FattoView.as_view(), name="fatto"),
    path("<int:pk>/chiudi/", views_scrittura.ChiudiView.as_view(), name="chiudi"),
    path("<int:pk>/riapri/", views_scrittura.RiapriView.as_view(), name="riapri"),
    path("<int:pk>/annulla/", views_scrittura.AnnullaView.as_view(), name="annulla"),
    path("<int:pk>/elimina/", views_scrittura.EliminaView.as_view(), name="elimina"),
]
