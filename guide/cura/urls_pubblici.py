"""Public addresses: links of the mails, and what anyone may write to us."""

from django.urls import path

from . import views_pubbliche as views

urlpatterns = [
    path("guida/conferma/<str:gettone>/", views.ConfermaPubblicaView.as_view(), name="conferma"),
    path("guida/da-correggere/", views.da_correggere, name="da_correggere"),
    path("guida/confermata/<int:pk>/", views.confermata, name="confermata"),
    path("guida/proponi-un-servizio/", views.ProponiView.as_view(), name="proponi"),
    path("guida/segnala-un-errore/<int:pk>/", views.ErroreView.as_view(), name="errore"),
    path("guida/segnala-un-problema/", views.ProblemaView.as_view(), name="problema"),
    path("guida/grazie/", views.grazie, name="grazie"),
]
