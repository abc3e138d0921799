"""Summer services: who writes what, what the manager reports and offers."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision

from guide import operazioni
from guide.estate.selettori import Stagione, gestori_disponibili
from guide.estate.settimane import anno_di
from guide.models import EstatePage, PostiLiberi, ServizioPage, SettimanaEstiva, SezioneGuidaPage
from organizzazioni.operazioni import approva_pagina
from programma.alimentazione import criteri_di_monitoraggio
from programma.models import Criterio, Evidenza

from .scene.estate import AL, CONFRONTO, DAL, bozza, prossima_estate, pubblica, settimane, turni

pytestmark = pytest.mark.django_db


# Weeks in one go


def test_weeks__from_to_become_rows_of_a_draft(client_di, referente_a, centro):
    dati = {
        "dal": "2026-06-15",
        "al": "28/08/2026",
        "dalle": "8:00",
        "alle": "16:30",
        "prezzo": "110,50",
        "posti": "30",
        "eta_minima": "6",
        "eta_massima": "11",
    }
    risposta = client_di(referente_a).post(reverse("estate:settimane", args=[centro.pk]), dati)
    assert risposta.status_code == 302
    nuove = [s for s in bozza(centro).settimane_estive.all() if s.anno == 2026]
    assert len(nuove) == 11
    assert {(s.prezzo, s.posti, s.eta_minima, s.dalle) for s in nuove} == {(Decimal("110.50"), 30, 72, time(8))}
    assert {s.anno for s in ServizioPage.objects.get(pk=centro.pk).settimane_estive.all()} == {2025}
    client_di(referente_a).post(reverse("estate:settimane", args=[centro.pk]), dati)
    assert len(bozza(centro).settimane_estive.all()) == 14


@pytest.mark.parametrize(
    "campi",
    [
        {"al": "2026-06-01"},
        {"al": "2062-08-28"},
        {"dal": ""},
        {"dal": "pippo"},
        {"dalle": "8:00"},
        {"dalle": "17:00", "alle": "8:00"},
        {"prezzo": "-1"},
        {"posti": "x"},
        {"eta_minima": "9", "eta_massima": "3"},
        {"eta_minima": "999999999999999999999"},
        {"posti": "99999"},
    ],
)
def test_weeks__that_make_no_sense_are_said_and_nothing_is_written(client_di, referente_a, centro, campi):
    revisioni = Revision.objects.count()
    dati = {"dal": "2026-06-15", "al": "2026-08-28", **campi}
    risposta = client_di(referente_a).post(reverse("estate:settimane", args=[centro.pk]), dati)
    assert risposta.status_code == 200 and risposta.context["settimane"].errors
    assert Revision.objects.count() == revisioni


def test_weeks__are_not_written_over_what_waits(client_di, referente_a, centro):
    centro.save_revision(user=referente_a)
    centro.get_workflow().start(centro, referente_a)
    revisioni = Revision.objects.count()
    for vista in ("settimane", "prepara"):
        client_di(referente_a).post(
            reverse(f"estate:{vista}", args=[centro.pk]), {"dal": "2026-06-15", "al": "2026-06-19"}
        )
    assert Revision.objects.count() == revisioni


def test_week__is_one_row(centro):
    riga = SettimanaEstiva(dal=date(2026, 6, 15), al=date(2026, 6, 26), dalle=time(9), alle=time(8))
    with pytest.raises(Exception, match="Una riga è una settimana") as errore:
        riga.clean()
    assert set(errore.value.message_dict) == {"al", "alle"}


# The next year


def test_next_year__is_a_draft_in_the_same_weeks_with_prices_to_verify(client_di, referente_a, centro):
    operazioni.aggiorna_posti(centro, referente_a, dict.fromkeys(turni(centro), 5))
    client_di(referente_a).post(reverse("estate:prepara", args=[centro.pk]))
    righe = list(bozza(centro).settimane_estive.all())
    anno = max(r.anno for r in righe)
    vecchie, nuove = [r for r in righe if r.anno == 2025], [r for r in righe if r.anno == anno]
    assert anno >= timezone.localdate().year and len(vecchie) == len(nuove) == 3
    assert [r.dal.isocalendar()[1:] for r in nuove] == [r.dal.isocalendar()[1:] for r in vecchie]
    assert all(r.prezzo_da_verificare and r.prezzo == 100 for r in nuove)
    assert not any(r.prezzo_da_verificare for r in vecchie)
    pubblicata = ServizioPage.objects.get(pk=centro.pk)
    assert {r.anno for r in pubblicata.settimane_estive.all()} == {2025} and pubblicata.has_unpublished_changes
    pubblicata = pubblica(pubblicata)
    scheda = pubblicata.voce.scheda
    assert [s.liberi for s in scheda.estate.dell_anno(2025)] == [5, 5, 5]
    assert [(s.prezzo, s.liberi) for s in scheda.estate.dell_anno(anno)] == [("", None)] * 3


def test_next_year__twice_changes_nothing(referente_a, centro):
    assert operazioni.prepara_anno(centro, referente_a) is not None
    while (anno := max(r.anno for r in bozza(centro).settimane_estive.all())) <= timezone.localdate().year:
        operazioni.prepara_anno(centro, referente_a)
    revisioni = Revision.objects.count()
    assert operazioni.prepara_anno(centro, referente_a) is None
    assert Revision.objects.count() == revisioni and anno > timezone.localdate().year


def test_next_year__of_all_is_of_ones_own_organisations(client_di, referente_a, manager, nuovo_centro):
    mie, altrui = [nuovo_centro("Uno"), nuovo_centro("Due")], nuovo_centro("Di B", di="cs4")
    del_distretto = nuovo_centro("Del Distretto", di="distretto-family-audit")
    ferma = nuovo_centro("Ferma")
    ferma.save_revision(user=referente_a)
    ferma.get_workflow().start(ferma, referente_a)
    client_di(referente_a).post(reverse("estate:prepara_tutti"))
    assert all(len(bozza(c).settimane_estive.all()) == 6 for c in mie)
    assert all(len(bozza(c).settimane_estive.all()) == 3 for c in (altrui, del_distretto, ferma))
    client_di(manager).post(reverse("estate:prepara_tutti"))
    assert [len(bozza(c).settimane_estive.all()) for c in (del_distretto, altrui)] == [6, 3]


# Places left


def test_places__are_public_at_once_and_no_draft_writes_over_them(client, client_di, referente_a, nuovo_centro):
    centro = nuovo_centro(righe=prossima_estate())
    chiavi = turni(centro)
    nomi = [turno.replace(" ", "_") for turno in chiavi]
    risposta = client_di(referente_a).post(
        reverse("estate:posti", args=[centro.pk]), {nomi[0]: "3", nomi[1]: "0", nomi[2]: ""}
    )
    assert risposta.status_code == 302
    assert not ServizioPage.objects.get(pk=centro.pk).has_unpublished_changes
    html = client.get(centro.url).content.decode()
    assert "3 su 20" in html and "0 su 20" in html
    vecchia = centro.get_latest_revision()
    operazioni.aggiorna_posti(centro, referente_a, {chiavi[0]: 2, chiavi[1]: None})
    vecchia.publish()
    liberi = [s.liberi for s in ServizioPage.objects.get(pk=centro.pk).voce.scheda.estate.settimane]
    assert liberi == [2, None, None]
    assert PageLogEntry.objects.filter(action="guide.posti", user=referente_a).count() == 2


def test_places__stay_within_what_was_approved(client_di, referente_a, nuovo_centro):
    centro = nuovo_centro(righe=prossima_estate())
    turno = turni(centro)[0]
    risposta = client_di(referente_a).post(reverse("estate:posti", args=[centro.pk]), {turno.replace(" ", "_"): "21"})
    assert risposta.status_code == 200 and risposta.context["posti"].errors
    for sbagliato in ({turno: 21}, {turno: -1}, {"2030-01-01  -": 1}):
        with pytest.raises(PermissionDenied):
            operazioni.aggiorna_posti(centro, referente_a, sbagliato)
    assert not PostiLiberi.objects.exists()


def test_places__more_than_a_smaller_total_are_never_told(referente_a, centro):
    operazioni.aggiorna_posti(centro, referente_a, {turni(centro)[0]: 18})
    modifica = centro.get_latest_revision_as_object()
    for riga in modifica.settimane_estive.all():
        riga.posti = 10
    modifica.save_revision().publish()
    assert ServizioPage.objects.get(pk=centro.pk).voce.scheda.estate.settimane[0].liberi == 10


def test_places__may_be_told_while_a_change_waits(referente_a, centro):
    centro.save_revision(user=referente_a)
    centro.get_workflow().start(centro, referente_a)
    operazioni.aggiorna_posti(centro, referente_a, {turni(centro)[0]: 1})
    assert PostiLiberi.objects.get().posti == 1


# Walls


@pytest.mark.parametrize("vista", ["servizio", "posti", "settimane", "prepara"])
def test_other_body__finds_nothing(client_di, referente_b, acs, coordinamento, centro, vista):
    for utente in (referente_b, acs, coordinamento):
        indirizzo = reverse(f"estate:{vista}", args=[centro.pk])
        assert client_di(utente).get(indirizzo).status_code == 404
        assert client_di(utente).post(indirizzo, {"dal": "2026-06-15", "al": "2026-06-19"}).status_code == 404
    assert Revision.objects.filter(object_id=str(centro.pk)).count() == 1


def test_other_body__is_refused_by_the_operations_too(referente_b, acs, centro):
    for utente in (referente_b, acs):
        for fai in (
            lambda u: operazioni.aggiungi_settimane(centro, u, DAL, AL),
            lambda u: operazioni.prepara_anno(centro, u),
            lambda u: operazioni.aggiorna_posti(centro, u, {turni(centro)[0]: 1}),
        ):
            with pytest.raises(PermissionDenied):
                fai(utente)


@pytest.mark.parametrize(
    ("ruolo", "esito"), [("referente_a", 404), ("coordinamento", 404), ("acs", 404), ("manager", 200)]
)
def test_report__is_for_the_manager(request, client_di, centro, ruolo, esito):
    client = client_di(request.getfixturevalue(ruolo))
    for vista in ("rapporto", "esporta"):
        assert client.get(reverse(f"estate:{vista}")).status_code == esito
    assert client.post(reverse("estate:offri"), {"anno": "2025"}).status_code == (302 if esito == 200 else 404)


def test_list__names_only_ones_own(client_di, referente_a, referente_b, manager, nuovo_centro):
    nuovo_centro("Mio")
    nuovo_centro("Altrui", di="cs4")
    titoli = {
        utente.username: {c.servizio.title for c in client_di(utente).get(reverse("estate:centri")).context["centri"]}
        for utente in (referente_a, referente_b, manager)
    }
    assert titoli == {"referente_a": {"Mio"}, "referente_b": {"Altrui"}, "manager": {"Mio", "Altrui"}}


def test_list__shows_a_draft_that_has_weeks_only_in_its_revision(client_di, referente_a):
    sezione = SezioneGuidaPage.objects.get(organizzazione__chiave="asif-chimelli")
    servizio = ServizioPage(title="Nuova", sommario="x", natura="privato", live=False)
    sezione.add_child(instance=servizio)
    servizio.save_revision(user=referente_a)
    operazioni.aggiungi_settimane(servizio, referente_a, DAL, AL, prezzo=Decimal(90))
    (centro,) = client_di(referente_a).get(reverse("estate:centri")).context["centri"]
    assert centro.anni == {2025: 3} and centro.stato == "Bozza"


# The report and the programme


def test_report__counts_gaps_and_exports_them(client_di, manager, nuovo_centro):
    nuovo_centro("Uno")
    nuovo_centro("Due", righe=settimane(DAL, DAL + timedelta(days=4), prezzo=Decimal(60)), comuni=["levico-terme"])
    client = client_di(manager)
    contesto = client.get(reverse("estate:rapporto"), {"anno": "2025", "comune": "levico-terme"}).context
    primaria = next(riga for fascia, riga in contesto["righe"] if fascia.chiave == "primaria")
    assert [c.servizi for c in primaria] == [1, 0, 0]
    assert ("primaria", ["23–27 giugno", "30 giugno–4 luglio"]) in [(f.chiave, g) for f, g in contesto["scoperte"]]
    assert client.get(reverse("estate:rapporto"), {"anno": "x", "comune": "x"}).status_code == 200
    csv = client.get(reverse("estate:esporta"), {"anno": "2025", "formato": "csv"}).content.decode("utf-8-sig")
    righe = csv.splitlines()
    assert len(righe) == 1 + 16 * 5 * 3
    assert "2025;Tutto il territorio;Da 6 a 11 anni;16/06/2025;20/06/2025;2;40;60;80;100;no" in righe
    assert "2025;Tenna;Da 3 a 6 anni;16/06/2025;20/06/2025;0;;;;;sì" in righe
    assert client.get(reverse("estate:esporta"), {"formato": "exe"}).status_code == 302


def test_report__without_anything_says_so(client_di, manager):
    assert "Nessun servizio pubblicato" in client_di(manager).get(reverse("estate:rapporto")).content.decode()
    assert client_di(manager).post(reverse("estate:offri")).status_code == 404


def test_programme__gets_the_providers_once_and_coordinamento_decides(
    client_di, manager, coordinamento, nuovo_centro, organizzazione_a
):
    nuovo_centro("Uno", erogatore=organizzazione_a, estate_disponibile=True)
    nuovo_centro("Due", erogatore=organizzazione_a, estate_disponibile=True)
    nuovo_centro("Tre", erogatore_esterno="Circolo", estate_disponibile=True)
    nuovo_centro("Quattro", erogatore_esterno="Altri")
    criterio = Criterio.objects.get(codice="P10.1")
    assert criterio in criteri_di_monitoraggio(2025)
    assert all(c.regola == "monitoraggio" for c in criteri_di_monitoraggio(2025))
    dati = {"anno": "2025", "criterio": criterio.pk}
    for _ in range(2):
        assert client_di(manager).post(reverse("estate:offri"), dati).status_code == 302
    evidenza = Evidenza.objects.get()
    assert (evidenza.stato, evidenza.quantita, evidenza.data) == ("inviata", 2, AL)
    assert "Circolo" in evidenza.descrizione and list(evidenza.organizzazioni.all()) == [organizzazione_a]
    assert evidenza.link == [f"http://127.0.0.1:8000{CONFRONTO}2025/"]
    assert evidenza in Evidenza.objects.decidibili_da(coordinamento)
    assert evidenza not in Evidenza.objects.decidibili_da(manager)
    ServizioPage.objects.get(title="Tre").unpublish()
    client_di(manager).post(reverse("estate:offri"), dati)
    assert Evidenza.objects.get().quantita == 1


def test_programme__of_another_criterion_is_not_offered(client_di, manager, centro):
    criterio = Criterio.objects.get(codice="P1.1")
    client_di(manager).post(reverse("estate:offri"), {"anno": "2025", "criterio": criterio.pk})
    assert not Evidenza.objects.exists()


def test_programme__is_offered_only_by_the_manager(referente_a, centro):
    gestori = gestori_disponibili(Stagione.leggi(2025))
    with pytest.raises(PermissionDenied):
        operazioni.offri_monitoraggio(gestori, Criterio.objects.get(codice="P10.1"), referente_a)


# The editor and the page


def test_comparison_page__is_there_once_and_anyone_finds_it(client, client_di, manager, centro):
    pagina = EstatePage.objects.get()
    assert not EstatePage.can_create_at(pagina.get_parent().specific)
    assert CONFRONTO in client.get("/family-guide/").content.decode()
    assert client_di(manager).get(reverse("wagtailadmin_pages:edit", args=[pagina.pk])).status_code == 200


def test_editor__leads_to_the_weeks(client_di, referente_a, centro):
    html = client_di(referente_a).get(reverse("wagtailadmin_pages:edit", args=[centro.pk])).content.decode()
    assert reverse("estate:servizio", args=[centro.pk]) in html and "Centro estivo" in html


def test_workflow__weeks_prepared_are_public_only_once_approved(client_di, client, referente_a, manager, centro):
    operazioni.prepara_anno(centro, referente_a)
    anno = max(r.anno for r in bozza(centro).settimane_estive.all())
    assert client.get(f"{CONFRONTO}{anno}/").status_code == 404
    centro = ServizioPage.objects.get(pk=centro.pk)
    centro.get_workflow().start(centro, referente_a)
    approva_pagina(ServizioPage.objects.get(pk=centro.pk), manager)
    assert client.get(f"{CONFRONTO}{anno}/").status_code == 200 and client.get(f"{CONFRONTO}2025/").status_code == 200


def test_search__finds_what_the_summer_says(client, nuovo_centro):
    nuovo_centro(estate_convenzioni="Buono welfare aziendale")
    assert client.get("/family-guide/", {"q": "welfare"}).context["voci"].paginator.count == 1
    assert anno_di(DAL) == 2025
