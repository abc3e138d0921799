"""Where the booklets are, whatever is printed in them."""

from django.urls import path

from . import views

app_name = "fascicoli_pubblici"
urlpatterns = [
    path("family-guide.pdf", views.FascicoloView.as_view(), name="intero"),
    path("family-guide-<slug:chiave>.pdf", views.FascicoloView.as_view(), name="di"),
]
