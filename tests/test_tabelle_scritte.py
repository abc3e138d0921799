"""What the database notes by itself of who writes in it (`base.pronte.tabelle_scritte`), on both databases."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction

from base.models import TabellaScritta
from base.pronte.tabelle_scritte import (
    DI_TUTTE,
    NON_SORVEGLIATE,
    TRIGGER,
    cambiate,
    ricomincia,
    sorveglia,
    sorvegliate,
    versioni,
    viste,
)
from guide.models import FaseVita

pytestmark = pytest.mark.django_db
TABELLA = "guide_fasevita"


def scritte(azione):
    prima = versioni()
    azione()
    return cambiate(prima, versioni())


def in_sql(sql):
    with connection.cursor() as cursore:
        cursore.execute(sql)


def test_every_way_of_writing__is_noted_and_reading_is_not():
    assert scritte(lambda: list(FaseVita.objects.all())) == set()
    assert scritte(lambda: FaseVita.objects.update(nome="altra")) == {TABELLA}
    in_sql_tutte = "UPDATE organizzazioni_organizzazione SET denominazione = denominazione || '!'"
    assert scritte(lambda: in_sql(in_sql_tutte)) == {"organizzazioni_organizzazione"}
    assert scritte(lambda: Group.objects.create(name="nuovo")) == {"auth_group"}


def test_write_that_was_undone__is_not_noted():
    def disfatta():
        with transaction.atomic():
            FaseVita.objects.update(nome="altra")
            assert TABELLA in versioni()
            transaction.set_rollback(True)

    assert scritte(disfatta) == set()


def test_watching__again_changes_nothing():
    assert scritte(sorveglia) == set()
    assert TABELLA in sorvegliate() and not set(sorvegliate()) & {*NON_SORVEGLIATE}


def test_trigger_that_a_migration_lost__is_noticed_by_every_page_until_it_is_put_back():
    """A migration that stops half way: SQLite made a table again, and nobody put its triggers."""
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL does not lose them")
    persi = scritte(lambda: in_sql(f'DROP TRIGGER "base_scritta_UPDATE_{TABELLA}"'))
    assert persi == {TRIGGER} <= DI_TUTTE and TABELLA not in viste()
    assert scritte(sorveglia) == {TRIGGER, TABELLA} and TABELLA in viste()


def test_notes__begin_again_where_they_are_many():
    FaseVita.objects.update(nome="altra")
    ricomincia()
    assert TabellaScritta.objects.exists()
    TabellaScritta.objects.bulk_create(TabellaScritta(tabella="x", numero=-n) for n in range(2001))
    ricomincia()
    assert not TabellaScritta.objects.exists()
