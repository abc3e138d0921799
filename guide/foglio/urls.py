from django.urls import path

from . import views

app_name = "guida_foglio"

urlpatterns = [
    path("", views.FoglioView.as_view(), name="foglio"),
    path("esporta/", views.EsportaView.as_view(), name="esporta"),
]
