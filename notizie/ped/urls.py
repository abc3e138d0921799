"""The editorial plan in the admin: calendar, list, one piece, the plan of a year."""

from django.urls import path

from . import views, views_piano

app_name = "ped"

urlpatterns = [
    path("", views.MeseView.as_view(), name="mese"),
    path("elenco/", views.ElencoView.as_view(), name="elenco"),
    path("esporta/", views.EsportaView.as_view(), name="esporta"),
    path("nuovo/", views.NuovoView.as_view(), name="nuovo"),
    path("piano/", views_piano.UltimoPianoView.as_view(), name="ultimo_piano"),
    path("piano/<int:anno>/", views_piano.PianoView.as_view(), name="piano"),
    path("<int:pk>/", views.PezzoView.as_view(), name="pezzo"),
    path("<int:pk>/modifica/", views.ModificaView.as_view(), name="modifica"),
    path("<int:pk>/sposta/", views.SpostaView.as_view(), name="sposta"),
    path("<int:pk>/registra/", views.RegistraView.as_view(), name="registra"),
    path("<int:pk>/annulla/", views.AnnullaView.as_view(), name="annulla"),
    path("<int:pk>/elimina/", views.EliminaView.as_view(), name="elimina"),
    path("<int:pk>/immagine/", views.ImmagineView.as_view(), name="immagine"),
]
