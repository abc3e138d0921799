"""Public addresses: the partner's link, and what anyone may write to us. Outside of the page tree."""

from django.urls import path

from cura.urls_pubblici import indirizzi

from . import views_pubbliche as views

app_name = "cura_convenzioni"
urlpatterns = [
    path("conferma/<str:gettone>/", views.ConfermaDelPartnerView.as_view(), name="conferma"),
    path("confermata/", views.confermata, name="confermata"),
    path("da-correggere/", views.da_correggere, name="da_correggere"),
    path("proponi/", views.ProponiView.as_view(), name="proponi"),
    path("segnala-un-errore/<int:pk>/", views.ErroreView.as_view(), name="errore"),
    path("sconto-rifiutato/<int:pk>/", views.RifiutoView.as_view(), name="rifiuto"),
    path("grazie/", views.grazie, name="grazie"),
    *indirizzi("convenzioni"),
]
