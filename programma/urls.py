"""Evidence in the admin: one URL a verb, each loading through `visibili_a`."""

from django.urls import path

from .views import anno, atto, coda, domanda, elenco, evidenze, in_mano, lavoro, nuova, programmi, punteggio

app_name = "programma"

urlpatterns = [
    path("", elenco.RegistroView.as_view(), name="evidenze"),
    path("esporta/", elenco.EsportaView.as_view(), name="evidenze_esporta"),
    path("coda/", coda.CodaView.as_view(), name="coda"),
    path("coda/pagine/<int:pk>/", coda.PaginaInAttesaView.as_view(), name="pagina"),
    path("punteggio/", punteggio.PunteggioView.as_view(), name="punteggio"),
    path("punteggio/esporta/", punteggio.EsportaPunteggioView.as_view(), name="punteggio_esporta"),
    path("programmi/", programmi.ProgrammiView.as_view(), name="programmi"),
    path("programmi/importa-atto/", atto.AttoView.as_view(), name="importa_atto"),
    path("programmi/<int:pk>/criteri/", programmi.CriteriView.as_view(), name="criteri"),
    path("programmi/<int:pk>/criteri/nuovo/", programmi.NuovoCriterioView.as_view(), name="nuovo_criterio"),
    path("programmi/<int:pk>/da-rivedere/", programmi.DaRivedereView.as_view(), name="da_rivedere"),
    path("programmi/<int:pk>/prossimo/", anno.NuovoAnnoView.as_view(), name="nuovo_anno"),
    path("programmi/<int:pk>/confronto/", anno.ConfrontoView.as_view(), name="confronto"),
    path("programmi/<int:pk>/atti/", anno.AttiView.as_view(), name="atti"),
    path("programmi/<int:pk>/atti/<int:atto>/", anno.AttoView.as_view(), name="atto"),
    path("programmi/<int:pk>/lavoro/", lavoro.LavoroView.as_view(), name="lavoro"),
    path("programmi/<int:pk>/termini/", lavoro.TermineView.as_view(), name="nuovo_termine"),
    path("programmi/<int:pk>/termini/<int:termine>/", lavoro.TermineView.as_view(), name="termine"),
    path("programmi/<int:pk>/scrivi/<int:ente>/", lavoro.ScriviView.as_view(), name="scrivi"),
    path("programmi/<int:pk>/domanda/", domanda.DomandaView.as_view(), name="domanda"),
    path("in-mano/", in_mano.InManoView.as_view(), name="in_mano"),
    path("scadenze/", lavoro.ScadenzeView.as_view(), name="scadenze"),
    path("programmi/<int:pk>/<slug:azione>/", programmi.StatoView.as_view(), name="stato_programma"),
    path("criteri/<int:pk>/", programmi.CriterioView.as_view(), name="criterio"),
    path("criteri/<int:pk>/elimina/", programmi.EliminaCriterioView.as_view(), name="elimina_criterio"),
    path("criteri/", nuova.CriteriDelGiornoView.as_view(), name="criteri_del_giorno"),
    path("nuova/", nuova.NuovaView.as_view(), name="nuova"),
    path("<int:pk>/", evidenze.EvidenzaView.as_view(), name="evidenza"),
    path("<int:pk>/modifica/", evidenze.ModificaView.as_view(), name="modifica"),
    path("<int:pk>/elimina/", evidenze.EliminaView.as_view(), name="elimina"),
    path("<int:pk>/allegati/<str:chiave>/", evidenze.AllegatoView.as_view(), name="allegato"),
]
