# ruff: noqa: F401, F811 (fixtures that two files share)
"""The index of the guide follows its pages, and is made again the same."""

import json
import re
from datetime import date, time, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from base.models import Documento
from cura.models import InsiemeFaccetta, InsiemeParola, Sinonimo
from cura.operazioni import reindicizza
from cura.registro import cura_di
from cura.tasks import aggiorna_chi_nomina
from guide.models import (
    AllegatoServizio,
    Bisogno,
    Comune,
    Contatto,
    FasciaOraria,
    FaseVita,
    Lingua,
    Luogo,
    Scadenza,
    ServizioPage,
    SezioneGuidaPage,
    Tariffa,
)
from organizzazioni.operazioni import pubblica_nuova

from .scene.costo import quante_query
from .scene.guida import nuovo_servizio, trovati

pytestmark = pytest.mark.django_db


def test_index__follows_publication_change_unpublication_and_deletion(client, nuovo_servizio):
    nido = nuovo_servizio("Nido", comuni=["tenna"])
    altro = nuovo_servizio("Ludoteca", comuni=["bedollo"])
    nido.title, nido.luoghi = "Asilo", [Luogo(comune=Comune.objects.get(chiave="bedollo"))]
    nido.save_revision()
    assert trovati(client, q="nido") == ["Nido"]
    nido.get_latest_revision().publish()
    assert trovati(client, q="nido") == [] and trovati(client, comune="tenna") == []
    assert trovati(client, comune="bedollo") == ["Asilo", "Ludoteca"]
    ServizioPage.objects.get(pk=nido.pk).unpublish()
    assert trovati(client) == ["Ludoteca"] and trovati(client, q="asilo") == []
    altro.delete()
    assert (
        trovati(client) == []
        and not InsiemeParola.objects.filter(parola__ambito="guide").exists()
        and not cura_di(ServizioPage).voci.exists()
    )
    assert not any(bytes(riga.posizioni) for riga in InsiemeFaccetta.objects.filter(ambito="guide"))


def test_index__made_again_is_the_same(client, nuovo_servizio, capsys):
    nuovo_servizio("Nido", comuni=["tenna"], lingue=["ita"], bisogni=["nido"], eta_minima=3, eta_massima=36)
    nuovo_servizio("Ludoteca", comuni=["tenna"])

    def contenuto():
        return (
            sorted(cura_di(ServizioPage).voci.values_list("posizione", "pagina", "ordine")),
            [voce.scheda for voce in cura_di(ServizioPage).voci.order_by("posizione")],
            sorted((r.faccetta, r.valore, bytes(r.posizioni)) for r in InsiemeFaccetta.objects.filter(ambito="guide")),
            sorted((r.parola.parola, r.peso, bytes(r.posizioni)) for r in InsiemeParola.objects.all()),
        )

    prima = contenuto()
    call_command("reindicizza_guida")
    assert "Servizi nell'indice: 2." in capsys.readouterr().out
    assert contenuto() == prima
    aggiorna_chi_nomina.call("guide", "guide.Comune", Comune.objects.get(chiave="tenna").pk)
    assert contenuto() == prima
    cura_di(ServizioPage).voci.all().delete()
    reindicizza(cura_di(ServizioPage))
    assert contenuto() == prima


def test_index__reuses_the_place_of_what_is_gone(nuovo_servizio):
    primo = nuovo_servizio("Primo")
    nuovo_servizio("Secondo")
    primo.delete()
    nuovo_servizio("Terzo")
    assert sorted(cura_di(ServizioPage).voci.values_list("posizione", flat=True)) == [0, 1]


def test_index__is_made_again_in_the_same_queries_whatever_the_entries(nuovo_servizio, organizzazione_a):
    def query_per_rifarlo():
        with CaptureQueriesContext(connection) as query:
            reindicizza(cura_di(ServizioPage))
        return len(query)

    nuovo_servizio("Nido", comuni=["tenna"], lingue=["ita"], bisogni=["nido"], erogatore=organizzazione_a)
    con_uno = query_per_rifarlo()
    for n in range(5):
        nuovo_servizio(f"Nido {n}", comuni=["tenna"], lingue=["ita"], bisogni=["nido"], erogatore=organizzazione_a)
    assert query_per_rifarlo() == con_uno


def test_index__an_entry_s_file_is_offered_and_given(client, nuovo_servizio, organizzazione_a):
    modulo = Documento(title="Modulo di iscrizione", collection=organizzazione_a.raccolta)
    modulo.file.save("modulo.txt", ContentFile(b"Nome e cognome"))
    nido = nuovo_servizio("Nido", allegati=[AllegatoServizio(documento=modulo)])
    (offerto,) = cura_di(ServizioPage).voci.get().scheda.allegati
    assert (offerto.titolo, offerto.tipo) == ("Modulo di iscrizione", "txt")
    assert f'href="{offerto.url}">Modulo di iscrizione</a>' in client.get(nido.url).content.decode()
    assert b"".join(client.get(offerto.url)) == b"Nome e cognome"
