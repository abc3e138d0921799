"""Who may do what, by tables: acts on an evidence by state and person, gestures on the programme by its state."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from organizzazioni import permissions as persone
from organizzazioni.models import Incarico, Utente
from programma import flusso, permissions
from programma.models import AzionePage, Criterio, Evidenza, ProgrammaPage
from registri.models import Consultazione

pytestmark = pytest.mark.django_db
ATTI = ("leggere", "modificare", "eliminare", "richiamare", "decidere", "revocare")
SCRIVE = {"leggere", "modificare", "eliminare"}
PUO = {
    # state -> what who wrote and sent it may, the manager, Coordinamento (the agency may read as much and do nothing)
    flusso.BOZZA: (SCRIVE, SCRIVE, set()),
    flusso.INVIATA: ({"leggere", "richiamare"}, {"leggere", "decidere"}, {"leggere"}),
    flusso.DA_INTEGRARE: ({"leggere", "modificare"}, {"leggere", "modificare"}, {"leggere"}),
    flusso.APPROVATA: ({"leggere"}, {"leggere", "revocare"}, {"leggere"}),
    flusso.REVOCATA: ({"leggere"}, {"leggere"}, {"leggere"}),
}


@pytest.fixture
def evidenza(programma, organizzazione_a, referente_a):
    """Of organisation A, written and sent by its person."""
    dati = {"programma": programma, "organizzazione": organizzazione_a, "data": date(2025, 3, 5), "titolo": "Tavolo"}
    una = Evidenza.objects.create(**dati, inviata_da=referente_a)
    una.autori.add(referente_a)
    return una


def concessi(utente, evidenza):
    return {atto for atto in ATTI if getattr(permissions, f"puo_{atto}")(utente, evidenza)}


@pytest.mark.parametrize("stato", PUO)
def test_evidence__is_read_written_and_decided_by_state_and_person(
    evidenza, stato, referente_a, referente_b, manager, coordinamento, acs, nuovo_utente, organizzazione_a
):
    evidenza.stato = stato
    evidenza.save()
    sua, del_manager, di_coordinamento = PUO[stato]
    assert concessi(referente_a, evidenza) == sua
    assert concessi(nuovo_utente("collega", organizzazione_a.gruppo.name), evidenza) == sua - {"richiamare"}
    assert concessi(manager, evidenza) == del_manager
    assert concessi(coordinamento, evidenza) == di_coordinamento
    assert concessi(acs, evidenza) == di_coordinamento - {"decidere", "revocare"}
    assert concessi(referente_b, evidenza) == set()
    for chi in (referente_a, manager, coordinamento):
        chi.is_active = False
        assert concessi(chi, evidenza) == set()


@pytest.mark.parametrize("stato", PUO)
def test_evidence__of_a_closed_programme_is_only_read(evidenza, stato, referente_a, manager, coordinamento):
    evidenza.stato, evidenza.programma.stato = stato, ProgrammaPage.Stato.CHIUSO
    evidenza.save(), evidenza.programma.save()
    for chi in (referente_a, manager, coordinamento):
        assert concessi(chi, evidenza) <= {"leggere"}


@pytest.mark.parametrize("stato", [flusso.INVIATA, flusso.APPROVATA])
def test_evidence__of_the_manager_is_for_coordinamento(evidenza, stato, referente_a, manager, coordinamento):
    evidenza.stato = stato
    evidenza.autori.add(manager)
    decide = {flusso.INVIATA: "decidere", flusso.APPROVATA: "revocare"}[stato]
    evidenza.save()
    assert decide in concessi(coordinamento, evidenza) and decide not in concessi(manager, evidenza)
    assert (
        permissions.perche_non_decide(manager, evidenza) == "Non puoi decidere su un'evidenza che hai scritto anche tu"
    )
    assert permissions.perche_non_decide(referente_a, evidenza).endswith("che hai scritto anche tu")
    evidenza.autori.set([referente_a])
    assert permissions.perche_non_decide(coordinamento, evidenza) == "Questa evidenza la decide un'altra persona"
    assert permissions.perche_non_decide(manager, evidenza) == ""


def test_evidence__sent_by_nobody_or_born_from_a_content_is_taken_back_by_nobody(evidenza, referente_a):
    evidenza.stato = flusso.INVIATA
    assert permissions.puo_richiamare(referente_a, evidenza)
    evidenza.origine = Evidenza.Origine.CONTENUTO
    assert not permissions.puo_richiamare(referente_a, evidenza)
    evidenza.origine, evidenza.inviata_da = Evidenza.Origine.IMPORTAZIONE, None
    assert not permissions.puo_richiamare(Utente(is_active=True), evidenza)


def test_duty_that_nobody_signed__is_not_the_managers_to_decide(evidenza, programma, manager, coordinamento, acs):
    evidenza.stato, evidenza.origine, evidenza.inviata_da = flusso.INVIATA, Evidenza.Origine.IMPORTAZIONE, None
    evidenza.autori.clear()
    evidenza.criteri.set([Criterio.objects.get(programma=programma, codice="M2")])
    evidenza.save()
    assert permissions.perche_non_decide(manager, evidenza).startswith("È un compito del manager")
    assert permissions.perche_non_decide(acs, evidenza) == "Questa evidenza la decide un'altra persona"
    assert permissions.puo_decidere(coordinamento, evidenza)


@pytest.mark.parametrize(
    ("predicato", "chi_puo"),
    [
        (permissions.puo_leggere_registro, {"referente_a", "manager", "coordinamento", "acs"}),
        (permissions.puo_leggere_punteggio, {"referente_a", "manager", "coordinamento", "acs"}),
        (permissions.decide, {"manager", "coordinamento"}),
        (permissions.puo_gestire_programma, {"manager"}),
        (permissions.puo_leggere_decisioni, {"manager"}),
        (persone.deve_avere_secondo_fattore, {"manager", "coordinamento", "acs"}),
    ],
)
def test_screen__is_opened_by_role_and_by_nobody_who_was_switched_off(predicato, chi_puo, request, nuovo_utente):
    for nome in ("referente_a", "manager", "coordinamento", "acs"):
        chi = request.getfixturevalue(nome)
        assert predicato(chi) is (nome in chi_puo), nome
        chi.is_active = False
        assert not predicato(chi), nome
    assert not predicato(nuovo_utente("nessuno"))


def in_stato(programma, stato):
    programma.stato = stato
    programma.save()


GESTI = ("can_publish", "can_unpublish", "can_delete", "can_move", "can_copy", "can_add_subpage", "can_publish_subpage")
DEL_PROGRAMMA = {
    "bozza": {"can_unpublish", "can_delete", "can_move", "can_add_subpage"},
    "approvato": {"can_publish", "can_add_subpage", "can_publish_subpage"},
    "chiuso": set(),
}


@pytest.mark.parametrize("stato", DEL_PROGRAMMA)
def test_programme__is_moved_published_and_deleted_by_its_state(programma, superutente, stato):
    def concesso():
        permessi = programma.permissions_for_user(superutente)
        return {gesto for gesto in GESTI if getattr(permessi, gesto)()}

    in_stato(programma, stato)
    assert concesso() == DEL_PROGRAMMA[stato] - {"can_delete", "can_move"}, "what has criteria is never deleted"
    in_stato(programma, "bozza")
    Criterio.objects.filter(programma=programma).delete()
    in_stato(programma, stato)
    assert concesso() == DEL_PROGRAMMA[stato]
    assert (permissions.blocco_programma(programma) is not None) is (stato == "chiuso")


def test_programme__is_not_deleted_while_something_stands_on_one_of_its_actions(programma, superutente):
    in_stato(programma, "bozza")
    Criterio.objects.filter(programma=programma).delete()
    assert programma.permissions_for_user(superutente).can_delete()
    azione = AzionePage.objects.child_of(programma).first()
    Consultazione.objects.create(azione=azione, titolo="Una", perche="Per sapere")
    assert not programma.permissions_for_user(superutente).can_delete()


@pytest.mark.parametrize(
    ("stato", "fuori", "gesti", "blocco"),
    [
        ("bozza", False, {"can_delete"}, None),
        ("bozza", True, {"can_publish", "can_delete"}, None),
        ("approvato", False, set(), "approvato"),
        ("approvato", True, {"can_publish", "can_delete"}, None),
        ("chiuso", False, set(), "chiuso"),
        ("chiuso", True, set(), "chiuso"),
    ],
)
def test_action__is_locked_by_the_state_of_its_programme(programma, superutente, stato, fuori, gesti, blocco):
    azione = AzionePage.objects.child_of(programma).first()
    azione.fuori_programma = fuori
    azione.save()
    in_stato(programma, "bozza")
    Criterio.objects.filter(programma=programma, azione=azione).delete()
    in_stato(programma, stato)
    azione = AzionePage.objects.get(pk=azione.pk)
    permessi = azione.permissions_for_user(superutente)
    assert {g for g in ("can_publish", "can_delete", "can_move", "can_copy") if getattr(permessi, g)()} == gesti
    trovato = permissions.blocco_azione(azione)
    assert trovato is None if blocco is None else f"Il programma è {blocco}" in trovato.get_message(superutente)
    assert trovato is None or (trovato.for_user(superutente) and trovato.get_description(None) == trovato.messaggio)


def test_action__with_criteria_or_whose_sheet_proves_something_is_not_deleted(programma, superutente, evidenza):
    in_stato(programma, "bozza")
    azione = AzionePage.objects.child_of(programma).first()

    def si_elimina():
        return AzionePage.objects.get(pk=azione.pk).permissions_for_user(superutente).can_delete()

    assert not si_elimina()
    Criterio.objects.filter(programma=programma, azione=azione).delete()
    assert si_elimina()
    evidenza.progettualita = azione
    evidenza.save()
    assert not si_elimina()


def test_action__that_is_not_in_the_tree_yet_has_no_lock(programma):
    assert permissions.blocco_azione(AzionePage(title="Nuova", numero=99)) is None


@pytest.mark.parametrize(
    ("stato", "campi", "cambia", "elimina"),
    [
        ("bozza", {"codice", "offerto", "unita_plurale", "testo_atto"}, {}, True),
        ("bozza", set(), {"tolto": True}, False),
        ("approvato", {"offerto", "testo_atto"}, {}, False),
        ("approvato", {"offerto", "testo_atto"}, {"unita": "", "unita_plurale": ""}, False),
        ("approvato", {"offerto", "testo_atto", "unita_plurale"}, {"unita_plurale": ""}, False),
        ("approvato", {"offerto", "testo_atto", "unita_plurale"}, {"unita_genere": ""}, False),
        ("approvato", set(), {"pk": None}, False),
        ("approvato", set(), {"tolto": True}, False),
        ("chiuso", set(), {}, False),
    ],
)
def test_criterion__is_written_as_far_as_the_act_leaves_it_open(programma, manager, acs, stato, campi, cambia, elimina):
    criterio = Criterio.objects.get(programma=programma, codice="M2")
    criterio.programma.stato = stato
    for nome, valore in cambia.items():
        setattr(criterio, nome, valore)
    aperti = permissions.campi_del_criterio(manager, criterio)
    assert {*aperti} & {"codice", "offerto", "unita_plurale", "testo_atto"} == campi
    assert permissions.campi_del_criterio(acs, criterio) == ()
    assert permissions.puo_eliminare_criterio(manager, criterio) is elimina
    assert not permissions.puo_eliminare_criterio(acs, criterio)


def test_second_factor__is_taken_away_by_who_may_and_never_from_oneself(
    manager, superutente, referente_a, acs, settings
):
    puo = persone.puo_azzerare_secondo_fattore
    assert puo(manager, referente_a) and not puo(manager, acs) and not puo(manager, manager)
    assert puo(superutente, acs) and puo(superutente, manager) and not puo(superutente, superutente)
    assert not puo(acs, referente_a)


def test_access__is_closed_by_who_manages_users_and_a_superuser_by_another_one(
    manager, superutente, nuovo_utente, referente_a
):
    puo, altro = persone.puo_chiudere_accesso, nuovo_utente("altro", is_superuser=True)
    assert puo(superutente, referente_a) and puo(superutente, altro) and not puo(superutente, superutente)
    gestore = nuovo_utente("gestore")
    gestore.user_permissions.add(Permission.objects.get(codename="change_utente"))
    assert puo(gestore, referente_a) and not puo(gestore, altro) and not puo(gestore, gestore)
    assert not puo(manager, referente_a)


def test_assignment__is_ended_by_who_gave_it_and_who_has_it_until_it_is_over(
    manager, referente_a, referente_b, superutente
):
    oggi = timezone.localdate()
    incarico = Incarico(gruppo=persone.ruolo_di(manager), persona=referente_a, dato_da=manager, dal=oggi)
    puo = persone.puo_terminare
    assert all(puo(chi, incarico) for chi in (manager, referente_a, superutente)) and not puo(referente_b, incarico)
    manager.is_active = superutente.is_active = False
    assert not puo(manager, incarico) and not puo(superutente, incarico)
    incarico.finito_il = timezone.now()
    assert not puo(referente_a, incarico)


@pytest.mark.parametrize(
    ("revisione", "quando", "approvata", "dopo"),
    [(5, 1, None, True), (5, 1, (4, 9), True), (5, 10, (5, 9), True), (5, 9, (5, 9), False), (4, 8, (5, 9), False)],
)
def test_words__were_approved_up_to_the_moment_of_the_approval(revisione, quando, approvata, dopo):
    assert persone.successiva(revisione, quando, approvata) is dopo


def test_four_eyes__who_had_a_hand_in_it_says_who_decides(manager, coordinamento, acs):
    puo, uno, decisore = persone.puo_decidere_su, 10**6, 10**6 + 1
    assert [puo(chi, {uno}, {decisore}) for chi in (manager, coordinamento, acs)] == [True, False, False]
    assert [puo(chi, {uno, decisore}, {decisore}) for chi in (manager, coordinamento, acs)] == [False, True, False]
    assert [puo(chi, set(), set(), del_manager=True) for chi in (manager, coordinamento)] == [False, True]
    assert not puo(manager, {manager.pk}, set())
