"""Public addresses of the newsletter, outside of the page tree."""

from django.urls import path

from . import views_pubbliche as views

app_name = "newsletter_pubblica"
urlpatterns = [
    path("", views.archivio, name="archivio"),
    path("<int:pk>/", views.numero, name="numero"),
    path("iscriviti/", views.IscrivitiView.as_view(), name="iscriviti"),
    path("iscriviti/controlla-la-posta/", views.chiesta, name="chiesta"),
    path("conferma/<str:gettone>/", views.conferma, name="conferma"),
    path("confermata/", views.confermata, name="confermata"),
    path("disiscrizione/<str:gettone>/", views.disiscrizione, name="disiscrizione"),
    path("cancellata/", views.disiscritto, name="disiscritto"),
]
