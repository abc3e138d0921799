"""The outcome of consultations, for everybody."""

from django.urls import path

from . import views_pubbliche

app_name = "consultazioni_pubbliche"

urlpatterns = [path("<int:pk>/", views_pubbliche.esito, name="esito")]
