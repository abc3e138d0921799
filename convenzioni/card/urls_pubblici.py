"""Cards in public: the form, what the QR code opens, the card on the phone, the reserved terms."""

from django.urls import path

from . import viste_pubbliche as viste

app_name = "card_pubblica"
urlpatterns = [
    path("", viste.CardView.as_view(), name="card"),
    path("sw.js", viste.servizio, name="servizio"),
    path("verifica/<str:seriale>/", viste.VerificaView.as_view(), name="verifica"),
    path("condizioni/<int:pk>/", viste.CondizioniView.as_view(), name="condizioni"),
    path("<str:seriale>/", viste.TelefonoView.as_view(), name="telefono"),
]
