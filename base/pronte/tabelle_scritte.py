"""Which tables were written in, as the database itself notes it: triggers, which no way of writing goes around.

The note is a row of the same transaction: it is there if and only if the change is, even where who wrote is killed
in that moment, and whoever wrote: a query of the ORM, a line of SQL, another machine.
"""

from django.db import connection

from ..models import TabellaScritta

NON_SORVEGLIATE = (
    "base_tabellascritta",
    "base_battito",
    "base_esecuzione",
    "base_messaggioinuscita",
    "base_riserva",
    "django_migrations",
    "django_session",
    "django_tasks_database_dbtaskresult",
)
"""Tables written in all the time, of which no public page says anything: one that read them is never kept."""
SENZA_CONTENUTI = {"base_riserva"}
"""The cache while it is in the database: who reads it reads what is known from elsewhere."""
TRIGGER = ""
"""In the place of a table: how many triggers watch. SQLite loses those of a table that it makes again."""
DI_TUTTE = {"wagtailcore_site", "wagtailcore_locale", TRIGGER}
"""What every page stands on without asking each time: Wagtail remembers it."""

Versioni = dict[str, tuple[int, int]]

VERBI = ("INSERT", "UPDATE", "DELETE")
_NOTA_SQLITE = (
    "UPDATE base_tabellascritta SET numero = numero + 1 WHERE tabella = {tabella}",
    "INSERT INTO base_tabellascritta (tabella, numero) SELECT {tabella}, 1 "
    "WHERE NOT EXISTS (SELECT 1 FROM base_tabellascritta WHERE tabella = {tabella})",
)
"""Of SQLite, where who writes is alone: one row for each table."""
_NOTA_POSTGRES = "SELECT base_nota({tabella})"
"""Of PostgreSQL, where nobody may wait for another: who writes counts in a row of the table that nobody holds, and
makes one only where all are held. They are as many as those who ever wrote in that table at the same moment."""
_SQLITE = (
    'CREATE TRIGGER IF NOT EXISTS "base_scritta_{verbo}_{tabella}" AFTER {verbo} ON "{tabella}" BEGIN '
    + "".join(f"{nota.format(tabella=chr(39) + '{tabella}' + chr(39))}; " for nota in _NOTA_SQLITE)
    + "END"
)
_SUOI_SQLITE = " FROM sqlite_master WHERE type = 'trigger' AND name IN ({})".format(
    ", ".join(f"'base_scritta_{verbo}_' || tbl_name" for verbo in VERBI)
)
_GIA_SQLITE = f"SELECT tbl_name {_SUOI_SQLITE} GROUP BY tbl_name HAVING COUNT(*) = {len(VERBI)}"
"""A table that was renamed has the triggers of its old name: it gets its own too."""
_FUNZIONI = """
CREATE OR REPLACE FUNCTION base_nota(scritta text) RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    questa text := pg_current_xact_id()::text || ' ' || extract(epoch FROM pg_postmaster_start_time())::text;
BEGIN
    IF EXISTS (SELECT 1 FROM base_tabellascritta WHERE tabella = scritta AND transazione = questa) THEN RETURN; END IF;
    UPDATE base_tabellascritta SET numero = numero + 1, transazione = questa WHERE id = (
        SELECT id FROM base_tabellascritta WHERE tabella = scritta LIMIT 1 FOR UPDATE SKIP LOCKED);
    IF NOT FOUND THEN
        INSERT INTO base_tabellascritta (tabella, numero, transazione) VALUES (scritta, 1, questa);
    END IF;
END $$;
CREATE OR REPLACE FUNCTION base_scritta() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN PERFORM base_nota(TG_TABLE_NAME); RETURN NULL; END $$
"""
_POSTGRES = (
    'CREATE TRIGGER base_scritta AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "{tabella}" '
    "FOR EACH STATEMENT EXECUTE FUNCTION base_scritta()"
)
_GIA_POSTGRES = (
    "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
    "WHERE t.tgname = 'base_scritta' AND c.relnamespace = current_schema()::regnamespace"
)


def sorvegliate() -> list[str]:
    """The tables of our models that are there, but for those that nobody reads in public."""
    tabelle = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return sorted(t for t in set(tabelle) - {*NON_SORVEGLIATE} if not t.startswith("wagtailsearch_"))


def smetti(plan=(), **kwargs) -> None:
    """Take the triggers of SQLite away before a migration: no table that they write in can be made again under them.

    A migration that stops half way leaves pages without triggers, which is a change of every page (see `TRIGGER`).
    """
    if connection.vendor != "sqlite" or not plan:
        return
    with connection.cursor() as cursore:
        cursore.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'base_scritta_%'")
        for (nome,) in cursore.fetchall():
            cursore.execute(f"DROP TRIGGER {connection.ops.quote_name(nome)}")


def sorveglia(**kwargs) -> None:
    """Put the triggers where they are not, after every migration: what was written there meanwhile is a change too."""
    if TabellaScritta._meta.db_table not in connection.introspection.table_names():
        return
    with connection.cursor() as cursore:
        cursore.execute(_FUNZIONI if (postgres := connection.vendor == "postgresql") else "SELECT 1")
        gia = viste()
        for tabella in sorvegliate():
            if tabella not in gia:
                for sql in [_POSTGRES] if postgres else [_SQLITE.replace("{verbo}", verbo) for verbo in VERBI]:
                    cursore.execute(sql.format(tabella=tabella))
                for sql in [_NOTA_POSTGRES] if postgres else _NOTA_SQLITE:
                    cursore.execute(sql.format(tabella=f"'{tabella}'"))


def viste() -> set[str]:
    """The tables that have their triggers now; one query."""
    with connection.cursor() as cursore:
        cursore.execute(_GIA_POSTGRES if connection.vendor == "postgresql" else _GIA_SQLITE)
        return {tabella for (tabella,) in cursore.fetchall()}


def versioni() -> Versioni:
    """What tells the state of each table from any other, since it only grows; one query."""
    query = "SELECT tabella, COUNT(*), SUM(numero) FROM base_tabellascritta GROUP BY tabella"
    if connection.vendor == "sqlite":
        query += f" UNION ALL SELECT '{TRIGGER}', COUNT(*), 0 {_SUOI_SQLITE}"
    with connection.cursor() as cursore:
        cursore.execute(query)
        return {tabella: (int(quante), int(somma)) for tabella, quante, somma in cursore.fetchall()}


def cambiate(prima: Versioni, adesso: Versioni) -> set[str]:
    """The tables whose state is another."""
    return {t for t in {*prima, *adesso} if prima.get(t) != adesso.get(t)}
