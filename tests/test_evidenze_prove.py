"""What each criterion of 2025 asks, and what is said twice, through the pages, the operations and published content."""

from datetime import date
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Workflow

from base.allegati import esamina
from notizie.models import ComunicatoPage, SezioneNotiziePage
from programma import operazioni
from programma.alimentazione import ostacoli
from programma.models import Criterio, Evidenza
from programma.selettori.doppioni import doppioni_di

pytestmark = pytest.mark.django_db
POST = "https://www.facebook.com/DistrettoFamilyAudit/posts/100250912"


@pytest.fixture
def bozza(organizzazione_a, referente_a, programma):
    """A draft with title and day, and what is said of it."""

    def crea(*codici, utente=referente_a, organizzazione=organizzazione_a, file=(), enti=(), **campi):
        campi = {"titolo": "Fatto", "data": date(2025, 3, 5), **campi}
        criteri = list(programma.criteri.filter(codice__in=codici))
        evidenza = operazioni.salva_bozza(Evidenza(organizzazione=organizzazione, **campi), utente, criteri, enti)
        for nome in file:
            caricato = SimpleUploadedFile(nome, b"testo")
            operazioni.allega(evidenza, utente, caricato, esamina(caricato))
        return evidenza

    return crea


@pytest.fixture
def inviata(bozza, referente_a):
    def crea(*codici, utente=referente_a, **campi):
        return operazioni.invia(bozza(*codici, utente=utente, **campi), utente)

    return crea


@pytest.mark.parametrize(
    ("codice", "campi", "campo"),
    [
        ("P4.1", {"persone_coinvolte": "Anna"}, "argomento"),
        ("P4.1", {"argomento": "Estate"}, "persone_coinvolte"),
        ("P2.3", {"quantita": Decimal(2)}, "link"),
        ("P2.3", {"quantita": Decimal(2), "link": [POST, POST + "/?fbclid=1"]}, "quantita"),
        ("M7", {"file": ["piano.txt"]}, "allegati"),
        ("M8", {"argomento": "Temi ACS", "link": [POST]}, "persone_coinvolte"),
        ("P7.1", {"file": ["c.txt"]}, "novita"),
        ("P7.1", {"file": ["c.txt"], "novita": "rinnovo"}, "novita"),
        ("P1.1", {"argomento": "A", "persone_coinvolte": "B", "quantita": Decimal("0.5")}, "quantita"),
        ("M6", {"file": ["c.txt"], "quantita": Decimal("0.01")}, "quantita"),
        ("M6", {}, "allegati"),
        ("M9", {"file": ["attestato.txt"]}, "quantita"),
        ("P8.1", {}, "quantita"),
        ("P1.1", {"argomento": "\u200b", "persone_coinvolte": "Anna"}, "argomento"),
    ],
)
def test_proof__what_is_missing_stands_by_its_field(bozza, referente_a, codice, campi, campo):
    evidenza = bozza(codice, **campi)
    with pytest.raises(ValidationError) as errore:
        operazioni.invia(evidenza, referente_a)
    assert list(errore.value.message_dict) == [campo]


@pytest.mark.parametrize(
    ("codice", "campi"),
    [
        ("P4.1", {"argomento": "Estate", "persone_coinvolte": "Anna"}),
        ("P2.3", {"quantita": Decimal(2), "link": [POST, POST + "3"]}),
        ("M7", {"file": ["piano.txt", "calendario.txt"]}),
        ("M8", {"argomento": "Temi ACS", "persone_coinvolte": "I dipendenti, 86 indirizzi"}),
        ("M8", {"argomento": "Temi ACS", "link": [f"{settings.WAGTAILADMIN_BASE_URL}/newsletter/3/"]}),
        ("P7.1", {"file": ["c.txt"], "novita": "nuova"}),
        ("M9", {"file": ["attestato.txt"], "quantita": Decimal("2.5")}),
    ],
)
def test_proof__what_is_enough(inviata, codice, campi):
    assert inviata(codice, **campi).stato == "inviata"


def test_post__one_that_another_evidence_counted_is_not_sent_again(bozza, inviata, referente_a):
    inviata("P2.3", link=[POST])
    with pytest.raises(ValidationError, match="si conta una volta sola"):
        operazioni.invia(bozza("P2.3", titolo="Altro", data=date(2025, 4, 1), link=[POST + "/"]), referente_a)


def test_obstacles__content_is_judged_by_the_same_rule(programma):
    def campi(codice, **altro):
        return list(ostacoli(programma.criteri.get(codice=codice), date(2025, 3, 5), "Titolo", "Testo", **altro))

    assert campi("P1.2") == [] and campi("P4.1") == ["persone_coinvolte"]
    assert campi("M6", quantita=Decimal("0.5")) == ["quantita"] and campi("P7.1") == ["novita"]
    assert campi("P7.1", novita="nuova") == []


def test_two_criteria_of_one_level__want_a_reason_that_the_decider_reads(bozza, referente_a, manager, client_di):
    campi = {"argomento": "A", "persone_coinvolte": "B", "file": ["relazione.txt"]}
    for codici, detti in (
        (("P1.1", "P1.2"), "P1.1 e P1.2"),
        (("M2", "M3"), "M2 e M3"),
        (("P1.1", "P1.2", "P1.3"), "P1.1, P1.2 e P1.3"),
    ):
        with pytest.raises(ValidationError, match=detti):
            operazioni.invia(bozza(*codici, **campi), referente_a)
    assert operazioni.invia(bozza("P1.1", "M3", **campi), referente_a).stato == "inviata"
    evidenza = bozza("P1.1", "P1.2", perche_insieme="Il verbale è anche la relazione", titolo="Altro", **campi)
    operazioni.invia(evidenza, referente_a)
    assert "Il verbale è anche la relazione" in client_di(manager).get(evidenza.get_absolute_url()).content.decode()


# -- the form -------------------------------------------------------------------------------------------------


def test_form__shows_what_the_criterion_asks_and_whose_choice_it_is(programma, referente_a, client_di):
    def pagina(*codici):
        chiavi = programma.criteri.filter(codice__in=codici).values_list("pk", flat=True)
        return client_di(referente_a).get(reverse("programma:nuova"), {"criterio": list(chiavi)}).content.decode()

    assert "Nostra scelta: l'atto non lo dice" in pagina("P4.1") and "Nostra scelta" not in pagina("M2")
    assert "atteso dall'atto: 2" in pagina("P4.1") and "atteso" not in pagina("M2")
    assert 'name="novita"' in pagina("P7.1") and 'name="novita"' not in pagina("M2")
    assert 'name="perche_insieme"' in pagina("M2", "M3") and 'name="perche_insieme"' not in pagina("M2", "P1.1")
    assert "questo sito/newsletter" in pagina("M8")


def test_form__a_forged_value_is_said_in_italian_and_nothing_is_lost(
    programma, referente_a, organizzazione_a, client_di
):
    criterio = programma.criteri.get(codice="P7.1")
    dati = {"organizzazione": organizzazione_a.pk, "criteri": [criterio.pk], "titolo": "Palestra", "data": "2025-03-05"}
    risposta = client_di(referente_a).post(reverse("programma:nuova"), {**dati, "novita": "altro", "azione": "invia"})
    evidenza = Evidenza.objects.get()
    assert (evidenza.stato, evidenza.titolo, evidenza.novita) == ("bozza", "Palestra", "")
    assert risposta.status_code == 200 and "novita" in risposta.context["form"].errors


def test_double__warned_then_sent_all_the_same(programma, inviata, bozza, referente_a, client_di):
    prima = inviata("M3", titolo="Incontro di rete", argomento="A", persone_coinvolte="B")
    criterio = programma.criteri.get(codice="M3")
    dati = {"organizzazione": prima.organizzazione_id, "criteri": [criterio.pk], "titolo": "INCONTRO  di rete!"}
    dati |= {"data": "2025-03-05", "argomento": "Altro", "persone_coinvolte": "B", "azione": "invia"}
    cliente = client_di(referente_a)
    risposta = cliente.post(reverse("programma:nuova"), dati, follow=True)
    seconda = Evidenza.objects.exclude(pk=prima.pk).get()
    testo = risposta.content.decode()
    assert seconda.stato == "bozza" and "Forse è già stata detta" in testo and prima.get_absolute_url() in testo
    cliente.post(reverse("programma:modifica", args=[seconda.pk]), {**dati, "azione": "invia_lo_stesso"})
    seconda.refresh_from_db()
    assert seconda.stato == "inviata"


def test_double__of_others_is_told_without_a_word_of_it(bozza, inviata, referente_b, organizzazione_b, client_di):
    campi = {"titolo": "Segreto di pulcinella", "argomento": "A", "persone_coinvolte": "B"}
    prima = inviata("M3", **campi)
    sua = bozza(
        "M3", utente=referente_b, organizzazione=organizzazione_b, **{**campi, "titolo": "segreto, di Pulcinella"}
    )
    testo = client_di(referente_b).get(reverse("programma:modifica", args=[sua.pk])).content.decode()
    assert "Un'evidenza di un'altra organizzazione" in testo
    assert prima.get_absolute_url() not in testo and "Segreto di pulcinella" not in testo


def test_double__who_decides_has_a_link_to_the_other(inviata, referente_b, organizzazione_b, manager, client_di):
    campi = {"argomento": "A", "persone_coinvolte": "B"}
    prima = inviata("M3", **campi)
    seconda = inviata("M3", utente=referente_b, organizzazione=organizzazione_b, **campi)
    altra = inviata("P1.1", utente=referente_b, organizzazione=organizzazione_b, titolo="Tutt'altro", **campi)
    pagina = client_di(manager).get(seconda.get_absolute_url()).content.decode()
    assert "Forse è già stata detta" in pagina and f'href="{prima.get_absolute_url()}"' in pagina
    assert "Forse è già stata detta" not in client_di(manager).get(altra.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("cambia", "doppia"),
    [
        ({}, True),
        ({"titolo": "FATTO."}, True),
        ({"titolo": "Fatto secondo"}, False),
        ({"data": date(2025, 3, 6)}, False),
        ({"data": date(2025, 3, 4)}, False),
    ],
)
def test_doubles__same_day_and_same_words(inviata, bozza, cambia, doppia):
    inviata("M3", argomento="A", persone_coinvolte="B")
    assert bool(doppioni_di(bozza("M3", **cambia))) is doppia


def test_doubles__drafts_and_what_was_revoked_are_none(inviata, bozza, manager):
    bozza("M3")
    operazioni.revoca(
        operazioni.approva(inviata("M3", argomento="A", persone_coinvolte="B"), manager), manager, "Non è vero"
    )
    assert doppioni_di(bozza("M3")) == []


def test_content__published_and_sent_by_hand_waits_for_a_comparison(
    inviata, organizzazione_a, referente_a, manager, client_di
):
    sezione = SezioneNotiziePage.objects.get(organizzazione=organizzazione_a)
    pagina = ComunicatoPage(title="La mostra apre", data=date(2025, 3, 5), owner=referente_a, live=False)
    sezione.add_child(instance=pagina)
    a_mano = inviata("M6", titolo="Comunicato sulla mostra", data=date(2025, 3, 6), link=[pagina.full_url])
    pagina.save_revision(user=referente_a)
    Workflow.objects.get(active=True).start(pagina, referente_a)
    pagina.current_workflow_task_state.approve(user=manager)
    nata = Evidenza.objects.nate_da(pagina).get()
    assert nata.stato == "inviata" and doppioni_di(nata) == [a_mano]
    assert a_mano.get_absolute_url() in client_di(manager).get(nata.get_absolute_url()).content.decode()


# -- existing sites ---------------------------------------------------------------------------------------------


def test_migration__gives_existing_criteria_the_default_of_the_facts_file(programma):
    """The criteria of 2025, stripped of what is new, get back what the set-up file says."""
    campi = ("prova", "parti", "conta_link", "solo_nuove", "somma", "intere", "link_ammessi")
    attesi = {c.codice: [getattr(c, campo) for campo in campi] for c in programma.criteri.all()}
    Criterio.objects.update(prova=[], parti=[], conta_link=False, solo_nuove=False, somma="somma", intere=True)
    Criterio.objects.filter(codice="M8").update(link_ammessi=[])
    migrazione = import_module("programma.migrations.0006_prova_per_criterio")
    migrazione.da_il_valore_del_suo_genere(apps, None)
    assert {c.codice: [getattr(c, campo) for campo in campi] for c in programma.criteri.all()} == attesi
    migrazione.toglie_il_sito_del_portale(apps, None)
    assert Criterio.objects.get(codice="M8").link_ammessi == []
    assert Criterio.objects.get(codice="P2.3").link_ammessi == ["facebook.com"]


def test_what_waited__is_still_decided_as_it_was(inviata, manager):
    """An evidence sent before the criterion asked for a proof: approved as declared, half a unit included."""
    evidenza = inviata("P1.1", argomento="A", persone_coinvolte="B")
    Evidenza.objects.filter(pk=evidenza.pk).update(argomento="", persone_coinvolte="", quantita=Decimal("0.5"))
    assert operazioni.approva(Evidenza.objects.get(pk=evidenza.pk), manager).stato == "approvata"
