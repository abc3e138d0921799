"""A few rows for each table, however long nobody reads them, in the place of one for each transaction."""

from django.db import migrations, models


def da_capo(apps, schema_editor):
    apps.get_model("base", "TabellaScritta").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("base", "0009_pagine_pronte")]

    operations = [
        migrations.RunPython(da_capo, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="tabellascritta", name="tabella_scritta_una_volta"),
        migrations.AddField(
            model_name="tabellascritta",
            name="transazione",
            field=models.CharField(max_length=60, null=True, verbose_name="transazione"),
        ),
        migrations.AddIndex(
            model_name="tabellascritta",
            index=models.Index(fields=["tabella"], name="tabella_scritta"),
        ),
    ]
