"""People change: a role passes, a delegate stands in, rights begin and end by themselves, nobody needs a superuser."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.urls import reverse

from base.models import MessaggioInUscita
from notizie.ped.forms import PezzoForm
from organizzazioni import operazioni
from organizzazioni.models import Incarico, Organizzazione, Utente
from organizzazioni.operazioni import ACS, COORDINAMENTO, MANAGER, incarichi
from organizzazioni.permissions import ruolo_di
from programma.forms import EvidenzaForm

pytestmark = pytest.mark.django_db
CONSEGNE = reverse("consegne:consegne")
CASA = reverse("wagtailadmin_home")
OGGI, DOMANI, FINE = date(2025, 10, 1), date(2025, 10, 2), date(2025, 10, 31)
NUOVO = ("nuova@example.org", "Nora", "Nuova")


def ruolo(utente):
    return getattr(ruolo_di(Utente.objects.get(pk=utente.pk)), "name", None)


def accetta(persona):
    operazioni.accetta_invito(persona, "una frase lunga e facile 7")
    return persona


@pytest.fixture(autouse=True)
def oggi(nel):
    nel(OGGI)


# -- who passes what ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("chi", "nome"), [("manager", MANAGER), ("coordinamento", COORDINAMENTO), ("acs", ACS)])
def test_role__passes_to_who_comes_next_with_its_days(chi, nome, request, nel, distretto):
    uscente = request.getfixturevalue(chi)
    persona = operazioni.passa_le_consegne(uscente, *NUOVO, dal=DOMANI, finisce=FINE)
    assert ruolo(persona) is None and ruolo(uscente) == nome
    messaggio = MessaggioInUscita.objects.get(email=persona.email).contenuto["body"]
    assert f"il ruolo «{nome}» nel portale, dal 2 ottobre 2025" in messaggio and "/invito/" in messaggio
    accetta(persona)
    nel(DOMANI)
    call_command("applica_incarichi")
    assert ruolo(persona) == ruolo(uscente) == nome
    assert distretto.persone.filter(pk=persona.pk).exists() == (chi == "manager")
    nel(FINE)
    call_command("applica_incarichi")
    assert ruolo(uscente) == nome  # the whole of the last day
    nel(date(2025, 11, 1))
    call_command("applica_incarichi")
    assert ruolo(persona) == nome and ruolo(uscente) is None
    assert not distretto.persone.filter(pk=uscente.pk).exists()


def test_role__is_not_left_to_nobody(manager, nel):
    persona = operazioni.passa_le_consegne(manager, *NUOVO, dal=OGGI, finisce=OGGI)
    nel(date(2025, 10, 9))
    operazioni.applica_incarichi(date(2025, 10, 9))
    assert ruolo(manager) == MANAGER  # the successor has no password yet
    accetta(persona)
    operazioni.applica_incarichi(date(2025, 10, 10))
    assert ruolo(manager) is None


def test_delegate__has_the_role_for_those_days_only_and_passes_it_to_nobody(manager, client_di, nel):
    delegata = accetta(operazioni.passa_le_consegne(manager, *NUOVO, dal=OGGI, al=FINE, delega=True))
    assert ruolo(delegata) == ruolo(manager) == MANAGER
    assert "consegne le passa chi ti ha nominato" in client_di(delegata).get(CONSEGNE).content.decode()
    with pytest.raises(PermissionDenied):
        operazioni.passa_le_consegne(delegata, "altra@example.org", "A", "B", dal=OGGI)
    with pytest.raises(ValidationError, match="ultimo giorno"):
        operazioni.passa_le_consegne(manager, "altra@example.org", "A", "B", dal=OGGI, delega=True)
    cliente = client_di(delegata)
    assert cliente.get(reverse("programma:programmi")).status_code == 200
    nel(date(2025, 11, 1))  # nothing but a visit: no command has run
    risposta = client_di(delegata).get(reverse("programma:programmi"))
    assert risposta.status_code == 403 and "è finito il 1º novembre 2025" in risposta.content.decode()
    assert ruolo(delegata) is None and ruolo(manager) == MANAGER


def test_role__goes_to_nobody_who_has_one_and_is_not_given_by_who_has_none(manager, coordinamento, acs, referente_a):
    for altro in (coordinamento, acs, manager):
        with pytest.raises(ValidationError):
            operazioni.passa_le_consegne(manager, altro.email, "X", "Y", dal=OGGI)
    with pytest.raises(PermissionDenied):
        operazioni.passa_le_consegne(referente_a, *NUOVO, dal=OGGI)
    operazioni.passa_le_consegne(manager, *NUOVO, dal=FINE)
    with pytest.raises(ValidationError, match="ha già un ruolo"):
        operazioni.passa_le_consegne(coordinamento, *NUOVO, dal=OGGI)
    assert [i.gruppo.name for i in Incarico.objects.all() if not hasattr(i.gruppo, "organizzazione")] == [MANAGER]


@pytest.mark.parametrize(
    ("dati", "campo"),
    [
        ({"dal": "2025-09-30"}, "dal"),
        ({"dal": "9999-12-31"}, "dal"),
        ({"al": "2025-09-01"}, "al"),
        ({"finisce": "2025-10-05", "dal": "2025-10-20"}, "finisce"),
        ({"nome": ""}, "nome"),
        ({"email": "x\0@example.org"}, "email"),
    ],
)
def test_form__says_which_day_is_wrong(dati, campo, manager, client_di):
    interi = {"email": "a@example.org", "nome": "A", "cognome": "B", "dal": "2025-10-01", **dati}
    risposta = client_di(manager).post(reverse("consegne:passa", args=["passaggio"]), interi)
    assert campo in risposta.context["form"].errors and not Incarico.objects.exists()
    assert not Utente.objects.filter(first_name="A", last_name="B").exists()


def test_charge__is_ended_by_who_gave_it_and_not_by_others(manager, coordinamento, client_di):
    delegata = operazioni.passa_le_consegne(manager, *NUOVO, dal=OGGI, al=FINE, delega=True)
    incarico = Incarico.objects.filter(persona=delegata, gruppo__name=MANAGER).get()
    termina = reverse("consegne:termina", args=[incarico.pk])
    assert client_di(coordinamento).post(termina).status_code == 404
    assert ruolo(delegata) == MANAGER
    client_di(manager).post(termina)
    assert ruolo(delegata) is None and not Incarico.objects.filter(persona=delegata, finito_il=None).exists()


def test_screen__lists_who_holds_the_role_and_what_is_open(manager, coordinamento, client_di, programma):
    operazioni.passa_le_consegne(manager, *NUOVO, dal=DOMANI)
    testo = client_di(manager).get(CONSEGNE).content.decode()
    assert "Nora Nuova" in testo and "non ha ancora accettato" in testo and "Programma 2025 (approvato)" in testo
    assert "Nora Nuova" not in client_di(coordinamento).get(CONSEGNE).content.decode()


# -- referents ------------------------------------------------------------------------------------------------


def test_referent__of_a_few_days_goes_by_themselves(manager, organizzazione_a, nel):
    persona = operazioni.invita(*NUOVO, [organizzazione_a], manager, al=FINE)
    assert organizzazione_a.persone.filter(pk=persona.pk).exists()
    nel(date(2025, 11, 3))
    operazioni.applica_incarichi(date(2025, 11, 3))
    assert not organizzazione_a.persone.filter(pk=persona.pk).exists()


def test_referent__moves_to_another_body(manager, referente_a, organizzazione_a, organizzazione_b, client_di):
    indirizzo = reverse("gestione_organizzazioni:sposta", args=[organizzazione_a.pk, referente_a.pk])
    offerte = client_di(manager).get(indirizzo).context["form"].fields["organizzazione"].queryset
    assert organizzazione_a not in offerte and organizzazione_b in offerte
    client_di(manager).post(indirizzo, {"organizzazione": organizzazione_b.pk})
    assert list(Organizzazione.objects.di(referente_a)) == [organizzazione_b]
    assert client_di(manager).get(indirizzo).status_code == 404
    with pytest.raises(PermissionDenied):
        operazioni.sposta_persona(referente_a, organizzazione_b, organizzazione_a, referente_a)


def test_person_of_a_deactivated_body__reads_why_and_whom_to_ask(manager, referente_a, organizzazione_a, client_di):
    operazioni.disattiva(organizzazione_a, manager)
    risposta = client_di(referente_a).get(CASA)
    testo = " ".join(risposta.content.decode().split())
    assert risposta.status_code == 403
    assert "ASIF Chimelli non è attiva" in testo and "Chiedi al manager territoriale" in testo


def test_person_with_a_charge_that_has_not_begun__reads_when(manager, client_di):
    persona = accetta(operazioni.passa_le_consegne(manager, *NUOVO, dal=FINE))
    assert "comincia il 31 ottobre 2025" in client_di(persona).get(CASA).content.decode()


def test_users__show_their_roles(superutente, manager, referente_a, client_di):
    elenco = reverse("wagtailusers_users:index")
    cliente = client_di(superutente)
    testo = cliente.get(elenco).content.decode()
    assert MANAGER in testo and "Referenti – ASIF Chimelli" in testo and "Superutente" in testo


# -- one choice is no choice, several ask -----------------------------------------------------------------------


@pytest.mark.parametrize("modulo", [EvidenzaForm, PezzoForm])
def test_form__of_the_manager_has_no_other_body_chosen(modulo, manager, distretto, nuovo_utente, organizzazione_a):
    assert modulo(utente=manager).initial["organizzazione"] == distretto
    senza = nuovo_utente("manager_solo", MANAGER)
    form = modulo(utente=senza)
    assert not form.initial.get("organizzazione") and 'value="" selected' in str(form["organizzazione"])


def test_form__of_one_body_does_not_ask_and_of_two_does(referente_a, organizzazione_a, organizzazione_b):
    assert EvidenzaForm(utente=referente_a)["organizzazione"].is_hidden
    referente_a.groups.add(organizzazione_b.gruppo)
    form = EvidenzaForm(utente=referente_a)
    assert not form["organizzazione"].is_hidden and not form.initial.get("organizzazione")


# -- days, to the last --------------------------------------------------------------------------------------


IERI, DOPODOMANI = date(2025, 9, 30), date(2025, 10, 3)


@pytest.mark.parametrize(
    ("dal", "al", "delega", "finisce", "sbagliati"),
    [
        (OGGI, None, False, None, set()),
        (IERI, None, False, None, {"dal"}),
        (OGGI, OGGI, True, None, set()),
        (DOMANI, OGGI, True, None, {"al"}),
        (OGGI, None, True, None, {"al"}),
        (OGGI, None, False, OGGI, set()),
        (DOMANI, None, False, OGGI, set()),
        (DOPODOMANI, None, False, OGGI, {"finisce"}),
        (DOMANI, None, False, FINE, set()),
        (OGGI, None, False, IERI, {"finisce"}),
        (date(9999, 12, 31), date(1, 1, 1), True, None, {"dal", "al"}),
        (date(9999, 12, 31), None, True, None, {"dal"}),
    ],
)
def test_days__of_a_charge_leave_the_role_to_somebody(dal, al, delega, finisce, sbagliati):
    try:
        incarichi._esigi_giorni(OGGI, dal, al, delega, finisce)
        detti = set()
    except ValidationError as errore:
        detti = set(errore.message_dict)
    assert detti == sbagliati


def test_charge__begins_on_its_first_day_and_ends_after_its_last(manager, nuovo_utente):
    def del_giorno(giorno):
        return [i.persona.username for i in operazioni.applica_incarichi(giorno)]

    gruppo = ruolo_di(manager)
    for nome, dal, al in (("uno", DOMANI, DOMANI), ("due", DOPODOMANI, None), ("mai", IERI, OGGI)):
        persona = nuovo_utente(nome)
        Incarico.objects.create(persona=persona, gruppo=gruppo, dal=dal, al=al, dato_da=manager)
    assert del_giorno(DOMANI) == ["uno", "mai"] and ruolo(Utente.objects.get(username="mai")) is None
    assert del_giorno(DOMANI) == []
    assert del_giorno(DOPODOMANI) == ["due", "uno"]
    assert [ruolo(Utente.objects.get(username=nome)) for nome in ("uno", "due")] == [None, MANAGER]


@pytest.mark.parametrize(("al", "libera"), [(IERI, True), (OGGI, False), (None, False)])
def test_role__that_somebody_will_have_is_theirs_to_the_last_day(manager, coordinamento, nuovo_utente, al, libera):
    persona = nuovo_utente("promessa")
    Incarico.objects.create(persona=persona, gruppo=ruolo_di(manager), dal=IERI, al=al, dato_da=manager)
    assert incarichi._ne_avra_un_altro(persona, OGGI) is not libera


def test_delegation__that_overlaps_another_keeps_the_role_until_the_last_of_them_ends(manager):
    for dal, al in ((OGGI, DOMANI), (DOMANI, FINE)):
        persona = accetta(operazioni.persona_invitata(*NUOVO))
        Incarico.objects.create(persona=persona, gruppo=ruolo_di(manager), dal=dal, al=al, delega=True, dato_da=manager)
    for giorno, ha in ((DOMANI, MANAGER), (DOPODOMANI, MANAGER), (date(2025, 11, 1), None)):
        operazioni.applica_incarichi(giorno)
        assert ruolo(persona) == ha, giorno


def test_last_of_a_role__is_not_ended_by_hand(manager, superutente):
    incarico = Incarico.objects.create(
        persona=manager, gruppo=ruolo_di(manager), dal=OGGI, dato_da=superutente, iniziato_il=OGGI
    )
    with pytest.raises(ValidationError, match="Nessun altro ha il ruolo"):
        operazioni.termina_incarico(incarico, superutente)
    assert ruolo(manager) == MANAGER
