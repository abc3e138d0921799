"""Press releases: what they prove, their embargo, the editor they are written in."""

from datetime import date, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from base.models import Documento
from notizie.models import (
    AllegatoComunicato,
    ComunicatoPage,
    NotiziaPage,
    Ripresa,
    SezioneNotiziePage,
)
from programma.models import Evidenza, Riconoscimento

from .scene.notizie import approva

pytestmark = pytest.mark.django_db


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


def test_press_release__published_by_its_author_waits_for_someone_else(programma, nuovo_pezzo, manager):
    comunicato = nuovo_pezzo(ComunicatoPage, "Estate", live=False)
    comunicato.save_revision(user=manager).publish(user=manager)
    assert Evidenza.objects.nate_da(comunicato).get().stato == "inviata" and not della_stampa().exists()


def test_press_release__a_copy_has_neither_number_nor_criteria_nor_who_took_it_up(programma, nuovo_pezzo, manager):
    comunicato = nuovo_pezzo(ComunicatoPage, "Estate", numero=4)
    comunicato.criteri_serviti = [programma.criteri.get(codice="P4.2")]
    comunicato.riprese = [Ripresa(testata="Il giornale")]
    comunicato.save()
    copia = comunicato.copy(update_attrs={"slug": "copia"}, user=manager)
    copia = ComunicatoPage.objects.get(pk=copia.pk)
    assert copia.numero is None and not copia.criteri_serviti.exists() and not copia.riprese.exists()


def test_press_release__that_names_the_criterion_of_press_releases_proves_it_once(programma, nuovo_pezzo):
    comunicato = nuovo_pezzo(ComunicatoPage, "Estate", data=date(2025, 6, 10))
    comunicato.criteri_serviti = [programma.criteri.get(codice="M6"), programma.criteri.get(codice="P4.2")]
    assert [fatto.criterio.codice for fatto in comunicato.fatti()] == ["M6", "P4.2"]


def test_embargo__until_its_hour_nobody_outside_reads_a_word(
    client, client_di, nuovo_pezzo, programma, referente_a, referente_b, manager, monkeypatch
):
    ora = timezone.now() + timedelta(days=1)
    vicina = nuovo_pezzo(NotiziaPage, "Vicina")
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


def test_editor__a_number_is_used_once_a_year_and_what_is_public_has_no_embargo(
    client_di, manager, nuovo_pezzo, modulo
):
    nuovo_pezzo(ComunicatoPage, "Prima", numero=7)
    altro = nuovo_pezzo(ComunicatoPage, "Altro", slug="altro", numero=8)
    client = client_di(manager)
    indirizzo = reverse("wagtailadmin_pages:edit", args=[altro.pk])
    risposta = client.post(indirizzo, modulo(numero="7", embargo="2030-03-01 11:30"))
    assert "È già pubblico" in risposta.context["form"].errors["embargo"][0]
    risposta = client.post(indirizzo, modulo(numero="7"))
    assert "C'è già un comunicato 7/2025" in risposta.context["form"].errors["numero"][0]
    assert client.post(indirizzo, modulo(numero="7", data="2024-06-10")).status_code == 302
    nuovo_pezzo(ComunicatoPage, "Di altri", di="cs4", numero=9)
    assert client.post(indirizzo, modulo(numero="9")).status_code == 302, "each organisation counts its own"


# Events
