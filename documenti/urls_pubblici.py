"""The documents that the manager published: each as a page, and as a file."""

from django.urls import path

from . import views_pubbliche

app_name = "documenti_pubblici"

urlpatterns = [
    path("<int:pk>/", views_pubbliche.documento, name="documento"),
    path("<int:pk>/pdf/", views_pubbliche.pdf, name="pdf"),
]
