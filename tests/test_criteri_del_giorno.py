"""The criteria on offer are those of the programme that holds the day of the fact, wherever one is chosen."""

from datetime import date

import pytest
from django.urls import reverse

from notizie.models import NotiziaPage, PezzoProgrammato
from programma import alimentazione
from programma.models import Criterio, Evidenza
from tests.test_contenuto_per_piu_criteri import criteri_di_una_pagina, manda, pagina  # noqa: F401

pytestmark = pytest.mark.django_db
GENNAIO, GIUGNO = date(2026, 1, 20), date(2025, 6, 10)
NUOVA = "/admin/evidenze/nuova/"


@pytest.fixture(autouse=True)
def in_febbraio(nel):
    nel(date(2026, 2, 10))


@pytest.fixture
def anno_2026(nuovo_anno):
    return nuovo_anno()


def m6(anno):
    return Criterio.objects.get(codice="M6", programma__anno=anno)


def nomi(html):
    return {anno for anno in (2025, 2026) if f"programma {anno}</h2>" in html}


def test_choice__is_of_the_day_that_is_asked(anno_2026, referente_a, client_di):
    cliente = client_di(referente_a)
    assert nomi(cliente.get(NUOVA).content.decode()) == {2026}  # today
    html = cliente.get(f"{NUOVA}?data=2025-06-10").content.decode()
    assert nomi(html) == {2025}
    assert f"?criterio={m6(2025).pk}&amp;data=2025-06-10" in html
    assert 'value="2025-06-10"' in cliente.get(f"{NUOVA}?criterio={m6(2025).pk}&data=2025-06-10").content.decode()
    assert nomi(cliente.get(f"{NUOVA}?criterio={m6(2025).pk}&data=2026-01-20").content.decode()) == {2026}
    assert "nessun programma comprende il 10/06/2031" in cliente.get(f"{NUOVA}?data=10/06/2031").content.decode()
    assert "Questa data non esiste" in cliente.get(f"{NUOVA}?data=2025-02-30").content.decode()


def test_choice__begins_from_the_last_open_programme_when_today_has_none(referente_a, client_di):
    assert nomi(client_di(referente_a).get(NUOVA).content.decode()) == {2025}


def test_evidence__of_another_year_is_offered_its_criteria_and_loses_nothing(anno_2026, referente_a, client_di):
    cliente = client_di(referente_a)
    dati = {
        "criteri": m6(2025).pk,
        "titolo": "Comunicato del Carnevale",
        "data": "2026-01-20",
        "descrizione": "Parole scritte a lungo",
        "link": "https://example.org/comunicato",
        "azione": "invia",
    }
    html = cliente.post(NUOVA, dati | {"organizzazione": referente_a.groups.get().organizzazione.pk}).content.decode()
    bozza = Evidenza.objects.get()
    assert "il 20/01/2026 è del programma 2026: scegli tra i suoi criteri" in html
    assert "2026 · M6" in html and "Parole scritte a lungo" in html
    assert (bozza.stato, bozza.titolo, bozza.descrizione) == ("bozza", dati["titolo"], dati["descrizione"])
    indirizzo = reverse("programma:modifica", args=[bozza.pk])
    cliente.post(indirizzo, dati | {"criteri": m6(2026).pk, "versione": bozza.versione})
    bozza.refresh_from_db()
    assert (bozza.stato, bozza.programma) == ("inviata", anno_2026)


def test_evidence__of_a_closed_year_says_so(nuovo_anno, referente_a, client_di):
    nuovo_anno(stato="chiuso")
    dati = {"criteri": m6(2025).pk, "titolo": "T", "data": "2026-01-20", "azione": "salva"}
    html = client_di(referente_a).post(NUOVA, dati | {"organizzazione": referente_a.groups.get().organizzazione.pk})
    assert "è del programma 2026, che è chiuso: non accetta più evidenze" in html.content.decode()


@pytest.mark.parametrize(
    "giorno, perche", [("2026-01-20", "il programma 2026 è chiuso"), ("2031-01-01", "nessun programma comprende")]
)
def test_evidence__of_a_day_without_criteria_says_why_there_are_none(
    nuovo_anno, referente_a, client_di, giorno, perche, nel
):
    """The script has taken the choices away: what was chosen does not arrive."""
    nuovo_anno(stato="chiuso")
    nel(date(2031, 2, 1))
    dati = {
        "titolo": "T",
        "data": giorno,
        "azione": "invia",
        "organizzazione": referente_a.groups.get().organizzazione.pk,
    }
    html = client_di(referente_a).post(NUOVA, dati).content.decode()
    assert "Scegli almeno un criterio" in html
    assert f"Nessun criterio da scegliere: {perche}" in html


def test_json__for_who_writes_evidence_only(anno_2026, referente_a, acs, client_di):
    indirizzo = reverse("programma:criteri_del_giorno")
    risposta = client_di(referente_a).get(f"{indirizzo}?data=2026-01-20").json()
    assert [voce["nome"] for voce in risposta["criteri"]] == [c.con_anno for c in anno_2026.criteri.in_ordine()]
    assert len(client_di(referente_a).get(f"{indirizzo}?data=ieri").json()["criteri"]) == 33
    assert client_di(referente_a).get(f"{indirizzo}?data=2031-01-01").json()["criteri"] == []
    assert client_di(acs).get(indirizzo).status_code == 302


def test_news_of_today__has_the_criteria_of_today(anno_2026, pagina, referente_a, client_di):  # noqa: F811
    (di_oggi,), (di_allora,) = criteri_di_una_pagina(anno_2026, "M6"), criteri_di_una_pagina(m6(2025).programma, "M6")
    cliente, notizia = client_di(referente_a), pagina(data=GENNAIO)
    html = cliente.get(reverse("wagtailadmin_pages:edit", args=[notizia.pk])).content.decode()
    assert di_oggi.con_anno in html and di_allora.con_anno not in html
    assert "js/criteri" in html
    html = manda(cliente, notizia, [di_allora], sommario="Un sommario").content.decode()
    assert "il 20/01/2026 è del programma 2026: scegli tra i suoi criteri" in html
    assert di_oggi.con_anno in html and "Un sommario" in html
    assert manda(cliente, notizia, [di_oggi]).status_code == 302
    assert list(NotiziaPage.objects.get().get_latest_revision_as_object().criteri_serviti.all()) == [di_oggi]


def test_planned_piece__says_at_once_that_no_programme_holds_its_day(anno_2026, referente_a, client_di):
    cliente = client_di(referente_a)
    ente = referente_a.groups.get().organizzazione.pk
    dati = {"titolo": "Post", "canale": "facebook", "organizzazione": ente, "stato": "idea"}
    html = cliente.post(reverse("ped:nuovo"), dati | {"data": "2027-03-01"}, follow=True).content.decode()
    assert html.count("Per ora non vale per nessun criterio: nessun programma comprende il 01/03/2027") == 2
    html = cliente.post(
        reverse("ped:nuovo"), dati | {"data": "2026-03-01", "criterio": m6(2025).pk}, follow=True
    ).content.decode()
    assert "M6 2025: il 01/03/2026 è del programma 2026: scegli tra i suoi criteri" in html
    assert "2026 · M6" in html and 'value="Post"' in html
    html = cliente.post(
        reverse("ped:nuovo"), dati | {"data": "2026-03-01", "criterio": m6(2026).pk}, follow=True
    ).content.decode()
    assert "Pianificato" in html and "non vale" not in html
    pezzo = PezzoProgrammato.objects.get(criterio=m6(2026))
    html = cliente.post(reverse("ped:sposta", args=[pezzo.pk]), {"giorno": "2025-12-30"}, follow=True).content.decode()
    assert "M6 2026 non vale per quel giorno: il 30/12/2025 è del programma 2025" in html


def test_kind_of_content__feeds_its_own_year_or_none(nuovo_anno, programma):
    assert alimentazione.criterio_alimentato_da("comunicato", GENNAIO) is None
    anno_2026 = nuovo_anno()
    assert alimentazione.criterio_alimentato_da("comunicato", GENNAIO).programma == anno_2026
    assert alimentazione.criterio_alimentato_da("comunicato", GIUGNO).programma == programma
    assert alimentazione.perche_senza_criteri(date(2031, 1, 1)) == "nessun programma comprende il 01/01/2031"
