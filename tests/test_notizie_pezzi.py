"""News, press releases and events: one list, one calendar, and what each proves."""

import json
import re
from datetime import date, datetime, time, timedelta
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from wagtail.models import Page, Workflow
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from base.models import Documento
from notizie.models import (
    AllegatoComunicato,
    ComunicatoPage,
    EventoPage,
    NotiziaPage,
    Ripresa,
    SezioneNotiziePage,
)
from organizzazioni.operazioni import approva_pagina
from programma.models import Evidenza, Riconoscimento

pytestmark = pytest.mark.django_db


@pytest.fixture
def nuovo():
    """Put a live page in an organisation's section."""

    def nuovo(modello, titolo, di="asif-chimelli", **campi):
        campi = {"data": date(2025, 5, 1), **campi}
        return SezioneNotiziePage.objects.get(organizzazione__chiave=di).add_child(
            instance=modello(title=titolo, **campi)
        )

    return nuovo


def approva(pagina, autore, manager):
    """Write `pagina` as a draft of ASIF, submit it, approve it; read again."""
    SezioneNotiziePage.objects.get(organizzazione__chiave="asif-chimelli").add_child(instance=pagina)
    pagina.full_clean()
    pagina.save_revision(user=autore)
    Workflow.objects.get(active=True).start(pagina, autore)
    approva_pagina(type(pagina).objects.get(pk=pagina.pk), manager)
    return type(pagina).objects.get(pk=pagina.pk)


def ripubblica(pagina, **campi):
    bozza = type(pagina).objects.get(pk=pagina.pk).get_latest_revision_as_object()
    for nome, valore in campi.items():
        setattr(bozza, nome, valore)
    bozza.save_revision().publish()
    return type(pagina).objects.get(pk=pagina.pk)


def della_stampa():
    return Riconoscimento.objects.filter(criterio__codice="M6", revocato_il=None)


# Press releases


def test_press_release__approved_feeds_its_criterion_and_taken_off_does_not(programma, referente_a, manager):
    comunicato = approva(
        ComunicatoPage(title="Estate", data=date(2025, 6, 10), numero=1, live=False, owner=referente_a),
        referente_a,
        manager,
    )
    riga = della_stampa().get()
    assert (riga.data, riga.evidenza.stato, riga.deciso_da) == (date(2025, 6, 10), "approvata", manager)
    assert riga.evidenza.link == [comunicato.full_url]
    comunicato.unpublish()
    assert not della_stampa().exists()


def test_press_release__published_by_its_author_waits_for_someone_else(programma, nuovo, manager):
    comunicato = nuovo(ComunicatoPage, "Estate", live=False)
    comunicato.save_revision(user=manager).publish(user=manager)
    assert Evidenza.objects.nate_da(comunicato).get().stato == "inviata" and not della_stampa().exists()


def test_press_release__a_copy_has_neither_number_nor_criteria_nor_who_took_it_up(programma, nuovo, manager):
    comunicato = nuovo(ComunicatoPage, "Estate", numero=4)
    comunicato.criteri_serviti = [programma.criteri.get(codice="P4.2")]
    comunicato.riprese = [Ripresa(testata="Il giornale")]
    comunicato.save()
    copia = comunicato.copy(update_attrs={"slug": "copia"}, user=manager)
    copia = ComunicatoPage.objects.get(pk=copia.pk)
    assert copia.numero is None and not copia.criteri_serviti.exists() and not copia.riprese.exists()


def test_press_release__that_names_the_criterion_of_press_releases_proves_it_once(programma, nuovo):
    comunicato = nuovo(ComunicatoPage, "Estate", data=date(2025, 6, 10))
    comunicato.criteri_serviti = [programma.criteri.get(codice="M6"), programma.criteri.get(codice="P4.2")]
    assert [fatto.criterio.codice for fatto in comunicato.fatti()] == ["M6", "P4.2"]


def test_embargo__until_its_hour_nobody_outside_reads_a_word(
    client, client_di, nuovo, programma, referente_a, referente_b, manager, monkeypatch
):
    ora = timezone.now() + timedelta(days=1)
    vicina = nuovo(NotiziaPage, "Vicina")
    programma.specific_class.objects.filter(pk=programma.pk).update(scadenza=ora.date() + timedelta(days=30))
    azione = programma.get_children().get(slug="centro-famiglie").specific
    comunicato = ComunicatoPage(
        title="Zibaldone",
        slug="zibaldone",
        live=False,
        owner=referente_a,
        embargo=ora,
        sommario="Zibaldone",
    )
    comunicato.azioni_realizzate = [azione]
    comunicato = approva(comunicato, referente_a, manager)
    assert not comunicato.live and comunicato.approved_schedule
    indirizzi = [
        "/",
        "/notizie/",
        "/notizie/asif-chimelli/",
        "/notizie/?tipo=comunicato",
        "/notizie/atom/",
        "/sitemap.xml",
        "/cerca/?q=zibaldone",
        "/organizzazioni/asif-chimelli/",
        azione.url,
        "/notizie/asif-chimelli/atom/",
        f"/notizie/?azione={azione.pk}",
        vicina.url,
    ]
    di_altri = client_di(referente_b)
    dentro = [
        "/admin/",
        "/admin/pages/search/?q=zibald",
        f"/admin/pages/{comunicato.get_parent().pk}/",
        f"/admin/pages/{comunicato.pk}/view_draft/",
    ]
    for lettore, pagine in ((client, indirizzi), (di_altri, [*indirizzi, *dentro])):
        for indirizzo in pagine:
            letto = lettore.get(indirizzo).content
            for ripetuta in (
                "«zibaldone»",
                'value="zibaldone"',
                'data-cercato="zibaldone"',
            ):  # the words of who searches
                letto = letto.replace(ripetuta.encode(), b"")
            assert b"ibaldone" not in letto, indirizzo
    assert client.get("/notizie/asif-chimelli/zibaldone/").status_code == 404
    assert not Evidenza.objects.nate_da(comunicato).exists()

    monkeypatch.setattr(timezone, "now", lambda: ora + timedelta(minutes=1))
    call_command("publish_scheduled")
    for indirizzo in indirizzi:
        assert b"ibaldone" in client.get(indirizzo).content, indirizzo
    assert ComunicatoPage.objects.get(pk=comunicato.pk).data == timezone.localdate(ora)


def test_embargo__holds_for_what_is_attached_too(client, referente_a, manager, monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    scheda = Documento.objects.create(title="scheda", file=ContentFile(b"testo", "scheda.txt"))
    ora = timezone.now() + timedelta(days=1)
    comunicato = ComunicatoPage(title="Zibaldone", live=False, owner=referente_a, embargo=ora)
    comunicato.allegati = [AllegatoComunicato(documento=scheda)]
    approva(comunicato, referente_a, manager)
    assert client.get(scheda.url).status_code == 404
    monkeypatch.setattr(timezone, "now", lambda: ora + timedelta(minutes=1))
    call_command("publish_scheduled")
    assert client.get(scheda.url).status_code == 200


@pytest.fixture
def modulo():
    """What the editor sends of a press release."""

    def modulo(**campi):
        vuoti = dict.fromkeys(
            (
                "sommario",
                "numero",
                "embargo",
                "immagine",
                "contatto",
                "contatto_telefono",
                "contatto_email",
                "seo_title",
                "search_description",
            ),
            "",
        )
        return nested_form_data(
            {
                **vuoti,
                "title": "Estate",
                "slug": "estate",
                "data": "2025-06-10",
                "corpo": streamfield([]),
                "allegati": inline_formset([]),
                "riprese": inline_formset([]),
                "comments": inline_formset([]),
                **campi,
            }
        )

    return modulo


def test_embargo__written_in_the_editor_is_the_schedule_of_the_page(client_di, referente_a, modulo):
    sezione = SezioneNotiziePage.objects.get(organizzazione__chiave="asif-chimelli")
    indirizzo = reverse("wagtailadmin_pages:add", args=["notizie", "comunicatopage", sezione.pk])
    risposta = client_di(referente_a).post(indirizzo, modulo(embargo="2030-03-01 11:30"))
    assert risposta.status_code == 302, risposta.context["form"].errors
    comunicato = ComunicatoPage.objects.get(slug="estate").get_latest_revision_as_object()
    assert comunicato.go_live_at == comunicato.embargo == timezone.make_aware(datetime(2030, 3, 1, 11, 30))
    assert comunicato.data == date(2030, 3, 1) and not comunicato.live


def test_editor__a_number_is_used_once_a_year_and_what_is_public_has_no_embargo(client_di, manager, nuovo, modulo):
    nuovo(ComunicatoPage, "Prima", numero=7)
    altro = nuovo(ComunicatoPage, "Altro", slug="altro", numero=8)
    client = client_di(manager)
    indirizzo = reverse("wagtailadmin_pages:edit", args=[altro.pk])
    risposta = client.post(indirizzo, modulo(numero="7", embargo="2030-03-01 11:30"))
    assert "È già pubblico" in risposta.context["form"].errors["embargo"][0]
    risposta = client.post(indirizzo, modulo(numero="7"))
    assert "C'è già un comunicato 7/2025" in risposta.context["form"].errors["numero"][0]
    assert client.post(indirizzo, modulo(numero="7", data="2024-06-10")).status_code == 302
    nuovo(ComunicatoPage, "Di altri", di="cs4", numero=9)
    assert client.post(indirizzo, modulo(numero="9")).status_code == 302, "each organisation counts its own"


# Events


@pytest.mark.parametrize(
    "campi, campo",
    [
        ({"data_fine": date(2026, 3, 1)}, "data_fine"),
        ({"ora_fine": time(12)}, "ora_inizio"),
        ({"ora_inizio": time(12), "ora_fine": time(11)}, "ora_fine"),
        ({"ora_inizio": time(2, 30)}, "ora_inizio"),
        ({"stato": "spostato"}, "data_prima"),
        ({"gratuito": True, "costo": "5 euro"}, "costo"),
    ],
)
def test_event__that_makes_no_sense_is_refused(campi, campo):
    evento = EventoPage(title="Festa", slug="festa", data=date(2026, 3, 29), path="0001", depth=1, **campi)
    with pytest.raises(ValidationError) as errore:
        evento.clean()
    assert list(errore.value.message_dict) == [campo]


def test_event__is_part_of_one_that_is_part_of_none(nuovo):
    mostra = nuovo(EventoPage, "Mostra", di="distretto-family-audit", data=date(2025, 10, 3))
    visita = nuovo(EventoPage, "Visita", data=date(2025, 10, 10), parte_di=mostra)
    visita.clean()
    for evento, parte_di in ((mostra, mostra), (mostra, visita), (EventoPage(data=date(2025, 1, 1)), visita)):
        evento.parte_di = parte_di
        with pytest.raises(ValidationError, match="parte"):
            evento.clean()


def test_event__shows_those_that_are_part_of_it_and_they_lead_back(client, nuovo):
    mostra = nuovo(EventoPage, "Mostra", di="distretto-family-audit", data=date(2025, 10, 3))
    visita = nuovo(EventoPage, "Visita", data=date(2025, 10, 10), parte_di=mostra)
    nuovo(EventoPage, "Segreta", data=date(2025, 10, 11), parte_di=mostra, live=False)
    html = client.get(mostra.url).content.decode()
    assert "Gli appuntamenti" in html and visita.url in html and "Segreta" not in html
    assert f'<a href="{mostra.url}">Mostra</a>' in client.get(visita.url).content.decode()


def test_piece__leads_to_others_and_to_nothing_that_is_not_public(client, nuovo):
    mostra = nuovo(EventoPage, "Mostra", live=False)
    visita, altra = nuovo(EventoPage, "Visita", parte_di=mostra), nuovo(NotiziaPage, "Altra")
    letta = client.get(visita.url)
    assert "Fa parte di" not in letta.content.decode()
    assert [pezzo.pk for pezzo in letta.context["correlati"]] == [altra.pk]


@pytest.mark.parametrize(
    "adesso",
    [
        datetime(2025, 10, 26, 18, 59),
        datetime(2025, 10, 26, 19),
        datetime(2025, 10, 26, 23, 59),
        datetime(2025, 10, 27),
    ],
)
def test_event__that_is_over_is_no_longer_next(nuovo, adesso):
    """The database's rule and the one in memory agree, on the day when the clocks go back."""
    domenica = date(2025, 10, 26)
    nuovo(EventoPage, "Con ore", data=domenica, ora_inizio=time(17), ora_fine=time(19))
    nuovo(EventoPage, "Senza fine", data=domenica, ora_inizio=time(17))
    nuovo(EventoPage, "Tutto il giorno", data=date(2025, 10, 20), data_fine=domenica)
    adesso = timezone.make_aware(adesso)
    trovati = set(EventoPage.objects.prossimi(adesso))
    assert trovati == {e for e in EventoPage.objects.all() if not e.quando.finito(adesso)}


def test_event__called_off_proves_nothing(programma, nuovo, referente_a, manager):
    criterio = programma.criteri.get(codice="P1.1")
    evento = EventoPage(title="Tavolo", data=date(2025, 6, 10), live=False, owner=referente_a)
    evento.criteri_serviti = [criterio]
    evento = approva(evento, referente_a, manager)
    assert Evidenza.objects.nate_da(evento).get().stato == "approvata"
    ripubblica(evento, stato="annullato")
    assert Evidenza.objects.nate_da(evento).filter(stato="approvata").count() == 0


def test_event__in_a_calendar_keeps_its_identity_and_says_what_became_of_it(client, nuovo):
    evento = nuovo(EventoPage, "Festa", data=timezone.localdate(), ora_inizio=time(22), live=False)
    evento = ripubblica(evento, ora_fine=time(23))
    prima = Calendar.from_ical(client.get(f"{evento.url}ics/").content).events[0]
    assert (prima["SEQUENCE"], prima["STATUS"]) == (0, "CONFIRMED")
    Page.objects.filter(pk=evento.pk).update(first_published_at=timezone.now() - timedelta(hours=1))
    evento.move(SezioneNotiziePage.objects.get(organizzazione__chiave="cs4"), pos="last-child")
    evento = ripubblica(evento, stato="annullato", title="Festa grande")
    for indirizzo in (f"{evento.url}ics/", "/notizie/cs4/calendario/ics/"):
        risposta = client.get(indirizzo)
        assert risposta["Content-Type"] == "text/calendar; charset=utf-8"
        dopo = next(e for e in Calendar.from_ical(risposta.content).events if e["UID"] == prima["UID"])
        assert (dopo["STATUS"], dopo["SUMMARY"], dopo["TRANSP"]) == (
            "CANCELLED",
            "Annullato: Festa grande",
            "TRANSPARENT",
        )
        assert dopo["SEQUENCE"] > prima["SEQUENCE"]
        assert dopo.start == prima.start == evento.quando.inizio


def test_event__that_is_not_public_has_no_file(client, nuovo):
    evento = nuovo(EventoPage, "Bozza", slug="bozza", data=timezone.localdate(), live=False)
    assert client.get(f"/notizie/asif-chimelli/{evento.slug}/ics/").status_code == 404
    assert b"Bozza" not in client.get("/notizie/calendario/ics/").content + client.get("/notizie/calendario/").content


def dati_di(html):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html).group(1))


def test_event__as_data_for_search_engines(client, nuovo):
    evento = nuovo(
        EventoPage,
        "Festa",
        data=date(2025, 12, 6),
        ora_inizio=time(17),
        stato="spostato",
        data_prima=date(2025, 11, 6),
        comune="Pergine Valsugana",
        luogo="Sala",
        gratuito=True,
        collegamento="https://video.example.org/",
    )
    dati = dati_di(client.get(evento.url).content.decode())
    assert dati["@type"] == "Event" and dati["startDate"] == "2025-12-06T17:00:00+01:00" and "endDate" not in dati
    assert dati["eventStatus"].endswith("EventRescheduled") and dati["previousStartDate"] == "2025-11-06"
    assert dati["eventAttendanceMode"].endswith("MixedEventAttendanceMode") and dati["isAccessibleForFree"] is True
    assert [luogo["@type"] for luogo in dati["location"]] == ["Place", "VirtualLocation"]
    assert dati["organizer"]["name"] == "ASIF Chimelli" and dati["url"].startswith("http")


# The list


def titoli(risposta):
    return [pezzo.title for pezzo in risposta.context["pezzi"]]


def test_list__is_filtered_by_type_and_period(client, nuovo):
    nuovo(NotiziaPage, "Notizia", data=date(2025, 5, 1))
    nuovo(ComunicatoPage, "Comunicato", data=date(2025, 6, 1))
    nuovo(EventoPage, "Mostra", data=date(2025, 4, 1), data_fine=date(2025, 5, 15))
    for dati, attesi in [
        ({"tipo": "evento"}, ["Mostra"]),
        ({"tipo": "comunicato"}, ["Comunicato"]),
        ({"tipo": "notizia"}, ["Notizia"]),
        ({"dal": "2025-05-10", "al": "2025-05-20"}, ["Mostra"]),
        ({"al": "2025-05-01"}, ["Notizia", "Mostra"]),
        ({"dal": "2025-06-02"}, []),
        ({"tipo": "evento", "anno": "2025"}, ["Mostra"]),
    ]:
        assert titoli(client.get("/notizie/", dati)) == attesi, dati


@pytest.mark.parametrize(
    "dati",
    [
        {"tipo": "x"},
        {"dal": "ieri"},
        {"al": "2025-02-30"},
        {"dal": "2025-06-01", "al": "2025-05-01"},
        {"dal": "9" * 30},
        {"dal": '"><b>'},
        {"tipo": "evento", "anno": "-5"},
    ],
)
def test_list__a_bad_filter_gives_the_whole_list(client, nuovo, dati):
    nuovo(NotiziaPage, "Notizia")
    assert titoli(client.get("/notizie/", dati)) == ["Notizia"]


def test_list__an_event_to_come_is_under_the_day_it_was_announced(client, nuovo):
    oggi = timezone.localdate()
    evento = nuovo(EventoPage, "Festa", data=oggi + timedelta(days=60))
    Page.objects.filter(pk=evento.pk).update(first_published_at=timezone.now() - timedelta(days=5))
    nuovo(NotiziaPage, "Oggi", data=oggi)
    nuovo(NotiziaPage, "Prima", data=oggi - timedelta(days=9))
    assert titoli(client.get("/notizie/")) == ["Oggi", "Festa", "Prima"]


def test_list__archive_says_how_many_a_year(client, nuovo):
    nuovo(NotiziaPage, "Uno", data=date(2024, 5, 1))
    nuovo(EventoPage, "Due", data=date(2025, 5, 1))
    nuovo(ComunicatoPage, "Tre", data=date(2025, 6, 1))
    risposta = client.get("/notizie/", {"anno": "2025"})
    assert risposta.context["archivio"] == {2025: 2, 2024: 1} and risposta.context["pezzi"].paginator.count == 2


def test_feed__has_the_newest_with_an_identity_that_stays(client, nuovo):
    nuovo(NotiziaPage, "Notizia", data=date(2025, 5, 1), sommario="Così & <b>così")
    evento = nuovo(EventoPage, "Festa", data=date(2025, 5, 2), ora_inizio=time(17))
    risposta = client.get("/notizie/atom/")
    assert risposta["Content-Type"] == "application/atom+xml; charset=utf-8"
    spazio = {"a": "http://www.w3.org/2005/Atom"}
    voci = ElementTree.fromstring(risposta.content).findall("a:entry", spazio)
    assert [voce.findtext("a:title", namespaces=spazio) for voce in voci] == ["Festa", "Notizia"]
    assert voci[0].findtext("a:id", namespaces=spazio) == f"urn:uuid:{evento.translation_key}"
    assert voci[1].findtext("a:summary", namespaces=spazio) == "Così &amp; &lt;b&gt;così"
    assert "Venerdì 2 maggio 2025, alle 17:00" in voci[0].findtext("a:summary", namespaces=spazio)


# The month


def test_month__is_a_table_with_its_caption_and_leads_only_where_something_is(client, nuovo):
    nuovo(EventoPage, "Festa", data=date(2025, 10, 25), ora_inizio=time(17))
    nuovo(EventoPage, "Altra", di="cs4", data=date(2025, 8, 1))
    html = client.get("/notizie/calendario/2025-10/").content.decode()
    assert re.search(r"<caption[^>]*>Eventi di ottobre 2025", html) and html.count('<th scope="col">') == 7
    cella = re.search(r'<time datetime="2025-10-25">25</time>(.*?)</td>', html).group(1)
    assert "17:00" in cella and ">Festa</a>" in cella
    assert 'rel="prev" href="/notizie/calendario/2025-09/"' in html and 'rel="next"' not in html
    assert 'rel="canonical" href="http://localhost/notizie/calendario/2025-10/"' in html.replace(":8000", "").replace(
        "127.0.0.1", "localhost"
    )
    vuoto = client.get("/notizie/calendario/2025-09/").content.decode()
    assert "noindex" in vuoto and "Nessun evento" in vuoto
    assert "Altra" not in client.get("/notizie/asif-chimelli/calendario/2025-08/").content.decode()


@pytest.mark.parametrize("resto", ["calendario/2025-13/", "calendario/x/", "calendario/2025-10/x/", "atom/x/", "ics/"])
def test_month__what_is_none_is_not_found(client, resto):
    assert client.get(f"/notizie/{resto}").status_code == 404


def test_social_preview__has_title_description_and_address(client, nuovo):
    comunicato = nuovo(ComunicatoPage, "Estate", sommario="Si comincia")
    html = client.get(comunicato.url).content.decode()
    for atteso in (
        'property="og:title" content="Estate"',
        'property="og:description" content="Si comincia"',
        'property="og:type" content="article"',
        'rel="canonical"',
    ):
        assert atteso in html
    assert dati_di(html)["@type"] == "NewsArticle"
