"""A survey in the hands of the manager: written, opened, closed; what was promised to who answers is kept."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from ascolto.models import BozzaDiRisposta, Codice, ParoleDaRivedere, RispostaAlSondaggio, Sondaggio
from ascolto.models.sondaggi import SiAllenta
from ascolto.sondaggi import operazioni, selettori
from ascolto.sondaggi.questionario import DomandaPosta
from home.riservatezza import nominati
from home.riservatezza.trattamenti import dimentica_vecchi

from .scene.sondaggi import DOMANDE, aperto, chiuso, nuovo_sondaggio, rispondono

pytestmark = pytest.mark.django_db
Stato = Sondaggio.Stato
MOLTI = [
    {"d1": n % 2, "d2": (n % 3,), "d3": 1 + n % 5, "d4": 2, "d5": (n % 2, 0), "d6": f"parole {n}"} for n in range(24)
]


def pagina(client, nome, sondaggio, *altro):
    return client.get(reverse(f"sondaggi:{nome}", args=[sondaggio.pk, *altro]))


def test_survey__is_written_opened_and_closed_once(manager):
    sondaggio = nuovo_sondaggio(manager, ())
    with pytest.raises(ValidationError, match="almeno una domanda"):
        operazioni.apri_sondaggio(sondaggio, manager)
    sondaggio = operazioni.scrivi_domanda(sondaggio, manager, DOMANDE[0])
    sondaggio = operazioni.apri_sondaggio(sondaggio, manager)
    assert sondaggio.stato == Stato.APERTO and sondaggio.si_risponde
    for gesto in (operazioni.apri_sondaggio, operazioni.elimina_sondaggio):
        with pytest.raises(ValidationError, match="aperto"):
            gesto(sondaggio, manager)
    with pytest.raises(ValidationError):
        operazioni.scrivi_domanda(sondaggio, manager, DOMANDE[1])
    with pytest.raises(ValidationError):
        operazioni.salva_sondaggio(sondaggio, manager)
    sondaggio = operazioni.chiudi_sondaggio(sondaggio, manager)
    with pytest.raises(ValidationError):
        operazioni.chiudi_sondaggio(sondaggio, manager)
    assert sondaggio.risposte_contate == 0 and all(tavola.coperta for tavola in sondaggio.tavole)


def test_last_day__stops_answers_and_may_be_moved_on(manager):
    sondaggio = aperto(manager)
    (codice,) = operazioni.dai_codici(sondaggio, manager, 1)
    Sondaggio.objects.filter(pk=sondaggio.pk).update(fino_al=timezone.localdate() - timedelta(days=1))
    with pytest.raises(operazioni.SondaggioChiuso):
        operazioni.consegna(sondaggio, MOLTI[0], codice)
    with pytest.raises(ValidationError, match="passato"):
        operazioni.prolunga_sondaggio(sondaggio, manager, timezone.localdate() - timedelta(days=1))
    operazioni.prolunga_sondaggio(sondaggio, manager, timezone.localdate())
    operazioni.consegna(sondaggio, MOLTI[0], codice)
    tardi = nuovo_sondaggio(manager, fino_al=date(2020, 1, 1))
    with pytest.raises(ValidationError, match="già passato"):
        operazioni.apri_sondaggio(tardi, manager)


@pytest.mark.parametrize("chi", ["referente_a", "coordinamento", "acs"])
def test_only_the_manager__makes_surveys(chi, request, manager):
    utente, sondaggio = request.getfixturevalue(chi), aperto(manager)
    for gesto in (
        lambda: nuovo_sondaggio(utente),
        lambda: operazioni.chiudi_sondaggio(sondaggio, utente),
        lambda: operazioni.dai_codici(sondaggio, utente, 1),
        lambda: operazioni.prolunga_sondaggio(sondaggio, utente, sondaggio.fino_al),
    ):
        with pytest.raises(PermissionDenied):
            gesto()


# -- the promise ------------------------------------------------------------------------------------------


ALLENTATI = [
    ("stretto", "bozza", {"anonimato": "anonimo"}),
    ("stretto", "aperto", {"anonimato": "anonimo"}),
    ("anonimo", "bozza", {"accesso": "libero"}),
    ("anonimo", "aperto", {"domande": []}),
    ("anonimo", "aperto", {"stato": "bozza"}),
    ("anonimo", "chiuso", {"stato": "aperto"}),
]


@pytest.fixture
def promesso(manager):
    def _promesso(anonimato, stato):
        sondaggio = nuovo_sondaggio(manager, anonimato=anonimato)
        if stato != "bozza":
            sondaggio = operazioni.apri_sondaggio(sondaggio, manager)
        return operazioni.chiudi_sondaggio(sondaggio, manager) if stato == "chiuso" else sondaggio

    return _promesso


@pytest.mark.parametrize(("anonimato", "stato", "cambia"), ALLENTATI)
def test_promise__is_kept_by_the_model_and_by_the_database(promesso, anonimato, stato, cambia):
    sondaggio = promesso(anonimato, stato)
    for nome, valore in cambia.items():
        setattr(sondaggio, nome, valore)
    with pytest.raises(SiAllenta):
        sondaggio.save()
    altro = {"risultati": [], "risposte_contate": None} if "stato" in cambia else {}
    with pytest.raises(DatabaseError, match="non si allenta"), transaction.atomic():
        Sondaggio.objects.filter(pk=sondaggio.pk).update(**cambia, **altro)
    salvato = Sondaggio.objects.get(pk=sondaggio.pk)
    assert all(getattr(salvato, nome) != valore for nome, valore in cambia.items())


def test_promise__is_kept_by_the_operation_and_may_be_made_more(manager):
    sondaggio = nuovo_sondaggio(manager)
    sondaggio.anonimato = "stretto"
    sondaggio = operazioni.salva_sondaggio(sondaggio, manager)
    assert sondaggio.soglia == 10
    sondaggio.anonimato, sondaggio.accesso = "anonimo", "libero"
    with pytest.raises(ValidationError, match="più stretto"):
        operazioni.salva_sondaggio(sondaggio, manager)
    sondaggio.anonimato = "stretto"
    assert operazioni.salva_sondaggio(sondaggio, manager).accesso == "codici"


@pytest.mark.parametrize(
    "cambia", [{"anonimato": "no"}, {"accesso": "nome"}, {"risultati": [1]}, {"risposte_contate": 3}]
)
def test_database__knows_no_survey_that_is_not_anonymous_nor_results_before_the_end(manager, cambia):
    sondaggio = nuovo_sondaggio(manager)
    with pytest.raises(DatabaseError), transaction.atomic():
        Sondaggio.objects.filter(pk=sondaggio.pk).update(**cambia)


# -- nothing of who answers ---------------------------------------------------------------------------------


def test_what_is_kept_of_an_answer__has_no_person_no_moment_no_order(manager):
    """A column more in one of these tables is a promise broken: look at it before you write it here."""
    colonne = {
        modello: {campo.attname for campo in modello._meta.concrete_fields}
        for modello in (RispostaAlSondaggio, Codice, BozzaDiRisposta, ParoleDaRivedere)
    }
    assert colonne == {
        RispostaAlSondaggio: {"id", "sondaggio_id", "dati"},
        Codice: {"id", "sondaggio_id", "impronta"},
        BozzaDiRisposta: {"id", "sondaggio_id", "impronta", "cifrata"},
        ParoleDaRivedere: {"id", "sondaggio_id", "domanda", "testo", "stato", "pubblico"},
    }


def test_code__is_kept_as_a_fingerprint_and_leaves_nothing_when_it_is_used(manager):
    sondaggio = aperto(manager)
    codici = operazioni.dai_codici(sondaggio, manager, 3)
    prima = {str(riga) for riga in Codice.objects.values_list("id", "impronta")}
    assert len({*codici}) == 3 and not any(codice in riga for codice in codici for riga in prima)
    voci = ModelLogEntry.objects.count()
    with transaction.atomic():
        operazioni.consegna(sondaggio, MOLTI[1], codici[0])
    rimaste = {str(riga) for riga in Codice.objects.values_list("id", "impronta")}
    assert rimaste < prima and len(rimaste) == 2
    risposta = RispostaAlSondaggio.objects.get()
    assert risposta.id.version == 4 and not any(str(risposta.id) in riga for riga in prima)
    assert ModelLogEntry.objects.count() == voci  # what is written in a log has a moment
    with pytest.raises(operazioni.CodiceNonValido):
        operazioni.consegna(sondaggio, MOLTI[2], codici[0])
    assert RispostaAlSondaggio.objects.count() == 1


def test_code__is_of_its_own_survey(manager):
    mio, altro = aperto(manager), aperto(manager)
    (codice,) = operazioni.dai_codici(mio, manager, 1)
    with pytest.raises(operazioni.CodiceNonValido):
        operazioni.consegna(altro, MOLTI[0], codice)
    with pytest.raises(operazioni.CodiceNonValido):
        operazioni.consegna(mio, MOLTI[0], "")
    assert not RispostaAlSondaggio.objects.exists() and Codice.objects.count() == 1


def test_code_of_an_answer_that_is_refused__may_be_used_again(manager):
    sondaggio = aperto(manager)
    (codice,) = operazioni.dai_codici(sondaggio, manager, 1)
    with pytest.raises(ValidationError, match="Manca"):
        operazioni.consegna(sondaggio, {"d2": (1,)}, codice)
    operazioni.consegna(sondaggio, {"d1": 1}, codice)
    assert RispostaAlSondaggio.objects.get().dati == {"d1": 1, "d2": None, "d3": None, "d5": None, "d6": None}


def test_closing__mixes_answers_and_takes_words_apart(manager):
    sondaggio = aperto(manager)
    rispondono(sondaggio, manager, MOLTI)
    prima = set(RispostaAlSondaggio.objects.values_list("pk", flat=True))
    rimasto, _ = operazioni.dai_codici(sondaggio, manager, 2)
    operazioni.salva_bozza_di_risposta(sondaggio, rimasto, {"r-d1": ["1"]})
    operazioni.chiudi_sondaggio(sondaggio, manager)
    dopo = RispostaAlSondaggio.objects.all()
    assert len(dopo) == 24 and not prima & {una.pk for una in dopo}
    assert not any("parole" in str(una.dati) for una in dopo)
    testi = ParoleDaRivedere.objects.all()
    assert {testo.testo for testo in testi} == {f"parole {n}" for n in range(24)}
    assert not Codice.objects.exists() and not BozzaDiRisposta.objects.exists()


def test_search_of_a_person__reads_no_single_answer(manager):
    sondaggio = aperto(manager)
    rispondono(sondaggio, manager, [{**uno, "d6": "Ada Lovelace mi aiuta"} for uno in MOLTI])
    assert nominati.cerca("Ada Lovelace") == []
    operazioni.chiudi_sondaggio(sondaggio, manager)
    assert {type(trovato.oggetto) for trovato in nominati.cerca("Ada Lovelace")} == {ParoleDaRivedere}


def test_words_of_a_question_that_is_not_told__are_read_by_nobody(manager):
    """Two people say that they are alone, and why: whoever knows them would know them."""
    domande = (DOMANDE[0], DomandaPosta("d2", "Perché?", "lungo", se="d1", se_scelte=(1,)))
    date = [{"d1": 0}] * 20 + [{"d1": 1, "d2": "sono io"}] * 2
    sondaggio = chiuso(manager, date, domande)
    assert not ParoleDaRivedere.objects.exists()
    assert not any("sono io" in str(una.dati) for una in RispostaAlSondaggio.objects.all())
    assert sondaggio.tavole[1].coperta


# -- results ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("chi", ["manager", "coordinamento", "acs", "superutente", "referente_a"])
def test_results__are_nobodys_while_it_is_open(chi, request, client_di, manager):
    sondaggio = aperto(manager)
    rispondono(sondaggio, manager, MOLTI)
    client = client_di(request.getfixturevalue(chi))
    for nome in ("risultati", "esporta"):
        assert pagina(client, nome, sondaggio).status_code == 404
    assert "parole" not in pagina(client, "sondaggio", sondaggio).content.decode()
    assert "parole" not in pagina(client, "testi", sondaggio).content.decode()
    assert selettori.risultati(sondaggio) == [] and sondaggio.tavole == ()


def test_surveys__are_of_who_reads_everything_and_drafts_of_the_manager(manager, coordinamento, acs, referente_a):
    bozza, sondaggio = nuovo_sondaggio(manager), aperto(manager)
    for chi, letti in (
        (manager, {bozza, sondaggio}),
        (coordinamento, {sondaggio}),
        (acs, {sondaggio}),
        (referente_a, set()),
    ):
        assert {*Sondaggio.objects.visibili_a(chi)} == letti
    manager.is_active = False
    assert not Sondaggio.objects.visibili_a(manager).exists()


def test_how_many_came__is_said_from_the_number_that_has_results(manager, client_di):
    sondaggio, client = aperto(manager), client_di(manager)
    rispondono(sondaggio, manager, MOLTI[:9])
    assert selettori.partecipazione(sondaggio).risposte is None
    assert "meno di 10" in pagina(client, "sondaggio", sondaggio).content.decode()
    rispondono(sondaggio, manager, MOLTI[9:12])
    assert selettori.partecipazione(sondaggio).risposte == 12


def test_results__are_charts_with_their_tables_and_say_why_something_is_missing(manager, client_di, acs):
    date = [{**uno, "d1": 0 if n < 20 else 1} for n, uno in enumerate(MOLTI[:22])]
    sondaggio = chiuso(manager, date)
    html = pagina(client_di(acs), "risultati", sondaggio).content.decode()
    assert html.count("<svg") >= 3 and "Hai figli?" in html
    assert "meno di 5" in html and "parole 3" not in html
    csv = pagina(client_di(acs), "esporta", sondaggio).content.decode()
    assert csv.splitlines()[0].startswith("sondaggio,anno,domanda") and "La famiglia oggi,2025,d1" in csv
    assert not re.search(r"d\d,[^\n]*,(1|2|3|4),2[0-9],", csv)


def test_text__is_published_as_it_was_read_over(manager, client_di):
    sondaggio, client = chiuso(manager, MOLTI), client_di(manager)
    uno, due, *altri = selettori.testi_di(sondaggio)
    url = reverse("sondaggi:testi", args=[sondaggio.pk])
    assert uno.testo in client.get(url).content.decode()
    dati = {"testo": str(uno.pk), f"t-{uno.pk}-stato": "approvato", f"t-{uno.pk}-pubblico": "Senza nomi"}
    assert client.post(url, dati).status_code == 302
    assert client.post(url, {"testo": str(due.pk), f"t-{due.pk}-stato": "boh"}).status_code == 422
    assert client.post(url, {"testo": "boh"}).status_code == 404
    operazioni.rivedi_testo(due, manager, "tolto")
    detti = [
        testo for capitolo in selettori.risultati(sondaggio) for _, _, testi in capitolo.domande for testo in testi
    ]
    assert detti == ["Senza nomi"] and selettori.da_rivedere(sondaggio) == 22
    with pytest.raises(ValidationError):
        operazioni.rivedi_testo(altri[0], manager, "da_rivedere")


def test_single_answers__are_forgotten_after_a_year_and_tables_stay(manager):
    sondaggio = chiuso(manager, MOLTI)
    dimentica_vecchi(timezone.now() + timedelta(days=364))
    assert RispostaAlSondaggio.objects.count() == 24
    pubblico, tolto, _ = selettori.testi_di(sondaggio)[:3]
    operazioni.rivedi_testo(pubblico, manager, "approvato", "Senza nomi")
    operazioni.rivedi_testo(tolto, manager, "tolto")
    dimentica_vecchi(timezone.now() + timedelta(days=366))
    assert not RispostaAlSondaggio.objects.exists()
    (resta,) = ParoleDaRivedere.objects.all()
    assert (resta.testo, resta.pubblico) == ("Senza nomi", "Senza nomi")  # what was taken out of it is nowhere
    assert Sondaggio.objects.get(pk=sondaggio.pk).tavole == sondaggio.tavole


def test_trigger__is_there_after_every_migration():
    """SQLite makes a table again to change it, and loses what was beside it: the migration must say it again."""
    domanda = (
        "SELECT count(*) FROM sqlite_master WHERE type='trigger' AND name='ascolto_promessa'"
        if connection.vendor == "sqlite"
        else "SELECT count(*) FROM pg_trigger WHERE tgname='ascolto_promessa'"
    )
    with connection.cursor() as cursore:
        cursore.execute(domanda)
        assert cursore.fetchone()[0] == 1


def test_time_of_an_answer__is_nowhere(manager, monkeypatch):
    """What changes in the database when somebody answers says no moment: asked at two hours, it is the same."""
    sondaggio = aperto(manager)
    codici = operazioni.dai_codici(sondaggio, manager, 2)
    prima = Sondaggio.objects.filter(pk=sondaggio.pk).values().get()
    for codice, ora in zip(codici, (9, 17), strict=True):
        adesso = datetime.now(tz=timezone.get_default_timezone()).replace(hour=ora)
        monkeypatch.setattr("django.utils.timezone.now", lambda quando=adesso: quando)
        operazioni.salva_bozza_di_risposta(sondaggio, codice, {"r-d1": ["1"]})
        operazioni.consegna(sondaggio, {"d1": 1}, codice)
    assert Sondaggio.objects.filter(pk=sondaggio.pk).values().get() == prima
    uno, due = RispostaAlSondaggio.objects.all()
    assert uno.dati == due.dati
