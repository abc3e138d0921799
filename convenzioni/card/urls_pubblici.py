"""Cards in public: the form, what the QR code opens, the card on the phone, the reserved terms."""

from django.urls import path

from . import views_pubbliche as views

app_name = "card_pubblica"
urlpatterns = [
    path("", views.CardView.as_view(), name="card"),
    path("sw.js", views.servizio, name="servizio"),
    path("verifica/<str:seriale>/", views.VerificaView.as_view(), name="verifica"),
    path("condizioni/<int:pk>/", views.CondizioniView.as_view(), name="condizioni"),
    path("<str:seriale>/", views.TelefonoView.as_view(), name="telefono"),
]
