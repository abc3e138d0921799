"""URLs of the portal: the admin, files that may be public, the site map, and the page tree last."""

from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from base.salute import salute
from cura.ovunque import SITO
from cura.views.indirizzi import indirizzo_breve
from cura.views.ricerche import cercato_invano
from home import views
from home.agenda import calendario
from organizzazioni.accesso import EntraView, NuovaPasswordView
from programma.views.decisione import DecisioneDiEvidenzaView, DecisioneDiPaginaView
from programma.views.in_mano import CondividiView
from programma.views.lavoro import scadenze

handler404 = "home.views.pagina_non_trovata"
handler500 = "home.views.errore_del_server"

urlpatterns = [
    path("admin/login/", EntraView.as_view(), name="wagtailadmin_login"),
    path("admin/sicurezza/", include("organizzazioni.urls_sicurezza")),
    path("admin/password_reset/", NuovaPasswordView.as_view(), name="wagtailadmin_password_reset"),
    path("admin/", include(wagtailadmin_urls)),
    path("documenti/", include(wagtaildocs_urls)),
    path("documenti-pubblicati/", include("documenti.urls_pubblici")),
    path("", include("organizzazioni.urls")),
    path("", include("guide.urls")),
    path("convenzione/", include("convenzioni.cura.urls_pubblici")),
    path("card/", include("convenzioni.card.urls_pubblici")),
    path("newsletter/", include("notizie.newsletter.urls_pubblici")),
    path("prenotazioni/", include("notizie.prenotazioni.urls_pubblici")),
    path("sondaggi/", include("ascolto.sondaggi.urls_pubblici")),
    path("consultazioni/", include("registri.consultazioni.urls_pubblici")),
    path("fascicoli/", include("guide.fascicoli.urls_pubblici")),
    path("", include("guide.dati_aperti.urls")),
    path("decisione/<str:gettone>/", DecisioneDiEvidenzaView.as_view(), name="decisione"),
    path("decisione/pagina/<str:gettone>/", DecisioneDiPaginaView.as_view(), name="decisione_di_pagina"),
    path("condividi/", CondividiView.as_view(), name="condividi"),
    path("scadenze/<str:chiave>.ics", scadenze, name="scadenze"),
    path("calendario/<str:chiave>.ics", calendario, name="calendario"),
    re_path(r"^s/(?P<pk>[0-9]{1,9})/$", indirizzo_breve, name="indirizzo_breve"),
    path("salute/", salute, name="salute"),
    path("cerca/", views.cerca, name="cerca"),
    path("mappa-del-sito/", views.mappa_del_sito, name="mappa_del_sito"),
    path("cerca/cercato-invano/", cercato_invano, {"ambito": SITO}, name="cercato_invano"),
    path("sitemap.xml", sitemap),
    path("robots.txt", views.robots, name="robots"),
    path("sito.webmanifest", views.manifesto, name="manifesto"),
    path(".well-known/security.txt", views.sicurezza, name="sicurezza"),
    path(".well-known/change-password", RedirectView.as_view(pattern_name="wagtailadmin_account")),
    path("favicon.ico", views.statico, {"file": "img/favicon.ico"}),
    path("apple-touch-icon.png", views.statico, {"file": "img/icona-180.png"}),
    path("_util/login/", RedirectView.as_view(pattern_name="wagtailadmin_login", query_string=True)),  # one door
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    path("", include(wagtail_urls)),
]
