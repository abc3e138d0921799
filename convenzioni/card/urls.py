"""Cards in the admin: counts, a batch, its sheets and its list, granting, issuing, revoking."""

from django.urls import path

from . import views

app_name = "card"
urlpatterns = [
    path("", views.LottiView.as_view(), name="lotti"),
    path("concedi/", views.ConcediView.as_view(), name="concedi"),
    path("esporta/", views.EsportaView.as_view(), name="esporta"),
    path("trova/", views.TrovaView.as_view(), name="trova"),
    path("<int:pk>/", views.LottoView.as_view(), name="lotto"),
    path("<int:pk>/elenco/", views.ElencoView.as_view(), name="elenco"),
    path("<int:pk>/fogli/<int:emissione>/", views.FogliView.as_view(), name="fogli"),
    path("revoca/<int:pk>/", views.RevocaView.as_view(), name="revoca"),
]
