"""Each person's own second factor, and where who manages people takes a lost one away."""

from allauth.account.views import reauthenticate
from django.urls import include, path
from django.views.generic import RedirectView

from .views_sicurezza import AzzeraView

urlpatterns = [
    path("", include("allauth.mfa.urls")),
    path("password/", reauthenticate, name="account_reauthenticate"),
    path("entra/", RedirectView.as_view(pattern_name="wagtailadmin_login"), name="account_login"),
    path("persone/<int:persona>/azzera/", AzzeraView.as_view(), name="azzera_secondo_fattore"),
]
