"""Public addresses: the partner's link, and what anyone may write to us. Outside of the page tree."""

from django.urls import path

from cura.views.ricerche import cercato_invano

from . import viste_pubbliche as viste

app_name = "cura_convenzioni"
urlpatterns = [
    path("conferma/<str:gettone>/", viste.ConfermaDelPartnerView.as_view(), name="conferma"),
    path("confermata/", viste.confermata, name="confermata"),
    path("da-correggere/", viste.da_correggere, name="da_correggere"),
    path("proponi/", viste.ProponiView.as_view(), name="proponi"),
    path("sconto-rifiutato/<int:pk>/", viste.RifiutoView.as_view(), name="rifiuto"),
    path("cercato-invano/", cercato_invano, {"ambito": "convenzioni"}, name="cercato_invano"),
    path("grazie/", viste.grazie, name="grazie"),
]
