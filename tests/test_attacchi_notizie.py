"""Attacks on news, editorial plan and newsletter: titles that leak, input that breaks a page for everyone, races."""

import datetime
from xml.etree import ElementTree

import pytest
from django.contrib.messages import get_messages
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.views.generic import DeleteView, EditView
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from notizie.models import (
    EventoPage,
    Iscritto,
    NumeroNewsletter,
    PaginaScelta,
    PezzoProgrammato,
    PianoEditoriale,
    SezioneNotiziePage,
)
from notizie.newsletter import operazioni as newsletter
from notizie.newsletter.operazioni import invio
from notizie.ped.operazioni import salva_piano

pytestmark = pytest.mark.django_db
SEGRETO = "zzsegreto"
CAMPI = (
    "sommario",
    "ora_inizio",
    "data_fine",
    "ora_fine",
    "data_prima",
    "avviso",
    "luogo",
    "indirizzo",
    "comune",
    "collegamento",
    "pubblico",
    "costo",
    "iscrizione",
    "organizzatore",
    "altri_partner",
    "parte_di",
    "immagine",
    "seo_title",
    "search_description",
    "numero",
    "embargo",
    "contatto",
    "contatto_telefono",
    "contatto_email",
)


def modulo(**campi):
    """What the editor sends of an event, or of a press release."""
    return nested_form_data(
        {
            **dict.fromkeys(CAMPI, ""),
            "title": "Festa",
            "slug": "festa",
            "data": "2026-12-20",
            "stato": "confermato",
            "corpo": streamfield([]),
            "comments": inline_formset([]),
            "allegati": inline_formset([]),
            "riprese": inline_formset([]),
            **campi,
        }
    )


def aggiungi(chiave, tipo="eventopage"):
    sezione = SezioneNotiziePage.objects.get(organizzazione__chiave=chiave)
    return reverse("wagtailadmin_pages:add", args=["notizie", tipo, sezione.pk])


def evento(chiave="asif-chimelli", **campi):
    sezione = SezioneNotiziePage.objects.get(organizzazione__chiave=chiave)
    return sezione.add_child(instance=EventoPage(**{"data": datetime.date(2026, 12, 20), **campi}))


# Titles of others


def test_chooser__shows_the_public_title_of_a_page_and_not_the_one_that_waits(client_di, referente_a, referente_b):
    grande = evento("cs4", title="Mostra")
    client = client_di(referente_a)
    client.post(aggiungi("asif-chimelli"), modulo(parte_di=grande.pk))
    grande.title = SEGRETO
    grande.save_revision(user=referente_b)
    modifica = reverse("wagtailadmin_pages:edit", args=[EventoPage.objects.get(slug="festa").pk])
    for risposta in (client.get(modifica), client.post(modifica, modulo(parte_di=grande.pk, title=""))):
        assert "Mostra" in risposta.content.decode() and SEGRETO not in risposta.content.decode()


def test_plan__a_page_that_went_to_another_organisation_is_theirs_alone(pezzo, referente_a, client_di):
    pagina = evento(title=SEGRETO, live=False)
    client, indirizzo = client_di(referente_a), pezzo(pagina=pagina).get_absolute_url()
    assert SEGRETO in client.get(indirizzo).content.decode()
    pagina.move(SezioneNotiziePage.objects.get(organizzazione__chiave="cs4"), pos="last-child")
    assert SEGRETO not in client.get(indirizzo).content.decode()


# Input


@pytest.mark.parametrize(
    "tipo, campi",
    [
        ("eventopage", {"data": "9999-12-31"}),
        ("eventopage", {"data_fine": "9999-12-31"}),
        ("eventopage", {"data": "0001-01-01", "ora_inizio": "00:00"}),
        ("comunicatopage", {"embargo": "0001-01-01 00:00"}),
        ("comunicatopage", {"embargo": "9999-12-31 23:59"}),
        ("comunicatopage", {"riprese": inline_formset([{"testata": "Adige", "url": "", "data": "0001-01-01"}])}),
    ],
)
def test_editor__takes_no_day_that_breaks_the_calendar_of_all(tipo, campi, client_di, manager):
    risposta = client_di(manager).post(aggiungi("asif-chimelli", tipo), modulo(**campi))
    assert "Controlla l'anno" in risposta.content.decode().replace("&#x27;", "'")


def test_newsletter__is_foreseen_for_no_day_that_breaks_the_plan(client_di, manager):
    dati = {
        "titolo": "Autunno",
        "sommario": "x",
        "parole": '{"blocks": [], "entityMap": {}}',
        "tema_acs": "",
        "previsto_il": "9999-12-31",
        "scelte": inline_formset([]),
    }
    risposta = client_di(manager).post(reverse("newsletter:add"), nested_form_data(dati))
    assert "Controlla l'anno" in risposta.content.decode().replace("&#x27;", "'")


@pytest.mark.parametrize("superutente_o_manager", ["manager", "superutente"])
def test_editor__a_choice_that_is_no_key_is_refused(superutente_o_manager, request, client_di):
    client = client_di(request.getfixturevalue(superutente_o_manager))
    assert client.post(aggiungi("asif-chimelli"), modulo(parte_di="9" * 30)).status_code == 302
    assert not EventoPage.objects.exists()


def test_feed_and_calendar__hold_no_control_characters(client):
    evento(title="Festa\x0b in piazza", sommario="A\x02perta", luogo="Piazza\x1f")
    flusso = client.get("/notizie/atom/").content
    assert ElementTree.fromstring(flusso).find(".//{*}entry/{*}title").text == "Festa in piazza"
    assert b"SUMMARY:Festa in piazza\r\n" in client.get("/notizie/calendario/ics/").content


def test_too_long_a_text__is_told_in_italian(client_di, referente_a):
    risposta = client_di(referente_a).post(reverse("ped:nuovo"), {"titolo": "x" * 11_000_000})
    assert risposta.status_code == 400 and "torna indietro" in risposta.content.decode()


@pytest.fixture
def pezzo(organizzazione_a):
    def nuovo(**campi):
        comuni = {"titolo": "Post", "canale": "facebook", "data": datetime.date(2025, 10, 10)}
        return PezzoProgrammato.objects.create(organizzazione=organizzazione_a, **{**comuni, **campi})

    return nuovo


@pytest.mark.parametrize("giorno", ["0001-01-01", "9999-12-31"])
def test_plan__takes_no_day_that_breaks_its_lists(giorno, pezzo, organizzazione_a, referente_a, client_di):
    client, atteso = client_di(referente_a), pezzo()
    comuni = {"titolo": "Altro", "canale": "sito", "stato": "idea", "data": giorno}
    for indirizzo, dati in (
        (reverse("ped:nuovo"), {**comuni, "organizzazione": organizzazione_a.pk}),
        (reverse("ped:modifica", args=[atteso.pk]), comuni),
        (reverse("ped:sposta", args=[atteso.pk]), {"giorno": giorno}),
        (reverse("ped:registra", args=[atteso.pk]), {"inviato_il": giorno}),
    ):
        assert client.post(indirizzo, dati).status_code in (200, 302)
    (salvato,) = PezzoProgrammato.objects.all()
    assert salvato.data == atteso.data and not salvato.registrato


def test_plan__a_change_by_a_referent_keeps_the_manager_as_responsible(pezzo, manager, referente_a, client_di):
    suo = pezzo(responsabile=manager)
    client, modifica = client_di(referente_a), reverse("ped:modifica", args=[suo.pk])
    assert f'value="{manager.pk}" selected' in client.get(modifica).content.decode()
    client.post(
        modifica,
        {
            "titolo": "Nuovo",
            "canale": "facebook",
            "data": "2025-10-10",
            "stato": "idea",
            "responsabile": manager.pk,
        },
    )
    suo.refresh_from_db()
    assert (suo.titolo, suo.responsabile) == ("Nuovo", manager)


@pytest.mark.parametrize("url", [r"https://evil.example\@facebook.com/", "ftp://facebook.com/1", "javascript:alert(1)"])
def test_plan__the_address_of_a_post_leads_where_it_says(url, pezzo, referente_a, client_di):
    risposta = client_di(referente_a).post(reverse("ped:registra", args=[pezzo().pk]), {"url": url})
    assert "comincia con https://" in risposta.content.decode()


# Races


def test_plan__a_piece_deleted_meanwhile_is_not_found(pezzo, referente_a, client_di, monkeypatch):
    suo = pezzo()
    monkeypatch.setattr("notizie.ped.operazioni.permissions.puo_modificare", lambda *_: True)
    monkeypatch.setattr("notizie.ped.views.UnPezzoMixin.pezzo", suo)
    PezzoProgrammato.objects.all().delete()
    risposta = client_di(referente_a).post(reverse("ped:sposta", args=[1]), {"giorno": "2025-10-11"})
    assert risposta.status_code == 404


def test_plan__written_by_two_at_once_is_one(programma, manager):
    primo, secondo = PianoEditoriale(programma=programma), PianoEditoriale(programma=programma)
    salva_piano(primo, manager)
    with pytest.raises(ValidationError, match="appena scritto"):
        salva_piano(secondo, manager)


@pytest.fixture
def numero():
    Iscritto.objects.create(email="uno@example.org", consenso="2026-11", confermata_il=timezone.now())
    return NumeroNewsletter.objects.create(titolo="Autunno", sommario="In breve", parole="<p>Ciao</p>")


@pytest.mark.parametrize("vista, nome", [(EditView, "edit"), (DeleteView, "delete")])
def test_issue__sent_while_it_is_being_saved_or_deleted_stays_sent(
    vista, nome, numero, manager, client_di, monkeypatch
):
    valida = vista.form_valid

    def spedito_intanto(vista, form):
        newsletter.avvia_invio(NumeroNewsletter.objects.get(), manager)
        return valida(vista, form)

    monkeypatch.setattr(vista, "form_valid", spedito_intanto)
    risposta = client_di(manager).post(
        reverse(f"newsletter:{nome}", args=[numero.pk]),
        nested_form_data(
            {
                "titolo": "Altro",
                "sommario": "x",
                "parole": '{"blocks": [], "entityMap": {}}',
                "tema_acs": "",
                "scelte": inline_formset([]),
            }
        ),
    )
    numero.refresh_from_db()
    assert (numero.titolo, numero.in_bozza) == ("Autunno", False)
    assert "già partito" in str(next(iter(get_messages(risposta.wsgi_request))))


def test_issue__later_messages_leave_out_a_page_withdrawn_since(numero, manager):
    pagina = evento(title="Ritirato")
    PaginaScelta.objects.create(numero=numero, pagina=pagina)
    newsletter.avvia_invio(numero, manager)
    pagina.unpublish()
    invio.spedisci_lotto(numero.pk)
    (messaggio,) = mail.outbox
    assert "Ciao" in messaggio.body and "RITIRATO" not in messaggio.body
