"""Public addresses of the newsletter, outside of the page tree."""

from django.urls import path

from . import viste_pubbliche as viste

app_name = "newsletter_pubblica"
urlpatterns = [
    path("", viste.archivio, name="archivio"),
    path("<int:pk>/", viste.numero, name="numero"),
    path("iscriviti/", viste.IscrivitiView.as_view(), name="iscriviti"),
    path("iscriviti/controlla-la-posta/", viste.chiesta, name="chiesta"),
    path("conferma/<str:gettone>/", viste.conferma, name="conferma"),
    path("confermata/", viste.confermata, name="confermata"),
    path("disiscrizione/<str:gettone>/", viste.disiscrizione, name="disiscrizione"),
    path("cancellata/", viste.disiscritto, name="disiscritto"),
]
