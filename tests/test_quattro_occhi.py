"""The four-eyes rule is one predicate: what the database and the mails say of it must agree, on random data."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import TaskState, Workflow

from notizie.models import NotiziaPage, SezioneNotiziePage
from organizzazioni.models import Utente
from organizzazioni.notifiche import approvatori
from organizzazioni.operazioni import COORDINAMENTO, MANAGER
from organizzazioni.permissions import puo_approvare_pagina
from organizzazioni.selettori import stati_che_aspettano
from programma import operazioni
from programma.models import Criterio, Evidenza
from programma.permissions import puo_decidere, puo_revocare

pytestmark = pytest.mark.django_db

PERSONE = {
    "referente": (),
    "manager": (MANAGER,),
    "manager_2": (MANAGER,),
    "manager_chiuso": (MANAGER,),
    "coordinamento": (COORDINAMENTO,),
    "tutte_e_due": (MANAGER, COORDINAMENTO),
    "superutente": (),
}
autori = st.frozensets(st.sampled_from(list(PERSONE)), max_size=3)
tante_volte = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)


@pytest.fixture
def persone(nuovo_utente):
    tutte = {
        nome: nuovo_utente(nome, *gruppi, is_superuser=nome == "superutente", is_active=nome != "manager_chiuso")
        for nome, gruppi in PERSONE.items()
    }
    approva = Permission.objects.get(codename="approva")
    tutte["senza_gruppo"] = nuovo_utente("senza_gruppo")
    tutte["senza_gruppo"].user_permissions.add(approva)
    return {nome: Utente.objects.get(pk=utente.pk) for nome, utente in tutte.items()}


@pytest.fixture
def nuova(persone, programma, organizzazione_a, distretto):
    criteri = {c.codice: c for c in Criterio.objects.filter(programma=programma)}

    def crea(chi, origine="modulo", codici=("P1.1",), del_distretto=False, stato="inviata"):
        evidenza = Evidenza.objects.create(
            programma=programma,
            organizzazione=distretto if del_distretto else organizzazione_a,
            data=date(2025, 3, 5),
            titolo="Una",
            origine=origine,
            stato=stato,
            inviata_il=timezone.now(),
        )
        evidenza.autori.set(persone[nome] for nome in chi)
        evidenza.criteri.set(criteri[codice] for codice in codici)
        return evidenza

    return crea


evidenze = st.fixed_dictionaries(
    {
        "chi": autori,
        "origine": st.sampled_from(["modulo", "importazione", "contenuto"]),
        "codici": st.sampled_from([("P1.1",), ("M3",), ("P1.1", "M3"), ()]),
        "del_distretto": st.booleans(),
        "stato": st.sampled_from(["inviata", "inviata", "bozza", "approvata"]),
    }
)


@tante_volte
@given(dati=st.lists(evidenze, min_size=1, max_size=4), chiuso=st.booleans())
def test_evidence__the_database_says_what_the_predicate_says(persone, nuova, programma, dati, chiuso):
    with transaction.atomic():
        programma.stato = "chiuso" if chiuso else "approvato"
        type(programma).objects.filter(pk=programma.pk).update(stato=programma.stato)
        tutte = [Evidenza.objects.get(pk=nuova(**voce).pk) for voce in dati]
        for nome, utente in persone.items():
            attese = {evidenza for evidenza in tutte if puo_decidere(utente, evidenza)}
            assert set(Evidenza.objects.decidibili_da(utente)) == attese, nome
            assert not attese or not chiuso
        for evidenza in tutte:
            avvisati = set(approvatori(evidenza.id_autori(), evidenza.del_manager_senza_firma))
            attesi = {p for p in persone.values() if not p.is_superuser and puo_decidere(p, evidenza)}
            assert avvisati == attesi or evidenza.stato != "inviata" or chiuso
        transaction.set_rollback(True)


@tante_volte
@given(dati=evidenze)
def test_revocation__by_who_could_have_decided(persone, nuova, dati):
    with transaction.atomic():
        evidenza = nuova(**{**dati, "stato": "inviata"})
        decidono = {nome for nome, utente in persone.items() if puo_decidere(utente, evidenza)}
        evidenza.stato = "approvata"
        assert {nome for nome, utente in persone.items() if puo_revocare(utente, evidenza)} == decidono
        transaction.set_rollback(True)


@pytest.mark.parametrize(("autore", "revoca", "non_revoca"), [
    ("referente", "manager", "coordinamento"),
    ("manager", "coordinamento", "manager_2"),
    ("manager", "coordinamento", "manager"),
])  # fmt: skip
def test_revocation__not_by_who_could_not_approve(persone, nuova, autore, revoca, non_revoca):
    evidenza = nuova({autore})
    operazioni.approva(evidenza, persone[revoca])
    with pytest.raises(PermissionDenied):
        operazioni.revoca(evidenza, persone[non_revoca], "Non va")
    assert operazioni.revoca(evidenza, persone[revoca], "Non va").stato == "revocata"


scritture = st.lists(
    st.tuples(st.sampled_from(["scrive", "riscrive", "approvata"]), st.sampled_from(list(PERSONE))),
    min_size=1,
    max_size=6,
)


@settings(tante_volte, max_examples=12)
@given(storie=st.lists(scritture, min_size=1, max_size=3))
def test_pages__the_queue_says_what_the_predicate_says(persone, organizzazione_a, storie):
    with transaction.atomic():
        sezione = SezioneNotiziePage.objects.get(organizzazione=organizzazione_a)
        adesso = timezone.now()
        pagine = [_vivi(sezione, f"pagina-{n}", storia, persone, adesso) for n, storia in enumerate(storie)]
        for nome, utente in persone.items():
            in_coda = {stato.revision.object_id for stato in stati_che_aspettano(utente)}
            assert in_coda == {str(p.pk) for p in pagine if puo_approvare_pagina(utente, p)}, nome
        transaction.set_rollback(True)


def _vivi(sezione, nome, storia, persone, adesso):
    """A page that waits, after what `storia` tells: a revision, the last one written over, an approval of it."""
    pagina = sezione.add_child(instance=NotiziaPage(title=nome, slug=nome, data=adesso.date(), live=False))
    revisione = pagina.save_revision(user=persone["referente"])
    for passo, (fatto, chi) in enumerate(storia):
        quando = adesso + timedelta(minutes=passo)
        if fatto == "approvata":
            Workflow.objects.get(active=True).start(pagina, persone[chi])
            pagina.workflow_states.filter(status="in_progress").update(status="approved")
            TaskState.objects.filter(revision=revisione, status="in_progress").update(
                status="approved", finished_at=quando, finished_by=persone[chi]
            )
        else:
            sopra = revisione if fatto == "riscrive" else None  # only one's own: see the editor of Wagtail
            autore = revisione.user if sopra else persone[chi]
            revisione = pagina.save_revision(user=autore, overwrite_revision=sopra)
            type(revisione).objects.filter(pk=revisione.pk).update(created_at=quando)
        pagina = NotiziaPage.objects.get(pk=pagina.pk)
    Workflow.objects.get(active=True).start(pagina, persone["referente"])
    return NotiziaPage.objects.get(pk=pagina.pk)


def test_to_be_approved__what_the_manager_wrote_is_told_to_coordinamento(
    programma, manager, coordinamento, distretto, mailoutbox, django_capture_on_commit_callbacks
):
    evidenza = Evidenza(organizzazione=distretto, titolo="Mia", data=date(2025, 3, 5), argomento="Rete")
    operazioni.salva_bozza(evidenza, manager, [Criterio.objects.get(programma=programma, codice="P1.1")])
    evidenza.organizzazioni.add(distretto)
    with django_capture_on_commit_callbacks(execute=True):
        operazioni.invia(evidenza, manager)
    assert [(m.to, m.subject.split(":")[0]) for m in mailoutbox] == [([coordinamento.email], "Da approvare")]
