"""The bookings of events in the admin."""

from django.urls import path

from . import views

app_name = "prenotazioni"

urlpatterns = [
    path("", views.ElencoView.as_view(), name="elenco"),
    path("<int:pk>/", views.RegistroView.as_view(), name="registro"),
    path("<int:pk>/posti/", views.PostiView.as_view(), name="posti"),
    path("<int:pk>/presenti/", views.PresentiView.as_view(), name="presenti"),
    path("<int:pk>/offri/", views.OffriView.as_view(), name="offri"),
    path("<int:pk>/togli/", views.TogliView.as_view(), name="togli"),
    path("<int:pk>/esporta/", views.EsportaView.as_view(), name="esporta"),
]
