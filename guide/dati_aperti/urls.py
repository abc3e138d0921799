"""The addresses of the open data. They are promised to who uses them: none is ever changed."""

from django.urls import include, path

from . import views

hsds = [
    path("", views.radice, name="radice"),
    path("openapi.json", views.openapi, name="openapi"),
    path("services", views.servizi, name="servizi"),
    path("services/<str:chiave>", views.servizio, name="servizio"),
    path("organizations", views.organizzazioni, name="organizzazioni"),
    path("organizations/<str:chiave>", views.organizzazione, name="organizzazione"),
    path("service_at_locations", views.sedi, name="sedi"),
    path("service_at_locations/<str:chiave>", views.sede, name="sede"),
    path("taxonomies", views.tassonomie, name="tassonomie"),
    path("taxonomies/<str:chiave>", views.tassonomia, name="tassonomia"),
    path("taxonomy_terms", views.termini, name="termini"),
    path("taxonomy_terms/<str:chiave>", views.termine, name="termine"),
    path("<path:resto>", views.niente),
]

urlpatterns = [
    path("api/hsds/", include((hsds, "hsds"))),
    path("api/guida.csv", views.guida_csv, name="guida_csv"),
    path("api/guida-excel.csv", views.guida_per_excel, name="guida_per_excel"),
    path("dati-aperti/", views.pagina, name="dati_aperti"),
]
