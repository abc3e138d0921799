"""In the log a withdrawal that was confirmed is called as it is in every kind of entry."""

from django.db import migrations

PRIMA, DOPO = "guide.ritira", "guide.conferma_ritiro"


def _rinomina(apps, da, a):
    apps.get_model("wagtailcore", "PageLogEntry").objects.filter(action=da).update(action=a)


class Migration(migrations.Migration):
    dependencies = [("guide", "0012_correzioni_dal_messaggio"), ("wagtailcore", "0098_apitoken")]

    operations = [
        migrations.RunPython(
            lambda apps, schema: _rinomina(apps, PRIMA, DOPO), lambda apps, schema: _rinomina(apps, DOPO, PRIMA)
        )
    ]
