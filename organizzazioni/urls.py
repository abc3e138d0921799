from django.urls import path

from . import views

app_name = "organizzazioni"
urlpatterns = [path("invito/<str:persona>/<str:gettone>/", views.invito, name="invito")]
