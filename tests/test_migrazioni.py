"""Migrations that rename keep the rows that are there, on either database, and can be gone back over."""

from contextlib import nullcontext

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from base.pronte.tabelle_scritte import viste

from .base_migrata import _migra_su_disco, al_suo_posto, impronta
from .deposito import in_deposito

SU_SQLITE = connection.vendor == "sqlite"
pytestmark = pytest.mark.usefixtures("django_db_setup") if SU_SQLITE else pytest.mark.django_db
PRIMA = {
    "base": "0007_presenze_e_riserva",
    "convenzioni": "0009_errori_segnalati",
    "notizie": "0012_parole_in_altre_lingue",
}
QUESTE = {"base": "0008_battiti", "convenzioni": "0010_convenzioni_cessate", "notizie": "0013_segno_del_piano"}
DI_PRIMA = ["convenzioni.ritira", "convenzioni.conferma_ritiro", "notizie.ped_ritira"]
DI_DOPO = ["convenzioni.cessa", "convenzioni.conferma_ritiro", "notizie.ped_non_presente"]

NOSTRE = "Di questa prova"
"""The label of the log entries that are looked at: the database of PostgreSQL has others."""


@pytest.fixture
def una_base(django_db_blocker):
    """A migrated database to change: a copy on SQLite, which changes no table inside a transaction."""
    copia = in_deposito(f"base-{impronta()}.sqlite3", _migra_su_disco) if SU_SQLITE else None
    with django_db_blocker.unblock(), al_suo_posto(copia) if copia else nullcontext():
        yield


def passa(verso, stato):
    """Go over the migrations ("apply") or back ("unapply"), from the state before them, which becomes the one after."""
    caricate = MigrationLoader(connection)
    for nome in QUESTE.items():
        connection.check_constraints()
        with connection.schema_editor() as editore:
            getattr(caricate.get_migration(*nome), verso)(stato, editore)


def lette(apps, modello, campo):
    accordo = apps.get_model("convenzioni", "Accordo").objects.get()
    diari = [
        apps.get_model("wagtailcore", nome).objects.filter(label=NOSTRE) for nome in ("PageLogEntry", "ModelLogEntry")
    ]
    azioni = [azione for diario in diari for azione in diario.order_by("pk").values_list("action", flat=True)]
    (battito,) = apps.get_model("base", modello).objects.values_list("chiave", flat=True)
    return battito, str(getattr(accordo, campo)), accordo.motivo, azioni


def test_renames__keep_the_rows_of_before(una_base):
    cima = [
        nodo for nodo in MigrationLoader(connection).graph.leaf_nodes() if nodo[0] in ("wagtailcore", "contenttypes")
    ]
    stato = MigrationLoader(connection).project_state([*PRIMA.items(), *cima])
    passa("unapply", stato.clone())
    modello = stato.apps.get_model
    modello("base", "Presenza").objects.create(chiave="lavoratore:uno", visto_il=timezone.now())
    tipo = modello("contenttypes", "ContentType").objects.get(app_label="convenzioni", model="convenzionepage")
    lingua = modello("wagtailcore", "Locale").objects.get()
    genere = modello("convenzioni", "Categoria").objects.create(nome="Una", chiave="una")
    pagina = modello("convenzioni", "ConvenzionePage").objects.create(
        title="Una",
        slug="una",
        path="00019999",
        depth=2,
        content_type=tipo,
        valida_dal="2025-01-01",
        locale=lingua,
        categoria=genere,
    )
    modello("convenzioni", "Accordo").objects.create(convenzione=pagina, ritirata_il="2025-06-01", motivo="Chiude")
    comuni = {"label": NOSTRE, "timestamp": timezone.now(), "data": {}, "content_type": tipo}
    for azione in DI_PRIMA[:2]:
        modello("wagtailcore", "PageLogEntry").objects.create(action=azione, page_id=pagina.pk, **comuni)
    modello("wagtailcore", "ModelLogEntry").objects.create(action=DI_PRIMA[2], object_id="1", **comuni)
    dopo = stato.clone()
    passa("apply", dopo)
    assert lette(dopo.apps, "Battito", "cessata_il") == ("lavoratore:uno", "2025-06-01", "Chiude", DI_DOPO)
    passa("unapply", stato.clone())
    assert lette(stato.apps, "Presenza", "ritirata_il") == ("lavoratore:uno", "2025-06-01", "Chiude", DI_PRIMA)


def test_site_that_is_there__migrates_under_its_triggers_and_is_watched_again(una_base):
    """SQLite makes a table again, which no trigger may write in meanwhile."""
    prima = viste()
    call_command("migrate", "base", "0009_pagine_pronte", verbosity=0)
    assert viste() == prima
    call_command("migrate", "base", verbosity=0)
    assert viste() == prima and "guide_fasevita" in prima
    with CaptureQueriesContext(connection) as fatte:
        call_command("migrate", verbosity=0)
    assert not [una for una in fatte if "TRIGGER" in una["sql"]]  # nothing to migrate: the pages that are ready stay
