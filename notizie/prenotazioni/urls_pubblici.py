"""Public addresses of bookings, outside of the page tree."""

from django.urls import path

from . import views_pubbliche as views

app_name = "prenotazioni_pubbliche"
urlpatterns = [
    path("<int:evento>/", views.PrenotaView.as_view(), name="prenota"),
    path("<int:evento>/controlla-la-posta/", views.chiesta, name="chiesta"),
    path("conferma/<str:gettone>/", views.conferma, name="conferma"),
    path("la-mia/<str:gettone>/", views.propria, name="propria"),
    path("disdetta/", views.disdetta, name="disdetta"),
]
