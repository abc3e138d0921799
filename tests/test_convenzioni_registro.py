# ruff: noqa: F401 (fixtures that two files share)
"""The register of conventions in the admin, and their categories."""

import io
from xml.etree import ElementTree

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from convenzioni import operazioni, validita
from convenzioni.caricamento import carica_categorie
from convenzioni.cura.collegamenti import CONFERMA
from convenzioni.models import (
    Accordo,
    Categoria,
    ConvenzionePage,
    LuogoConvenzione,
    Offerta,
    SezioneConvenzioniPage,
)
from cura.registro import cura_di

from .scene.convenzioni import OGGI, elenco, tra
from .scene.convenzioni_registro import allegati_altrove
from .scene.costo import quante_query

pytestmark = pytest.mark.django_db


def test_register__shows_ones_own_and_what_ends_first(client_di, referente_a, referente_b, manager, nuova):
    nuova("Lontana", firmata=tra(-1), valida_fino_al=tra(300))
    nuova("Vicina", firmata=tra(-1), valida_fino_al=tra(20))
    nuova("Di B", di="cs4")

    def titoli(utente, **dati):
        righe = client_di(utente).get(reverse("convenzioni:registro"), dati).context["righe"]
        return [riga.convenzione.title for riga, _ in righe]

    assert titoli(referente_a) == ["Vicina", "Lontana"] and titoli(referente_b) == ["Di B"]
    assert titoli(manager) == ["Vicina", "Lontana", "Di B"]
    assert titoli(manager, entro="30") == ["Vicina"] and titoli(manager, stato="proposta") == ["Di B"]
    assert len(titoli(manager, stato="boh", entro="x")) == 3
    csv = client_di(manager).get(reverse("convenzioni:esporta"), {"formato": "csv", "entro": "30"}).content.decode()
    assert "Vicina" in csv and "Lontana" not in csv
    assert client_di(manager).get(reverse("convenzioni:esporta"), {"formato": "exe"}).status_code == 302


def test_register__says_which_its_partner_has_still_to_confirm(client_di, manager, nuova):
    vecchia = nuova("Vecchia", firmata=tra(-400), valida_dal=tra(-400), valida_fino_al=tra(300))
    nuova("Nuova", firmata=tra(-9))
    client, indirizzo = client_di(manager), reverse("convenzioni:registro")
    assert client.get(indirizzo).content.decode().count("da confermare dal") == 1
    righe = client.get(indirizzo, {"da_confermare": "on"}).context["righe"]
    assert [(r.convenzione, r.da_confermare_dal) for r, _ in righe] == [
        (vecchia, validita.da_confermare_dal(vecchia.vigenza, None, tra(0)))
    ]


def test_reserved__is_decided_by_the_manager(client_di, referente_a, manager, nuova):
    indirizzo = reverse("wagtailadmin_pages:edit", args=[nuova().pk])
    assert 'name="riservata"' in client_di(manager).get(indirizzo).content.decode()
    assert 'name="riservata"' not in client_di(referente_a).get(indirizzo).content.decode()


@pytest.mark.parametrize("vista", ["index", "add"])
def test_categories__are_only_for_the_manager(client_di, referente_a, acs, manager, vista):
    indirizzo = reverse(f"categoria_convenzioni:{vista}")
    assert [client_di(u).get(indirizzo).status_code for u in (referente_a, acs, manager)] == [302, 302, 200]


def test_category__is_written_without_waiting_for_its_conventions(
    settings, client_di, manager, nuova, client, django_capture_on_commit_callbacks
):
    from django_tasks_db.models import DBTaskResult

    settings.TASKS = {**settings.TASKS, "lenti": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    categoria = nuova(firmata=tra(-1)).categoria
    indirizzo = reverse("categoria_convenzioni:edit", args=[categoria.pk])
    with django_capture_on_commit_callbacks(execute=True):
        detto = client_di(manager).post(indirizzo, {"nome": "Stare bene", "ordine": 1}, follow=True).content.decode()
    assert "si aggiornano tra poco" in detto and not elenco(client, q="stare bene")
    compito = DBTaskResult.objects.get()
    assert compito.args_kwargs["args"] == ["convenzioni", "convenzioni.Categoria", categoria.pk]
    compito.task.call("convenzioni", "convenzioni.Categoria", categoria.pk)
    assert elenco(client, q="stare bene") == ["Dentista"]


def test_categories__a_fresh_site_has_some_and_the_managers_words_are_never_written_over(
    client_di, manager, nuova, django_capture_on_commit_callbacks
):
    assert Categoria.objects.count() >= 8 and carica_categorie() == 0
    convenzione, client = nuova(firmata=tra(-1)), client_di(manager)
    usata, inutile = convenzione.categoria, Categoria.objects.get(chiave="mobilita")
    dati = {"nome": "Stare bene", "chiave": "altra", "ordine": 1}
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(reverse("categoria_convenzioni:edit", args=[usata.pk]), dati).status_code == 302
    assert elenco(client, q="stare bene") == ["Dentista"] and elenco(client, categoria="salute") == ["Dentista"]
    for categoria in (usata, inutile):
        client.post(reverse("categoria_convenzioni:delete", args=[categoria.pk]))
    assert set(Categoria.objects.filter(pk__in=[usata.pk, inutile.pk])) == {usata} and carica_categorie() == 0
