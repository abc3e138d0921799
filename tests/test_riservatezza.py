"""Data protection: what is kept and how long, and what a person may ask of it."""

import json
import tomllib
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core import mail
from django.core.management import call_command
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision

from base.models import MessaggioInUscita
from base.posta.operazioni import accoda
from guide.models import Segnalazione
from home.riservatezza import nominati
from home.riservatezza.nominati import TOLTO, cerca, esporta, oscura
from home.riservatezza.trattamenti import MESE, TRATTAMENTI, dimentica_vecchi
from notizie.models import Iscritto, NotiziaPage, SezioneNotiziePage
from organizzazioni import operazioni
from programma.models import Chiusura, Criterio, Evidenza, Passaggio, Riconoscimento
from programma.operazioni import approva, invia, salva_bozza

pytestmark = pytest.mark.django_db
NOME = "Niccolò Verdebosco"


@pytest.fixture
def evidenza(programma, organizzazione_a, referente_a, manager):
    """Approved, and it names somebody in four places."""
    sua = Evidenza(
        organizzazione=organizzazione_a,
        titolo=f"Tavolo con {NOME}",
        data=date(2025, 3, 5),
        argomento="Estate",
        persone_coinvolte=f"{NOME.upper()}, altri due",
    )
    criterio = Criterio.objects.get(programma=programma, codice="P1.1")
    return approva(invia(salva_bozza(sua, referente_a, [criterio], [organizzazione_a]), referente_a), manager)


@pytest.fixture
def nominato(evidenza, organizzazione_a, referente_a, manager):
    """The same, in a page with its old revision, a decision, a message, a report and the log."""
    pagina = NotiziaPage(
        title="Festa", slug="festa-di-prova", corpo=[("titolo", f"Grazie a {NOME}")], owner=referente_a
    )
    SezioneNotiziePage.objects.get(organizzazione=organizzazione_a).add_child(instance=pagina)
    pagina.save_revision(user=referente_a, log_action=False)
    pagina.save_revision(user=manager, log_action=False)
    altra = Evidenza.objects.create(organizzazione=organizzazione_a, titolo="Altra")
    Passaggio.objects.create(evidenza=altra, a="revocata", motivo=f"Lo chiede {NOME}", chi=manager)
    accoda(mail.EmailMessage("Oggetto", f"Buongiorno {NOME},", to=["niccolo@example.org"]), NOME)
    Segnalazione.objects.create(tipo="errore", nome="Nido", testo=f"{NOME} non risponde più")
    ModelLogEntry.objects.log_action(organizzazione_a, "organizzazioni.invita", data={"persona": NOME})
    return pagina


def _dove(parole=NOME):
    return {trovato.oggetto._meta.label for trovato in cerca(parole)}


def test_search__finds_the_name_in_every_text_of_ours_whatever_its_letters(nominato):
    assert (
        _dove()
        == _dove(NOME.upper().replace("Ò", "ò"))
        == {
            "programma.Evidenza",
            "programma.Passaggio",
            "notizie.NotiziaPage",
            "wagtailcore.Revision",
            "base.MessaggioInUscita",
            "guide.Segnalazione",
            "wagtailcore.ModelLogEntry",
        }
    )
    assert not cerca("Nessuno Chesichiamicosì")
    for poche in ("", "   ", "abc"):
        with pytest.raises(ValueError, match="lettere"):
            cerca(poche)


def test_search__looks_at_every_app_and_every_text_there_is():
    radici = tomllib.loads((Path(settings.BASE_DIR) / "pyproject.toml").read_text())["tool"]["importlinter"]
    assert set(nominati.NOSTRE) == set(radici["root_packages"]) - {"cms"}
    guardati = {(m._meta.label, campo.name) for m in nominati._modelli() for campo in nominati._campi(m)}
    for coppia in (("programma.Evidenza", "descrizione"), ("programma.Evidenza", "link"), ("home.HomePage", "title")):
        assert coppia in guardati
    testi = {
        (modello._meta.label, campo.name)
        for app in nominati.NOSTRE
        for modello in apps.get_app_config(app).get_models()
        if modello._meta.label_lower not in nominati.RIFATTI | nominati.DI_NESSUNO
        for campo in modello._meta.local_fields
        if isinstance(campo, models.TextField) and not campo.choices
    }
    assert testi <= guardati


def test_search__finds_who_has_an_account_by_name_both_ways(referente_a, evidenza):
    for parole in ("Referente A", "A Referente", referente_a.email):
        (suo,) = [t for t in cerca(parole) if t.oggetto == referente_a]
        assert not suo.si_oscura and "programma.Evidenza" in suo.brani["ha scritto o deciso in"]


def test_search__asks_the_same_questions_however_many_are_found(nominato):
    def quante():
        with CaptureQueriesContext(connection) as fatte:
            cerca(NOME)
        return len(fatte)

    prima = quante()
    for _ in range(5):
        nominato.save_revision(log_action=False)
        Segnalazione.objects.create(tipo="errore", nome="Nido", testo=NOME)
    assert quante() == prima


def test_name__goes_from_what_was_chosen_and_what_was_recognised_stays(nominato, evidenza, manager):
    prima = list(Riconoscimento.objects.values())
    chiavi = {trovato.chiave: trovato.si_oscura for trovato in cerca(NOME)}
    quanti = oscura(NOME, set(chiavi), "Protocollo 12", manager)
    assert quanti == sum(chiavi.values()) > 5
    evidenza.refresh_from_db()
    assert (evidenza.titolo, evidenza.persone_coinvolte) == (f"Tavolo con {TOLTO}", f"{TOLTO}, altri due")
    assert evidenza.stato == "approvata" and list(Riconoscimento.objects.values()) == prima
    assert Passaggio.objects.get(motivo__startswith="Lo chiede").motivo == f"Lo chiede {TOLTO}"
    assert _dove() == {"notizie.NotiziaPage", "wagtailcore.Revision"}  # the page as it is, for who writes it
    prima, adesso = Revision.objects.for_instance(nominato).order_by("pk")
    assert TOLTO in str(prima.content["corpo"]) and TOLTO not in str(adesso.content["corpo"])
    assert TOLTO in str(prima.as_object().corpo)
    voce = ModelLogEntry.objects.get(action="home.oscura")
    assert voce.data == {"motivo": "Protocollo 12", "quanti": quanti} and voce.user == manager


def test_address__of_a_row_that_is_there_for_it_goes_with_its_row(nominato, manager):
    Iscritto.objects.create(email="niccolo@example.org", consenso="2026-11")
    Segnalazione.objects.create(tipo="errore", nome="Nido", testo="Chiuso", email="niccolo@example.org")
    oscura("niccolo@example.org", {t.chiave for t in cerca("niccolo@example.org")}, "Lo chiede", manager)
    assert not cerca("niccolo@example.org") and not Iscritto.objects.exists()
    assert not MessaggioInUscita.objects.filter(email__contains="niccolo").exists()
    assert Segnalazione.objects.get(testo="Chiuso").email == ""


def test_name__in_what_has_a_fingerprint_is_shown_and_stays(programma, manager):
    contenuto = json.dumps({"nota": NOME})
    Chiusura.objects.create(
        programma=programma,
        chiuso_il=timezone.now(),
        regole="1",
        contenuto=contenuto,
        sha256=Chiusura.impronta(contenuto),
    )
    (trovato,) = cerca(NOME)
    assert not trovato.si_oscura and oscura(NOME, {trovato.chiave}, "x", manager) == 0


def test_export__is_all_that_was_found(nominato):
    detto = json.loads(esporta(NOME))
    assert detto["cercato"] == NOME and len(detto["trovato"]) == len(cerca(NOME))
    assert all(NOME.casefold() in json.dumps(riga["testi"], ensure_ascii=False).casefold() for riga in detto["trovato"])


# The screens


def test_screens__are_the_managers_alone(client_di, manager, referente_a, coordinamento, acs):
    for nome in ("registro", "persona"):
        for persona in (referente_a, coordinamento, acs):
            assert client_di(persona).get(reverse(f"riservatezza:{nome}")).status_code == 404
        assert client_di(manager).get(reverse(f"riservatezza:{nome}")).status_code == 200


def test_screen__searches_exports_and_takes_away_with_a_reason(nominato, evidenza, manager, client_di):
    client, indirizzo = client_di(manager), reverse("riservatezza:persona")
    assert "[nome tolto]" not in client.get(indirizzo).content.decode()
    pagina = client.get(indirizzo, {"parole": NOME}).content.decode()
    chiave = f"programma.evidenza:{evidenza.pk}"
    assert f'value="{chiave}" checked' in pagina and "si corregge là" in pagina
    assert client.get(indirizzo, {"parole": NOME, "formato": "json"}).json()["cercato"] == NOME
    senza = client.post(indirizzo, {"parole": NOME, "riga": chiave})
    assert "Scrivi il motivo" in senza.content.decode() and chiave in senza.content.decode()
    assert client.post(indirizzo, {"parole": NOME, "motivo": "Prot. 1"}).status_code == 302
    assert NOME in Evidenza.objects.get(pk=evidenza.pk).titolo
    assert client.post(indirizzo, {"parole": NOME, "riga": chiave, "motivo": "Prot. 1"}).status_code == 302
    assert NOME not in Evidenza.objects.get(pk=evidenza.pk).titolo and "programma.Passaggio" in _dove()


def test_register__says_the_times_of_the_settings(manager, client_di, settings):
    settings.CONSERVA_ACCESSI, settings.CONSERVA_REGISTRO = 18, 36
    pagina = client_di(manager).get(reverse("riservatezza:registro")).content.decode()
    assert "dopo 18 mesi senza entrare" in pagina and "3 anni" in pagina
    assert all(kind.nome in pagina for kind in TRATTAMENTI)


# What is old


def _invecchia(oggetto, **quando):
    models.QuerySet(type(oggetto)).filter(pk=oggetto.pk).update(**quando)


def test_old__accounts_that_nobody_uses_are_closed_and_their_owner_told(
    referente_a, referente_b, superutente, nuovo_utente, settings, dopo
):
    limite = timezone.now() - settings.CONSERVA_ACCESSI * MESE
    mai = nuovo_utente("mai_entrata")
    for persona in (referente_a, superutente):
        _invecchia(persona, last_login=limite - timedelta(days=1))
    _invecchia(referente_b, last_login=limite + timedelta(days=1), date_joined=limite - timedelta(days=900))
    _invecchia(mai, date_joined=limite - timedelta(days=1))
    assert dopo(dimentica_vecchi)["Accessi"] == 2
    attivi = {persona for persona in (referente_a, referente_b, superutente, mai) if _attiva(persona)}
    assert attivi == {referente_b, superutente}
    assert {m.to[0] for m in mail.outbox} == {referente_a.email, mai.email}
    assert dopo(dimentica_vecchi)["Accessi"] == 0


def _attiva(persona):
    persona.refresh_from_db()
    return persona.is_active


def test_old__reports_closed_long_ago_sessions_and_log_go_and_decisions_stay(nominato, settings, organizzazione_a):
    adesso = timezone.now()
    vecchia = Segnalazione.objects.get()
    _invecchia(vecchia, stato="risolta", risolta_il=adesso - settings.CONSERVA_SEGNALAZIONI * MESE - timedelta(days=1))
    for tipo in ("risolta", "nuova"):
        Segnalazione.objects.create(tipo="errore", nome=tipo, testo="x", stato=tipo, risolta_il=adesso)
    sessione = SessionStore()
    sessione.create()
    _invecchia(sessione.get_model_class().objects.get(), expire_date=adesso - timedelta(seconds=1))
    _invecchia(ModelLogEntry.objects.last(), timestamp=adesso - settings.CONSERVA_REGISTRO * MESE - timedelta(days=1))
    decisioni = Passaggio.objects.count()
    uscita = StringIO()
    call_command("dimentica_vecchi", stdout=uscita)
    assert "Segnalazioni e proposte: 1\n" in uscita.getvalue() and "Registro delle azioni: 1\n" in uscita.getvalue()
    assert "Sessioni: 1\n" in uscita.getvalue()
    assert set(Segnalazione.objects.values_list("nome", flat=True)) == {"risolta", "nuova"}
    assert Passaggio.objects.count() == decisioni
    call_command("dimentica_vecchi", stdout=StringIO())


def test_old__who_was_made_anonymous_is_found_no_more(referente_a, superutente):
    nome, posta = str(referente_a), referente_a.email
    operazioni.anonimizza(referente_a, superutente)
    assert not [t for parole in (nome, posta) for t in cerca(parole) if t.oggetto == referente_a]
