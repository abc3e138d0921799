"""A draft year takes evidence by the day of the fact; when a criterion changes, what it served is decided on again."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from organizzazioni.models import Organizzazione
from programma import operazioni
from programma.models import Criterio, Evidenza, Passaggio, ProgrammaPage, Riconoscimento
from programma.permissions import puo_decidere
from programma.selettori.cambiati import da_rivedere
from programma.selettori.programmi import programma_in_corso
from programma.selettori.pubblici import avanzamento, contesto_azione, programma_corrente
from programma.selettori.punteggio import quadro_punteggio

from .test_letto_e_deciso import preme

pytestmark = pytest.mark.django_db
OGGI = date(2026, 2, 10)


@pytest.fixture(autouse=True)
def in_febbraio(nel):
    nel(OGGI)


@pytest.fixture
def bozza(nuovo_anno):
    return nuovo_anno(stato="bozza", codici=("M1", "M3", "M6"))


@pytest.fixture
def inviata(bozza, organizzazione_a, referente_a):
    evidenza = Evidenza(
        organizzazione=organizzazione_a, titolo="Incontro di gennaio", data=date(2026, 1, 20), argomento="Il nuovo anno"
    )
    operazioni.salva_bozza(evidenza, referente_a, [bozza.criteri.get(codice="M3")], [organizzazione_a])
    return operazioni.invia(evidenza, referente_a)


@pytest.fixture
def approvata(inviata, manager):
    operazioni.approva(inviata, manager)
    return Evidenza.objects.get()


def cambia(criterio, manager, **campi):
    for nome, valore in campi.items():
        setattr(criterio, nome, valore)
    operazioni.salva_criterio(criterio, manager)


def punti(programma, codice):
    righe = quadro_punteggio(programma, OGGI).righe
    return next((riga.punteggio.punteggio for riga in righe if riga.criterio.codice == codice), None)


def test_draft_year__takes_evidence_that_is_read_and_decided(bozza, inviata, referente_a, manager, acs, client_di):
    html = client_di(manager).get(inviata.get_absolute_url()).content.decode()
    assert "in attesa dell'atto</strong> del 2026" in html and puo_decidere(manager, inviata)
    operazioni.restituisci(inviata, manager, "Manca l'ora")
    inviata.refresh_from_db()
    operazioni.invia(inviata, referente_a)
    operazioni.approva(inviata, manager)
    assert punti(bozza, "M3") == 20
    for utente in (manager, acs):
        html = client_di(utente).get(f"{reverse('programma:punteggio')}?anno=2026").content.decode()
        assert "Provvisorio, in attesa dell'atto" in html
    file = client_di(acs).get(f"{reverse('programma:punteggio_esporta')}?anno=2026&formato=csv")
    assert "punteggio-provvisorio-2026" in file["Content-Disposition"]
    assert (
        "Provvisorio" not in client_di(referente_a).get(f"{reverse('programma:punteggio')}?anno=2026").content.decode()
    )


def test_referent__is_told_that_the_year_has_begun(bozza, nuovo_anno, referente_a, client_di):
    nuovo_anno(2027, "bozza")
    html = client_di(referente_a).get(reverse("wagtailadmin_home")).content.decode()
    assert "Aggiungi un'evidenza del 2026" in html and "del 2027" not in html
    scelta = client_di(referente_a).get(reverse("programma:nuova")).content.decode()
    assert "programma 2026</h2>" in scelta and "in attesa dell'atto" in scelta


def test_draft_year__is_the_home_s_and_nowhere_public(bozza, programma, client):
    assert programma_in_corso() == bozza
    assert programma_corrente() == programma
    assert client.get("/programma/2026/").status_code == 404


def test_year_back_in_draft__stays_the_public_one_and_shows_no_draft_criteria(programma, manager, nuovo_anno):
    azione = programma.criteri.get(codice="P1.1").azione
    ProgrammaPage.objects.filter(pk=programma.pk).update(pubblica_avanzamento=True)
    programma.refresh_from_db()
    nuovo_anno(2024, "chiuso")
    assert avanzamento(azione, programma) is not None
    operazioni.correggi_programma(programma, manager, "Un refuso")
    programma.refresh_from_db()
    assert programma_corrente() == programma and programma.live
    contesto = contesto_azione(azione)
    assert contesto["criteri"] == [] and contesto["avanzamento"] is None


def test_draft__becomes_public_by_its_approval_alone(bozza, manager, client_di):
    assert not bozza.permissions_for_user(manager).can_publish()
    dati = {"title": "Prima del tempo", "slug": "2026", "action-publish": "1"}
    client_di(manager).post(reverse("wagtailadmin_pages:edit", args=[bozza.pk]), dati)
    bozza.refresh_from_db()
    assert not bozza.live


def test_unpublishing__is_of_a_draft_and_of_who_may(programma, manager, nuovo_anno, referente_a, superutente):
    """Not of an approved year, whoever asks; of a draft that is public, by who may publish, and by nobody else."""
    assert not programma.permissions_for_user(superutente).can_unpublish()
    operazioni.correggi_programma(programma, manager, "Un refuso")
    corretto = ProgrammaPage.objects.get(pk=programma.pk)
    assert corretto.live and corretto.permissions_for_user(superutente).can_unpublish()
    assert not corretto.permissions_for_user(referente_a).can_unpublish()


def test_criterion_that_changes__what_it_served_is_listed_until_decided(bozza, approvata, manager, acs, client_di):
    assert da_rivedere(bozza) == []
    criterio = bozza.criteri.get(codice="M3")
    cambia(criterio, manager, nota="Una nota nostra", offerto=Decimal(3))
    assert da_rivedere(bozza) == []
    cambia(criterio, manager, percentuale=Decimal(25), indicatore="Incontri di rete")
    (voce,) = da_rivedere(bozza)
    assert voce.evidenza == approvata
    assert [str(c) for c in voce.cambi] == [
        "M3, indicatore: era «Incontri formali», ora «Incontri di rete»",
        "M3, percentuale: era «20.00», ora «25.00»",
    ]
    elenco = client_di(manager).get(reverse("programma:da_rivedere", args=[bozza.pk])).content.decode()
    assert "Incontro di gennaio" in elenco
    pagina = client_di(manager).get(approvata.get_absolute_url()).content.decode()
    assert "Il criterio è cambiato dopo" in pagina and "Vale ancora" in pagina
    assert "Vale ancora" not in client_di(acs).get(approvata.get_absolute_url()).content.decode()
    dati = preme(pagina, "azione", "rivedi") | {"rivedi-nota": "Sì"}
    client_di(manager).post(approvata.get_absolute_url(), {**dati, "versione": "1"})
    assert da_rivedere(bozza), "what was read is what is decided"
    client_di(manager).post(approvata.get_absolute_url(), dati)
    assert da_rivedere(bozza) == [] and punti(bozza, "M3") == 25
    ultimo = Passaggio.objects.first()
    assert (ultimo.da, ultimo.a, ultimo.motivo, ultimo.chi) == ("approvata", "approvata", "Sì", manager)


def test_criterion_that_is_taken_off__its_evidence_passes_to_another(bozza, approvata, manager, client_di):
    tolto, altro = bozza.criteri.get(codice="M3"), bozza.criteri.get(codice="M1")
    indirizzo = reverse("programma:elimina_criterio", args=[tolto.pk])
    assert "Lo nominano 1 evidenze" in client_di(manager).get(indirizzo).content.decode()
    client_di(manager).post(indirizzo)
    tolto.refresh_from_db()
    assert tolto.tolto and punti(bozza, "M3") is None and [v.evidenza for v in da_rivedere(bozza)] == [approvata]
    assert tolto not in Criterio.objects.del_giorno(OGGI)
    dati = {"azione": "rivedi", "versione": approvata.versione}
    html = client_di(manager).post(approvata.get_absolute_url(), dati).content.decode()
    assert "Scegli per quale criterio vale" in html
    dati[f"rivedi-al_posto_di_{tolto.pk}"] = altro.pk
    html = client_di(manager).post(approvata.get_absolute_url(), dati, follow=True).content.decode()
    assert "M1: questo criterio chiede" in html and punti(bozza, "M1") == 0  # the other asks for a proof
    cambia(altro, manager, campi_richiesti=[], prova=[])
    client_di(manager).post(approvata.get_absolute_url(), dati)
    assert punti(bozza, "M1") == 100 and da_rivedere(bozza) == []
    assert [(r.criterio.codice, bool(r.revocato_il)) for r in Riconoscimento.objects.order_by("pk")] == [
        ("M3", True),
        ("M1", False),
    ]
    nuovo = Criterio.objects.get(pk=altro.pk)
    nuovo.pk, nuovo.codice, nuovo._state.adding = None, "M3", True
    nuovo.save()  # the code is free again


def test_criterion_taken_off__what_waits_for_it_cannot_be_approved(bozza, inviata, manager, referente_a):
    operazioni.elimina_criterio(bozza.criteri.get(codice="M3"), manager)
    with pytest.raises(Exception, match="Non è più nel programma: M3"):
        operazioni.approva(inviata, manager)
    operazioni.restituisci(inviata, manager, "Scegli un altro criterio")
    inviata.refresh_from_db()
    with pytest.raises(ValidationError, match="Non è più nel programma: M3"):
        operazioni.invia(inviata, referente_a)


def test_closed_years__do_not_move(programma, bozza, approvata, manager, organizzazione_a):
    operazioni.chiudi_programma(programma, manager)
    prima = [(r.criterio.codice, r.punteggio) for r in quadro_punteggio(programma, OGGI).righe]
    operazioni.elimina_criterio(bozza.criteri.get(codice="M3"), manager)
    cambia(bozza.criteri.get(codice="M6"), manager, percentuale=Decimal(1))
    assert [(r.criterio.codice, r.punteggio) for r in quadro_punteggio(programma, OGGI).righe] == prima
    assert Organizzazione.objects.filter(pk=organizzazione_a.pk).exists()


def test_list_to_read_again__costs_the_same_however_long(
    bozza, approvata, manager, organizzazione_a, referente_a, django_assert_num_queries
):
    def altra(titolo):
        nuova = Evidenza(organizzazione=organizzazione_a, titolo=titolo, data=date(2026, 1, 21), argomento=titolo)
        operazioni.salva_bozza(nuova, referente_a, [bozza.criteri.get(codice="M3")], [organizzazione_a])
        operazioni.invia(nuova, referente_a)

    altra("La seconda")
    cambia(bozza.criteri.get(codice="M3"), manager, percentuale=Decimal(25))
    with django_assert_num_queries(4):
        assert len(da_rivedere(bozza)) == 2
    altra("La terza")
    altra("La quarta")
    cambia(bozza.criteri.get(codice="M3"), manager, percentuale=Decimal(30))
    with django_assert_num_queries(4):
        assert len(da_rivedere(bozza)) == 4
