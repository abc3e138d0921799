"""What a visitor, a reader of feeds and a search engine find of news and events."""

import io
import json
import re
from datetime import date, time, timedelta
from urllib.parse import urlsplit

import PIL.Image
import pytest
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.utils import timezone

from base.models import Immagine
from notizie.models import ComunicatoPage, EventoPage, NotiziaPage, SezioneNotiziePage
from organizzazioni.models import Distretto
from programma.models import AzionePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def nuovo():
    """Put a live page in an organisation's section."""

    def nuovo(modello, titolo, di="asif-chimelli", **campi):
        azioni = campi.pop("azioni", [])
        pagina = modello(title=titolo, **{"data": date(2025, 5, 1), **campi})
        pagina.azioni_realizzate = azioni
        return SezioneNotiziePage.objects.get(organizzazione__chiave=di).add_child(instance=pagina)

    return nuovo


def metadati(html):
    """The properties of shared links, by name."""
    return dict(re.findall(r'<meta (?:property|name)="([^"]+)"\s+content="([^"]*)"', html))


# Who may read


def test_private_section__is_told_of_nowhere(client, nuovo, programma):
    """What only some may read is asked a password for: nor do its titles leave it."""
    oggi = timezone.localdate()
    type(programma).objects.filter(pk=programma.pk).update(scadenza=oggi)
    azione = AzionePage.objects.child_of(programma).get(numero=8)
    nuovo(NotiziaPage, "Zibaldone notizia", data=oggi, azioni=[azione])
    evento = nuovo(EventoPage, "Zibaldone evento", slug="evento", data=oggi)
    nuovo(NotiziaPage, "Di altri", di="cs4", data=oggi)
    mese = f"/notizie/calendario/{oggi:%Y-%m}/"
    indirizzi = [
        "/",
        "/notizie/",
        "/notizie/atom/",
        "/notizie/calendario/ics/",
        mese,
        "/organizzazioni/asif-chimelli/",
        azione.url,
    ]
    for indirizzo in indirizzi:
        assert b"Zibaldone" in client.get(indirizzo).content, indirizzo
    evento.get_parent().view_restrictions.create(restriction_type="password", password="x")
    for indirizzo in [*indirizzi, "/notizie/asif-chimelli/atom/", f"{evento.url}ics/", "/sitemap.xml"]:
        assert b"ibaldone" not in client.get(indirizzo).content, indirizzo
    risposta = client.get("/notizie/")
    assert [p.title for p in risposta.context["pezzi"]] == ["Di altri"]
    assert "asif-chimelli" not in dict(risposta.context["form"].fields["organizzazione"].choices)


# The list


def test_list__filters_narrow_one_another_and_pages_end_at_the_last(client, nuovo, programma):
    azione = AzionePage.objects.child_of(programma).get(numero=8)
    for n in range(13):
        nuovo(EventoPage, f"Evento {n}", azioni=[azione], data=date(2025, 5, 1 + n))
    nuovo(EventoPage, "Di altri", di="cs4", azioni=[azione], data=date(2025, 5, 3))
    nuovo(NotiziaPage, "Non evento", azioni=[azione], data=date(2025, 5, 3))
    nuovo(EventoPage, "Senza azione", data=date(2025, 5, 3))
    for giorno in (date(2025, 4, 30), date(2025, 5, 14)):
        nuovo(EventoPage, "Fuori", azioni=[azione], data=giorno)
    scelte = {
        "tipo": "evento",
        "organizzazione": "asif-chimelli",
        "azione": azione.pk,
        "anno": 2025,
        "dal": "2025-05-01",
        "al": "2025-05-13",
    }
    prima, ultima = (client.get("/notizie/", {**scelte, "pagina": n}).context["pezzi"] for n in ("1", "999"))
    assert [p.title for p in prima] == [f"Evento {n}" for n in range(12, 0, -1)]
    assert [p.title for p in ultima] == ["Evento 0"] and ultima.number == 2 and prima.paginator.count == 13


@pytest.mark.parametrize(
    "dati, detto",
    [
        ({"dal": "ieri"}, "Questo giorno non esiste: mostriamo tutto"),
        ({"tipo": "x"}, "Questa scelta non c&#x27;è: mostriamo tutto"),
        ({"dal": "2025-06-01", "al": "2025-05-01"}, "Il periodo finisce prima di cominciare: mostriamo tutto"),
    ],
)
def test_list__a_bad_filter_says_which_and_why(client, dati, detto):
    html = client.get("/notizie/", dati).content.decode()
    campo = list(dati)[-1]
    errore = re.search(rf'<p class="errore" id="id_{campo}_error">(.*?)</p>', html)
    assert errore.group(1) == detto and f'aria-describedby="id_{campo}_error"' in html


@pytest.mark.parametrize("stato, detto", [("annullato", "Annullato"), ("spostato", "Spostato")])
def test_event__what_became_of_it_is_said_with_its_title(client, nuovo, stato, detto):
    """Who goes from heading to heading, or from link to link in a table, must not miss it."""
    oggi = timezone.localdate()
    evento = nuovo(EventoPage, "Festa", data=oggi, stato=stato, data_prima=oggi - timedelta(days=9))
    altra = nuovo(NotiziaPage, "Notizia")
    assert "Aggiorna il tuo calendario" in client.get(evento.url).content.decode()
    detto = rf'{evento.url}"\s*>Festa</a>\s+<span class="pillola stato-{stato}">{detto}</span>'
    for indirizzo, attorno in [
        ("/notizie/", "h3"),
        ("/", "h3"),
        ("/notizie/calendario/", "li"),
        ("/notizie/calendario/", "h2"),
        ("/organizzazioni/asif-chimelli/", "h3"),
        (altra.url, ""),
    ]:
        html = client.get(indirizzo).content.decode()
        assert re.search(rf"{detto}\s*</{attorno}>" if attorno else detto, html), (indirizzo, attorno)


def test_header__has_the_mark_of_the_district_if_there_is_one(client, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    assert "img/marchio.svg" in client.get("/").content.decode().split("</header>")[0].split("<header")[1]
    contenuto = io.BytesIO()
    PIL.Image.new("RGB", (400, 200)).save(contenuto, "PNG")
    distretto = Distretto.objects.get()
    distretto.logo = Immagine.objects.create(title="marchio", file=ContentFile(contenuto.getvalue(), "nostro.png"))
    distretto.save()
    testata = client.get("/").content.decode().split("</header>")[0].split("<header")[1]
    assert re.search(r'<img alt="" class="logo" height="112" src="[^"]*nostro[^"]*" width="224">', testata)
    assert "marchio.svg" not in testata


# For programs


@pytest.mark.parametrize("indirizzo", ["/notizie/atom/", "/notizie/calendario/ics/"])
def test_feed__who_has_it_as_it_is_gets_it_no_more(client, nuovo, indirizzo):
    nuovo(EventoPage, "Prima", data=timezone.localdate())
    prima = client.get(indirizzo)
    assert client.get(indirizzo, headers={"If-None-Match": prima["ETag"]}).status_code == 304
    nuovo(EventoPage, "Seconda", data=timezone.localdate())
    poi = client.get(indirizzo, headers={"If-None-Match": prima["ETag"]})
    assert poi.status_code == 200 and b"Seconda" in poi.content


def test_event__as_data_is_what_the_page_says_and_names_the_greater_one(client, nuovo):
    mostra = nuovo(EventoPage, "Mostra", di="cs4", data=date(2025, 10, 3), data_fine=date(2025, 10, 31), comune="Borgo")
    visita = nuovo(
        EventoPage,
        "Visita",
        data=date(2025, 10, 26),
        ora_inizio=time(9),
        ora_fine=time(11),
        parte_di=mostra,
        stato="annullato",
        sommario="Con la guida",
        luogo="Sala grande",
        pubblico="Famiglie",
        organizzatore="Noi",
    )
    html = client.get(visita.url).content.decode()
    dati = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html).group(1))
    for detto in (
        dati["name"],
        dati["description"],
        dati["location"][0]["name"],
        dati["audience"]["audienceType"],
        dati["organizer"]["name"],
        "domenica 26 ottobre 2025, dalle 9:00 alle 11:00",
        "annullato",
    ):
        assert detto in html.split("</script>")[1], detto
    assert (dati["startDate"], dati["endDate"]) == ("2025-10-26T09:00:00+01:00", "2025-10-26T11:00:00+01:00")
    assert dati["eventStatus"] == "https://schema.org/EventCancelled"
    assert dati["superEvent"]["name"] == "Mostra" and dati["superEvent"]["url"] == mostra.full_url
    assert dati["superEvent"]["endDate"] == "2025-10-31"
    mostra.unpublish()
    assert "superEvent" not in client.get(visita.url).content.decode()


def test_shared_link__always_has_a_picture_that_exists_and_says_what_it_shows(client, nuovo):
    comunicato = nuovo(ComunicatoPage, "Senza foto")
    for indirizzo in ("/", comunicato.url, "/newsletter/"):
        dati = metadati(client.get(indirizzo).content.decode())
        immagine = urlsplit(dati["og:image"])
        assert immagine.scheme and immagine.netloc and finders.find(immagine.path.removeprefix("/static/")), indirizzo
        assert dati["og:image:alt"] and dati["twitter:card"] == "summary_large_image"


@pytest.mark.parametrize(
    "indirizzo, titolo",
    [
        ("/notizie/calendario/2025-10/", "Eventi di ottobre 2025"),
        ("/notizie/", "Eventi e notizie"),
        ("/newsletter/", "Newsletter"),
        ("/newsletter/iscriviti/", "Ricevi la newsletter"),
    ],
)
def test_shared_link__of_a_list_has_its_own_title_address_and_description(client, indirizzo, titolo):
    html = client.get(indirizzo).content.decode()
    dati = metadati(html)
    assert dati["og:title"] == titolo and dati["og:description"] == dati["description"] != ""
    assert urlsplit(dati["og:url"]).path == indirizzo
    assert f'rel="canonical" href="{dati["og:url"]}"' in html


def test_month__is_not_the_page_that_the_breadcrumbs_lead_to(client):
    assert re.search(r'<a href="/notizie/"\s+aria-current="page"', client.get("/notizie/").content.decode())
    html = client.get("/notizie/calendario/").content.decode()
    assert 'aria-current="page"' not in html
    assert re.search(r'<li>\s*<a href="/notizie/"\s*>Eventi e notizie</a>\s*</li>', html)


def test_calendar_file__has_the_events_of_a_year_ago_and_none_before(client, nuovo):
    oggi = timezone.localdate()
    nuovo(EventoPage, "Finito ieri di un anno fa", data=oggi - timedelta(days=366))
    nuovo(EventoPage, "Ancora dentro", data=oggi - timedelta(days=365))
    testo = client.get("/notizie/calendario/ics/").content.decode()
    assert "Ancora dentro" in testo and "un anno fa" not in testo
