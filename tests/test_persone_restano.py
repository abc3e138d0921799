"""People who wrote or decided something are never deleted: by the admin, by a script, by a new name."""

from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import ProtectedError
from django.urls import reverse
from wagtail.models import ModelLogEntry

from notizie.models import NotiziaPage, SezioneNotiziePage
from organizzazioni import operazioni
from organizzazioni.models import Utente
from organizzazioni.permissions import puo_approvare_pagina
from organizzazioni.persone import SENZA_TRACCIA, tracce
from programma.models import Criterio, Evidenza, Passaggio, Riconoscimento
from programma.operazioni import approva, invia, salva_bozza

pytestmark = pytest.mark.django_db
NOSTRE = [
    "base",
    "organizzazioni",
    "programma",
    "guide",
    "convenzioni",
    "notizie",
    "home",
    "cura",
    "registri",
    "ascolto",
    "documenti",
]


@pytest.fixture
def in_attesa(organizzazione_a, referente_a):
    """A page written by the referent of A, and nothing else."""
    pagina = NotiziaPage(title="Mia", live=False)
    SezioneNotiziePage.objects.get(organizzazione=organizzazione_a).add_child(instance=pagina)
    pagina.save_revision(user=referente_a)
    pagina.get_workflow().start(pagina, referente_a)
    return NotiziaPage.objects.get(pk=pagina.pk)


@pytest.fixture
def approvata(programma, organizzazione_a, referente_a, manager):
    evidenza = Evidenza(organizzazione=organizzazione_a, titolo="Tavolo", data=date(2025, 3, 5), argomento="Estate")
    criterio = Criterio.objects.get(programma=programma, codice="P1.1")
    return approva(invia(salva_bozza(evidenza, referente_a, [criterio], [organizzazione_a]), referente_a), manager)


def test_keys__of_who_writes_and_decides_are_protected():
    """Of our own models: what points at a person protects them, or is said not to be a trace."""
    lasciano = {
        f"{modello._meta.label}.{campo.name}"
        for app in NOSTRE
        if apps.is_installed(app)
        for modello in apps.get_app_config(app).get_models()
        for campo in modello._meta.local_fields
        if campo.related_model is Utente and campo.remote_field.on_delete is not models.PROTECT
    }
    # `uploaded_by_user` is Wagtail's own field: the signal keeps them.
    assert lasciano - SENZA_TRACCIA == {"base.Immagine.uploaded_by_user", "base.Documento.uploaded_by_user"}


@pytest.mark.parametrize(
    "elimina",
    [
        lambda persona: persona.delete(),
        lambda persona: Utente.objects.filter(pk=persona.pk).delete(),
        lambda persona: Utente.objects.all().delete(),
    ],
)
def test_delete__who_only_wrote_a_page_stays(in_attesa, referente_a, elimina):
    with pytest.raises(ProtectedError):
        elimina(referente_a)
    assert Utente.objects.filter(pk=referente_a.pk).exists()
    assert not puo_approvare_pagina(referente_a, in_attesa)
    assert "wagtailcore.Revision" in tracce(referente_a)


def test_delete__who_wrote_or_decided_an_evidence_stays(approvata, referente_a, manager):
    for persona in (referente_a, manager):
        with pytest.raises(ProtectedError):
            persona.delete()
    assert Riconoscimento.objects.get().deciso_da == manager
    assert {p.chi for p in Passaggio.objects.all()} == {referente_a, manager}


def test_delete__who_did_nothing_may_be(nuovo_utente):
    nuovo_utente("per_sbaglio").delete()
    assert not Utente.objects.filter(username="per_sbaglio").exists()


def test_admin__offers_the_two_right_things_in_place_of_deleting(approvata, referente_a, superutente, client_di):
    client = client_di(superutente)
    elimina = reverse("wagtailusers_users:delete", args=[referente_a.pk])
    disattiva, anonima = (reverse(f"wagtailusers_users:{n}", args=[referente_a.pk]) for n in ("disattiva", "anonima"))
    for indirizzo in (reverse("wagtailusers_users:index"), reverse("wagtailusers_users:edit", args=[referente_a.pk])):
        pagina = client.get(indirizzo).content.decode()
        assert elimina not in pagina and disattiva in pagina and anonima in pagina
        assert "Rendi anonim" in pagina
    for metodo in (client.get, client.post):
        assert metodo(elimina, follow=True).status_code == 200
    assert Utente.objects.filter(pk=referente_a.pk, is_active=True).exists()
    assert "Disattiva" in client.get(disattiva).content.decode()
    assert client.post(disattiva).status_code == 302
    referente_a.refresh_from_db()
    assert not referente_a.is_active and referente_a.email


def test_admin__many_are_made_anonymous_and_none_deleted(approvata, referente_a, manager, superutente, client_di):
    indirizzo = reverse("wagtail_bulk_action", args=["organizzazioni", "utente", "delete"])
    indirizzo += f"?id={referente_a.pk}&id={manager.pk}&id={superutente.pk}"
    client = client_di(superutente)
    assert "Non si torna indietro" in client.get(indirizzo).content.decode()
    assert client.post(indirizzo).status_code == 302
    anonime = Utente.objects.filter(username__startswith="anonimo-")
    assert set(anonime) == {referente_a, manager} and Utente.objects.filter(pk=superutente.pk, is_active=True).exists()


def test_anonymous__name_and_address_go_and_the_key_stays(
    approvata, referente_a, manager, superutente, organizzazione_a, client_di
):
    nome, posta = str(referente_a), referente_a.email
    operazioni.invita(posta, "", "", [organizzazione_a], manager)
    operazioni.anonimizza(referente_a, superutente)
    referente_a.refresh_from_db()
    assert nome not in str(referente_a) and not referente_a.email and not referente_a.has_usable_password()
    assert approvata.id_autori() == {referente_a.pk}
    assert not [voce for voce in ModelLogEntry.objects.all() if nome in f"{voce.label} {voce.data}"]
    pagina = client_di(manager).get(approvata.get_absolute_url()).content.decode()
    assert nome not in pagina and str(referente_a) in pagina


def test_anonymous__what_the_manager_wrote_is_still_for_coordinamento(
    programma, distretto, manager, superutente, coordinamento, nuovo_utente
):
    evidenza = Evidenza(organizzazione=distretto, titolo="Sua", data=date(2025, 3, 5), argomento="Rete")
    criterio = Criterio.objects.get(programma=programma, codice="P1.1")
    invia(salva_bozza(evidenza, manager, [criterio], [distretto]), manager)
    gruppi = list(manager.groups.values_list("name", flat=True))
    operazioni.anonimizza(manager, superutente)
    stesso = nuovo_utente("manager", *gruppi)
    assert not Evidenza.objects.decidibili_da(stesso).exists()
    with pytest.raises(PermissionDenied):
        approva(evidenza, stesso)
    assert approva(evidenza, coordinamento).stato == "approvata"


def test_who_may__not_for_themselves_nor_for_who_stands_above(referente_a, manager, superutente):
    for utente, persona in ((superutente, superutente), (manager, referente_a), (referente_a, manager)):
        with pytest.raises(PermissionDenied):
            operazioni.anonimizza(persona, utente)
        with pytest.raises(PermissionDenied):
            operazioni.chiudi_accesso(persona, utente)
