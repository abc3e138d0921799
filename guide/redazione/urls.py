"""Public addresses: links of the mails, and what anyone may write to us."""

from django.urls import path

from . import viste_pubbliche as viste

urlpatterns = [
    path("guida/conferma/<str:gettone>/", viste.ConfermaPubblicaView.as_view(), name="conferma"),
    path("guida/da-correggere/", viste.da_correggere, name="da_correggere"),
    path("guida/confermata/<int:pk>/", viste.confermata, name="confermata"),
    path("guida/proponi-un-servizio/", viste.ProponiView.as_view(), name="proponi"),
    path("guida/segnala-un-errore/<int:pk>/", viste.ErroreView.as_view(), name="errore"),
    path("guida/grazie/", viste.grazie, name="grazie"),
]
