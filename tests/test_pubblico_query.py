"""A public page costs at most ten queries cold, a sheet eight, and the same with one row and with a hundred."""

import datetime
import io

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from base.models import Immagine
from notizie.models import ComunicatoPage, EventoPage, NotiziaPage, SezioneNotiziePage
from organizzazioni.models import Organizzazione, OrganizzazionePage, OrganizzazioniIndexPage
from programma.models import AzionePage, Classificazione, ReferenteAzione

from .scene.costo import quante_query

MASSIMO = 10
SCHEDA = 8
"""How many the page of one thing may."""
SENZA_PAGINA = 12
"""And what is not a page, of which Wagtail asks site, home and settings one by one (`home.inizio`)."""


@pytest.fixture
def nuova_immagine(db, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)

    def nuova(titolo):
        contenuto = io.BytesIO()
        Image.new("RGB", (8, 6)).save(contenuto, "PNG")
        file = ContentFile(contenuto.getvalue(), f"{titolo}.png")
        return Immagine.objects.create(title=titolo, file=file, width=8, height=6)

    return nuova


@pytest.fixture
def nuove_notizie(programma, nuova_immagine):
    """Publish at least `quante` pieces of one body, some of each type, with an image, of the same action."""

    def nuove(quante, prefisso="notizia"):
        tipi = (NotiziaPage, ComunicatoPage, EventoPage)
        date = (datetime.date(2025, 5, 1), datetime.date(2025, 5, 1), timezone.localdate() + datetime.timedelta(days=9))
        sezione = SezioneNotiziePage.objects.get(organizzazione__chiave="asif-chimelli")
        azione = AzionePage.objects.child_of(programma).get(numero=8)
        for n in range(max(quante, len(tipi))):
            notizia = tipi[n % 3](
                title=f"Notizia {n}",
                slug=f"{prefisso}-{n}",
                data=date[n % 3],
                immagine=nuova_immagine(f"{prefisso}-{n}"),
                corpo=[("testo", "<p>Un incontro sul centro famiglie.</p>")],
            )
            notizia.azioni_realizzate = [azione]
            sezione.add_child(instance=notizia)

    return nuove


INDIRIZZI = [
    "/",
    "/programma/",
    "/programma/2025/",
    "/programma/2025/centro-famiglie/",
    "/organizzazioni/",
    "/organizzazioni/asif-chimelli/",
    "/notizie/",
    "/notizie/asif-chimelli/",
    "/notizie/asif-chimelli/notizia-0/",
    "/notizie/?anno=2025",
    "/notizie/asif-chimelli/notizia-1/",
    "/notizie/asif-chimelli/notizia-2/",
    "/notizie/?tipo=evento",
    "/notizie/?dal=2025-01-01",
    "/notizie/atom/",
    "/notizie/calendario/",
    "/notizie/calendario/ics/",
    "/accessibilita/",
    "/cerca/?q=famiglie",
    "/dati-aperti/",
    "/newsletter/",
    "/newsletter/iscriviti/",
]


def massimo(indirizzo):
    if indirizzo.startswith(("/cerca/", "/dati-aperti/", "/newsletter/")):
        return SENZA_PAGINA
    return SCHEDA if indirizzo.strip("/").count("/") >= 2 and "calendario" not in indirizzo else MASSIMO


def test_public_page__costs_few_queries_whatever_the_rows(nuove_notizie):
    """All addresses with the same rows: making a hundred news costs far more than reading them."""
    nuove_notizie(1)
    con_una = {indirizzo: quante_query(indirizzo) for indirizzo in INDIRIZZI}
    assert not {i: elenco for i, (quante, elenco) in con_una.items() if quante > massimo(i)}
    nuove_notizie(100, "altra")
    con_cento = {indirizzo: quante_query(indirizzo) for indirizzo in INDIRIZZI}
    assert not {
        indirizzo: elenco for indirizzo, (quante, elenco) in con_cento.items() if quante != con_una[indirizzo][0]
    }


def test_action__of_many_bodies_and_classes_costs_the_same(programma):
    azione = AzionePage.objects.child_of(programma).get(numero=8)
    con_una, _ = quante_query("/programma/2025/centro-famiglie/")
    for posto, organizzazione in enumerate(Organizzazione.objects.all()):
        azione.referenti.add(ReferenteAzione(organizzazione=organizzazione, sort_order=posto))
    azione.altre = Organizzazione.objects.all()
    azione.classificazioni = Classificazione.objects.all()
    azione.save()
    con_molte, elenco = quante_query("/programma/2025/centro-famiglie/")
    assert con_molte == con_una, elenco


def test_list_of_organisations__of_a_hundred_costs_the_same(nuova_immagine):
    con_poche, _ = quante_query("/organizzazioni/")
    indice = OrganizzazioniIndexPage.objects.get()
    for n in range(100):
        organizzazione = Organizzazione.objects.create(
            chiave=f"ente-{n}", denominazione=f"Ente {n}", natura="pubblica", aderente_dal=datetime.date(2024, 1, 1)
        )
        indice.add_child(
            instance=OrganizzazionePage(
                title=f"Ente {n}", slug=f"ente-{n}", organizzazione=organizzazione, logo=nuova_immagine(f"ente-{n}")
            )
        )
    con_cento, elenco = quante_query("/organizzazioni/")
    assert con_cento == con_poche + 1, elenco  # the renditions of the logos, all at once
    assert con_cento <= MASSIMO


def test_news__with_many_figures_costs_the_same_as_with_two(nuove_notizie, nuova_immagine):
    nuove_notizie(1)
    indirizzo = "/notizie/asif-chimelli/notizia-0/"

    def con_figure(quante):
        notizia = NotiziaPage.objects.get(slug="notizia-0")
        notizia.corpo = [
            ("figura", {"immagine": nuova_immagine(f"f{quante}-{n}"), "didascalia": ""}) for n in range(quante)
        ]
        notizia.save()
        return quante_query(indirizzo)[0]

    assert con_figure(2) == con_figure(20) <= SCHEDA


def test_action__with_public_progress_stays_within_the_limit(programma):
    programma.pubblica_avanzamento = True
    programma.save()
    con, elenco = quante_query(AzionePage.objects.get(numero=1).url)
    assert con <= MASSIMO, elenco
