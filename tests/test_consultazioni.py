"""Consultations: each body once, who writes and who approves, what leaves the inner side, what is proved and falls."""

import datetime
import itertools

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from base.models import MessaggioInUscita
from documenti.models import DocumentiPage
from organizzazioni.models import Organizzazione
from programma.models import Criterio, Evidenza, ProgrammaPage
from registri.consultazioni import operazioni, selettori
from registri.consultazioni.conti import BisognoDetto, EnteDetto, bisogni_per_genere, enti_distinti
from registri.models import BisognoRaccolto, Consultazione, EnteConsultato, Partecipante

from .scene.consultazioni import IERI, nuova, pronta, seduta

pytestmark = pytest.mark.django_db
PERCHE = "Gli enti sono quanti, le presenze quanto interessa"


@pytest.fixture
def enti(db):
    return [Organizzazione.objects.get(chiave=chiave) for chiave in ("cs4", "soste")]


@pytest.fixture
def a_novembre(monkeypatch, programma):
    """A day of the year that the programme holds; every moment is after the one before."""
    adesso, passi = timezone.make_aware(datetime.datetime(2025, 11, 20, 9)), itertools.count()
    monkeypatch.setattr("django.utils.timezone.now", lambda: adesso + datetime.timedelta(seconds=next(passi)))


def criterio(codice):
    return Criterio.objects.get(programma__anno=2025, codice=codice)


def proponi(una, chi, **campi):
    chiavi = {"criterio_enti": criterio("P8.1").pk, "criterio_presenze": criterio("P8.2").pk}
    return operazioni.proponi_consultazione(
        una, chi, "Serve uno spazio.", **{**chiavi, "perche_insieme": PERCHE, **campi}
    )


@pytest.fixture
def proposta(referente_a, manager, coordinamento, enti, a_novembre):
    """Written by who leads P8, whose session the manager did not write."""
    return proponi(pronta(referente_a, enti), referente_a)


def test_body__is_counted_once_however_it_is_named():
    detti = [
        EnteDetto(7, "CS4", "seduta"),
        EnteDetto(None, "c.s. 4", "modulo"),
        EnteDetto(None, "Oratorio di Canàle", "seduta"),
        EnteDetto(None, "ORATORIO  DI CANALE", "bisogno"),
        EnteDetto(None, "  ", "seduta"),
        EnteDetto(9, "Chi guida", "seduta"),
        EnteDetto(None, "Chi guida", "modulo"),
    ]
    trovati = enti_distinti(detti, {"cs4": 7, "chiguida": 9}, {9})
    assert [(uno.organizzazione, uno.nome, uno.dove) for uno in trovati] == [
        (7, "CS4", ("seduta", "modulo")),
        (None, "Oratorio di Canàle", ("seduta", "bisogno")),
    ]


def test_needs__are_counted_by_kind_with_each_body_once_and_words_that_say_nothing_of_who():
    cs4, scritto, altro = EnteDetto(7, "CS4", ""), EnteDetto(None, "c.s. 4", ""), EnteDetto(None, "Oratorio", "")
    detti = [
        BisognoDetto("Orari", "operatori", None, ""),
        BisognoDetto("Spazi", "famiglie", cs4, "Una stanza"),
        BisognoDetto("Spazi", "operatori", scritto, "Un cortile"),
        BisognoDetto("Spazi", "famiglie", altro, "Una stanza"),
    ]
    spazi, orari = bisogni_per_genere(detti, ["Costi", "Orari", "Spazi"], {"cs4": 7})
    assert (spazi["quanti"], spazi["enti"], spazi["famiglie"], spazi["operatori"]) == (3, 2, 2, 1)
    assert spazi["parole"] == ["Un cortile", "Una stanza"]
    assert (orari["genere"], orari["quanti"], orari["enti"]) == ("Orari", 1, 0)


def test_bodies__come_from_the_attendance_of_sessions_that_were_held(manager, enti, organizzazione_a, distretto):
    uno, due = enti
    una = nuova(manager)
    tenuta = seduta(manager, [("Ada", uno, "", "presente"), ("Ugo", due, "", "assente"), ("Io", None, "", "presente")])
    seconda = seduta(manager, [("Ada", uno, "", "da_remoto"), ("Lia", organizzazione_a, "", "presente")], IERI)
    preparata = seduta(manager, [("Eva", due, "", "presente")], stato="convocata")
    Partecipante.objects.create(  # who asks: not a body that was heard, whatever it belongs to
        riunione=tenuta, nome="Io", organizzazione=due, ruolo="manager_territoriale", partecipazione="presente"
    )
    operazioni.scegli_sedute(una, manager, [tenuta, seconda, preparata])
    completa = selettori.completa(una)
    assert [ente.nome for ente in selettori.enti_consultati(completa)] == [str(uno)]
    assert selettori.presenze(completa) == 3 and selettori.giorno_del_fatto(completa) == tenuta.giorno
    Partecipante.objects.filter(nome="Ugo").update(
        partecipazione="ospite"
    )  # the meeting says so, nothing is typed again
    assert len(selettori.enti_consultati(selettori.completa(una))) == 2


def test_one_approval__publishes_and_is_evidence_of_both_criteria(
    proposta, manager, referente_a, coordinamento, client, client_di
):
    assert MessaggioInUscita.objects.get(oggetto__contains="Da approvare").email == manager.email
    assert selettori.da_approvare(manager) == [proposta] and selettori.da_approvare(referente_a) == []
    for chi in (referente_a, coordinamento):
        with pytest.raises(PermissionDenied):
            operazioni.pubblica_consultazione(proposta, chi)
    pubblica = reverse("consultazioni_pubbliche:esito", args=[proposta.pk])
    assert client.get(pubblica).status_code == 404
    dentro = client_di(manager)
    assert "Un Centro Famiglie" in dentro.get(reverse("wagtailadmin_home")).content.decode()
    html = dentro.get(proposta.get_absolute_url()).content.decode()
    assert "P8.1" in html and "Approva e pubblica" in html and PERCHE in html
    assert dentro.post(reverse("consultazioni:pubblica", args=[proposta.pk])).status_code == 302
    nate = {una.fonte_criterio.codice: una for una in Evidenza.objects.nate_da(proposta)}
    assert {codice: (una.stato, una.quantita) for codice, una in nate.items()} == {
        "P8.1": ("approvata", 3),
        "P8.2": ("approvata", 3),
    }
    assert nate["P8.1"].organizzazioni.count() == 2 and nate["P8.1"].riconoscimenti.get().deciso_da == manager
    html = client.get(pubblica).content.decode()
    assert "3 enti consultati" in html and "Ci serve una stanza" in html and "Due pomeriggi" in html
    assert not [segreto for segreto in ("Ada", "Eva", "Ugo", "Oratorio di Canale") if segreto in html]
    dove = [proposta.azione.url, DocumentiPage.objects.get().url, "/sitemap.xml"]
    assert all(pubblica in client.get(url).content.decode() for url in dove)
    Partecipante.objects.filter(nome="Eva").update(partecipazione="assente")
    html = dentro.get(proposta.get_absolute_url()).content.decode()
    assert "per contare di nuovo" in html
    Partecipante.objects.filter(nome="Eva").update(partecipazione="ospite")
    with pytest.raises(ValidationError, match="motivo"):
        operazioni.ritira_consultazione(proposta, referente_a, " ")
    operazioni.ritira_consultazione(proposta, referente_a, "Un errore")
    assert client.get(pubblica).status_code == 404
    assert not any(pubblica in client.get(url).content.decode() for url in dove)
    assert {una.stato for una in Evidenza.objects.revocate_di(proposta)} == {"revocata"}
    proponi(proposta, referente_a)
    operazioni.pubblica_consultazione(proposta, manager)
    assert Evidenza.objects.nate_da(proposta).filter(stato="approvata").count() == 2


def test_approval__is_of_who_wrote_nothing_not_even_the_attendance(
    enti, referente_a, manager, coordinamento, a_novembre
):
    una = pronta(referente_a, enti)
    una.sedute.get().autori.add(manager)
    una = proponi(una, referente_a)
    assert selettori.da_approvare(manager) == [] and selettori.da_approvare(coordinamento) == [una]
    with pytest.raises(PermissionDenied):
        operazioni.pubblica_consultazione(una, manager)
    operazioni.restituisci_consultazione(una, coordinamento, "Spiega meglio")
    una.refresh_from_db()
    assert una.in_corso and una.motivo == "Spiega meglio"
    assert MessaggioInUscita.objects.get(oggetto__contains="Non è sul sito").email == referente_a.email
    assert operazioni.pubblica_consultazione(proponi(una, referente_a), coordinamento).pubblicata_da == coordinamento


def test_what_changed_since_the_proposal__is_read_again(proposta, manager):
    Partecipante.objects.filter(nome="Eva").update(partecipazione="assente")
    with pytest.raises(ValidationError, match="cambiate le presenze"):
        operazioni.pubblica_consultazione(proposta, manager)
    assert not Evidenza.objects.nate_da(proposta).exists()
    with pytest.raises(ValidationError, match="da approvare"):
        operazioni.scrivi_stesura(proposta, manager, "Altro")


def test_what_was_proposed_again__is_not_approved_from_a_page_read_before(proposta, manager, referente_a, client_di):
    dentro = client_di(manager)
    letta = {"versione": proposta.versione}
    assert f'name="versione" value="{proposta.versione}"' in dentro.get(proposta.get_absolute_url()).content.decode()
    operazioni.restituisci_consultazione(proposta, manager, "Spiega meglio")
    proponi(proposta, referente_a)
    url = reverse("consultazioni:pubblica", args=[proposta.pk])
    assert "È stata riproposta" in dentro.post(url, letta, follow=True).content.decode()
    assert not Consultazione.objects.pubblicate().exists()
    dentro.post(url, {"versione": Consultazione.objects.get().versione})
    assert Consultazione.objects.pubblicate().exists()


def test_closed_year__keeps_its_evidence_and_takes_no_other(proposta, manager, referente_a, client_di):
    operazioni.pubblica_consultazione(proposta, manager)
    ProgrammaPage.objects.filter(anno=2025).update(stato="chiuso")
    dentro, dove = client_di(referente_a), [proposta.pk]
    html = dentro.post(
        reverse("consultazioni:ritira", args=dove), {"motivo": "Un errore"}, follow=True
    ).content.decode()
    assert "Le sue evidenze restano" in html and Evidenza.objects.nate_da(proposta).count() == 2
    assert "il programma è chiuso" in dentro.get(reverse("consultazioni:proponi", args=dove)).content.decode()
    with pytest.raises(ValidationError, match="il suo anno è chiuso"):
        proponi(proposta, referente_a)


def test_proposal__says_all_that_is_missing(manager, enti, a_novembre, client_di):
    una = nuova(manager)
    with pytest.raises(ValidationError) as errore:
        proponi(una, manager)
    assert len(errore.value.messages) == 3
    una = pronta_di_nuovo(una, manager, enti)
    with pytest.raises(ValidationError, match="rivedi le parole"):
        proponi(una, manager)
    operazioni.rivedi_parole(una.bisogni.get(), manager, "tolte")
    dati = {
        "sintesi": "Scritta a lungo",
        "criterio_enti": criterio("P8.1").pk,
        "criterio_presenze": criterio("P8.1").pk,
    }
    client, url = client_di(manager), reverse("consultazioni:proponi", args=[una.pk])
    risposta = client.post(url, dati)
    assert risposta.status_code == 422 and "un valore solo" in risposta.content.decode()
    risposta = client.post(url, {**dati, "criterio_presenze": criterio("P8.2").pk})
    assert risposta.status_code == 422 and "Scrivi perché la stessa consultazione" in risposta.content.decode()
    assert "Scritta a lungo" in risposta.content.decode()
    lontano = seduta(manager, [("Ada", enti[0], "", "presente")], datetime.date(2024, 3, 1))
    una.sedute.set([lontano])
    with pytest.raises(ValidationError, match=r"P8\.1: l'ultima seduta"):
        proponi(una, manager)
    assert proponi(una, manager, criterio_enti=None, criterio_presenze=None).stato == "proposta"


def pronta_di_nuovo(una, manager, enti):
    operazioni.scegli_sedute(una, manager, [seduta(manager, [("Ada", enti[0], "", "presente")])])
    operazioni.scrivi_stesura(una, manager, "Il modello")
    operazioni.salva_bisogno(
        BisognoRaccolto(
            consultazione=una, organizzazione=enti[0], di_chi="operatori", genere="Spazi", parole="Una stanza"
        ),
        manager,
    )
    return Consultazione.objects.get(pk=una.pk)


def test_words__are_reviewed_again_when_they_change(manager, enti, client_di):
    una = pronta(manager, enti)
    bisogno = una.bisogni.get(genere="Spazi")
    with pytest.raises(ValidationError, match="Scrivi come si pubblicano"):
        operazioni.rivedi_parole(bisogno, manager, "approvate", " ")
    letta = bisogno.versione
    bisogno.parole = "Chiama Ada, 333"
    operazioni.salva_bisogno(bisogno, manager)
    dati = {"stato": "approvate", "pubblico": "Ci serve una stanza", "versione": letta}
    dati = {"bisogno": bisogno.pk, **{f"b-{bisogno.pk}-{nome}": detto for nome, detto in dati.items()}}
    client, url = client_di(manager), reverse("consultazioni:parole", args=[una.pk])
    risposta = client.post(url, dati)
    html = risposta.content.decode()
    assert risposta.status_code == 422 and "Chiama Ada, 333" in html and "salva di nuovo" in html
    assert selettori.da_rivedere(una) == 1
    assert selettori.esito_di(selettori.completa(una))["bisogni"][0]["parole"] == []
    nuova = BisognoRaccolto.objects.get(pk=bisogno.pk).versione
    assert f'name="b-{bisogno.pk}-versione" value="{nuova}"' in html
    for _ in range(2):  # sent twice is once
        assert client.post(url, {**dati, f"b-{bisogno.pk}-versione": nuova}).status_code == 302
    bisogno = BisognoRaccolto.objects.get(pk=bisogno.pk)
    assert bisogno.pubblico == "Ci serve una stanza"
    bisogno.organizzazione, bisogno.altro_ente = None, "Un altro ente"  # the same words, said by somebody else
    operazioni.salva_bisogno(bisogno, manager)
    assert (bisogno.stato, bisogno.pubblico) == ("da_rivedere", "") and selettori.da_rivedere(una) == 1


def test_need_that_was_taken_away_meanwhile__is_said_and_is_no_error(manager, enti):
    bisogno = pronta(manager, enti).bisogni.get(genere="Spazi")
    operazioni.togli_bisogno(BisognoRaccolto.objects.get(pk=bisogno.pk), manager)
    with pytest.raises(ValidationError, match="ha tolto questo bisogno"):
        operazioni.salva_bisogno(bisogno, manager)
    with pytest.raises(ValidationError, match="ha tolto questo bisogno"):
        operazioni.rivedi_parole(bisogno, manager, "tolte")


def test_what_is_in_use__stays(manager, enti):
    una = pronta(manager, enti)
    una.generi = ["Orari"]
    with pytest.raises(ValidationError, match="Spazi"):
        operazioni.salva_consultazione(una, manager)
    with pytest.raises(ValidationError, match="raccolti dei bisogni"):
        operazioni.scegli_sedute(una, manager, [])
    with pytest.raises(ValidationError, match="resta nel registro"):
        operazioni.elimina_consultazione(una, manager)
    with pytest.raises(ValidationError, match="c'è già"):
        nuova(manager)
    prima = operazioni.scrivi_stesura(una, manager, "Due pomeriggi la settimana, con un educatore")
    assert prima.numero == 1  # the same words are no new one
    assert operazioni.scrivi_stesura(una, manager, "Tre pomeriggi").numero == 2 and una.stesure.count() == 2


def test_screens__lose_nothing_that_was_typed(referente_a, enti, client_di):
    una = pronta(referente_a, enti)
    client = client_di(referente_a)
    url = reverse("consultazioni:nuovo_bisogno", args=[una.pk])
    dati = {"genere": "Spazi", "di_chi": "famiglie", "parole": "Un cortile", "altro_ente": "Scuola", "chiave": CHIAVE}
    for sbagliato in (
        {"altro_ente": ""},
        {"organizzazione": enti[0].pk},
        {"genere": "Altro"},
        {"seduta": "9" * 30},
        {"chiave": "x", "di_chi": ""},
    ):
        risposta = client.post(url, {**dati, **sbagliato})
        assert risposta.status_code == 422 and "Un cortile" in risposta.content.decode(), sbagliato
    for _ in range(2):  # sent twice is once
        assert client.post(url, dati).status_code == 302
    bisogno = una.bisogni.get(altro_ente="Scuola")
    suo = reverse("consultazioni:bisogno", args=[una.pk, bisogno.pk])
    risposta = client.post(suo, {**dati, "parole": "Due cortili", "versione": "0"})
    assert risposta.status_code == 422 and "Due cortili" in risposta.content.decode()
    modello = reverse("consultazioni:modello", args=[una.pk])
    risposta = client.post(modello, {"testo": "Scritto a lungo", "versione": "1"})
    assert risposta.status_code == 422 and "Scritto a lungo" in risposta.content.decode()
    risposta = client.post(
        reverse("consultazioni:parole", args=[una.pk]), {"bisogno": bisogno.pk, f"b-{bisogno.pk}-pubblico": "Riscritto"}
    )
    assert risposta.status_code == 422 and "Riscritto" in risposta.content.decode()
    assert client.post(reverse("consultazioni:sedute", args=[una.pk]), {"sedute": "x"}).status_code == 422
    nuova_consultazione = {"titolo": "Un'altra", "azione": "x", "perche": "Perché sì", "generi": "\n"}
    risposta = client.post(reverse("consultazioni:nuova"), {**nuova_consultazione, "chiave": "non una chiave"})
    assert risposta.status_code == 422 and "Perché sì" in risposta.content.decode()


CHIAVE = "5f3f2c52-30d5-4d6c-8f0e-0d4b7a1f2c11"


def test_who_leads_the_action__writes_and_begins_only_theirs(referente_a, referente_b, manager, client_di):
    sue = {azione.codice for azione in selettori.azioni_da_consultare(referente_a)}
    assert "P8" in sue and "P6" not in sue
    una = nuova(referente_a)
    assert "P8" not in {azione.codice for azione in selettori.azioni_da_consultare(manager)}
    with pytest.raises(PermissionDenied):
        operazioni.scrivi_stesura(una, referente_b, "Mio")
    assert client_di(referente_b).get(una.get_absolute_url()).status_code == 404
    chiusa_a_lui = seduta(manager, [("Eva", None, "Scuola", "presente")])
    operazioni.scegli_sedute(una, manager, [chiusa_a_lui])
    operazioni.scegli_sedute(una, referente_a, [])
    assert una.sedute.count() == 1  # what he was not shown is not taken off


def test_pages__cost_the_same_however_much_was_gathered(manager, enti, client_di, client, a_novembre, coordinamento):
    una, dentro = pronta(manager, enti), client_di(manager)
    viste = [
        reverse(f"consultazioni:{vista}", args=[una.pk]) for vista in ("consultazione", "bisogni", "parole", "proponi")
    ]
    viste += [reverse("consultazioni:elenco"), reverse("consultazioni:sedute", args=[una.pk])]

    def costi():
        fatti = {}
        for vista in viste:
            with CaptureQueriesContext(
                connection,
            ) as domande:
                assert dentro.get(vista).status_code == 200
            fatti[vista] = len(domande)
        return fatti

    costi()
    prima = costi()
    riunioni = [
        seduta(manager, [(f"P{n}", None, f"Ente {n} {m}", "presente") for m in range(4)], IERI) for n in range(3)
    ]
    operazioni.scegli_sedute(una, manager, [*una.sedute.all(), *riunioni])
    for n in range(9):
        EnteConsultato.objects.create(consultazione=una, organizzazione=Organizzazione.objects.all()[n % 5])
        BisognoRaccolto.objects.create(
            consultazione=una, altro_ente=f"Ente {n}", genere="Orari", parole="x", di_chi="famiglie", seduta=riunioni[0]
        )
    assert costi() == prima
