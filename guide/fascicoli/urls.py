"""The manager's pages of the printed guide."""

from django.urls import path

from . import views

app_name = "fascicoli"
urlpatterns = [
    path("", views.FascicoliView.as_view(), name="fascicoli"),
    path("rifai/", views.RifaiView.as_view(), name="rifai"),
    path("congela/", views.CongelaView.as_view(), name="congela"),
    path("istantanee/<int:pk>/file/<str:formato>/", views.IstantaneaView.as_view(), name="istantanea"),
    path("istantanee/<int:pk>/proponi/<str:che_cosa>/", views.ProponiView.as_view(), name="proponi"),
]
