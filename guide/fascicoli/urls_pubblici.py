"""Where the booklets are, whatever is printed in them."""

from django.urls import path

from . import views

app_name = "fascicoli_pubblici"
urlpatterns = [
    *(
        path(f"family-guide{di_che_cosa}{coda}.pdf", views.FascicoloView.as_view(), {"forma": forma}, name=forma)
        for forma, coda in (("grande", "-grande"), ("da_piegare", "-da-piegare"), ("file", ""))
        for di_che_cosa in ("", "-<slug:chiave>")
    ),
]
