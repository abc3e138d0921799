"""What the database notes by itself of who writes in it (`base.pronte.tabelle_scritte`), on both databases."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction

from base.models import TabellaScritta
from base.pronte import guardia
from base.pronte.tabelle_scritte import (
    DI_TUTTE,
    NON_SORVEGLIATE,
    TRIGGER,
    cambiate,
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
    assert {*NON_SORVEGLIATE} <= {*connection.introspection.table_names()}, "a name that no table has"


def test_trigger_that_a_migration_lost__is_noticed_by_every_page_until_it_is_put_back():
    """A migration that stops half way: SQLite made a table again, and nobody put its triggers."""
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL does not lose them")
    persi = scritte(lambda: in_sql(f'DROP TRIGGER "base_scritta_UPDATE_{TABELLA}"'))
    assert persi == {TRIGGER} <= DI_TUTTE and TABELLA not in viste()
    assert scritte(sorveglia) == {TRIGGER, TABELLA} and TABELLA in viste()


def test_notes__are_one_row_a_table_however_many_write_while_nobody_reads():
    for n in range(30):
        prima = versioni()
        FaseVita.objects.update(nome=f"altra {n}")
        TabellaScritta.objects.update(transazione="un'altra, di prima")  # each as if it were a transaction of its own
        assert cambiate(prima, versioni()) == {TABELLA}
    assert TabellaScritta.objects.filter(tabella=TABELLA).count() == 1


def test_server_that_takes_nobody__is_down_and_one_that_refuses_us_is_not(monkeypatch):
    if connection.vendor != "postgresql":
        assert guardia.altri_lo_usano()
        return
    monkeypatch.setitem(connection.settings_dict, "NAME", "che_non_esiste")
    assert guardia.altri_lo_usano()
    monkeypatch.setitem(connection.settings_dict, "PORT", "1")
    assert not guardia.altri_lo_usano()


def test_every_table_of_ours__is_watched_or_said_not_to_be():
    tutte = viste()
    assert tutte == set(sorvegliate())
    assert {"wagtailcore_page", "guide_serviziopage_bisogni", "wagtailcore_pageviewrestriction"} <= tutte
