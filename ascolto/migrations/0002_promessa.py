"""What is promised to who answers, kept by the database too: anonymity is never made less, nor what was asked changed.

A later migration that makes the table of surveys again on SQLite must say it again: a test notices.
"""

from django.db import migrations

CONDIZIONE = """
    NEW.accesso <> OLD.accesso
    OR (OLD.anonimato = 'stretto' AND NEW.anonimato <> 'stretto')
    OR (OLD.stato <> 'bozza' AND (NEW.stato = 'bozza' OR NEW.anonimato <> OLD.anonimato OR {domande}))
    OR (OLD.stato NOT IN ('bozza', 'aperto') AND NEW.stato = 'aperto')
"""
DETTO = "cio che si promette a chi risponde non si allenta"


def dillo(apps, editor):
    if editor.connection.vendor == "sqlite":
        condizione = CONDIZIONE.format(domande="NEW.domande IS NOT OLD.domande")
        editor.execute(
            "CREATE TRIGGER ascolto_promessa BEFORE UPDATE ON ascolto_sondaggio "
            f"WHEN {condizione} BEGIN SELECT RAISE(ABORT, '{DETTO}'); END"
        )
        return
    condizione = CONDIZIONE.format(domande="NEW.domande IS DISTINCT FROM OLD.domande")
    editor.execute(
        "CREATE FUNCTION ascolto_promessa() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{DETTO}' USING ERRCODE = 'check_violation'; END $$"
    )
    editor.execute(
        "CREATE TRIGGER ascolto_promessa BEFORE UPDATE ON ascolto_sondaggio "
        f"FOR EACH ROW WHEN ({condizione}) EXECUTE FUNCTION ascolto_promessa()"
    )


def taci(apps, editor):
    if editor.connection.vendor == "sqlite":
        editor.execute("DROP TRIGGER ascolto_promessa")
        return
    editor.execute("DROP TRIGGER ascolto_promessa ON ascolto_sondaggio")
    editor.execute("DROP FUNCTION ascolto_promessa()")


class Migration(migrations.Migration):
    dependencies = [("ascolto", "0001_sondaggi")]
    operations = [migrations.RunPython(dillo, taci)]
